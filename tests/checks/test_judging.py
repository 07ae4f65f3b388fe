"""Levels, comments and all rules together, over a whole newsletter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from composer.checks import rules
from composer.errors import Level
from tests.checks.making import findings

if TYPE_CHECKING:
    from pathlib import Path

NO_COLUMN = {"issue.yaml": 'updates:\n  - {title: "For you, [[shoe_size|all]]", body: News for you.}\n'}


def test_a_newsletter_sets_the_level_of_a_rule(tmp_path: Path) -> None:
    for level, expected in {"error": [Level.ERROR], "warning": [Level.WARNING], "off": []}.items():
        settings = {"newsletter.yaml": f"checks: {{levels: {{merge-field: {level}}}}}\n"}
        found = findings(tmp_path / level, {**NO_COLUMN, **settings})
        assert [finding.level for finding in found if finding.code == "merge-field"] == expected


def test_a_level_for_no_rule_is_a_mistake(tmp_path: Path) -> None:
    [finding] = findings(tmp_path / "letter", {"newsletter.yaml": "checks:\n  levels:\n    sise: off\n"})
    assert str(finding) == ("newsletter.yaml:9:5: error: check-level: there is no rule 'sise' (did you mean 'size'?)")


def test_a_finding_is_allowed_where_it_stands(tmp_path: Path) -> None:
    allowed = NO_COLUMN["issue.yaml"].replace(
        "  - {", "  # allow merge-field: the shoe shop's list comes next week\n  - {"
    )
    assert findings(tmp_path / "letter", {"issue.yaml": allowed}) == ()


def test_nothing_is_lost_where_the_issue_cannot_be_read(tmp_path: Path) -> None:
    [finding] = findings(tmp_path / "letter", {"issue.yaml": "updates:\n  - {titel: x}\n"})[:1]
    assert finding.code in {"missing", "unknown"}


def test_a_broken_template_is_said_once_and_the_rules_still_speak(tmp_path: Path) -> None:
    broken = {"templates/sections/updates.mjml": "{% if %}"}
    found = findings(tmp_path / "letter", {**broken, "issue.yaml": "date: 2025-03-14\nupdates:\n  - {title: A}\n"})
    assert [finding.code for finding in found].count("template") == 1


def test_no_rule_fails_on_an_issue_that_says_nothing(tmp_path: Path) -> None:
    empty = dict.fromkeys(("contacts.yaml", "networks.yaml", "blocks.yaml"), "[]\n")
    nothing = {"issue.yaml": "number: 653\n", "issues/652.yaml": "date: 2025-03-07\n", **empty}
    assert {finding.code for finding in findings(tmp_path / "letter", nothing)} <= {rule.code for rule in rules()}


def test_what_a_silent_rule_would_have_said_stays_allowed(tmp_path: Path) -> None:
    lists = {"segments.yaml": "# allow list-change: Rothermead has joined us\neveryone: {lists: [members]}\n"}
    told = {"ledger.yaml": "everybody: {number: 652, people: 1}\n"}
    assert findings(tmp_path / "told", lists | told) == ()
    assert findings(tmp_path / "untold", lists) == ()
    off = {"newsletter.yaml": "checks: {levels: {size: off}}\n"}
    issue = {"issue.yaml": "# allow size: the pictures are worth it\nupdates: [{title: A, body: News for you.}]\n"}
    assert findings(tmp_path / "off", off | issue) == ()
    assert [one.code for one in findings(tmp_path / "on", issue)] == ["allow"]
