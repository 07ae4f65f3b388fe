"""What holds for every sequence of issues, whatever its editors did."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from composer.edition import Edition, merge
from composer.edition.reading import identity
from composer.errors import Level
from composer.home import inside_window
from composer.issue import Issue, Item, ItemEdit, Reminders
from composer.source import Loaded, Places
from tests.edition.making import FIRST_FRIDAY, newsletter, publication, standing, tool

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

URLS = [None, *(f"https://www.example.org/{name}" for name in ("1", "2/", "2"))]
NEWSLETTER = newsletter(reminders={"default": 1, "horizon": 3}, tools={"weeks": 3})

KEYS = st.sampled_from("abcd")
SEVERAL_KEYS = st.lists(KEYS, max_size=2, unique=True)
STORIES = st.sampled_from([*product((1, 0, 2, 4, "until", None), (None, 2, 0, 5), URLS, (0, -2, 1))])
"""What `remind` says, the weeks to the closing date, what was published and how many weeks ago."""
WEEKS = st.tuples(
    st.sampled_from([*product((1, 2), (1, 2, 3))]),
    st.dictionaries(KEYS, STORIES, max_size=2),
    st.tuples(SEVERAL_KEYS, SEVERAL_KEYS, st.dictionaries(KEYS, st.sampled_from([3, 0, -1]), max_size=1)),
    st.sampled_from(URLS),
)
"""The gap before an issue in numbers and weeks, its news, what it drops, keeps and edits, and an extra line."""

unhurried = settings(deadline=None, max_examples=60)  # two cores are shared by many


def written(weeks: list[Any]) -> list[Loaded[Issue]]:
    """The issues of `WEEKS`, oldest first."""
    number, day, sequence = 0, FIRST_FRIDAY, []
    for (numbers, gap), news, words, url in weeks:
        number, day = number + numbers, day + timedelta(weeks=gap)
        updates = tuple(story(key, day, shape) for key, shape in news.items())
        tools = (tool(url, day),) if url else ()
        reminders = last_word(day, *words)
        issue = Issue(number=number, date=day, updates=updates, tools=tools, reminders=reminders)
        sequence.append(Loaded(issue, Places(f"issues/{number}.yaml", b"")))
    return sequence


def story(key: str, day: date, shape: tuple[Any, ...]) -> Item:
    remind, closes, url, published = shape
    last = day + timedelta(weeks=closes) if closes is not None else None
    report = publication(url, day + timedelta(weeks=published)) if url else None
    return Item(id=key, title=f"Story {key}", remind=remind, closes=last, publication=report)


def last_word(day: date, drop: list[str], keep: list[str], edit: dict[str, int]) -> Reminders:
    edits = {key: ItemEdit(closes=day + timedelta(weeks=weeks)) for key, weeks in edit.items()}
    return Reminders(drop=tuple(drop), keep=tuple(keep), edit=edits)


def merged(sequence: list[Loaded[Issue]]) -> Edition:
    *earlier, last = sequence
    return merge(last, earlier[::-1], standing(), NEWSLETTER)[0]


def for_all_sequences(law: Callable[[list[Loaded[Issue]], Edition], None]) -> Callable[[], None]:
    @unhurried
    @given(st.lists(WEEKS, min_size=1, max_size=6))
    def test(weeks: list[Any]) -> None:
        sequence = written(weeks)
        law(sequence, merged(sequence))

    return test


def issues(sequence: list[Loaded[Issue]]) -> list[Issue]:
    return [loaded.value for loaded in sequence if loaded.value]


@for_all_sequences
def test_an_expired_item_is_never_carried(sequence: list[Loaded[Issue]], edition: Edition) -> None:
    day = issues(sequence)[-1].date
    assert not [entry for entry in edition.reminders if entry.item.has_expired(day)]


@for_all_sequences
def test_nothing_appears_twice(sequence: list[Loaded[Issue]], edition: Edition) -> None:
    printed = Counter(entry.key for entry in (*edition.updates, *edition.reminders))
    listed = Counter(identity(line) for line in edition.reading)
    assert not [each for each, count in (printed | listed).items() if count > 1]
    assert [entry.item for entry in edition.updates] == list(issues(sequence)[-1].updates)


@for_all_sequences
def test_the_newest_source_comes_first_and_then_the_editors_order(
    sequence: list[Loaded[Issue]], edition: Edition
) -> None:
    positions = {
        (issue.number, item.key): (-issue.number, at)
        for issue in issues(sequence)
        for at, item in enumerate(issue.updates)
    }
    order = [positions[entry.first_in, entry.key] for entry in edition.reminders]
    assert order == sorted(order)
    assert all(newer.date >= older.date for newer, older in pairwise(edition.reading))


@for_all_sequences
def test_a_reminder_is_the_newest_item_of_its_id(sequence: list[Loaded[Issue]], edition: Edition) -> None:
    newest = {item.key: issue.number for issue in issues(sequence) for item in issue.updates}
    assert all(newest[entry.key] == entry.first_in < edition.number for entry in edition.reminders)


@for_all_sequences
def test_drop_and_keep_have_the_last_word(sequence: list[Loaded[Issue]], edition: Edition) -> None:
    *earlier, last = issues(sequence)
    carried = {entry.key for entry in edition.reminders}
    kept = set(last.reminders.keep)
    assert carried.isdisjoint(last.reminders.drop)
    born = {item.key: issue.number for issue in earlier for item in issue.updates}
    gone = {key for issue in earlier for key in issue.reminders.drop if born.get(key, issue.number) < issue.number}
    assert carried.isdisjoint(gone - kept)


@for_all_sequences
def test_nothing_an_editor_asks_for_is_silently_ignored(sequence: list[Loaded[Issue]], edition: Edition) -> None:
    *earlier, last = sequence
    findings = merge(last, earlier[::-1], standing(), NEWSLETTER)[1]
    errors = [found for found in findings if found.level is Level.ERROR and found.code == "reminders"]
    refused = {found.message.split("'")[1] for found in errors}
    assert {key for issue in issues([last]) for key in issue.reminders.keep} <= refused.union(
        entry.key for entry in edition.reminders
    )


@for_all_sequences
def test_only_the_issues_of_the_window_matter(sequence: list[Loaded[Issue]], edition: Edition) -> None:
    *earlier, last = sequence
    assert last.value is not None
    window = inside_window(last.value, earlier[::-1], NEWSLETTER)
    assert merge(last, window, standing(), NEWSLETTER)[0] == edition
    assert window == tuple(earlier[::-1][: len(window)])


@unhurried
@given(st.lists(st.lists(st.integers(0, 3), max_size=3), min_size=1, max_size=7))
def test_an_undisturbed_item_appears_exactly_as_often_as_it_says(limits: list[list[int]]) -> None:
    """`limits` holds the `remind` of each item of each issue."""
    sequence = []
    for number, reminds in enumerate(limits, start=1):
        news = tuple(Item(title=f"Story {number} {at}", remind=remind) for at, remind in enumerate(reminds))
        issue = Issue(number=number * 2, date=FIRST_FRIDAY + timedelta(weeks=number * number), updates=news)
        sequence.append(Loaded(issue, Places("", b"")))
    seen = Counter(entry.key for count in range(1, len(sequence) + 1) for entry in merged(sequence[:count]).reminders)
    for position, issue in enumerate(issues(sequence), start=1):
        for item in issue.updates:
            assert isinstance(item.remind, int)
            assert seen[item.key] == min(item.remind, len(sequence) - position)
