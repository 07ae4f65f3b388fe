from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment

from composer.render.bytecode import KeptOnDisk

if TYPE_CHECKING:
    from pathlib import Path


def printed(folder: Path, text: str = "{{ 6 * 7 }}", setup: bytes = b"1") -> str:
    return Environment(loader=DictLoader({"t": text}), bytecode_cache=KeptOnDisk(folder, setup)).from_string(
        "{% include 't' %}"
    ).render()  # fmt: skip


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_what_is_kept_is_used(tmp_path: Path) -> None:
    assert printed(tmp_path) == "42"
    [file] = kept(tmp_path)
    before = file.stat().st_mtime_ns
    assert printed(tmp_path) == "42"
    assert file.stat().st_mtime_ns == before


def test_a_changed_template_or_another_set_up_is_compiled_anew(tmp_path: Path) -> None:
    assert printed(tmp_path) == "42"
    assert printed(tmp_path, "{{ 6 + 7 }}") == "13"
    [before] = [file.read_bytes() for file in kept(tmp_path)]
    assert printed(tmp_path, "{{ 6 + 7 }}", b"2") == "13"
    assert [file.read_bytes() for file in kept(tmp_path)] != [before]


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 500, None])
def test_a_damaged_file_does_no_harm(tmp_path: Path, damage: bytes | None) -> None:
    printed(tmp_path)
    [file] = kept(tmp_path)
    file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)
    assert printed(tmp_path) == "42"


def test_a_folder_that_cannot_be_made_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert printed(tmp_path / "file") == "42"
