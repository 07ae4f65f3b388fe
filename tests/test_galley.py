"""An issue set in type: everything wrong with it is found once, where it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from composer.errors import FindingsError
from composer.galley import Galley, check, typeset
from composer.home import Home
from composer.scaffold import start

if TYPE_CHECKING:
    from pathlib import Path

    from composer.settings import Newsletter

ISSUE = """\
number: 2
date: 2025-03-21
intro: Good morning, [[ First_Name |colleague]].
updates:
  - {title: "For you, [[first_name|reader]]", id: news, body: A text.}
  - {title: For leads, audience: [leads], body: "%s"}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    start(tmp_path / "letter", today=date(2025, 3, 14))
    return Home(tmp_path / "letter")


def newsletter(home: Home) -> Newsletter:
    value = home.newsletter().value
    assert value is not None
    return value


def found(home: Home, issue: str) -> list[str]:
    (home.issues / "2.yaml").write_text(issue, encoding="utf-8")
    return [str(finding) for finding in check(home, 2, newsletter(home))]


def set_in_type(home: Home, issue: str) -> Galley:
    (home.issues / "2.yaml").write_text(issue, encoding="utf-8")
    return typeset(home, 2, newsletter(home))


def test_there_is_an_email_for_every_variant_even_where_nobody_on_the_lists_gets_it(home: Home) -> None:
    lists = home.recipients / "members.csv"
    lists.write_text("email,name,groups\nkim@example.org,Kim Ash,\n", encoding="utf-8")
    galley = set_in_type(home, ISSUE % "Hush")
    assert list(galley.emails) == ["everyone", "leads"]
    assert ["Hush" in email.text for email in galley.emails.values()] == [False, True]
    assert galley.variant_of(frozenset({"everyone", "leads"})) == "leads"


def test_a_merge_field_that_no_list_has_is_found_where_it_is_written(home: Home) -> None:
    issue = ISSUE.replace("First_Name", "First_Nmae") % "x"
    assert [line.partition(" (")[0] for line in found(home, issue)] == [
        "issues/2.yaml:3:22: warning: merge-field: no list has a column 'first_nmae', so everybody reads the fallback"
    ]
    issue = ISSUE.replace("[[first_name|reader]]", "[[first]]") % "x"
    assert [line.partition(" (")[0] for line in found(home, issue)] == [
        "issues/2.yaml:5:23: error: merge-field: no list has a column 'first', and there is no fallback"
    ]


def test_a_merge_field_that_somebody_has_nothing_for_wants_a_fallback(home: Home) -> None:
    list_ = next(home.recipients.glob("*.csv"))
    list_.write_text(f"{list_.read_text(encoding='utf-8')}nameless@example.org\n", encoding="utf-8")
    [finding] = found(home, ISSUE.replace("[[first_name|reader]]", "[[first_name]]") % "x")
    assert finding == (
        "issues/2.yaml:5:23: warning: merge-field: nothing would stand here for 2 of 5 people (their first_name is "
        "empty; write a fallback: [[first_name|…]])"
    )


def test_an_email_that_gmail_would_cut_is_named_with_its_audience(home: Home) -> None:
    assert found(home, ISSUE % ("word " * 11_500))[0].startswith(
        "issues/2.yaml:5:3: warning: size: the email for leads has 8"
    )
    with pytest.raises(FindingsError, match="error: size: the email for leads has 1"):
        set_in_type(home, ISSUE % ("word " * 16_000))


def test_a_file_beside_the_issues_is_named(home: Home) -> None:
    (home.issues / "3.yml").write_text("number: 3\n", encoding="utf-8")
    assert [line.partition(" (")[0] for line in found(home, ISSUE % "x")] == [
        "issues/3.yml:1:1: error: file-name: this file is not read: an issue's name is its number and .yaml"
    ]


def test_checking_and_building_find_the_same(home: Home) -> None:
    found = set(check(home, 1, newsletter(home)))
    assert found == set(typeset(home, 1, newsletter(home)).findings)


def test_a_template_that_breaks_for_one_variant_only_is_found_by_a_check_that_weighs_them(home: Home) -> None:
    section = home.templates / "sections" / "intro.mjml"
    broken = "{% if edition.updates|length == 1 %}{{ nothing.at_all }}{% endif %}"
    section.write_text(section.read_text(encoding="utf-8") + broken, encoding="utf-8")
    (home.issues / "2.yaml").write_text(ISSUE % "x", encoding="utf-8")
    settings = newsletter(home)
    small = settings.model_copy(update={"limits": settings.limits.model_copy(update={"html_warn_kb": 1})})
    assert "template" in {finding.code for finding in check(home, 2, small)}
    with pytest.raises(FindingsError, match="template"):
        typeset(home, 2, small)
