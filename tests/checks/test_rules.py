"""Every rule has a manual page whose examples are true, and an entry in `tests/mistakes/`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from composer.checks import Rule, rules
from tests.checks.making import findings, said

MISTAKES = Path(__file__).resolve().parent.parent / "mistakes"
OFFLINE = [rule for rule in rules() if not rule.needs_web]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_its_page_says_why(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z].{10,90}[^.]", rule.page.summary), rule.page.summary
    assert len(rule.page.why) > 80
    assert rule.page.passes.strip() != rule.page.fails.strip()


@pytest.mark.parametrize("rule", OFFLINE, ids=lambda rule: rule.code)
def test_its_examples_are_true(rule: Rule, tmp_path: Path) -> None:
    assert said(tmp_path / "passes", rule, rule.page.passes) == []
    failing = said(tmp_path / "fails", rule, rule.page.fails)
    assert failing
    assert all(f" {rule.code}: " in line for line in failing)


@pytest.mark.parametrize("rule", OFFLINE, ids=lambda rule: rule.code)
def test_it_has_a_mistake_with_its_exact_sentence(rule: Rule) -> None:
    expected = (MISTAKES / rule.code / "expected.txt").read_text(encoding="utf-8")
    assert f" {rule.code}: " in expected


def test_codes_are_used_once() -> None:
    codes = [rule.code for rule in rules()]
    assert len(codes) == len(set(codes))


def test_nothing_is_found_in_the_newsletter_of_these_tests(tmp_path: Path) -> None:
    assert findings(tmp_path / "letter", {}) == ()
