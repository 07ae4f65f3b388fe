"""What the proofs of survival share."""

import sys

# Windows has no fork, no SIGKILL and no terminal to close; there, what these tests import cannot even be imported.
collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []
