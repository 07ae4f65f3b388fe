from __future__ import annotations

import codecs
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composer.audience import encoding as room
from composer.audience.encoding import Unreadable, encoding

LINE_END = re.compile(r"\r\n|\r|\n")

pieces = st.text("ab\r\n\r\n\0éÃ©…", max_size=30).flatmap(
    lambda text: st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]).map(text.encode)
)
files = st.lists(pieces | st.binary(max_size=3), max_size=3).map(b"".join)


def whole(raw: bytes) -> str | int:
    """The encoding, or the line of what is wrong, from all the bytes at once."""
    bom, name = next(((bom, name) for bom, name in room._BOMS if raw.startswith(bom)), (b"", "utf-8"))
    raw = raw.removeprefix(bom)
    exact = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(bom, "utf-8")
    try:
        text = raw.decode(exact)
    except UnicodeDecodeError as error:
        if bom or re.search(rb"\xc3[\x80-\xbf]", raw):
            return 1 + len(LINE_END.findall(raw[: error.start].decode(exact)))
        name = "cp1252"
        try:
            text = raw.decode(name)
        except UnicodeDecodeError as second:
            return 1 + len(LINE_END.findall(raw[: second.start].decode(name)))
    return 1 + len(LINE_END.findall(text, 0, text.index("\0"))) if "\0" in text else name


@given(files, st.integers(1, 9))
def test_a_file_read_in_pieces_is_judged_like_the_whole(raw: bytes, piece_bytes: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_PIECE_BYTES", piece_bytes)
        found = encoding(io.BytesIO(raw))
    assert (found.line if isinstance(found, Unreadable) else found) == whole(raw)


def test_the_file_is_at_its_beginning_afterwards() -> None:
    file = io.BytesIO("name\r\nZoë\r\n".encode("cp1252"))
    assert encoding(file) == "cp1252"
    assert file.tell() == 0


def test_a_flaw_behind_a_byte_order_mark_stands_on_its_own_line() -> None:
    found = encoding(io.BytesIO(codecs.BOM_UTF8 + b"name\r\nKe\x81nt\r\n"))
    assert isinstance(found, Unreadable)
    assert found.line == 2
