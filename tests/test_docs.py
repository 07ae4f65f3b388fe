"""The documents say what is so: every command, setting and key is taught, and what they name exists."""

import argparse
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

import composer
from composer.checks.manual import read_page
from composer.cli.parser import parser
from composer.galley import typeset
from composer.home import Home
from composer.issue import Issue, Item
from composer.scaffold import start
from composer.settings import Dkim, Guards, Newsletter, Smtp
from tests.checks.making import sheet

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
SENDING = (ROOT / "docs" / "sending.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    [verbs] = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(verbs.choices)


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_is_in_the_readme_and_teaches_itself(command: str) -> None:
    assert f"composer {command}" in README
    assert len(commands()[command].format_help()) > 300


@pytest.mark.parametrize("key", sorted({*Issue.model_fields, *Item.model_fields, *Newsletter.model_fields}))
def test_every_key_is_in_the_guide(key: str) -> None:
    assert re.search(rf"\b{key}\b", FORMAT), f"docs/format.md does not mention {key}"


@pytest.mark.parametrize("setting", sorted({*Smtp.model_fields, *Guards.model_fields, *Dkim.model_fields}))
def test_every_setting_of_a_mailing_is_in_a_guide(setting: str) -> None:
    assert re.search(rf"\b{setting}\b", FORMAT + SENDING), f"no guide mentions {setting}"


@pytest.mark.parametrize("command", ["send", "approve", "status", "backup", "dkim-key"])
def test_every_option_of_a_mailing_is_in_the_managers_guide(command: str) -> None:
    known = {option for action in commands()[command]._actions for option in action.option_strings}
    for option in known - {"-h", "--help", "--home", "--sandbox", "--out", "--by"}:
        assert f"{option}" in SENDING + README, f"docs/sending.md does not mention {option}"


def test_the_rooms_in_the_architecture_are_the_rooms_of_the_house() -> None:
    package = Path(composer.__file__).parent
    rooms = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    described = set(re.findall(r"^\| `(\w+)` \|", ARCHITECTURE, re.MULTILINE))
    assert rooms - {"__init__", "__main__"} == described


def test_links_between_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        prose = re.sub(r"(?ms)```.*?```|^    [^\n]*$|`[^`]*`", "", document.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\((?!https?:|mailto:|contact:|#)([^)#\s]+)", prose):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_recipe_for_a_section_works(tmp_path: Path) -> None:
    home = tmp_path / "letter"
    start(home, today=date(2025, 3, 14))
    recipe = re.findall(r"`(templates/\S+)`:\n\n```jinja\n(.*?)```", CONTRIBUTING, re.DOTALL)
    assert [path for path, _ in recipe] == ["templates/sections/jobs.mjml", "templates/sections/jobs.txt"]
    for path, template in recipe:
        (home / path).write_text(template, encoding="utf-8")
    [line] = re.findall(r"`(- \{id: jobs.*?\})`", CONTRIBUTING)
    settings = home / "newsletter.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("sections:", f"sections:\n  {line}"), encoding="utf-8"
    )
    with (home / "issues" / "standing" / "blocks.yaml").open("a", encoding="utf-8") as blocks:
        blocks.write("- {section: jobs, body: We look for a clerk.}\n")
    newsletter = Home(home).newsletter().value
    assert newsletter is not None
    [email, *_] = typeset(Home(home), 1, newsletter).emails.values()
    for words in ("Jobs", "We look for a clerk."):
        assert (email.html.count(words), email.text.count(words)) == (1, 1)


def test_the_recipe_for_a_rule_works(tmp_path: Path) -> None:
    [text] = re.findall(r"```python\n(.*?)```", CONTRIBUTING, re.DOTALL)
    module = ModuleType("composer.checks.structure.too_many_items")
    exec(compile(text, "too_many_items.py", "exec"), vars(module))
    page = read_page(text.split('"""')[1])
    assert list(module.check(sheet(tmp_path / "passes", {"issue.yaml": page.passes}))) == []
    assert len(list(module.check(sheet(tmp_path / "fails", {"issue.yaml": page.fails})))) == 1
