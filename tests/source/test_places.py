"""`Places`: where things stand."""

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from composer.errors import Place
from composer.source import Places
from tests.source.samples import ISSUE

PLACES = Places("issues/653.yaml", ISSUE.encode())


def text_at(place: Place) -> str:
    return ISSUE.splitlines()[place.line - 1][place.column - 1 :]


def test_nothing_is_parsed_before_it_is_asked_for() -> None:
    places = Places("x", b"a: 1")
    assert "tree" not in vars(places)
    places.at("a")
    assert "tree" in vars(places)


@pytest.mark.parametrize(
    ("loc", "starts"),
    [
        (("number",), "653"),
        (("updates", 0, "publication", "by"), "DfE"),
        (("updates", 0, "image", "alt"), "Two social"),
        (("updates", 0, "body"), "### Headlines"),
        (("updates", 0, "links", 1, "minutes"), '"2:44"'),
        (("updates", 1), "id: early"),
        (("updates", 1, "audience", 0), "ad-education"),
        (("reminders", "keep", 0), "agency-rules"),
    ],
)
def test_values(loc: tuple[str | int, ...], starts: str) -> None:
    assert text_at(PLACES.at(*loc)).startswith(starts)


def test_keys() -> None:
    assert text_at(PLACES.key("updates", 0, "publication", "by")).startswith("by: DfE")
    assert text_at(PLACES.key("updates", 1)).startswith("id: early")


def test_what_is_not_in_the_data_is_skipped() -> None:
    assert PLACES.at("updates", 0, "remind", "function-before[_remind()]", "int") == PLACES.at("updates", 0, "remind")
    assert PLACES.at("updates", "tagged", 1, "event", "place") == PLACES.at("updates", 1, "event", "place")
    assert PLACES.at("updates", 7, "title") == PLACES.at("updates")
    assert PLACES.at() == PLACES.at("nothing") == Place("issues/653.yaml", 1, 1)


def test_lines_of_a_block() -> None:
    assert text_at(PLACES.at("updates", 0, "body", line=0)) == "### Headlines"
    assert text_at(PLACES.at("updates", 0, "body", line=2)).startswith("- more child")
    assert text_at(PLACES.at("updates", 0, "body", line=3)).startswith("- agency")


@pytest.mark.parametrize("header", ["|", ">", "|2", "|-", "| # words"])
def test_blocks_of_every_kind(header: str) -> None:
    places = Places("x", f"a: {header}\n\n  first\n    deeper\n\n  last\nb: c\n".encode())
    assert places.at("a", line=0) == Place("x", 2, 1)
    assert places.at("a", line=1) == Place("x", 3, 3)
    assert places.at("a", line=2) == Place("x", 4, 3)
    assert places.at("a", line=99).line <= 8


def test_lines_of_other_values_have_one_place() -> None:
    assert Places("x", b"a: 'one\n\n  two'").at("a", line=1) == Place("x", 1, 4)


def test_an_empty_value_is_at_its_key_or_dash() -> None:
    places = Places("x", b"a:\n  -\n  - b\n  -\nc:\n\nd: {e: , f: g}\n")
    assert places.at("a", 0) == Place("x", 2, 3)
    assert places.at("a", 2) == Place("x", 4, 3)
    assert places.at("c") == Place("x", 5, 1)
    assert places.at("d", "e") == Place("x", 7, 5)


def test_places_of_a_broken_file_are_as_good_as_can_be() -> None:
    assert Places("x", b"a: b\nc: 'd").at("a") == Place("x", 1, 4)
    assert Places("x", b"\xff\xfe").at("a") == Place("x", 1, 1)


WRITTEN = """\
- "He said \\"no\\" to Wednesday"
- |
  First line
  Wednesday 13 March

    Second Thursday
- 'It''s a Friday'
- Some plain
  folded Saturday text
- >
  Folded words
  on Sunday
- {title: "one, Monday", x: y}
"""


@pytest.mark.parametrize(
    ("loc", "word"),
    [
        ((0,), "Wednesday"),
        ((1,), "Wednesday"),
        ((1,), "Thursday"),
        ((2,), "Friday"),
        ((3,), "Saturday"),
        ((4,), "Sunday"),
        ((5, "title"), "Monday"),
    ],
)
def test_a_word_inside_a_text_has_its_own_place_however_it_is_written(loc: tuple[str | int, ...], word: str) -> None:
    places = Places("x.yaml", WRITTEN.encode())
    value = places.tree.data
    for part in loc:
        value = value[part]
    place = places.inside(loc, value, value.index(word))
    assert WRITTEN.splitlines()[place.line - 1][place.column - 1 :].startswith(word)


def test_the_place_of_a_space_is_beside_its_words() -> None:
    places = Places("x.yaml", b"a: one two\n")
    assert places.inside(("a",), "one two", 3) == Place("x.yaml", 1, 7)
    assert places.inside(("a",), "one two", 7) == places.inside(("a",), "one two", 6)
    assert places.inside(("b",), "x", 0) == Place("x.yaml", 1, 1)


@given(st.lists(st.sampled_from(["a", "bb", "'", '"', "\\", "#", ": ", " ", "é", "\n"]), min_size=1, max_size=12))
def test_any_text_dumped_by_a_yaml_library_is_found_again(parts: list[str]) -> None:
    value = "".join(parts)
    stream = StringIO()
    YAML(typ="safe", pure=True).dump({"key": value}, stream)
    places = Places("x.yaml", stream.getvalue().encode())
    if places.tree.data != {"key": value} or places.tree.findings:
        return
    lines = stream.getvalue().splitlines()
    for index, letter in enumerate(value):
        place = places.inside(("key",), value, index)
        assert place.line <= len(lines)
        if not letter.isspace() and letter.isalpha():
            assert lines[place.line - 1][place.column - 1] == letter or "\\" in lines[place.line - 1]
