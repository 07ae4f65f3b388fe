"""The process that all mailers of these tests are forked from: imported once, it has done everything once before.

What it does is a mailing to the sandbox, so that every module, template and statement is ready. A mailer that is forked
from it needs a sixth of a second where a fresh process needs one; what runs in it is `composer.cli.main` all the same.
"""

from __future__ import annotations

import os
import tempfile
import threading
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from composer.cli import main
from tests.survival.newsletters import newsletter


def _rehearse() -> None:
    for name in [name for name in os.environ if name.startswith("COMPOSER_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()) as said, redirect_stderr(said):
        home = newsletter(Path(folder), 10, 1)
        code = main(["send", "1", "--sandbox", "--yes", "--home", str(home)])
    if code or threading.active_count() > 1:
        raise RuntimeError(f"the rehearsal failed with {code}:\n{said.getvalue()}")


_rehearse()
