"""The fixed phrases of the newsletter, computed from dates and models, so that nobody types a weekday.

The style is that of GOV.UK: "10am", "2:30pm", "midday", "10am to 11:30am", "Friday 21 March", "to" and never a dash.
HTML and plain text say the same words; where one of them needs a link, the phrase comes in parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from composer.dates import full_date, long_date, month, weekday
from composer.issue import day_of

if TYPE_CHECKING:
    from composer.issue import Event, Link, Publication
    from composer.settings import Newsletter
    from composer.standing import Contact, Meeting

_NEAR = timedelta(days=183)
_KINDS = {
    ".pdf": "pdf",
    ".doc": "Word document",
    ".docx": "Word document",
    ".odt": "document",
    ".xls": "Excel spreadsheet",
    ".xlsx": "Excel spreadsheet",
    ".ods": "spreadsheet",
    ".csv": "CSV file",
    ".ppt": "slides",
    ".pptx": "slides",
    ".odp": "slides",
    ".zip": "zip file",
    ".mp3": "audio",
    ".m4a": "audio",
    ".mp4": "video",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence "On 27 February DfE published [title](url)" in parts: plain words, then the title to be linked.

    Where the editor wrote the whole sentence, it is in `line` as Markdown, and the other parts are empty.
    """

    lead: str = ""
    title: str = ""
    subtitle: str = ""
    url: str | None = None
    line: str | None = None

    @property
    def whole_title(self) -> str:
        """Title and subtitle on one line."""
        if not self.subtitle:
            return self.title
        return f"{self.title}{'' if self.title.endswith(('?', '!', ':', '.')) else ':'} {self.subtitle}"


@dataclass(frozen=True, slots=True)
class More:
    """Where there is more to learn: plain words, then an address to be linked where there is one."""

    words: str
    address: str | None = None


def short_date(day: date, today: date) -> str:
    """27 February; with its year where the nearest such day is another one, more than half a year from `today`.

    So a publication of 19 December needs no year in January, and one of last spring does.
    """
    return f"{day.day} {month(day)}" if abs(day - today) < _NEAR else long_date(day)


def weekday_date(day: date, today: date) -> str:
    """Friday 21 March; with its year where that is not the year of `today`."""
    year = "" if day.year == today.year else f" {day.year}"
    return _weekday_month(day) + year


def clock(moment: time) -> str:
    """10am, 2:30pm, midday, midnight."""
    if (moment.hour, moment.minute) in {(0, 0), (12, 0)}:
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{(moment.hour - 1) % 12 + 1}{minutes}{'am' if moment.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def when(event: Event, today: date) -> str:
    """The moment of an event in a running line, the time first.

    10am Friday 21 March; 10am to midday on Friday 6 June; Thursday 20 to Friday 21 March;
    9am Thursday 20 March to 4pm Friday 21 March; with the year where that is not the year of `today`.
    """
    first, last = _days(event)
    opens, ends = _clocks(event)
    if first == last:
        day = weekday_date(first, today)
        return " ".join(filter(None, [_hours(opens, ends), "on" if opens and ends else "", day]))
    year = "" if first.year == last.year == today.year else f" {last.year}"
    return _span(event) + year


def when_in_full(event: Event) -> str:
    """The moment of an event on its own, the day first, always with the year.

    Thursday 20 March 2025, 9am to 4:30pm; Thursday 20 to Friday 21 March 2025.
    """
    first, last = _days(event)
    if first == last:
        return ", ".join(filter(None, [full_date(first), _hours(*_clocks(event))]))
    return f"{_span(event)} {last.year}"


def leaf(event: Event) -> tuple[str, str]:
    """20, Mar: the first day of an event as the leaf of a calendar shows it."""
    first = day_of(event.start)
    return str(first.day), month(first)[:3]


def meeting_line(meeting: Meeting, today: date) -> str:
    """Operational leads: 10am to midday on Friday 6 June, Teams."""
    line = ", ".join(filter(None, [when(meeting, today), meeting.place]))
    return f"{meeting.name}: {line}" if meeting.name else line


def more_of(meeting: Meeting) -> More | None:
    """Whom to ask about a meeting: "More from leads@example.org", or the editor's own words."""
    if not meeting.more:
        return None
    is_address = "@" in meeting.more and " " not in meeting.more
    return More("More from ", meeting.more) if is_address else More(meeting.more)


def more_from(contact: Contact) -> str:
    """More from Morgan Ellis (contact details below)."""
    return f"More from {contact.name} (contact details below)"


def publication_sentence(publication: Publication, today: date) -> Sentence:
    """What was published, by whom and when, for an issue of `today`."""
    if publication.line:
        return Sentence(line=publication.line)
    title, _, subtitle = (publication.title or "").strip().partition("\n")
    lead = f"On {short_date(publication.date, today)} {publication.by} {publication.verb} "
    return Sentence(lead, title.strip(), " ".join(subtitle.split()), publication.url)


def meta_line(publication: Publication) -> str:
    """DfE · 27 February 2025."""
    return " · ".join(filter(None, [publication.by, long_date(publication.date)]))


def link_note(link: Link) -> str:
    """What to expect behind a link, but for what its text says: "(pdf, 28 pages)", "(video, 2:44)", or nothing."""
    pages = _counted(link.pages, "page") if link.pages else ""
    running = link.minutes or ""
    if running.isdecimal():
        running = _counted(int(running), "minute")
    kind = link.kind or _kind(link)
    is_said = re.search(rf"\b{re.escape(kind)}\b", link.text, re.IGNORECASE)
    parts = ["" if is_said else kind, pages, running]
    return f"({', '.join(filter(None, parts))})" if any(parts) else ""


def closes(day: date, today: date) -> str:
    """Closes Tuesday 18 March."""
    return f"Closes {weekday_date(day, today)}"


def first_in(number: int, newsletter: Newsletter) -> str:
    """First in Update no 651."""
    return f"First in {newsletter.issue_title(number)}"


def why(newsletter: Newsletter) -> str:
    """Why this email came: the sentence at the foot, above the way out."""
    return f"You get this email because you are on the mailing list of {newsletter.name}."


def _weekday_month(day: date) -> str:
    return f"{weekday(day)} {day.day} {month(day)}"


def _days(event: Event) -> tuple[date, date]:
    """The first and the last day."""
    return day_of(event.start), event.last_day


def _clocks(event: Event) -> tuple[str, str]:
    opens, ends = event.start, event.finish
    return (
        clock(opens.time()) if isinstance(opens, datetime) else "",
        clock(ends.time()) if isinstance(ends, datetime) else "",
    )


def _hours(opens: str, ends: str) -> str:
    if opens and ends:
        return f"{opens} to {ends}"
    return opens or (f"until {ends}" if ends else "")


def _span(event: Event) -> str:
    """Several days, without the last year: "Thursday 20 to Friday 21 March"."""
    first, last = _days(event)
    opens, ends = _clocks(event)
    begin = _weekday_month(first)
    if first.year != last.year:
        begin += f" {first.year}"
    elif first.month == last.month and not ends:
        begin = f"{weekday(first)} {first.day}"
    return " ".join(filter(None, [opens, begin, "to", ends, _weekday_month(last)]))


def _kind(link: Link) -> str:
    found = _KINDS.get(PurePosixPath(urlsplit(link.url).path).suffix.lower(), "")
    if link.minutes and not found:
        return "podcast" if "podcast" in f"{link.text} {link.url}".lower() else "video"
    return found


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
