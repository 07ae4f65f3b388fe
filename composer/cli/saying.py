"""What is said beside the output proper, to whoever still listens."""

from __future__ import annotations

import sys
from contextlib import suppress


def say(sentence: str) -> None:
    """Write a line to standard error; a terminal that has gone changes nothing that has been done."""
    with suppress(OSError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()
