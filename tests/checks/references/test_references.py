"""What the rules of this group find, and at greater length what they leave alone."""

# ruff: noqa: RUF001 - editors type curly apostrophes and dashes
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.references import details_below, more_from, near_name, network_lead, unused_contact
from tests.checks.issues import of_bodies, of_items, said

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = r"""
Children who are attached to one adult do better.
Conditions are attached to the grant.
It is money to which conditions are attached.
No strings are attached.
A course on attachment, loss and insecure attachment.
It is for those aged 16 and above, and those below.
Attendance is below average in five towns.
The form is attached [here](https://www.example.org/form).
Please find attached [the form](https://www.example.org/form).
More from Robin Tate (contact details below).
Please contact Robin (details below).
Please contact the Safeguarding lead (contact details below).
For help write to help@example.org (contact details below).
See below.\n\n- the first\n- the second
The dates are listed below. They are all Fridays.
The dates are these.\n\nSee above.
"""
WRONG = """
Please find attached the form.
The agenda is attached.
See the attached flyer for more.
Please complete the attached booking form.
The dates are listed below.
See below.
See above for the dates.
For help ask us (contact details below).
"""


def lines(text: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in text.strip().splitlines()]


def test_what_is_below_or_attached(tmp_path: Path) -> None:
    assert said(tmp_path, details_below.check, {"issue.yaml": of_bodies(lines(RIGHT))}) == []


def test_what_is_not_below_or_attached(tmp_path: Path) -> None:
    assert len(said(tmp_path, details_below.check, {"issue.yaml": of_bodies(lines(WRONG))})) == len(lines(WRONG))


def test_what_stands_below_and_above_the_text(tmp_path: Path) -> None:
    link = {"text": "The form", "url": "https://www.example.org/form"}
    issue = of_items(
        {"body": "The form is attached. See below.", "links": [link]},
        {"body": "See details below.", "closes": "2025-04-01"},
        {"body": "See above for the date.", "event": {"start": "2025-04-01"}},
        {"body": "For help ask us (contact details below).", "contact": "robin-tate"},
    )
    assert said(tmp_path, details_below.check, {"issue.yaml": issue}) == []


REACHED = """
More from Robin Tate (contact details below).
More from robin tate (contact details below).
Contact Dr Robin Tate for the slides.
Please contact [Dana Garside](mailto:dana@example.org) for the slides.
Please contact Dana Garside on 07700 900105.
Please contact Dana Garside. Her address is dana@example.org.
Please contact Research Team Leads or Kent County Council.
Please contact Family Matters, Citizens Advice or Young Minds.
Contact Community Care for the recording.
More from Sir Martyn Green at the conference in May.
Hear more from Martyn Green in May.
In this episode we speak to Ash Patel about loss.
More from Robin Tate’s team.
The judge has contact with Kim Lee Brown’s family.
"""
LOST = """
More from Dana Garside (contact details below).
Please contact Dana Garside for the slides.
Contact Cllr Dana Garside.
Please speak to Dana Garside (details below) about it.
More from Dana Garside-Moss
"""


def test_who_can_be_asked(tmp_path: Path) -> None:
    assert said(tmp_path, more_from.check, {"issue.yaml": of_bodies(lines(REACHED))}) == []


def test_who_cannot_be_asked(tmp_path: Path) -> None:
    found = said(tmp_path, more_from.check, {"issue.yaml": of_bodies(lines(LOST))})
    assert found == ["'Dana Garside' is not in contacts.yaml"] * 4 + ["'Dana Garside-Moss' is not in contacts.yaml"]


NAMES = ("Morgan Ellis", "Robin Tate", "Casey Bright", "Zoë Nowak", "Siân Ó Dálaigh", "Kit Poe", "Programme Office")
CONTACTS = "".join(
    f"- {{id: c{number}, role: Lead, name: {name}, email: c{number}@example.org}}\n"
    for number, name in enumerate(NAMES)
)
OTHER_PEOPLE = """
Morgan Ellis and Robin Tate wrote it.
Morgan Evans and Robin Tait printed it.
Casey Wright, Kim Poe and Kit Pole helped.
The Robyn Tate Foundation paid for it.
Robyn Tate (robyn.tate@example.org) is no relation.
Morgan Ellis’s book is out.
Morgan. Elis is a place.
The Programme Officer is on leave.
"""


def test_other_people(tmp_path: Path) -> None:
    changed = {"contacts.yaml": CONTACTS, "issue.yaml": of_bodies(lines(OTHER_PEOPLE))}
    assert said(tmp_path, near_name.check, changed) == []


def test_contacts_with_one_letter_wrong(tmp_path: Path) -> None:
    body = "Contact Robyn Tate: Morgan Elis, Zoe Nowak and Dr Morgna Ellis. Sian Ó Dálaigh has met Casey Brihgt."
    changed = {"contacts.yaml": CONTACTS, "issue.yaml": of_bodies([body])}
    assert said(tmp_path, near_name.check, changed) == [
        "'Morgan Elis' is nearly 'Morgan Ellis'",
        "'Zoe Nowak' is nearly 'Zoë Nowak'",
        "'Morgna Ellis' is nearly 'Morgan Ellis'",
        "'Sian Ó Dálaigh' is nearly 'Siân Ó Dálaigh'",
        "'Casey Brihgt' is nearly 'Casey Bright'",
    ]


def network(**keys: str) -> str:
    listed = "".join(f", {key}: {value}" for key, value in keys.items())
    return f"- heading: Dates\n  networks:\n    - {{name: Early Help{listed}}}\n"


@pytest.mark.parametrize(
    "keys",
    [
        {"contact": "robin-tate"},
        {"note": "'Write to help@example.org.'"},
        {"note": "'[Say what you would bring](https://www.example.org/help).'"},
        {"note": "'More from Dana Garside (contact details below)'"},
        {"meetings": "[{start: 2025-04-03, more: Ask Robin for the link}]"},
        {"meetings": "[{start: 2025-04-03, url: 'https://www.example.org/book'}]"},
        {"meetings": "[{start: 2025-03-03}]"},
    ],
)
def test_a_network_with_somebody_to_ask_or_nothing_to_print(keys: dict[str, str], tmp_path: Path) -> None:
    assert said(tmp_path, network_lead.check, {"networks.yaml": network(**keys)}) == []


@pytest.mark.parametrize("keys", [{"note": "'There is room for two.'"}, {"meetings": "[{start: 2025-04-03}]"}])
def test_a_network_without_a_lead(keys: dict[str, str], tmp_path: Path) -> None:
    found = said(tmp_path, network_lead.check, {"networks.yaml": network(**keys)})
    assert found == ["nobody is named whom to ask about 'Early Help'"]


EIGHT = {f"issues/{640 + week}.yaml": f"{{number: {640 + week}, date: 2025-01-{week + 1:02}}}" for week in range(8)}


def test_contacts_of_a_directory_or_a_new_newsletter(tmp_path: Path) -> None:
    used = of_items({"body": "Morgan Ellis, Robin Tate, Casey Bright, Zoe Nowak and c4@example.org wrote it."})
    assert said(tmp_path / "new", unused_contact.check, {"contacts.yaml": CONTACTS, "issue.yaml": used}) == []
    few = EIGHT | {"contacts.yaml": CONTACTS, "issue.yaml": of_bodies(["Casey Bright wrote it."])}
    assert said(tmp_path / "directory", unused_contact.check, few) == []


def test_contacts_that_nobody_refers_to(tmp_path: Path) -> None:
    used = of_items({"body": "Casey Bright, zoe nowak and c4@example.org wrote it.", "contact": "c0"})
    changed = EIGHT | {"contacts.yaml": CONTACTS, "issue.yaml": used}
    (message,) = said(tmp_path, unused_contact.check, changed)
    assert message == "nobody has referred to Kit Poe and Programme Office in the last 10 issues"
