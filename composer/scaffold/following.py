"""`new_issue`: the file of the next issue, with every key taught by example and what it will carry as comments."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING

from composer.dates import full_date
from composer.errors import ComposerError, FindingsError, UsageError
from composer.issue import Issue
from composer.scaffold.forecast import Forecast
from composer.scaffold.wording import days_around, filled, next_day
from composer.state import create_once

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from composer.home import Home
    from composer.settings import Newsletter


def new_issue(home: Home, newsletter: Newsletter, *, today: date) -> Path:
    """Write the next issue's file and say where: the next number, on the next day of publication.

    It loads without findings as it is, with no news yet. Line ends are those of the newest issue. Never overwrites, and
    never leaves half a file behind.
    Raises `FindingsError` while the newest issue cannot be read, `ComposerError` when the file cannot be written.
    """
    issue = _next(home, newsletter, today)
    text = (resources.files("composer.scaffold") / "issue.yaml").read_text(encoding="utf-8")
    text = filled(text, _words(issue, home, newsletter))
    data = text.replace("\n", _line_end(home)).encode()
    path = home.issues / f"{issue.number}.yaml"

    def fill(aside: Path) -> None:
        aside.write_bytes(data)

    try:
        is_new = create_once(path, fill)
    except OSError as error:
        raise ComposerError(f"issues/{path.name} cannot be written: {error.strerror}") from None
    if not is_new:
        raise UsageError(f"issues/{path.name} exists already; it was left as it is")
    return path


def _next(home: Home, newsletter: Newsletter, today: date) -> Issue:
    newest = home.newest()
    if newest is None:
        return Issue(number=1, date=next_day(newsletter.publication_day, today))
    loaded = home.issue(newest)
    if loaded.value is None:
        raise FindingsError(loaded.findings)
    not_before = max(today, loaded.value.date + timedelta(days=1))
    return Issue(number=newest + 1, date=next_day(newsletter.publication_day, not_before))


def _words(issue: Issue, home: Home, newsletter: Newsletter) -> dict[str, str]:
    earlier = home.window(issue, newsletter)
    forecast = Forecast(issue, earlier, home.standing().value, newsletter)
    return {
        **days_around(issue.date),
        "number": str(issue.number),
        "title": newsletter.issue_title(issue.number),
        "full_date": full_date(issue.date),
        "forecast": forecast.comment(),
    }


def _line_end(home: Home) -> str:
    newest = home.newest()
    uses_crlf = newest is not None and b"\r\n" in (home.issues / f"{newest}.yaml").read_bytes()
    return "\r\n" if uses_crlf else "\n"
