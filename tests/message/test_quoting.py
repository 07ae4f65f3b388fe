from __future__ import annotations

import quopri
import re
from base64 import b64decode

from hypothesis import example, given
from hypothesis import strategies as st

from composer.message import quoting
from tests.message.making import VALUES

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=300)


@given(TEXT)
@example("From me\n.\n..\n \n\t\n" + "é" * 80)
@example("x" * 75 + "=" * 3 + "x" * 76)
def test_quoted_text_is_the_text_again_for_the_standard_library(text: str) -> None:
    quoted = quoting.quoted_printable(text)
    assert quopri.decodestring(quoted).decode("utf-8").replace("\r\n", "\n") == text


@given(TEXT)
def test_quoted_lines_are_short_and_nothing_on_the_way_likes_to_change_them(text: str) -> None:
    for line in quoting.quoted_printable(text).split(b"\r\n"):
        assert re.fullmatch(rb"(?!\.|From )[\t -~]{0,75}=?(?<![\t ])|", line)


@given(VALUES)
@example("x" * 75)
@example("x" * 76)
@example("x=")
def test_a_value_is_a_piece_of_whole_lines_that_adds_no_line(value: str) -> None:
    value = quoting.one_line(value)
    piece = quoting.in_body(value)
    assert piece.endswith(b"=\r\n") if value else piece == b""
    assert all(len(line) <= 76 for line in piece.split(b"\r\n"))
    assert quopri.decodestring(piece).decode("utf-8") == value


@given(VALUES)
def test_a_value_has_one_line_and_no_control_characters(value: str) -> None:
    line = quoting.one_line(value)
    assert len(line.splitlines()) <= 1
    assert not re.search("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", line)
    assert quoting.one_line(line) == line


@given(st.binary(min_size=1, max_size=300))
def test_a_picture_is_the_same_again(data: bytes) -> None:
    lines = quoting.base64_lines(data).split(b"\r\n")
    assert all(len(line) <= 76 for line in lines)
    assert b64decode(b"".join(lines)) == data
