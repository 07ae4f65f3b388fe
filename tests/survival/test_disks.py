"""The disk of the power cuts: what was flushed is there, and nobody relies on anything else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.survival.disks import SECTOR, Disk

SECTORS = 8
SIZE = SECTOR * SECTORS


@given(
    lasting=st.lists(st.tuples(st.integers(0, SECTORS - 1), st.binary(min_size=SECTOR, max_size=SECTOR))),
    fleeting=st.lists(st.tuples(st.integers(0, SECTORS - 1), st.binary(min_size=SECTOR, max_size=SECTOR))),
    seed=st.integers(),
)
def test_each_sector_is_as_it_was_flushed_or_as_it_was_written_since(
    lasting: list[tuple[int, bytes]], fleeting: list[tuple[int, bytes]], seed: int
) -> None:
    disk = Disk(bytes(SIZE), random.Random(seed))
    for number, data in lasting:
        disk.write(number * SECTOR, data)
    disk.flush()
    flushed = disk.read(0, SIZE)
    for number, data in fleeting:
        disk.write(number * SECTOR, data)
    disk.cut()
    for number in range(SECTORS):
        start = number * SECTOR
        written = {data for where, data in fleeting if where == number}
        assert disk.remains[start : start + SECTOR] in {flushed[start : start + SECTOR], *written}


def test_without_power_nothing_is_taken() -> None:
    disk = Disk(bytes(SIZE), random.Random(1))
    disk.cut_after(1)
    disk.write(0, b"taken")
    disk.write(0, b"the last")
    with pytest.raises(OSError, match="no power"):
        disk.write(0, b"too late")
    with pytest.raises(OSError, match="no power"):
        disk.flush()
