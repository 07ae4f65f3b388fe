"""`composer check --online`, with links that no crawler follows: nothing leaves the machine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from composer.cli import main
from composer.cli.desk import Desk
from composer.cli.online import asked, crawler
from tests.checks.making import home_with

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = "updates: [{title: A letter, body: 'See [the plan](http://127.0.0.2/plan).'}]\n"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    root = tmp_path / "letter"
    home_with(root, {"issue.yaml": ISSUE})
    (root / "issues" / "652.yaml").unlink()
    return root


def test_the_last_line_says_how_many_were_asked_for(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "653", "--online", "--home", str(letter)])
    out = capsys.readouterr().out
    assert "unreachable-link: http://127.0.0.2/plan leads into a private network" in out
    assert out.endswith("; 1 link asked for\n")
    main(["check", "653", "--home", str(letter)])
    out = capsys.readouterr().out
    assert "unreachable-link" not in out
    assert "asked for" not in out


def test_a_program_reads_findings_alone(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "653", "--online", "--format", "json", "--home", str(letter)])
    assert "unreachable-link" in {finding["code"] for finding in json.loads(capsys.readouterr().out)}
    main(["check", "653", "--online", "--format", "github", "--home", str(letter)])
    assert all(line.startswith("::") for line in capsys.readouterr().out.splitlines())


def test_it_says_whose_it_is(letter: Path) -> None:
    web = crawler(Desk.at(letter))
    assert web.asker.agent.endswith("; +https://www.example.org/letter)")
    web.asked, web.recalled = 12, 30
    assert asked(web) == "; 12 links asked for, 30 known from before"
