from __future__ import annotations

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from composer.errors import ComposerError
from composer.settings import Sender, Settings
from composer.state import create_once, signing_key

SETTINGS = Settings(
    name="Update",
    organisation="South East Programme",
    address="1 High Street, Anytown",
    sender=Sender(name="Update", email="update@example.org"),
)


def test_a_key_is_made_at_the_first_need_and_stays(tmp_path: Path) -> None:
    key = signing_key(tmp_path / "state", SETTINGS)
    assert len(key) == 43
    assert signing_key(tmp_path / "state", SETTINGS) == key
    assert signing_key(tmp_path / "elsewhere", SETTINGS) != key
    assert [file.name for file in (tmp_path / "state").iterdir()] == ["key"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists, not modes")
def test_only_the_owner_reads_the_key(tmp_path: Path) -> None:
    signing_key(tmp_path, SETTINGS)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_key_from_the_environment_is_used_and_not_written(tmp_path: Path) -> None:
    given = SETTINGS.model_copy(update={"key": SecretStr("k" * 40)})
    assert signing_key(tmp_path, given) == "k" * 40
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "too short\n"])
def test_a_truncated_key_is_never_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content, encoding="ascii")
    with pytest.raises(ComposerError, match=r"state/key: the signing key has only \d of the 32 characters it needs"):
        signing_key(tmp_path, SETTINGS)
    assert (tmp_path / "key").read_text(encoding="ascii") == content


def test_a_damaged_key_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff" * 40)
    with pytest.raises(ComposerError, match=r"^state/key is damaged; restore it from a backup$"):
        signing_key(tmp_path, SETTINGS)


def test_a_key_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    with pytest.raises(ComposerError, match="cannot be read or made"):
        signing_key(tmp_path, SETTINGS)


def test_ten_processes_that_begin_together_end_up_with_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(10) as pool:
        keys = set(pool.map(lambda _: signing_key(tmp_path, SETTINGS), range(10)))
    assert len(keys) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_it_works_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert create_once(tmp_path / "file", lambda path: path.touch())
    assert not create_once(tmp_path / "file", lambda path: path.touch())
