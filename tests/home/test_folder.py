from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from composer.errors import ComposerError, UsageError
from composer.home import Home
from tests.home.making import home_with, issue_text, write

if TYPE_CHECKING:
    from pathlib import Path


def test_the_home_is_found_from_any_folder_below_it(tmp_path: Path) -> None:
    home = home_with(tmp_path.resolve(), 1)
    below = tmp_path / "issues" / "standing" / "images"
    below.mkdir(parents=True)
    assert Home.find(below) == Home.find(tmp_path) == home


def test_without_a_home_the_error_says_what_was_looked_for_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^no newsletter\.yaml in .* or any folder above it; .*`composer init DIR`$"):
        Home.find(tmp_path)


def test_a_given_folder_without_settings_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no newsletter\.yaml; `composer init DIR` starts a newsletter"):
        Home(tmp_path).newsletter()


def test_the_folders_of_a_newsletter(tmp_path: Path) -> None:
    home = Home(tmp_path)
    folders = (home.issues, home.templates, home.recipients, home.state, home.out)
    assert [folder.relative_to(tmp_path).as_posix() for folder in folders] == [
        "issues",
        "templates",
        "recipients",
        "state",
        "out",
    ]


def test_the_settings_are_read_with_their_findings(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    loaded = home.newsletter()
    assert loaded.value
    assert loaded.value.name == "Update"
    write(tmp_path, "newsletter.yaml", "name: Update\n")
    assert home.newsletter().value is None
    assert {found.place.path for found in home.newsletter().findings} == {"newsletter.yaml"}


def test_a_number_is_a_file_name_and_other_names_are_ignored(tmp_path: Path) -> None:
    home = home_with(tmp_path, 9, 10, 653)
    for name in ("notes.txt", "653b.yaml", ".654.yaml.swp", "0.yaml", "-1.yaml", "٣.yaml", "654.yaml~"):
        write(tmp_path, f"issues/{name}", "")
    assert (home.numbers(), home.newest()) == ((9, 10, 653), 653)
    assert home.misnamed() == ()


def test_a_newsletter_without_issues_has_no_newest_one(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    assert (home.numbers(), home.newest(), home.misnamed()) == ((), None, ())
    with pytest.raises(UsageError, match="there are no issues yet; `composer new` starts one"):
        home.issue(1)


@pytest.mark.parametrize("name", ["653.yml", "0653.yaml", "653.YAML", "653.Yml"])
def test_a_name_that_is_nearly_an_issues_is_refused(tmp_path: Path, name: str) -> None:
    home = home_with(tmp_path)
    write(tmp_path, f"issues/{name}", issue_text(653))
    (found,) = home.misnamed()
    assert str(found) == (
        f"issues/{name}:1:1: error: file-name: this file is not read: an issue's name is its number and .yaml"
        " (rename it to 653.yaml)"
    )
    assert home.numbers() == ()


def test_an_issue_is_read_with_its_findings(tmp_path: Path) -> None:
    home = home_with(tmp_path, 653)
    loaded = home.issue(653)
    assert loaded.value
    assert (loaded.value.number, loaded.places.path, loaded.findings) == (653, "issues/653.yaml", ())


def test_a_number_that_does_not_exist_names_its_neighbours(tmp_path: Path) -> None:
    home = home_with(tmp_path, 600, 651, 652, 653)
    with pytest.raises(UsageError, match=r"^issues/655\.yaml does not exist; the nearest are 651, 652 and 653$"):
        home.issue(655)
    with pytest.raises(UsageError, match=r"the nearest are 600, 651 and 652$"):
        home.issue(1)


def test_a_number_that_differs_from_the_file_name_is_an_error_in_its_place(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    write(tmp_path, "issues/653.yaml", issue_text(652))
    loaded = home.issue(653)
    assert loaded.value
    assert loaded.value.number == 653
    assert [str(found) for found in loaded.findings] == [
        "issues/653.yaml:1:9: error: number: 652 does not match the file name (write 653 or rename the file)"
    ]


def test_a_file_that_cannot_be_opened_is_an_error_in_one_sentence(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    (tmp_path / "issues" / "653.yaml").mkdir(parents=True)
    with pytest.raises(ComposerError, match=r"^issues/653\.yaml is a folder, not a file$"):
        home.issue(653)


@pytest.mark.skipif(sys.platform == "win32", reason="only an administrator may make links there")
def test_what_never_ends_is_not_begun(tmp_path: Path) -> None:
    home = home_with(tmp_path)
    (tmp_path / "issues").mkdir(exist_ok=True)
    (tmp_path / "issues" / "652.yaml").symlink_to("/dev/zero")
    with pytest.raises(ComposerError, match=r"^issues/652\.yaml is a device, not a file$"):
        home.issue(652)
    (tmp_path / "issues" / "651.yaml").symlink_to("651.yaml")
    with pytest.raises(ComposerError, match=r"^issues/651\.yaml cannot be read: "):
        home.issue(651)


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "newsletter.yaml"
    file.write_text("name: Update", encoding="utf-8")
    with pytest.raises(UsageError, match=r"newsletter\.yaml is a file; --home takes the folder$"):
        Home(file).newsletter()
