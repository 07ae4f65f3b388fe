from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from composer.audience.scratch import Scratch, ScratchError
from composer.errors import Exit

if TYPE_CHECKING:
    from composer.audience.scratch import Row

ANN: Row = ("ann\tAnn Lee", "0", 2, 1)
BO: Row = ("bo\tBo Moor", "0", 3, 1)


@pytest.fixture
def scratch() -> Scratch:
    scratch = Scratch()
    assert scratch.enter("bo", BO) is None
    assert scratch.enter("ann", ANN) is None
    return scratch


def test_rows_come_back_in_the_order_in_which_they_were_entered(scratch: Scratch) -> None:
    assert list(scratch) == [BO, ANN]
    assert scratch.find("ann") == ANN
    assert scratch.find("cy") is None


def test_a_known_key_answers_with_its_row_and_keeps_it(scratch: Scratch) -> None:
    assert scratch.enter("bo", ANN) == BO
    assert list(scratch) == [BO, ANN]


def test_a_changed_row_keeps_its_turn_and_its_place(scratch: Scratch) -> None:
    scratch.change("bo", cells="bo\tBo Tate", sheets="0 1")
    assert list(scratch) == [("bo\tBo Tate", "0 1", 3, 1), ANN]


def test_rows_are_gone_through_several_times_at_once(scratch: Scratch) -> None:
    assert [(one, other) for one in scratch for other in scratch] == [(BO, BO), (BO, ANN), (ANN, BO), (ANN, ANN)]


def test_another_thread_may_read(scratch: Scratch) -> None:
    found: list[Row] = []
    thread = threading.Thread(target=lambda: found.extend(scratch))
    thread.start()
    thread.join()
    assert found == [BO, ANN]


def test_it_lives_as_long_as_somebody_reads_and_no_longer() -> None:
    scratch = Scratch()
    scratch.enter("ann", ANN)
    scratch.enter("bo", BO)
    connection, reading = scratch._connection, iter(scratch)
    assert next(reading) == ANN
    del scratch
    assert list(reading) == [BO]
    del reading
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_keys_are_counted_and_found_by_what_stands_around_the_at(scratch: Scratch) -> None:
    for key in ("kim@a.example.org", "sol@b.example.org", "ash@a.example.org"):
        scratch.enter(key, (key, "0", 4, 1))
    assert {("a.example.org", 2), ("b.example.org", 1)} <= set(scratch.domains(1))
    assert list(scratch.domains(2)) == [("a.example.org", 2)]
    assert [cells for cells, *_ in scratch.at_domains(["a.example.org", "it's"])] == [
        "kim@a.example.org",
        "ash@a.example.org",
    ]
    assert [cells for cells, *_ in scratch.of_local_parts({"sol", "ash"})] == ["sol@b.example.org", "ash@a.example.org"]


def test_a_full_temporary_folder_says_what_to_do(scratch: Scratch) -> None:
    def fill() -> None:
        for number in range(10_000):
            scratch.enter(f"reader{number}", BO)

    scratch._execute("PRAGMA max_page_count = 20")
    with pytest.raises(ScratchError, match=r"the temporary folder \(database or disk is full\); make room") as told:
        fill()
    assert told.value.exit_code is Exit.TRY_AGAIN
