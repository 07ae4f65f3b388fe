from __future__ import annotations

import pytest

from composer.checks.reading.words.people import NAME, bare, contact_of, is_person, mentioned
from composer.standing import Contact

CONTACTS = (
    Contact(id="zoe", role="Lead", name="Zoë Nowak"),
    Contact(id="sian", role="Lead", name="Siân Ó Dálaigh"),
)


@pytest.mark.parametrize("name", ["Morgan Ellis", "Siân Ó Dálaigh", "Hamza El Khoury", "Anne-Marie O'Neill"])
def test_a_name_is_found_whole(name: str) -> None:
    found = NAME.search(f"The guide by {name}'s team is out.")
    assert found
    assert found[0] == name
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["Research Team", "Kent County Council", "Young Minds", "Family Rights Group", "Ofsted", "A B C D E"]
)
def test_an_organisation_is_nobody(name: str) -> None:
    assert not is_person(name)


def test_what_stands_before_a_name_is_no_part_of_it() -> None:
    assert bare("Contact Dr Zoë Nowak") == "Zoë Nowak"
    assert bare("Contact") == "Contact"


def test_contacts_are_known_without_their_accents() -> None:
    assert contact_of("zoe nowak", CONTACTS) == CONTACTS[0]
    assert contact_of("Zoe Novak", CONTACTS) is None


def test_a_contact_is_mentioned_by_either_name() -> None:
    assert mentioned("Ask sian o dalaigh about it.", CONTACTS)
    assert mentioned("Ask Zoë about it.", CONTACTS)
    assert not mentioned("Ask somebody about it.", CONTACTS)
