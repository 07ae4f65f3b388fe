"""What a code of `composer check` means, on the screen: the manual page of a rule, or a sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from composer.checks import rule, rules
from composer.checks.foundations import FOUNDATIONS
from composer.errors import Exit, UsageError, did_you_mean

if TYPE_CHECKING:
    from composer.checks import Rule

_FOUND_EARLY = (
    "This is found while files are read, put together or printed, and cannot be switched off: an error\n"
    "means that there is no email. A warning can be allowed by a comment where the file may hold one.\n"
)


def explain(code: str) -> Exit:
    """Print what a code means. Raises `UsageError` where there is none."""
    wanted = code.strip().lower()
    found, sentence = rule(wanted), FOUNDATIONS.get(wanted)
    if found is None and sentence is None:
        known = [*FOUNDATIONS, *(each.code for each in rules())]
        hint = did_you_mean(code, known) or "docs/checks.md lists them all"
        raise UsageError(f"there is no rule {code!r}; {hint}")
    parts = [_of_rule(found)] if found else []
    parts += [f"{wanted}: {sentence}\n\n{_FOUND_EARLY}"] if sentence else []
    sys.stdout.write("\n".join(parts))
    return Exit.DONE


def _of_rule(found: Rule) -> str:
    level = f"Level: {found.level} unless newsletter.yaml says otherwise:"
    return f"{found.code}: {found.page}\n{level}\n\n    checks:\n      levels: {{{found.code}: off}}\n"
