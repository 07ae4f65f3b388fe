from __future__ import annotations

from typing import TYPE_CHECKING

from tests.home.making import home_with, write

if TYPE_CHECKING:
    from pathlib import Path

CONTACTS = """\
- {id: robin-tate, role: Editor, name: Robin Tate, email: robin.tate@example.org}
- {id: morgan-ellis, role: Lead, name: Morgan Ellis, phone: 07700 900111}
"""
NETWORKS = """\
- heading: Network dates
  networks:
    - {name: Early Help, contact: robin-tate}
    - {name: Kinship, contact: morgan-elis}
"""


def sentences(root: Path) -> list[str]:
    return [str(found) for found in home_with(root).standing().findings]


def test_missing_files_are_empty(tmp_path: Path) -> None:
    found = home_with(tmp_path).standing()
    assert (found.value.contacts, found.value.networks, found.value.blocks) == ((), (), ())
    assert (found.findings, found.knows_contacts) == ((), True)
    assert found.value.blocks_at.path == "issues/standing/blocks.yaml"


def test_the_three_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, "issues/standing/contacts.yaml", CONTACTS)
    write(tmp_path, "issues/standing/networks.yaml", NETWORKS.replace("elis", "ellis"))
    write(tmp_path, "issues/standing/blocks.yaml", "- {section: intro, body: Hello}\n")
    found = home_with(tmp_path).standing()
    assert found.findings == ()
    assert [contact.id for contact in found.value.contacts] == ["robin-tate", "morgan-ellis"]
    assert found.value.networks[0].networks[1].contact == "morgan-ellis"
    assert found.value.blocks[0].body == "Hello"


def test_a_contact_id_given_twice_names_the_line_of_the_first(tmp_path: Path) -> None:
    write(tmp_path, "issues/standing/contacts.yaml", CONTACTS + CONTACTS.replace("morgan-ellis", "someone-else"))
    (sentence,) = sentences(tmp_path)
    assert sentence == (
        "issues/standing/contacts.yaml:3:8: error: same-id: 'robin-tate' is already the contact of line 1"
        " (give one of the two another id)"
    )


def test_a_network_that_names_an_unknown_contact_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "issues/standing/contacts.yaml", CONTACTS)
    write(tmp_path, "issues/standing/networks.yaml", NETWORKS)
    (sentence,) = sentences(tmp_path)
    assert sentence == (
        "issues/standing/networks.yaml:4:32: error: contact: 'morgan-elis' is not in contacts.yaml"
        " (did you mean 'morgan-ellis'?)"
    )


def test_contacts_that_cannot_be_read_are_not_called_unknown(tmp_path: Path) -> None:
    write(tmp_path, "issues/standing/contacts.yaml", "- {id: robin-tate\n")
    write(tmp_path, "issues/standing/networks.yaml", NETWORKS)
    found = home_with(tmp_path).standing()
    assert not found.knows_contacts
    assert {mistake.place.path for mistake in found.findings} == {"issues/standing/contacts.yaml"}
