from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.edition import compose
from composer.errors import UsageError
from tests.edition.making import keys
from tests.home.making import SETTINGS, home_with, issue_text, newsletter, write

if TYPE_CHECKING:
    from pathlib import Path

    from composer.edition import Composition

CONTACT = "updates: [{title: Plan, contact: robin-tate}]"


def composed(root: Path, number: int, *numbers: int) -> Composition:
    return compose(home_with(root, *numbers), number, newsletter())


def test_a_number_becomes_an_edition(tmp_path: Path) -> None:
    result = composed(tmp_path, 3, 1, 2, 3, 4)
    assert result.edition
    assert (result.edition.number, keys(result.edition.updates)) == (3, ["story-3"])
    assert keys(result.edition.reminders) == ["story-2", "story-1"]
    assert [loaded.places.path for loaded in result.earlier] == ["issues/2.yaml", "issues/1.yaml"]
    assert result.findings == ()


def test_the_second_time_from_the_cache_it_is_the_same(tmp_path: Path) -> None:
    first, second = composed(tmp_path, 3, 1, 2, 3), composed(tmp_path, 3, 1, 2, 3)
    assert second.edition == first.edition
    assert (tmp_path / "state/cache").is_dir()


def test_findings_of_all_files_come_together(tmp_path: Path) -> None:
    home = home_with(tmp_path, 1, 2, 3)
    write(tmp_path, "issues/4.yml", "")
    write(tmp_path, "issues/2.yaml", "number: [")
    write(tmp_path, "issues/3.yaml", issue_text(3, "reminders: {drop: [gone]}"))
    write(tmp_path, "issues/standing/contacts.yaml", "- {id: a}\n")
    result = compose(home, 3, newsletter())
    assert [found.place.path for found in result.findings] == [
        "issues/2.yaml",
        "issues/3.yaml",
        "issues/4.yml",
        "issues/standing/contacts.yaml",
        "issues/standing/contacts.yaml",
    ]


def test_an_issue_that_cannot_be_read_has_no_edition(tmp_path: Path) -> None:
    home = home_with(tmp_path, 1)
    write(tmp_path, "issues/2.yaml", "number: [")
    result = compose(home, 2, newsletter())
    assert result.edition is None
    assert [found.place.path for found in result.findings] == ["issues/2.yaml"]


def test_unknown_contacts_are_reported_only_when_the_known_ones_can_be_read(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    write(tmp_path, "issues/1.yaml", issue_text(1, CONTACT))
    assert [found.code for found in compose(home, 1, newsletter()).findings] == ["contact"]
    write(tmp_path, "issues/standing/contacts.yaml", "- {id: robin-tate\n")
    assert {found.place.path for found in compose(home, 1, newsletter()).findings} == {"issues/standing/contacts.yaml"}


def test_unknown_segments_are_reported_when_the_known_ones_are_given(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    write(tmp_path, "issues/1.yaml", issue_text(1, "updates: [{title: Plan, audience: [heads]}]"))
    assert compose(home, 1, newsletter()).findings == ()
    (found,) = compose(home, 1, newsletter(), segments=frozenset({"deputies"})).findings
    assert found.code == "segment"


def test_a_number_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"issues/9\.yaml does not exist"):
        composed(tmp_path, 9, 1)


def test_a_masthead_knows_where_it_was_written(tmp_path: Path) -> None:
    picture = "masthead:\n  image:\n    file: sea.png\n    alt: The sea\n"
    home = home_with(tmp_path, 1)
    write(tmp_path, "newsletter.yaml", SETTINGS + picture)
    write(tmp_path, "issues/2.yaml", issue_text(2, picture))
    settings = newsletter(masthead={"image": {"file": "sea.png", "alt": "The sea"}})
    places = []
    for number in (1, 2):
        edition = compose(home, number, settings).edition
        assert edition
        assert edition.masthead_at
        places.append(str(edition.masthead_at.place("image", "file")))
    assert places == ["newsletter.yaml:7:11", "issues/2.yaml:5:11"]
