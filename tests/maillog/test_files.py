from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from composer.errors import ComposerError, TryAgainError
from composer.maillog import read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "mail.log"
    path.write_bytes(b"newest\n")
    (tmp_path / "mail.log.1").write_bytes(b"newer\n")
    (tmp_path / "mail.log.2.gz").write_bytes(gzip.compress(b"older\n"))
    return path


def test_old_parts_come_first_packed_or_not(log: Path) -> None:
    log.with_name("mail.log.3.gz").write_bytes(gzip.compress(b"oldest 1\noldest 2\n"))
    assert list(read(log)) == ["oldest 1\n", "oldest 2\n", "older\n", "newer\n", "newest\n"]


def test_a_part_that_is_being_packed_is_read_from_the_whole_one(log: Path) -> None:
    log.with_name("mail.log.1.gz").write_bytes(gzip.compress(b"newer\n")[:10])
    assert list(read(log)) == ["older\n", "newer\n", "newest\n"]


def test_behind_a_missing_part_nothing_is_read(log: Path) -> None:
    log.with_name("mail.log.1").unlink()
    assert list(read(log)) == ["newest\n"]


def test_a_part_that_rotation_shows_twice_is_read_once(log: Path) -> None:
    """It was opened under its old name, and moved to the next one before that was looked for."""
    old = log.with_name("mail.log.1")
    old.unlink()
    old.hardlink_to(log)
    assert list(read(log)) == ["older\n", "newest\n"]


def test_a_last_line_that_is_not_finished_is_left_out(log: Path) -> None:
    log.write_bytes(b"newest\nMar 14 16:02:11 relay postfix/qmgr[202]: 4352A98C31F: fro")
    assert list(read(log))[-1] == "newest\n"


def test_only_a_line_feed_ends_a_line(log: Path) -> None:
    log.write_bytes("a\u2028b\u0085c\rd\x0be\x1cf\n".encode() + b"g\xff\x85h\r\n")
    assert list(read(log))[-2:] == ["a\u2028b\u0085c\rd\x0be\x1cf\n", "g\udcff\udc85h\r\n"]


def test_no_file_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(ComposerError, match=r"mail\.log: the mail log cannot be read \(No such file or directory\);"):
        list(read(tmp_path / "mail.log"))


@pytest.mark.parametrize("damage", [b"plain text\n", gzip.compress(b"older\n")[:-9], gzip.compress(b"older\n")[:4]])
def test_a_damaged_part_is_an_error_and_not_the_end(log: Path, damage: bytes) -> None:
    log.with_name("mail.log.2.gz").write_bytes(damage)
    with pytest.raises(ComposerError, match="the mail log cannot be read"):
        list(read(log))


def test_a_log_that_is_emptied_meanwhile_is_not_believed(log: Path) -> None:
    lines = read(log)
    assert next(lines) == "older\n"
    log.write_bytes(b"")
    with pytest.raises(TryAgainError, match="was emptied while it was read; run the same command again"):
        list(lines)


def test_a_log_that_grows_meanwhile_is_read_on(log: Path) -> None:
    lines = read(log)
    next(lines)
    with log.open("ab") as file:
        file.write(b"brand new\n")
    assert list(lines) == ["newer\n", "newest\n", "brand new\n"]
