from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.ledger import State
from composer.report.spreadsheet import harmless, write
from tests.report.zones import LONDON

if TYPE_CHECKING:
    from composer.ledger import Delivery
    from composer.report import Summary

SIGNS = "=+-@\t\r＝＋－＠"  # noqa: RUF001 - full-width signs begin a formula too
HOSTILE = st.text(st.sampled_from(f"{SIGNS}\"' \n,;|\0aé") | st.characters())


def begins_a_formula(cell: str) -> bool:
    """What a spreadsheet may run, however it takes quotes and spaces in front."""
    return cell.startswith(tuple(SIGNS)) or cell.lstrip(" \"'\t\r\n").startswith(tuple(SIGNS))


@given(HOSTILE)
def test_no_cell_is_taken_for_a_formula_and_none_is_lost(cell: str) -> None:
    kept = harmless(cell)
    assert kept in {cell, f"'{cell}"}
    assert kept.startswith("'") or not begins_a_formula(kept)


@given(st.lists(HOSTILE, min_size=1))
def test_a_row_comes_back_as_it_was_written(cells: list[str]) -> None:
    file = StringIO(newline="")
    csv.writer(file).writerow(harmless(cell) for cell in cells)
    file.seek(0)
    [row] = csv.reader(file, strict=True)
    assert row == [harmless(cell) for cell in cells]
    assert [cell.removeprefix("'") if harmless(cell[1:]) == cell else cell for cell in row] == cells


@pytest.mark.parametrize(
    "cell",
    [
        "=HYPERLINK(1)",
        "+44 1632 960000",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '"=1+1"',
        " =1",
        "'=1",
        "＝1",  # noqa: RUF001 - a full-width sign
    ],
)
def test_what_begins_a_formula_gets_a_quote(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["ada@example.org", "550 5.1.1 -unknown", "", "'", "O'Hara", "<653.1@example.org>"])
def test_what_begins_none_stays(cell: str) -> None:
    assert harmless(cell) == cell


def table(deliveries: list[Delivery]) -> list[list[str]]:
    file = StringIO(newline="")
    assert write(file, deliveries, LONDON) == len(deliveries)
    file.seek(0)
    return list(csv.reader(file, strict=True))


def test_a_delivery_is_a_row_with_the_time_of_the_newsletters_clock(summary: Summary) -> None:
    heading, row = table(list(summary.named(State.FAILED)))
    assert dict(zip(heading, row, strict=True)) == {
        "address": "cat@example.com",
        "state": "failed",
        "code": "550",
        "the server's words": "5.1.1 [red]No such user",
        "attempts": "1",
        "when (Europe/London)": "2025-06-13 16:02:00",
        "Message-ID": "<653.3@example.org>",
    }


def test_nobody_leaves_the_heading(summary: Summary) -> None:
    assert len(table([])) == 1
    [_, row] = table(list(summary.named(State.IN_DOUBT)))
    assert row[2] == ""
