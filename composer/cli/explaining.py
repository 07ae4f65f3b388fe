"""The manual pages of the rules, on the screen."""

from __future__ import annotations

import sys

from composer.checks import rule, rules
from composer.errors import Exit, UsageError, did_you_mean


def explain(code: str) -> Exit:
    """Print the manual page of a rule. Raises `UsageError` where there is none."""
    found = rule(code.strip().lower())
    if found is None:
        hint = did_you_mean(code, [each.code for each in rules()]) or "docs/checks.md lists them all"
        raise UsageError(f"there is no rule {code!r}; {hint}")
    sys.stdout.write(f"{found.code}: {found.page}\nLevel: {found.level} unless newsletter.yaml says otherwise:\n\n")
    sys.stdout.write(f"    checks:\n      levels: {{{found.code}: off}}\n")
    return Exit.DONE
