from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from composer.edition.diary import alphabetical, coming_networks
from composer.standing import Contact, NetworkGroup
from tests.edition.making import standing

if TYPE_CHECKING:
    from composer.edition import NetworkGroupEntry

TODAY = date(2025, 3, 14)
ROBIN = Contact(id="robin-tate", role="Editor", name="Robin Tate")


def coming(*networks: dict[str, object]) -> tuple[NetworkGroupEntry, ...]:
    group = NetworkGroup.model_validate({"heading": "Network dates", "networks": networks})
    return tuple(coming_networks(standing((ROBIN,), (group,)), TODAY))


def starts(*meetings: str) -> list[str]:
    ((group),) = coming({"name": "Early Help", "contact": "robin-tate", "meetings": [{"start": on} for on in meetings]})
    return [str(meeting.start) for meeting in group.networks[0].network.meetings]


def test_past_meetings_vanish_and_those_of_today_stay() -> None:
    assert starts("2025-03-13 10:00", "2025-03-14 10:00", "2025-03-15") == ["2025-03-14 10:00:00", "2025-03-15"]


def test_meetings_stand_by_their_start_and_a_whole_day_before_its_times() -> None:
    typed = ("2025-04-02 10:00", "2025-04-01", "2025-04-02", "2025-04-01 09:00")
    assert starts(*typed) == ["2025-04-01", "2025-04-01 09:00:00", "2025-04-02", "2025-04-02 10:00:00"]


def test_a_meeting_of_two_days_is_past_after_its_end() -> None:
    (group,) = coming({"name": "Early Help", "meetings": [{"start": "2025-03-12", "end": "2025-03-14"}]})
    assert len(group.networks[0].network.meetings) == 1


def test_a_network_without_coming_meetings_stays_for_its_contact_or_its_note() -> None:
    past = [{"start": "2025-03-01"}]
    (group,) = coming(
        {"name": "Asked", "contact": "robin-tate", "meetings": past},
        {"name": "Noted", "note": "Dates follow.", "meetings": past},
        {"name": "Gone", "meetings": past},
    )
    assert [(entry.network.name, entry.contact) for entry in group.networks] == [("Asked", ROBIN), ("Noted", None)]


def test_a_group_with_nothing_to_say_vanishes() -> None:
    assert coming({"name": "Gone", "meetings": [{"start": "2025-03-01"}]}) == ()


def test_contacts_stand_by_their_printed_name_whatever_its_accents_and_case() -> None:
    names = ("Zoë Yates", "Łukasz Kowalski", "Émile Aster", "eden Bloom", "Alex Young", "Emile Ashby")
    contacts = tuple(Contact(id=f"c{at}", role="Lead", name=name) for at, name in enumerate(names))
    assert [contact.name for contact in alphabetical(contacts)] == [
        "Alex Young",
        "eden Bloom",
        "Emile Ashby",
        "Émile Aster",
        "Łukasz Kowalski",
        "Zoë Yates",
    ]
