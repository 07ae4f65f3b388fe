"""The streamed audience equals one that is kept in memory and reckoned as naively as can be."""

from __future__ import annotations

import csv
import json
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.audience import Audience, Recipient, people, read
from composer.audience.person import first_name
from composer.errors import Place

COLUMNS = ("name", "organisation", "groups", "first_name", "role")
ADDRESSES = (
    "ann@example.org",
    "Ann@example.org",
    "ANN@EXAMPLE.ORG",
    "bo@example.org",
    "cy@x.example.org",
    "di@a.b.org",
)
CELLS = ("", "Kent", "KENT", "QA", "qa; Leads", "Leads;AD", "Dr Lee", "Zoë Åström", "Ann Lee")
WORDS = ("kent", "qa", "leads", "zoë åström", "Nobody", "bo@example.org")
LISTS = ("members", "partners", "consultants")


@dataclass
class Sheet:
    """One list as it is written."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]

    def write(self, file: Path) -> None:
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("email", *self.columns), *self.rows])


@dataclass
class Somebody:
    """One person of the naive audience."""

    address: str
    place: Place
    fields: dict[str, str] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)


Segment = dict[str, list[str] | dict[str, list[str]]]

conditions = st.dictionaries(
    st.sampled_from([*COLUMNS, "email"]), st.lists(st.sampled_from(WORDS), min_size=1, max_size=2), max_size=2
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    columns = tuple(draw(st.lists(st.sampled_from(COLUMNS), unique=True)))
    row = st.tuples(st.sampled_from(ADDRESSES), *[st.sampled_from(CELLS)] * len(columns))
    return Sheet(columns, draw(st.lists(row, max_size=8)))


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    lists = draw(st.lists(st.sampled_from(LISTS), min_size=1, unique=True))
    return {"lists": list(lists), "where": draw(conditions), "except": draw(conditions)}


newsletters = st.tuples(
    st.dictionaries(st.sampled_from(LISTS), sheets(), min_size=1),
    st.dictionaries(st.sampled_from(["a", "b", "everyone"]), segments(), min_size=1),
)
Newsletter = tuple[dict[str, Sheet], dict[str, Segment]]


def streamed(newsletter: Newsletter) -> Audience:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_KINDS", 2)
        folder = Path(name)
        for list_, sheet in newsletter[0].items():
            sheet.write(folder / f"{list_}.csv")
        (folder / "segments.yaml").write_text(json.dumps(newsletter[1], ensure_ascii=False), encoding="utf-8")
        return read(folder)[0]


def everybody(lists: dict[str, Sheet]) -> list[Somebody]:
    found: dict[str, Somebody] = {}
    for name, sheet in sorted(lists.items()):
        for line, (address, *cells) in enumerate(sheet.rows, start=2):
            local, _, domain = address.partition("@")
            written = f"{local}@{domain.lower()}"
            person = found.setdefault(written.lower(), Somebody(written, Place(f"recipients/{name}.csv", line)))
            person.lists.add(name)
            for column, cell in zip(sheet.columns, cells, strict=True):
                before = person.fields.get(column, "")
                value = united(before, cell) if column == "groups" else before or cell
                person.fields |= {column: value} if value else {}
    for person in found.values():
        person.fields["email"] = person.address
        derived = first_name(person.fields.get("name", ""))
        if derived and not any("first_name" in lists[name].columns for name in person.lists):
            person.fields["first_name"] = derived
    return list(found.values())


def united(first: str, second: str) -> str:
    """The groups of both, each in its first spelling and in the order of its last mention."""
    if not first or not second:
        return first or second
    groups: dict[str, str] = {}
    for group in map(str.strip, f"{first};{second}".split(";")):
        groups[group.casefold()] = groups.pop(group.casefold(), group)
    return "; ".join(groups.values())


def is_in(person: Somebody, segment: Segment) -> bool:
    def says(column: str, words: list[str]) -> bool:
        cell = person.fields.get(column, "").casefold()
        texts = [text.strip() for text in cell.split(";")] if column == "groups" else [cell]
        return any(word.casefold() in texts for word in words)

    where, unless = segment["where"], segment["except"]
    assert isinstance(where, dict)
    assert isinstance(unless, dict)
    return (
        not person.lists.isdisjoint(segment["lists"])
        and all(says(column, words) for column, words in where.items())
        and not any(says(column, words) for column, words in unless.items())
    )


def naive(newsletter: Newsletter) -> list[Recipient]:
    found = []
    for person in everybody(newsletter[0]):
        segments = frozenset(name for name, segment in newsletter[1].items() if is_in(person, segment))
        if segments:
            key = person.address.casefold()
            found.append(Recipient(person.address, key, person.fields, segments, person.place))
    return found


@given(newsletters)
def test_everybody_is_there_once_in_order_with_all_that_is_known(newsletter: Newsletter) -> None:
    audience, expected = streamed(newsletter), naive(newsletter)
    rows = sum(len(sheet.rows) for sheet in newsletter[0].values())
    assert list(audience.recipients) == expected
    assert audience.unreached == len(everybody(newsletter[0])) - len(expected)
    assert audience.duplicates_total == len(audience.duplicates) == rows - len(everybody(newsletter[0]))


@given(newsletters)
def test_what_is_counted_is_what_would_be_gone_through(newsletter: Newsletter) -> None:
    audience, expected = streamed(newsletter), naive(newsletter)
    assert len(audience.recipients) == len(expected)
    assert audience.memberships == Counter(recipient.segments for recipient in expected)
    assert +audience.recipients.filled == Counter(column for recipient in expected for column in recipient.fields)
    assert audience.counts(min) == Counter(min(one.segments) for one in expected)


@given(newsletters)
def test_a_segment_is_the_audience_without_the_others(newsletter: Newsletter) -> None:
    audience, expected = streamed(newsletter), naive(newsletter)
    for segment in audience.segments:
        within = audience.within(segment)
        members = [recipient for recipient in expected if segment in recipient.segments]
        assert list(within.recipients) == members
        assert len(within.recipients) == len(members)
        assert within.memberships == Counter(recipient.segments for recipient in members)


@given(newsletters)
def test_who_has_an_address_is_who_would_be_met(newsletter: Newsletter) -> None:
    recipients = streamed(newsletter).recipients
    met = {recipient.key: recipient for recipient in recipients}
    for address in ADDRESSES:
        assert recipients.of_address(address.casefold()) == met.get(address.casefold())
