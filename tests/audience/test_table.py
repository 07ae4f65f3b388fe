from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.audience.encoding import Unreadable
from composer.audience.table import Misquoted, Row, rows

TABLE = "email,name\r\nzoe@example.org,Zoë Åström\r\n"


def cells(raw: bytes) -> list[list[str]]:
    return [row.cells for row in rows(raw) if isinstance(row, Row)]


def lines(raw: bytes) -> list[int]:
    return [row.line for row in rows(raw) if isinstance(row, Row)]


def trouble(raw: bytes) -> Unreadable:
    (*_, last) = rows(raw)
    assert isinstance(last, Unreadable)
    return last


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_reads_what_spreadsheets_save(encoding: str, separator: str, line_end: str) -> None:
    raw = TABLE.replace(",", separator).replace("\r\n", line_end).encode(encoding)
    assert cells(raw) == [["email", "name"], ["zoe@example.org", "Zoë Åström"]]
    assert lines(raw) == [1, 2]


def test_reads_unicode_text_of_either_byte_order() -> None:
    assert cells(b"\xfe\xff" + TABLE.encode("utf-16-be")) == cells(TABLE.encode())


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
def test_a_first_line_may_name_the_separator(first: str) -> None:
    raw = f"{first}\r\nemail;a,b\r\nx@example.org;1\r\n".encode()
    assert cells(raw) == [["email", "a,b"], ["x@example.org", "1"]]
    assert lines(raw) == [2, 3]


def test_a_separator_inside_quoted_headings_does_not_count() -> None:
    assert cells(b'"name, first, last";email\nx;y\n')[0] == ["name, first, last", "email"]


def test_a_single_column_needs_no_separator() -> None:
    assert cells(b"email\na@example.org\n") == [["email"], ["a@example.org"]]


def test_leaves_out_blank_rows_and_still_counts_their_lines() -> None:
    raw = b"\r\nemail,name\r\n,,,\r\n\r\na@example.org,Ann\r\n , \r\n"
    assert lines(raw) == [2, 5]


def test_counts_physical_lines_inside_quoted_cells() -> None:
    raw = b'email,note\r\na@example.org,"one\ntwo\r\nthree"\r\nb@example.org,x\r\n'
    assert lines(raw) == [1, 2, 5]


def test_knows_where_a_cell_begins() -> None:
    row = next(rows(b'a,"b,""x""\n,y",cc,d\n'))
    assert isinstance(row, Row)
    assert [row.position(index) for index in range(4)] == [(1, 1), (1, 3), (2, 5), (2, 8)]
    assert row.position(9) == (1, 1)


@given(
    st.lists(st.text('ab,;"\n\r é', max_size=8), min_size=2, max_size=5).filter(lambda row: any(map(str.strip, row)))
)
def test_any_row_written_by_a_csv_writer_comes_back_and_its_cells_are_found(written: list[str]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["email"] * len(written), written])
    _, row = rows(text.getvalue().encode())
    assert isinstance(row, Row)
    assert row.cells == written
    for index in range(len(written)):
        line, column = row.position(index)
        physical = list(io.StringIO(text.getvalue(), newline=""))[line - 1]
        assert physical[column - 1] == '"'


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_one_clear_reason(raw: bytes) -> None:
    found = list(rows(raw))
    assert all(isinstance(row, Row | Misquoted) for row in found[:-1])


@pytest.mark.parametrize(
    ("raw", "why", "line"),
    [
        (b"PK\x03\x04\x14\x00", "xlsx", 1),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "xls", 1),
        (b"%PDF-1.7\n", "PDF", 1),
        (b"email\na@example.org\n\0\0\n", "NUL", 3),
        (TABLE.encode("utf-16-le"), "NUL", 1),
        (b"email,name\r\na@example.org,\x81\r\n", "neither all UTF-8 nor all Windows-1252", 2),
        (b"email\nzo\xc3\xab@example.org\nzo\xeb@example.org\n", "neither all UTF-8 nor all Windows-1252", 3),
        (b"\xff\xfee\x00\n", "neither", 1),
        (b'email,name\na@example.org,Ann\nb@example.org,"Bo\nc@example.org,Cy\n', "never closed", 3),
        (b'email,name\nb@example.org,"Bo' + b"x" * 200_000, "never closed", 2),
    ],
)
def test_says_what_a_useless_file_is(raw: bytes, why: str, line: int) -> None:
    found = trouble(raw)
    assert why in found.why
    assert found.hint
    assert found.line == line


def test_a_misquoted_row_does_not_hide_the_next() -> None:
    found = list(rows(b'email,name\na@example.org,"An" n\nb@example.org,Bo\n'))
    assert found[1] == Misquoted(2)
    assert isinstance(found[2], Row)


def test_a_cell_that_does_not_end_is_not_blamed_on_a_mark_that_is_not_there() -> None:
    *_, last = rows(b"email\n" + b"a" * 140_000)
    assert isinstance(last, Unreadable)
    assert last.why.startswith("a cell here does not end")
