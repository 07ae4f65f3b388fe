"""The standing files: contacts, networks, blocks."""

from composer.source import load
from composer.standing import Block, Contact, NetworkGroup, Standing
from tests.source.samples import BLOCKS, CONTACTS, NETWORKS


def standing() -> Standing:
    contacts = load(tuple[Contact, ...], CONTACTS.encode(), "contacts.yaml")
    networks = load(tuple[NetworkGroup, ...], NETWORKS.encode(), "networks.yaml")
    blocks = load(tuple[Block, ...], BLOCKS.encode(), "blocks.yaml")
    return Standing(
        contacts.value or (), networks.value or (), blocks.value or (), contacts.places, networks.places, blocks.places
    )


def test_a_contact_is_found_by_id() -> None:
    contact = standing().contact("morgan-ellis")
    assert contact is not None
    assert contact.phone == "07700 900111"
    assert standing().contact("nobody") is None


def test_a_phone_number_stays_as_typed() -> None:
    for typed in ("07700900111", "+447700900111", "+44 7700 900111"):
        text = f"- {{id: a, role: b, name: c, phone: {typed}}}"
        contacts = load(tuple[Contact, ...], text.encode(), "contacts.yaml").value
        assert contacts is not None
        assert contacts[0].phone == typed


def test_a_network_may_have_no_date_yet() -> None:
    [group] = standing().networks
    dated, dateless = group.networks
    assert [meeting.name for meeting in dated.meetings] == [None, "Operational leads"]
    assert dateless.meetings == ()


def test_a_group_has_networks() -> None:
    loaded = load(tuple[NetworkGroup, ...], b"- heading: Network dates\n  networks: []\n", "networks.yaml")
    assert [finding.code for finding in loaded.findings] == ["empty"]


def test_nothing_at_all_is_written_as_an_empty_list() -> None:
    assert load(tuple[Block, ...], b"[]", "blocks.yaml").value == ()
    [finding] = load(tuple[Block, ...], b"", "blocks.yaml").findings
    assert finding.hint == "write [] for none"
