"""Newsletters of any size, made for measuring: the repository's own sample with other issues."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent
FIRST_FRIDAY = date(2004, 1, 2)

_PUBLICATION = """\
    publication:
      by: DfE
      date: {published}
      title: Findings {item} from the regional review of week {issue}
      url: https://www.example.org/{issue}/{item}
"""

_ITEM = """\
  - id: item-{issue}-{item}
    title: Report {item} of week {issue} on the work that councils do together
{publication}    body: |
      The review looks at how *neighbouring councils* share what works, and asks
      [three questions](https://www.example.org/q).

      ### Headlines

      - more families are helped **early**
      - waiting times fell in eleven of nineteen areas
    links:
      - {{text: Full report, url: "https://www.example.org/{issue}/{item}/full.pdf", pages: 28}}
    remind: {remind}
"""


def make(folder: Path, *, issues: int, items: int, newest_items: int, remind: int = 0) -> int:
    """Make a home with so many weekly issues of `items` items each, the newest of `newest_items`; the newest's number.

    The earlier items are reminders for `remind` issues.
    """
    for name in ("newsletter.yaml", "templates", "recipients", "issues/standing"):
        source, target = SAMPLE / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    for number in range(1, issues + 1):
        count = newest_items if number == issues else items
        path = folder / "issues" / f"{number}.yaml"
        path.write_text(_issue(number, count, remind if number < issues else 1), encoding="utf-8")
    return issues


def _issue(number: int, items: int, remind: int) -> str:
    """One item in four is a publication, so that the reading list of a quarter has some hundred lines."""
    day = FIRST_FRIDAY + timedelta(weeks=number)
    written = []
    for item in range(items):
        names = {"issue": number, "item": item}
        publication = _PUBLICATION.format(published=day - timedelta(days=3), **names) if item % 4 == 0 else ""
        written.append(_ITEM.format(publication=publication, remind=remind, **names))
    return f"number: {number}\ndate: {day}\nupdates:\n" + "".join(written)
