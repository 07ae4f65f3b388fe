"""A network that nobody can be asked about.

Every network that is printed says whom to turn to: its `contact`, or an address, a contact's name or a link in its
note, in `more` of a coming meeting, or where one registers. A network without coming meetings, contact and note is not
printed and is left alone.

Passes:

    # networks.yaml
    - heading: Network dates
      networks:
        - {name: Early Help, meetings: [{start: 2025-04-03 10:00, place: Teams, more: early.help@example.org}]}

Fails:

    # networks.yaml
    - heading: Network dates
      networks:
        - {name: Early Help, meetings: [{start: 2025-04-03 10:00, place: Teams}]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.words.people import NAME, is_person, mentioned
from composer.checks.rule import Remark
from composer.errors import Level
from composer.prose import read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from composer.checks.sheet import Sheet
    from composer.standing import Network

LEVEL = Level.WARNING


def check(sheet: Sheet) -> Iterator[Remark]:
    """Look for a lead of every network that is printed."""
    for at, group in enumerate(sheet.standing.networks):
        for index, network in enumerate(group.networks):
            coming = [meeting for meeting in network.meetings if sheet.today <= meeting.last_day]
            if network.contact or not (coming or network.note):
                continue
            words = [network.note or "", *(meeting.more or "" for meeting in coming)]
            if not any(meeting.url for meeting in coming) and not any(_tells(text, sheet) for text in words):
                place = sheet.standing.networks_at.at(at, "networks", index, "name")
                yield Remark(place, *_said(network))


def _said(network: Network) -> tuple[str, str]:
    return f"nobody is named whom to ask about {network.name!r}", "write `contact: ID`, or an address under `more`"


def _tells(text: str, sheet: Sheet) -> bool:
    """Whether a text names an address, a link or a person."""
    if "@" in text or any(block.anchors for block in read_markdown(text, sentence=True)):
        return True
    return mentioned(text, sheet.standing.contacts) or any(is_person(found[0]) for found in NAME.finditer(text))
