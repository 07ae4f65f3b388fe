from pathlib import Path

import pytest

from bench import checks
from composer.checks import rules


def test_every_rule_is_timed_over_an_issue_that_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "ITEMS", 4)
    home = checks.issue(tmp_path / "letter")
    laps = checks.measure(home)
    assert laps.keys() == {checks.BUILD, checks.RULES, checks.VIEWS, checks.ALL, *(rule.code for rule in rules())}
    assert laps[checks.ALL] == sum(laps[rule.code] for rule in rules())


def test_its_figures_are_milliseconds_in_the_middle() -> None:
    assert checks.medians([{"size": 3000}, {"size": 1000}, {"size": 90_000}]) == {"size": 3.0}


def test_the_slowest_of_the_editors_process_stand_first() -> None:
    warm = {rule.code: 1.0 for rule in rules()}
    first, second, *_ = checks.slowest(warm, warm | {"size": 20.0, "weekday": 30.0}).rows
    assert (first, second) == (("weekday", "1.0", "30.0"), ("size", "1.0", "20.0"))
