"""An email that Gmail would cut.

Gmail shows the first 102 KB of an email's HTML and hides the rest, the link to leave included, behind "View entire
message"; nobody knows whether it counts what travels or what is read, so the larger counts here.
`limits.html_warn_kb` (80) is a warning, `limits.html_kb` (100) an error. The variant that is largest is named.

Passes:

    updates:
      - {title: A short item, body: A short text.}

Fails:

    # newsletter.yaml
    limits: {html_warn_kb: 10, html_kb: 100}
    # issue.yaml
    updates:
      - {title: An item, body: The limit of this newsletter is ten kilobytes and its frame alone has more.}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.rule import Remark
from composer.errors import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look at the largest."""
    limits = sheet.newsletter.limits
    size_kb, name = max(((size, name) for name, size in sheet.weigh().items()), default=(0.0, ""))
    if size_kb > limits.html_warn_kb:
        too_large = size_kb > limits.html_kb
        level, limit = (Level.ERROR, limits.html_kb) if too_large else (Level.WARNING, limits.html_warn_kb)
        message = f"the email for {name} has {size_kb:.0f} KB, more than {limit} KB"
        hint = "Gmail cuts an email at 102 KB; shorten items, or drop some reminders"
        yield Remark(sheet.places.at("updates"), message, hint, level)
