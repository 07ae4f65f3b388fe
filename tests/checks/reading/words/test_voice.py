"""Whose words a text holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks.reading.words.voice import is_others_title, own_text
from composer.lexicon import BLANK
from tests.checks.making import sheet

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = """updates:
  - title: A title of ours
    publication: {by: DfE, date: 2025-03-11, title: Their title, url: https://www.example.org/a}
    body: |
      Ours, *theirs in italics*, **ours in bold**, \u201ctheirs\u201d, "theirs", \u2018theirs\u2019 and it\u2019s ours.

      Ours, [Their long title](https://www.example.org/b), [our words](https://www.example.org/c) at www.example.org.

      > Theirs.
tools:
  - {by: NFER, date: 2025-03-12, title: Their other title, url: https://www.example.org/d}
"""
OURS = "Ours, , ours in bold, , ,  and it\u2019s ours."


def test_what_is_left_is_the_editor_s(tmp_path: Path) -> None:
    passages = [one for one in sheet(tmp_path / "letter", {"issue.yaml": ISSUE}).passages if one.source == "issue"]
    left = {one.text: own_text(one) for one in passages}
    assert all(len(text) == len(own) for text, own in left.items())
    assert all(one in {other, BLANK} for text, own in left.items() for one, other in zip(own, text, strict=True))
    said = {own.replace(BLANK, "") for own in left.values()}
    assert {"A title of ours", OURS, "Ours, , our words at ."} <= said
    assert not any("heir" in own for own in said)


def test_titles_of_others_are_those_of_publications(tmp_path: Path) -> None:
    passages = sheet(tmp_path / "letter", {"issue.yaml": ISSUE}).passages
    titles = {one.text for one in passages if is_others_title(one) and one.source == "issue"}
    assert titles == {"Their title", "Their other title"}
