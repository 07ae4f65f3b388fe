from __future__ import annotations

from typing import TYPE_CHECKING

from tests.home.making import home_with, issue_text, newsletter, opens, write

if TYPE_CHECKING:
    from pathlib import Path

    from composer.home import Home

A_THOUSAND = range(1, 1001)


def window(home: Home, number: int, **settings: object) -> list[str]:
    issue = home.issue(number).value
    assert issue
    return [loaded.places.path.removeprefix("issues/") for loaded in home.window(issue, newsletter(**settings))]


def names(*numbers: int) -> list[str]:
    return [f"{number}.yaml" for number in numbers]


def test_the_window_reaches_as_far_as_the_horizon(tmp_path: Path) -> None:
    home = home_with(tmp_path, *range(1, 10))
    assert window(home, 9, reminders={"horizon": 3}, tools={"weeks": 1}) == names(8, 7, 6)


def test_the_window_goes_on_while_the_reading_list_remembers(tmp_path: Path) -> None:
    home = home_with(tmp_path, *range(1, 10))
    assert window(home, 9, reminders={"horizon": 2}, tools={"weeks": 5}) == names(8, 7, 6, 5, 4)


def test_the_window_counts_issues_and_not_weeks(tmp_path: Path) -> None:
    home = home_with(tmp_path, 1, 2, 90, 200)
    assert window(home, 200, reminders={"horizon": 2}, tools={"weeks": 1}) == names(90, 2)


def test_later_issues_are_not_in_the_window(tmp_path: Path) -> None:
    assert window(home_with(tmp_path, 1, 2, 3), 2) == names(1)


def test_an_issue_that_cannot_be_read_ends_the_window_past_the_horizon(tmp_path: Path) -> None:
    home = home_with(tmp_path, *range(1, 10))
    for number in (8, 5):
        write(tmp_path, f"issues/{number}.yaml", "number: [")
    assert window(home, 9, reminders={"horizon": 2}, tools={"weeks": 9}) == names(8, 7, 6, 5)


def test_only_the_files_of_the_window_are_opened_among_a_thousand(tmp_path: Path) -> None:
    home = home_with(tmp_path, *A_THOUSAND)
    issue = home.issue(1000).value
    assert issue
    for _ in ("parsed", "cached"):
        with opens(home.issues) as opened:
            home.window(issue, newsletter(reminders={"horizon": 5}, tools={"weeks": 2}))
        assert opened == names(999, 998, 997, 996, 995)


def test_at_most_one_file_more_is_opened_to_learn_its_date(tmp_path: Path) -> None:
    home = home_with(tmp_path, *range(1, 50))
    issue = home.issue(49).value
    assert issue
    with opens(home.issues) as opened:
        found = home.window(issue, newsletter(reminders={"horizon": 2}, tools={"weeks": 4}))
    assert opened == names(48, 47, 46, 45, 44)
    assert len(found) == 4


def test_an_earlier_issue_with_a_wrong_number_is_known_by_its_file_name(tmp_path: Path) -> None:
    home = home_with(tmp_path, 1, 2)
    write(tmp_path, "issues/1.yaml", issue_text(7))
    issue = home.issue(2).value
    assert issue
    for _ in ("parsed", "cached"):
        (loaded,) = home.window(issue, newsletter())
        assert loaded.value
        assert (loaded.value.number, [found.code for found in loaded.findings]) == (1, ["number"])
