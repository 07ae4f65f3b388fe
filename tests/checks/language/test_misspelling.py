"""Common misspellings, and what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.language.misspelling import check, misspelt
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = """
The Government published its guidance; the centre in Worthing, Wapping and Reading despatches it by e-mail.
David Tennant, Jo Skelton and Mr Pidgeon wrote to Helen Sargeant and Cllr Childs of Brough and Leasure.
DfE, NHSE, SEND AP NWAG, EHCPs, ICart and LAs met on MS Teams: TEH and HTE are abbreviations.
Read publsihed.pdf, https://www.example.org/publsihed, www.publsihed.org or write to publsihed@example.org #recieve.
Croeso i bawb: mae plant a phobl ifanc yn byw yn Llandudno. One page in Deutsch, español, română and العربية.
Er sagte, das ist nicht alles, und wir haben es als Kinder im Haus.
An A-level, a 3rd t-shirt, co-ordinate and co-ordinator, wellbeing and well-being, focussed and learnt.
"""
WRONG = {
    "It was publsihed by the goverment.": ["publsihed", "goverment"],
    "Goverment guidance, recieved today": ["Goverment", "recieved"],
    "The Goverment\u2019s plan": ["Goverment's"],
    "This is teh end adn it is taht": ["teh", "adn", "taht"],
    "for 16- and 17-yearolds in need": ["yearolds"],
    "the multi-agency commitee\u2019s self-asessment": ["commitee's", "asessment"],
    "child and familiy and thier carers": ["familiy", "thier"],
    "It isnt right, and doesnt help": ["isnt", "doesnt"],
}


@pytest.mark.parametrize("line", RIGHT.strip().split("\n"))
def test_right_words_are_left_alone(line: str) -> None:
    assert [word.text for word, _ in misspelt(line)] == []


@pytest.mark.parametrize("line", WRONG)
def test_misspellings_are_found(line: str) -> None:
    assert [word.text for word, _ in misspelt(line)] == WRONG[line]


def test_words_and_names_of_the_newsletter_are_right(tmp_path: Path) -> None:
    files = {
        "newsletter.yaml": "checks: {words: [Strenght]}\n",
        "contacts.yaml": "- {id: jo-goverment, role: Lead, name: Jo Goverment, email: jo@example.org}\n",
        "issue.yaml": "updates:\n  - {title: Strenght with Jo Goverment, body: The Strenght of it.}\n",
    }
    assert list(check(sheet(tmp_path / "letter", files))) == []


def test_the_title_of_a_publication_is_looked_at(tmp_path: Path) -> None:
    issue = (
        "updates:\n"
        "  - title: An item\n"
        "    publication: {by: DfE, date: 2025-03-11, title: A managment guide, url: https://www.example.org/publsihed}\n"
    )
    [remark] = check(sheet(tmp_path / "letter", {"issue.yaml": issue}))
    assert (remark.message, remark.hint) == ("“managment” is misspelt", "write “management”")


def test_a_reminder_was_read_before(tmp_path: Path) -> None:
    files = {
        "issues/652.yaml": "date: 2025-03-07\nupdates:\n  - {title: An item, body: It was publsihed.}\n",
        "issue.yaml": "updates:\n  - {title: Another, body: It was published.}\n",
    }
    assert list(check(sheet(tmp_path / "letter", files))) == []
