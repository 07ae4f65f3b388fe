from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from composer import galley, schema
from composer.audience import read
from composer.errors import ComposerError, UsageError
from composer.home import Home
from composer.render.templating import packaged
from composer.scaffold import start

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2025, 3, 12)


def begun(folder: Path, name: str = "My Newsletter", today: date = TODAY) -> Home:
    start(folder, today=today, name=name)
    return Home(folder)


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


@pytest.mark.parametrize("today", [TODAY, date(2025, 12, 29), date(2028, 2, 29)])
def test_a_new_newsletter_has_nothing_to_complain_about(tmp_path: Path, today: date) -> None:
    home = begun(tmp_path / "mine", today=today)
    newsletter = home.newsletter()
    assert newsletter.value is not None
    assert newsletter.findings == ()
    assert galley.check(home, 1, newsletter.value) == ()


def test_everything_that_an_issue_can_hold_is_shown(tmp_path: Path) -> None:
    issue = begun(tmp_path / "mine").issue(1).value
    assert issue is not None
    assert issue.date == date(2025, 3, 14)
    assert issue.model_fields_set >= {"subject", "preheader", "intro", "updates", "tools"}
    shown = {key for item in issue.updates for key in item.model_fields_set}
    assert shown == {
        *("id", "title", "publication", "image", "body", "links", "event", "closes", "contact", "audience", "remind")
    }
    assert not any(item.has_expired(issue.date + timedelta(days=7)) for item in issue.updates)


def test_the_settings_name_every_setting(tmp_path: Path) -> None:
    from composer.settings import Newsletter

    text = (begun(tmp_path / "mine").root / "newsletter.yaml").read_text(encoding="utf-8")
    for name, field in Newsletter.model_fields.items():
        assert f"{name}:" in text
        for inner in getattr(field.annotation, "model_fields", {}):
            assert f"{inner}:" in text


def test_the_audience_is_complete(tmp_path: Path) -> None:
    audience, findings = read(begun(tmp_path / "mine").recipients)
    assert findings == audience.refused == audience.duplicates == ()
    assert audience.unreached == 0
    assert audience.segments == {"everyone", "leads"}


def test_every_yaml_names_a_schema_that_is_there(tmp_path: Path) -> None:
    root = begun(tmp_path / "mine").root
    files = list(root.rglob("*.yaml"))
    assert len(files) == 6
    for file in files:
        first, _ = file.read_text(encoding="utf-8").split("\n", 1)
        assert (file.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file()


def test_the_templates_are_those_that_composer_brings(tmp_path: Path) -> None:
    templates = begun(tmp_path / "mine").templates
    files = {file.relative_to(packaged()) for file in packaged().rglob("*") if file.is_file()}
    assert {file.relative_to(templates) for file in templates.rglob("*") if file.is_file()} == files


def test_the_list_opens_in_a_spreadsheet_with_its_accents(tmp_path: Path) -> None:
    assert (begun(tmp_path / "mine").recipients / "members.csv").read_bytes().startswith(b"\xef\xbb\xbfemail")


@pytest.mark.parametrize("name", ['Robin\'s "News": #1', "[x] & y", "Überblick", "- a", "«day»"])
def test_any_name_is_possible(tmp_path: Path, name: str) -> None:
    newsletter = begun(tmp_path / "mine", name).newsletter().value
    assert newsletter is not None
    assert newsletter.name == newsletter.sender.name == name


@pytest.mark.parametrize("name", ["", " \n", "a\x08b"])
def test_a_name_that_cannot_be_printed_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        begun(tmp_path / "mine", name)
    assert names(tmp_path) == set()


def test_missing_folders_above_are_made(tmp_path: Path) -> None:
    assert begun(tmp_path / "a" / "b").newest() == 1


def test_hidden_files_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("mine\n", encoding="utf-8")
    begun(tmp_path)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine\n"
    assert names(tmp_path) == {*(".git", ".gitignore", "newsletter.yaml", "issues", "recipients", "templates", "docs")}


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match=r"is not empty; name a new folder, nothing was changed"):
        begun(tmp_path)
    assert names(tmp_path) == {"thesis.txt"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        begun(tmp_path / "mine")
    with pytest.raises(ComposerError, match="cannot be made"):
        begun(tmp_path / "mine" / "deeper")


@pytest.mark.parametrize("before", [set(), {"mine"}])
def test_an_interruption_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: set[str]
) -> None:
    for name in before:
        (tmp_path / name).mkdir()
    monkeypatch.setattr(schema, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        begun(tmp_path / "mine")
    assert {path.name for path in tmp_path.rglob("*")} == before


def interrupted(folder: Path) -> None:
    raise KeyboardInterrupt
