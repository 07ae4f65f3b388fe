"""The subject and the preheader made from the titles, where the editor gave none.

Lengths are in characters; a merge field counts as long as its fallback and is never cut.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from composer.dates import full_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from composer.edition.shapes import Edition, Entry

LONGEST_SUBJECT = 70
SHORTEST_PREHEADER = 40
LONGEST_PREHEADER = 110

_WORTH_A_TITLE = 15
_FIELD = re.compile(r"\[\[[^\[\]|]*\|([^\[\]]*)\]\]")
_WORD = re.compile(r"(?:\[\[[^\[\]]*\]\]|\S)+")
_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def length(text: str) -> int:
    """How many characters a reader without merge fields sees."""
    return len(_FIELD.sub(r"\1", text))


def one_line(title: str) -> str:
    """A title of one or two lines on one: "Title: subtitle"."""
    first, *others = [" ".join(line.split()) for line in title.splitlines() if line.strip()] or [""]
    for other in others:
        first += f" {other}" if first.endswith((":", "?", "!", ".", "…")) else f": {other}"
    return first


def shortened(text: str, limit: int) -> str:
    """`text`, or as many of its words as fit `limit` with an ellipsis, or nothing when not even one does."""
    if length(text) <= limit:
        return text
    ends = [word.end() for word in _WORD.finditer(text) if length(text[: word.end()]) < limit]
    words = text[: ends[-1]].rstrip(" ,;:.\u2013\u2014-·") if ends else ""
    return f"{words}…" if words else ""


def subject(edition: Edition) -> str:
    """As many whole titles as fit, "Update no 653 · first title, second title"; else the first one shortened."""
    titles = _titles(edition.updates)
    room = LONGEST_SUBJECT - length(f"{edition.title} · ")
    if not titles or room < _WORTH_A_TITLE:
        return edition.title
    bare = _without_subtitle(edition.updates[0])
    fitting = _fitting(titles, room) or _fitting([bare, *titles[1:]], room) or [shortened(bare, room)]
    listed = ", ".join(filter(None, fitting))
    return f"{edition.title} · {listed}" if listed else edition.title


def preheader(edition: Edition) -> str:
    """What the subject leaves out: the following news, then reminders, and how many dates there are for a diary."""
    dates = _dates(edition)
    text = _sentence(_left_out(edition), dates)
    if length(text) < SHORTEST_PREHEADER:
        text = " · ".join(filter(None, (text, f"News, dates and contacts as of {full_date(edition.date)}")))
    if text.casefold() == edition.subject.casefold():
        text = shortened(f"In short: {text}", LONGEST_PREHEADER)
    return text


def _titles(entries: Iterable[Entry]) -> list[str]:
    return [one_line(entry.item.title).rstrip(".") for entry in entries]


def _without_subtitle(entry: Entry) -> str:
    return one_line(entry.item.title.strip().splitlines()[0])


def _fitting(titles: Sequence[str], room: int) -> Sequence[str]:
    """As many of the first titles as fit when listed with commas."""
    count = len(titles)
    while count and length(", ".join(titles[:count])) > room:
        count -= 1
    return titles[:count]


def _left_out(edition: Edition) -> list[str]:
    """The titles that the subject does not hold; the one it holds in part comes last."""
    said, titles = edition.subject.casefold(), _titles(edition.updates)
    unsaid = [title for title in titles if title.casefold() not in said]
    begun = 1 if edition.makes_subject and unsaid[:1] == titles[:1] else 0
    return [*unsaid[begun:], *_titles(edition.reminders), *unsaid[:begun]]


def _sentence(titles: Sequence[str], dates: str) -> str:
    room = LONGEST_PREHEADER - length(_with_dates([""], dates))
    listed = list(_fitting(titles, room))
    if len(listed) < len(titles) and length(_with_dates(listed, dates)) < SHORTEST_PREHEADER:
        part = shortened(titles[len(listed)], room - length(", ".join([*listed, ""])))
        listed += [part] if part else []
    return _with_dates(listed, dates)


def _with_dates(listed: Sequence[str], dates: str) -> str:
    if not listed:
        return dates.capitalize()
    return f"{', '.join(listed)}, and {dates}" if dates else ", ".join(listed)


def _dates(edition: Edition) -> str:
    """How many events of items are still to come, "three dates for your diary", or nothing.

    The networks' meetings stand there every week and are no news.
    """
    events = [entry.item.event for entry in chain(edition.updates, edition.reminders)]
    count = sum(1 for event in events if event and event.last_day >= edition.date)
    if not count:
        return ""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} date{'s' if count > 1 else ''} for your diary"
