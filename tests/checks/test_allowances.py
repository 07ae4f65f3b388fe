"""`# allow CODE: why` takes one finding away, and says so when there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from composer.checks.allowances import without_allowed
from composer.errors import Finding, Level, Place
from composer.source import Places

if TYPE_CHECKING:
    from collections.abc import Iterable

PATH = "issues/653.yaml"
CODES = ("weekday", "shouting")


def finding(line: int, code: str = "weekday", message: str = "13 March 2025 is a Thursday") -> Finding:
    return Finding(Place(PATH, line, 5), Level.ERROR, code, message)


def left(text: str, found: Iterable[Finding], forced: Iterable[Finding] = ()) -> list[str]:
    places = Places(PATH, text.encode())
    return sorted(str(one) for one in without_allowed(found, [places], CODES, frozenset(forced)))


@pytest.mark.parametrize(
    "text",
    [
        "title: Wednesday 13 March # allow weekday: the poster says so\n",
        "# allow weekday: the poster says so\ntitle: Wednesday 13 March\n",
        "# ALLOW weekday: the poster says so\n# and we quote it\n\ntitle: Wednesday 13 March\n",
        '#allow weekday "13 March": the poster says so\ntitle: Wednesday 13 March\n',
        "title: 'a # b'  # allow weekday: the poster says so\n",
    ],
)
def test_it_speaks_for_its_line_or_the_next(text: str) -> None:
    number = next(at for at, line in enumerate(text.split("\n"), start=1) if line.startswith("title"))
    assert left(text, [finding(number)]) == []


def test_of_a_text_it_speaks_for_every_line() -> None:
    text = "body: |  # allow weekday: the poster says so\n  First line.\n\n  On Wednesday 13 March.\ntitle: x\n"
    assert left(text, [finding(4)]) == []
    assert len(left(text, [finding(5)])) == 2


def test_inside_a_text_it_is_no_comment() -> None:
    for text in ("body: |\n  # allow weekday: x\n", 'title: "# allow weekday: x"\n', "title: a#allow weekday: x\n"):
        assert left(text, [finding(2)]) == [str(finding(2))]


def test_one_comment_takes_one_finding() -> None:
    text = "body: |  # allow weekday: the poster says so\n  Wednesday 13 March.\n  Monday 13 March.\n"
    assert left(text, [finding(2), finding(3)]) == [str(finding(3))]


def test_words_say_which() -> None:
    text = 'body: |  # allow weekday "Monday 13": the poster says so\n  Wednesday 13 March.\n  Monday 13 March.\n'
    assert left(text, [finding(2), finding(3)]) == [str(finding(2))]


def test_two_comments_take_two() -> None:
    text = "# allow weekday: the poster\n# allow shouting: the poster\ntitle: x\n"
    assert left(text, [finding(3), finding(3, "shouting")]) == []


def test_a_reason_is_compulsory() -> None:
    for comment in ("# allow weekday", "# allow weekday:", "# allow weekday:  ", "# allow"):
        [complaint, still] = left(f"title: x {comment}\n", [finding(1)])
        assert still == str(finding(1))
        assert complaint == (
            f"{PATH}:1:10: error: allow: this comment does not say which finding is allowed, and why "
            "(write  # allow weekday: why it is right as it stands)"
        )


def test_a_comment_that_allows_nothing_is_named() -> None:
    assert left("title: x # allow weekday: long ago\n", []) == [
        f"{PATH}:1:10: warning: allow: there is no weekday to allow here (delete this comment)"
    ]


def test_a_rule_that_does_not_exist_is_named() -> None:
    assert left("title: x # allow weekdya: long ago\n", []) == [
        f"{PATH}:1:10: error: allow: there is no rule 'weekdya' (did you mean 'weekday'?)"
    ]


def test_what_forbids_an_email_cannot_be_allowed() -> None:
    wrong = finding(1, "unknown")
    complaint, still = left("titel: x # allow unknown: I like it\n", [wrong], [wrong])
    assert still == str(wrong)
    assert complaint == (
        f"{PATH}:1:10: error: allow: unknown cannot be allowed here: with this mistake there is no email "
        "(correct it, and delete this comment)"
    )
