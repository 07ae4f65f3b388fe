"""The typed confirmation: whoever lets something go has seen which issue it is."""

from __future__ import annotations

import sys

from composer.errors import ComposerError


def confirm(number: int, question: str, *, otherwise: str) -> None:
    """Have the issue's number typed; raises `ComposerError` when it is not, or nobody is there to type it.

    `otherwise` says what has not happened then: "nothing was sent".
    """
    if not sys.stdin.isatty():
        raise ComposerError(f"{otherwise}: no terminal to confirm on; look at the plan, then add --yes")
    sys.stdout.write(f"{question}: ")
    sys.stdout.flush()
    typed = sys.stdin.readline()
    sys.stdout.write("" if typed else "\n")  # the end of the input leaves the cursor behind the question
    if typed.strip() != str(number):
        raise ComposerError(f"{otherwise}: the number was not typed")
