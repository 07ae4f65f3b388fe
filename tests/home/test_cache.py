from __future__ import annotations

import multiprocessing
import os
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.home import cache
from composer.home.cache import FILE, MOST_LINES, FileCache
from composer.issue import Issue
from composer.source import load
from composer.standing import Contact
from tests.home.making import issue_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RICH = """\
number: 653
date: 2025-03-14
subject: "  Guidance · dates  "
updates:
  - title: |
      Early years conference
      Second line
    publication: {by: DfE, date: 2025-02-27, title: Report, url: "https://www.example.org/a"}
    event: {start: 2025-03-20 00:00, end: 16:30, place: Derby}
    body: "  Bold, “words”\\n\\n"
    links: [{text: Film, url: "https://www.example.org/film", minutes: "2:44"}]
    remind: until
  - {title: Day, event: {start: 2025-03-20, end: 2025-03-21 09:05}, closes: 2025-03-18, audience: [heads], remind: 3}
reminders:
  drop: [one]
  edit: {two: {body: , links: [], title: New}, three: {closes: 2025-04-01}}
tools:
  - {date: 2025-03-05, line: "[Slides](https://www.example.org/slides)"}
"""
PATH = "issues/653.yaml"


def through(folder: Path, text: str, path: str = PATH) -> Issue | None:
    """The issue as a run reads it that finds the cache of the run before."""
    opened = FileCache.opened(folder)
    value = opened.load(Issue, text.encode(), path).value
    opened.save()
    return value


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were parsed as YAML."""
    paths: list[str] = []

    def noted(kind: object, raw: bytes, path: str) -> object:
        paths.append(path)
        return load(kind, raw, path)

    monkeypatch.setattr(cache, "load", noted)
    return paths


def explicit(issue: Issue) -> dict[str, object]:
    """Everything an editor typed, told from what is left out."""
    return issue.model_dump(exclude_unset=True)


def test_an_issue_is_parsed_once(tmp_path: Path, parsed: list[str]) -> None:
    first, second = (through(tmp_path, RICH) for _ in range(2))
    assert first
    assert second
    assert parsed == [PATH]
    assert second == first
    assert explicit(second) == explicit(first)
    assert isinstance(second.updates[0].event and second.updates[0].event.start, datetime)


def test_places_of_a_cached_issue_are_found_when_asked(tmp_path: Path) -> None:
    through(tmp_path, RICH)
    loaded = FileCache.opened(tmp_path).load(Issue, RICH.encode(), PATH)
    assert str(loaded.places.at("updates", 1, "closes")) == "issues/653.yaml:13:77"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MOMENTS = DAYS | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - local to the newsletter
    lambda moment: moment.replace(second=0, microsecond=0)
)
EDITS = st.fixed_dictionaries({}, optional={"body": st.none() | TEXT, "closes": st.none() | DAYS, "links": st.just(())})
ITEMS = st.fixed_dictionaries(
    {"title": TEXT},
    optional={
        "body": TEXT,
        "closes": DAYS,
        "event": st.fixed_dictionaries({"start": MOMENTS}),
        "remind": st.just("until") | st.integers(0, 9),
    },
)


@settings(deadline=None)  # two cores are shared by many
@given(st.lists(ITEMS, max_size=3), st.dictionaries(st.sampled_from("abc"), EDITS, max_size=2))
def test_what_is_written_is_what_is_read(items: list[object], edits: dict[str, object]) -> None:
    values = {"number": 1, "date": "2025-03-14", "updates": items, "reminders": {"edit": edits}}
    issue = Issue.model_validate(values)
    read = cache._value(Issue, cache._line(b"0" * 64, Issue, issue))
    assert isinstance(read, Issue)
    assert read == issue
    assert explicit(read) == explicit(issue)


def test_a_changed_file_is_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    through(tmp_path, RICH)
    changed = through(tmp_path, RICH.replace("Derby", "Leeds"))
    assert changed
    assert changed.updates[0].event
    assert changed.updates[0].event.place == "Leeds"
    assert len(parsed) == 2


def test_the_same_bytes_under_another_name_are_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    through(tmp_path, RICH)
    through(tmp_path, RICH, "issues/654.yaml")
    assert parsed == [PATH, "issues/654.yaml"]


def test_another_version_of_the_program_parses_again(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    through(tmp_path, RICH)
    monkeypatch.setattr(cache, "readers", lambda: b"another")
    through(tmp_path, RICH)
    assert len(parsed) == 2


def test_without_its_own_sources_nothing_is_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path)
    cache.readers.cache_clear()
    assert through(tmp_path / "cache", RICH)
    assert not (tmp_path / "cache").exists()
    cache.readers.cache_clear()


def test_a_standing_file_goes_through_too(tmp_path: Path, parsed: list[str]) -> None:
    raw = b"- {id: robin-tate, role: Editor, name: Robin Tate, phone: 07700 900113}"
    for _ in range(2):
        opened = FileCache.opened(tmp_path)
        value = opened.load(tuple[Contact, ...], raw, "contacts.yaml").value
        opened.save()
        assert value is not None
        assert [*value] == [Contact(id="robin-tate", role="Editor", name="Robin Tate", phone="07700 900113")]
    assert parsed == ["contacts.yaml"]


def test_an_issue_with_findings_is_not_cached(tmp_path: Path, parsed: list[str]) -> None:
    spoilt = RICH.replace("Derby", "Room #4").replace("place: Room #4", "place: Room #4\n     ")
    for _ in range(2):
        opened = FileCache.opened(tmp_path)
        assert opened.load(Issue, spoilt.encode(), PATH).findings
        opened.save()
    assert len(parsed) == 2


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda data: data[: len(data) // 2],
    "one letter changed": lambda data: data.replace(b"Derby", b"Darby"),
    "no lines": lambda data: b"\x00\xff" * 5000,
    "only breaks": lambda data: b"\n" * 5000,
    "the key alone": lambda data: data[:64],
    "not an issue": lambda data: data[:65] + cache._checksum(b"[]") + b" []",
    "deep nesting": lambda data: data[:65] + cache._checksum(b"[" * 99999) + b" " + b"[" * 99999,
    "not text": lambda data: data[:65] + cache._checksum(b'{"number": "\xff"}') + b' {"number": "\xff"}',
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_does_no_harm(tmp_path: Path, parsed: list[str], damage: str) -> None:
    right = through(tmp_path, RICH)
    file = tmp_path / FILE
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert through(tmp_path, RICH) == right
    assert parsed == [PATH, PATH]
    assert through(tmp_path, RICH) == right
    assert parsed == [PATH, PATH]


def test_a_cache_of_monstrous_size_is_not_read(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    through(tmp_path, RICH)
    monkeypatch.setattr(cache, "MOST_BYTES", 10)
    through(tmp_path, RICH)
    assert len(parsed) == 2


def test_a_folder_in_the_place_of_the_cache_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / FILE / "inner").mkdir(parents=True)
    assert through(tmp_path, RICH)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_file_in_the_place_of_the_folder_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"")
    assert through(tmp_path / "cache", RICH)


def test_an_unwritable_folder_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    assert through(tmp_path, RICH)
    assert [*tmp_path.iterdir()] == []


def test_a_write_that_fails_leaves_the_old_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    through(tmp_path, RICH)
    before = (tmp_path / FILE).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    assert through(tmp_path, RICH, "issues/654.yaml")
    assert (tmp_path / FILE).read_bytes() == before


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "tmpabc.new").write_bytes(b"half")
    through(tmp_path, RICH)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_the_cache_does_not_grow_for_ever_and_forgets_the_oldest(tmp_path: Path, parsed: list[str]) -> None:
    for number in range(1, MOST_LINES + 10):
        through(tmp_path, issue_text(number), f"issues/{number}.yaml")
    assert len((tmp_path / FILE).read_bytes().split(b"\n")) == MOST_LINES
    parsed.clear()
    through(tmp_path, issue_text(MOST_LINES + 9), f"issues/{MOST_LINES + 9}.yaml")
    through(tmp_path, issue_text(1), "issues/1.yaml")
    assert parsed == ["issues/1.yaml"]


def test_an_unchanged_cache_is_not_written_again(tmp_path: Path) -> None:
    through(tmp_path, RICH)
    before = (tmp_path / FILE).stat().st_mtime_ns
    through(tmp_path, RICH)
    assert (tmp_path / FILE).stat().st_mtime_ns == before


def _read_often(folder: Path, first: int) -> None:
    for number in range(first, first + 40):
        assert through(folder, issue_text(number), f"issues/{number}.yaml")


def test_two_processes_at_once_do_no_harm(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_read_often, args=(tmp_path, first)) for first in (1, 21)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    lines = (tmp_path / FILE).read_bytes().split(b"\n")
    assert all(cache._value(Issue, line) for line in lines)
