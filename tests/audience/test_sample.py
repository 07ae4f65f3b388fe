"""The lists that come with the project show what lists look like."""

from __future__ import annotations

from pathlib import Path

from composer.audience import read

RECIPIENTS = Path(__file__).parents[2] / "recipients"


def test_sixty_one_people_in_three_encodings_reach_five_segments() -> None:
    audience, findings = read(RECIPIENTS)
    names = {recipient.fields.get("name") for recipient in audience.recipients}
    assert findings == ()
    assert len(audience.recipients) == 61
    assert audience.unreached == 0
    assert audience.segments == {"everyone", "ad-education", "ad-safeguarding", "consultants", "not-kent"}
    assert {"Zoë Fairweather", "Danuta Zielińska"} <= names


def test_no_row_is_refused_and_two_people_are_on_two_lists() -> None:
    audience, _ = read(RECIPIENTS)
    assert audience.refused == ()
    assert [str(finding.place) for finding in audience.duplicates] == [
        "recipients/members.csv:26:1",
        "recipients/partners.csv:14:1",
    ]
