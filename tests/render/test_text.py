from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from composer.edition import Edition, Entry, NetworkEntry, NetworkGroupEntry, Origin
from composer.errors import FindingsError
from composer.issue import Item, Masthead, ToolLine
from composer.prose import merge_fields, shown
from composer.render.text import render_text
from composer.settings import Newsletter, Section
from composer.source import Places
from composer.standing import Block, Contact, Network

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MORGAN = Contact(
    id="morgan-ellis",
    role="Workforce Network Lead",
    name="Morgan Ellis",
    organisation="South East Programme",
    email="morgan.ellis@example.org",
    phone="07700 900111",
)
NEWSLETTER = Newsletter.model_validate(
    {
        "name": "Friday Update",
        "organisation": "South East Programme",
        "address": "1 Example Street\nExampleton EX1 1EX",
        "sender": {"name": "Friday Update", "email": "update@example.org"},
        "archive_url": "https://www.example.org/updates",
    }
)
STAFFING = {
    "by": "DfE",
    "date": "2025-02-27",
    "title": "Staffing in 2024\nThe figures",
    "url": "https://example.org/staffing",
}
NEWS = {
    "title": "For [[first_name|you]]: agency numbers fall\nA first in seven years",
    "publication": STAFFING,
    "body": "### Headlines\n\n- more workers, says [Morgan](contact:morgan-ellis)\n- fewer vacancies",
    "links": [
        {"text": "Full report", "url": "https://example.org/full.pdf", "pages": 28},
        {"text": "Explainer", "url": "https://example.org/film", "minutes": "2:44"},
    ],
}
CONFERENCE = {
    "title": "Early years conference",
    "event": {
        "start": "2025-03-20 09:00",
        "end": "16:30",
        "place": "Derby",
        "url": "https://example.org/register",
    },
    "closes": "2025-03-18",
}
NETWORK = {
    "name": "AD Education",
    "contact": "morgan-ellis",
    "note": "Now *open* to all.",
    "meetings": [
        {"start": "2025-03-21 10:00", "place": "London, in person"},
        {
            "name": "Leads",
            "start": "2025-06-06 10:00",
            "end": "12:00",
            "place": "Teams",
            "more": "leads@example.org",
            "url": "https://example.org/leads",
        },
    ],
}


def entry(item: Mapping[str, object], first_in: int = 653, contact: Contact | None = None) -> Entry:
    origin = Origin(Places("issues/653.yaml", b""), ())
    return Entry(Item.model_validate(item), first_in, date(2025, 3, 14), origin, contact)


EDITION = Edition(
    number=653,
    date=date(2025, 3, 14),
    title="Update no 653",
    subject="Update no 653",
    preheader="",
    masthead=Masthead(strapline="News for everybody"),
    intro="Dear [[first_name|colleague]], good morning.",
    sections=NEWSLETTER.sections,
    blocks=(Block(section="tools", heading="Our plan", body="We have [a plan](https://example.org/plan)."),),
    updates=(entry(NEWS),),
    reminders=(entry(CONFERENCE, 651, MORGAN),),
    networks=(
        NetworkGroupEntry("Network dates", (NetworkEntry(Network.model_validate(NETWORK), MORGAN),)),
        NetworkGroupEntry("More networks", (NetworkEntry(Network(name="Early Help"), MORGAN),)),
    ),
    reading=(
        ToolLine.model_validate(STAFFING),
        ToolLine.model_validate({"date": "2025-03-05", "line": "The [slides](https://example.org/slides) are here"}),
    ),
    contacts=(MORGAN,),
)

TWIN = """\
Friday Update
=============
Update no 653 · Friday 14 March 2025
News for everybody

Dear colleague, good morning.


========================================================================
Updates
========================================================================

For you: agency numbers fall
A first in seven years
----------------------------
DfE · 27 February 2025

On 27 February DfE published “Staffing in 2024: The figures”
<https://example.org/staffing>

Headlines
~~~~~~~~~
  - more workers, says Morgan <morgan.ellis@example.org>
  - fewer vacancies

  - Full report (pdf, 28 pages)
    https://example.org/full.pdf
  - Explainer (video, 2:44)
    https://example.org/film


========================================================================
Reminders from previous weeks
========================================================================

Network dates
-------------

AD Education
  - 10am Friday 21 March, London, in person
  - Leads: 10am to midday on Friday 6 June, Teams
    More from leads@example.org
    Register: https://example.org/leads
  Now *open* to all.
  More from Morgan Ellis (contact details below)


More networks
-------------

Early Help
  More from Morgan Ellis (contact details below)


Early years conference
----------------------
First in Update no 651

When:     Thursday 20 March 2025, 9am to 4:30pm
Where:    Derby
Register: https://example.org/register

Closes Tuesday 18 March
More from Morgan Ellis (contact details below)


========================================================================
Tools & templates
========================================================================

Our plan
--------
We have a plan <https://example.org/plan>.

  - On 27 February DfE published “Staffing in 2024: The figures”
    <https://example.org/staffing>
  - The slides <https://example.org/slides> are here


========================================================================
Contact details
========================================================================

Morgan Ellis, South East Programme
  Workforce Network Lead
  morgan.ellis@example.org
  07700 900111


------------------------------------------------------------------------
You get this email because you are on the mailing list of Friday Update.

Unsubscribe:
Earlier issues: https://www.example.org/updates

South East Programme
1 Example Street
Exampleton EX1 1EX
"""


def test_the_whole_twin(tmp_path: Path) -> None:
    text = render_text(EDITION, NEWSLETTER, tmp_path)
    assert shown(text).replace("Unsubscribe: ", "Unsubscribe:") == TWIN
    fields = [(field.name, field.fallback) for field in merge_fields(text)]
    assert fields == [("first_name", "colleague"), ("first_name", "you"), ("unsubscribe_link", "")]


def test_a_section_without_anything_to_say_is_silent(tmp_path: Path) -> None:
    empty = replace(EDITION, intro=None, blocks=(), updates=(), reminders=(), networks=(), reading=(), contacts=())
    text = render_text(empty, NEWSLETTER, tmp_path)
    assert "=\n\n\n---" not in text
    assert not [section.heading for section in NEWSLETTER.sections if section.heading and section.heading in text]


def test_sections_stand_in_the_order_of_the_settings(tmp_path: Path) -> None:
    text = render_text(replace(EDITION, sections=NEWSLETTER.sections[::-1]), NEWSLETTER, tmp_path)
    positions = [text.index(section.heading) for section in NEWSLETTER.sections[::-1] if section.heading]
    assert positions == sorted(positions)


def test_only_addresses_are_longer_than_72_columns(tmp_path: Path) -> None:
    long = entry({"title": "word " * 40, "links": [{"text": "word " * 40, "url": "https://example.org/" + "a" * 80}]})
    text = render_text(replace(EDITION, updates=(long,)), NEWSLETTER, tmp_path)
    assert {line.strip()[:20] for line in shown(text).split("\n") if len(line) > 72} == {"https://example.org/"}


def test_a_new_section_is_a_template_and_a_line_of_settings(tmp_path: Path) -> None:
    template(tmp_path, "sections/jobs.txt", "{{ section.heading }}: none in {{ edition.title }}")
    text = render_text(replace(EDITION, sections=(Section(id="jobs", heading="Jobs"),)), NEWSLETTER, tmp_path)
    assert "Jobs: none in Update no 653" in text


def test_ones_own_template_stands_before_the_packaged_one(tmp_path: Path) -> None:
    template(tmp_path, "sections/updates.txt", "My own way of saying <b>it</b> & that")
    text = render_text(EDITION, NEWSLETTER, tmp_path)
    assert "My own way of saying <b>it</b> & that" in text
    assert "Morgan Ellis" in text


def template(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ("one\n{% if %}", 2, "Expected an expression"),
        ("one\n\n{{ editoin.title }}", 3, "'editoin' is undefined"),
        ("{{ edition.tilte }}", 1, "tilte"),
        ("one\n{{ edition.number / 0 }}", 2, "division by zero"),
        ("{{ edition.__class__.__mro__ }}", 1, "unsafe"),
        ("one\n{{ edition.title|shout }}", 2, "shout"),
        ('{% include "sections/missing.txt" %}', 1, "missing.txt"),
    ],
)
def test_a_mistake_in_a_template_is_a_finding_with_its_line(
    tmp_path: Path, written: str, line: int, words: str
) -> None:
    templates = tmp_path / "templates"
    template(templates, "sections/updates.txt", written)
    with pytest.raises(FindingsError) as caught:
        render_text(EDITION, NEWSLETTER, templates)
    (finding,) = caught.value.findings
    assert str(finding.place) == f"templates/sections/updates.txt:{line}:1"
    assert words in finding.message


def test_a_section_without_its_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match=re.escape("sections/job.txt")):
        render_text(replace(EDITION, sections=(Section(id="job"),)), NEWSLETTER, tmp_path)
