"""Items: their ids, when they expire, and new text for a reminder."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.issue import Event, Issue, Item, ItemEdit, Publication, slug, unaccented
from composer.source import load


def item(more: str) -> Item:
    text = f"number: 1\ndate: 2025-03-14\nupdates:\n- title: Kinship week\n  {more}\n"
    loaded = load(Issue, text.encode(), "x")
    assert loaded.findings == ()
    assert isinstance(loaded.value, Issue)
    return loaded.value.updates[0]


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Kinship week", "kinship-week"),
        ("It's Foster Carers' week: 10 days!", "its-foster-carers-week-10-days"),
        ("Café Été", "cafe-ete"),
        ("Łukasz and Øystein", "lukasz-and-oystein"),
        ("One line\nand a subtitle", "one-line"),
        ("…", "item"),
        ("", "item"),
    ],
)
def test_the_id_made_from_a_title(title: str, made: str) -> None:
    assert slug(title) == made


@given(st.text())
def test_a_made_id_is_always_an_id(title: str) -> None:
    assert load(
        Issue, f"number: 1\ndate: 2025-03-14\nupdates:\n- {{title: x, id: '{slug(title)}'}}".encode(), "x"
    ).value


@given(st.text())
def test_unaccenting_twice_changes_nothing_more(text: str) -> None:
    assert unaccented(unaccented(text)) == unaccented(text)


@pytest.mark.parametrize(
    ("more", "last"),
    [
        ("body: x", None),
        ("closes: 2025-03-18", date(2025, 3, 18)),
        ("event: {start: 2025-03-20}", date(2025, 3, 20)),
        ("event: {start: 2025-03-20 09:00, end: 16:30}", date(2025, 3, 20)),
        ("event: {start: 2025-03-20 20:00, end: 2025-03-21 00:00}", date(2025, 3, 20)),
        ("event: {start: 2025-03-20, end: 2025-03-22}", date(2025, 3, 22)),
        ("event: {start: 2025-03-20, end: 2025-03-22}\n  closes: 2025-03-18", date(2025, 3, 18)),
        ("event: {start: 2025-03-20}\n  closes: 2025-04-01", date(2025, 3, 20)),
    ],
)
def test_an_item_expires_the_day_after_its_last(more: str, last: date | None) -> None:
    expiring = item(more)
    assert expiring.expires == last
    if last:
        assert not expiring.has_expired(last)
        assert expiring.has_expired(last + timedelta(days=1))
    else:
        assert not expiring.has_expired(date.max)


@pytest.mark.parametrize("end", ["2025-03-19", "09:00", "2025-03-20 09:00"])
def test_an_event_ends_after_it_starts(end: str) -> None:
    text = f"start: 2025-03-20 09:00\nend: {end}\n"
    assert [finding.code for finding in load(Event, text.encode(), "x").findings] == ["event-order"]


@pytest.mark.parametrize("text", ["by: DfE", "title: A report", "url: https://www.example.org", "line:"])
def test_a_publication_says_what_it_is(text: str) -> None:
    loaded = load(Publication, f"date: 2025-03-14\n{text}\n".encode(), "x")
    assert [finding.code for finding in loaded.findings] == ["publication"]


@pytest.mark.parametrize(("typed", "read"), [("0", 0), ("2", 2), ("'3'", 3), ("until", "until"), ("", None)])
def test_remind(typed: str, read: Any) -> None:  # noqa: ANN401 - a number, a word or nothing
    assert item(f"remind: {typed}").remind == read


@pytest.mark.parametrize("typed", ["-1", "never", "1.5", "9999", "[1]", "٣"])
def test_remind_refuses(typed: str) -> None:
    text = f"number: 1\ndate: 2025-03-14\nupdates:\n- {{title: x, remind: {typed}}}"
    assert [finding.code for finding in load(Issue, text.encode(), "x").findings] == ["remind"]


def test_an_edit_replaces_removes_and_keeps() -> None:
    old = item("body: old\n  links: [{text: Report, url: https://www.example.org}]\n  contact: robin-tate")
    edit = load(ItemEdit, b"title: Kinship month\nlinks:\nbody: new\n", "x").value
    new = edit.applied_to(old)  # type: ignore[union-attr] # a fixed text that loads
    assert (new.title, new.links, new.body, new.contact) == ("Kinship month", (), "new", "robin-tate")
    assert new.key == old.key == "kinship-week"


def test_an_edit_cannot_take_the_title_away() -> None:
    edit = load(ItemEdit, b"title:\n", "x").value
    assert edit.applied_to(item("body: x")).title == "Kinship week"  # type: ignore[union-attr] # a fixed text that loads
