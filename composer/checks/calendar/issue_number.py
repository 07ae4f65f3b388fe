"""A number that leaves a gap after the issue before it.

Readers who keep the issues look for the missing one. A file name with a slip of the finger, 635 for 653, also loses
every reminder: what is carried forward goes by the numbers. The first issue may have any number.

Passes:

    updates:
      - {title: The issue after 652, body: A text.}

Fails:

    # issues/651.yaml
    date: 2025-02-28
    # issues/652.yaml
    # there is no such file
    # issue.yaml
    updates:
      - {title: The issue after 651, body: A text.}
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
    """Look at the numbers of all issues."""
    number = sheet.issue.number
    before = max((each for each in sheet.numbers if each < number), default=number - 1)
    if before < number - 1:
        message = f"the issue before {number} is {before}: there is no {number - 1}"
        yield Remark(sheet.places.at("number"), message, "correct the number and the file's name, or allow the gap")
