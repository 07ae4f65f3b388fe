"""Every code that an editor can meet is explained: rules by their pages, all others by a sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import composer
from composer.checks import rules
from composer.checks.foundations import FOUNDATIONS
from composer.checks.handbook import handbook
from composer.checks.manual import files, read_page
from composer.cli import main
from composer.errors import Exit
from composer.source.sentences import _SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "checks.md"
EXPLAINED = FOUNDATIONS.keys() | {rule.code for rule in rules()}

CODE_AT = {
    "Finding": 2, "Loss": 0, "Mistake": 1, "Refusal": 0, "_error": 1, "_unknown": 1, "mistake": 0, "refused": 1,
}  # fmt: skip
"""The calls that make a finding, or what becomes one, and which argument is its code."""
VERDICTS = Path("source", "syntax.py")
"""Its functions return (spot, code, message, hint)."""


def emitted() -> Iterator[str]:
    """Every code that stands in the program, as far as it stands there as a word."""
    package = Path(composer.__file__).parent
    for file in package.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {
            name.id: one.value
            for one in tree.body
            if isinstance(one, ast.Assign)
            for name in one.targets
            if isinstance(name, ast.Name)
        }
        for node in ast.walk(tree):
            code = _code(node, is_verdict=file.relative_to(package) == VERDICTS)
            code = names.get(code.id) if isinstance(code, ast.Name) else code
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value
    yield from (code for code, _, _ in _SENTENCES.values())


def _code(node: ast.AST, *, is_verdict: bool) -> ast.expr | None:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return node.args[CODE_AT[name]] if len(node.args) > CODE_AT.get(name, 99) else None
    is_one = is_verdict and isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple)
    return node.value.elts[1] if is_one and len(node.value.elts) == 4 else None  # type: ignore[attr-defined]  # narrowed


def test_every_code_that_the_program_can_say_is_explained() -> None:
    codes = set(emitted())
    assert len(codes) > 60
    assert codes - EXPLAINED == set()


def test_every_code_of_the_mistakes_is_explained() -> None:
    lines = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "mistakes").glob("*/expected.txt"))
    codes = set(re.findall(r"^\S+:\d+:\d+: (?:error|warning): ([a-z-]+): ", lines, re.MULTILINE))
    assert len(codes) > 60
    assert codes - EXPLAINED == set()


def test_a_sentence_is_one_and_they_are_in_order() -> None:
    assert list(FOUNDATIONS) == sorted(FOUNDATIONS)
    for code, sentence in FOUNDATIONS.items():
        assert re.fullmatch(r"[A-Z`].{15,}\.", sentence), code


def test_the_page_of_all_rules_is_as_they_are(*, refresh: bool) -> None:
    if refresh:
        PAGE.write_text(handbook(), encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == handbook(), "run make refresh"


@pytest.mark.parametrize("code", ["weekday", "unknown", "merge-field", "Same-Id "])
def test_a_code_is_explained_on_the_screen(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", code]) == Exit.DONE
    said = capsys.readouterr().out
    assert said.startswith(f"{code.strip().lower()}: ")
    assert ("levels: {" in said) == (code in {"weekday", "merge-field"})
    assert ("no email" in said) == (code != "weekday")


def test_a_code_that_there_is_not_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "unknwon"]) == Exit.USAGE
    assert "there is no rule 'unknwon'; did you mean 'unknown'?" in capsys.readouterr().err


def test_a_page_has_all_its_parts() -> None:
    page = read_page("A mistake.\n\nWhy.\n\nPasses:\n\n    a: 1\n\nFails:\n\n    # members.csv\n    email\n")
    assert (page.summary, page.why, page.passes) == ("A mistake", "Why.", "a: 1\n")
    assert files(page.fails) == {"members.csv": "email\n"}
    with pytest.raises(ValueError, match="says why"):
        read_page("A mistake.\n\nWhy.\n")
