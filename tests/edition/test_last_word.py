"""The sentences an editor sees for what stands under `reminders`, each at its own line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.edition.making import friday, issue, item, merged, publication, typed

if TYPE_CHECKING:
    from composer.errors import Finding
    from composer.issue import Issue
    from composer.source import Loaded


def sentences(*issues: Loaded[Issue]) -> list[str]:
    return [str(finding) for finding in merged(*issues)[1]]


def found(words: str, *earlier: Loaded[Issue]) -> str:
    (sentence,) = sentences(*earlier, typed(9, f"reminders: {words}\n"))
    return sentence


def test_an_unknown_id_is_an_error_and_the_nearest_one_is_named() -> None:
    assert found("{drop: [kinship-crae]}", issue(8, item("Kinship care"))) == (
        "issues/9.yaml:3:20: error: reminders: no earlier issue within reach holds an item 'kinship-crae'"
        " (did you mean 'kinship-care'?)"
    )


def test_an_unknown_id_under_edit_is_told_at_its_key() -> None:
    sentence = found("{edit: {plaan: {title: Words}}}", issue(8, item("Plan")))
    assert sentence.startswith("issues/9.yaml:3:20: error: reminders: no earlier issue within reach holds")


def test_an_id_both_kept_and_dropped_is_an_error() -> None:
    assert found("{drop: [plan], keep: [plan]}", issue(8, item("Plan"))) == (
        "issues/9.yaml:3:34: error: reminders: 'plan' is both kept and dropped (say one of the two)"
    )


def test_an_id_both_kept_and_dropped_is_told_once_even_when_it_is_not_due() -> None:
    assert "both kept and dropped" in found("{drop: [plan], keep: [plan]}", issue(8, item("Plan", remind=0)))


def test_an_expired_item_cannot_be_kept_and_the_sentence_says_since_when() -> None:
    assert found("{keep: [survey]}", issue(8, item("Survey", closes=friday(8)))) == (
        "issues/9.yaml:3:20: error: reminders: 'survey' expired (its last day was 21 February 2025) and cannot be kept"
        " (where it has a new date, say so under edit)"
    )


def test_the_news_of_an_issue_cannot_be_dropped_kept_or_edited_in_it() -> None:
    for words in ("drop: [plan]", "keep: [plan]", "edit: {plan: {title: Words}}"):
        this = typed(9, f"updates: [{{id: plan, title: Plan}}]\nreminders: {{{words}}}\n")
        (sentence,) = sentences(issue(8, item("Plan")), this)
        assert "error: reminders: 'plan' is news in this very issue" in sentence


def test_words_that_change_nothing_are_warned_of() -> None:
    assert "warning: reminders: 'plan' would not be carried anyway" in found(
        "{drop: [plan]}", issue(8, item("Plan", remind=0))
    )
    assert "warning: reminders: 'plan' is carried anyway" in found("{keep: [plan]}", issue(8, item("Plan")))
    assert "warning: reminders: 'plan' is edited but not printed" in found(
        "{edit: {plan: {title: Words}}}", issue(8, item("Plan", remind=0))
    )


def test_dropping_what_was_dropped_before_changes_nothing() -> None:
    weeks = (issue(7, item("Plan", remind=9)), issue(8, reminders={"drop": ["plan"]}))
    assert "would not be carried anyway" in found("{drop: [plan]}", *weeks)


def test_an_edit_that_shows_in_the_reading_list_alone_is_not_idle() -> None:
    old = issue(8, item("Plan", remind=0, publication=publication("https://www.example.org/a", friday(8))))
    new = "{by: DfE, title: Corrected, url: https://www.example.org/b, date: 2025-02-21}"
    result, findings = merged(old, typed(9, f"reminders: {{edit: {{plan: {{publication: {new}}}}}}}\n"))
    assert findings == ()
    assert [line.title for line in result.reading] == ["Corrected"]


def test_the_words_of_earlier_issues_are_not_judged_again() -> None:
    old = issue(8, reminders={"drop": ["gone"], "keep": ["away"]})
    findings: tuple[Finding, ...] = merged(old, issue(9))[1]
    assert findings == ()
