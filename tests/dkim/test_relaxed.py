from __future__ import annotations

import hashlib

from dkim.canonicalization import Relaxed  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from composer.dkim import relaxed_body, relaxed_header
from composer.message.forme import BodyHash
from composer.message.script import Gap

BODY = st.lists(st.text("ab=. \t", max_size=8), max_size=8).map(
    lambda lines: "".join(f"{line}\r\n" for line in lines).encode("ascii")
)


def test_a_header_is_relaxed_as_in_the_standard() -> None:
    assert relaxed_header(b"A: X\r\nB : Y\t\r\n\tZ  \r\n") == b"a:X\r\nb:Y Z\r\n"  # RFC 6376 §3.4.5


def test_a_body_is_relaxed_as_in_the_standard() -> None:
    assert relaxed_body(b" C \r\nD \t E\r\n") == b" C\r\nD E\r\n"  # RFC 6376 §3.4.5


@given(BODY)
def test_dkimpy_relaxes_bodies_the_same_way(body: bytes) -> None:
    body += b"x\r\n"
    assert relaxed_body(body) == Relaxed.canonicalize_body(body)


@given(st.lists(st.tuples(st.from_regex(r"[A-Za-z-]{1,9}", fullmatch=True), st.lists(st.text("aB:; \t"), min_size=1))))
def test_dkimpy_relaxes_headers_the_same_way(fields: list[tuple[str, list[str]]]) -> None:
    header = [(name.encode(), "\r\n ".join(lines).encode() + b"\r\n") for name, lines in fields]
    theirs = b"".join(name + b":" + value for name, value in Relaxed.canonicalize_headers(header))
    assert relaxed_header(b"".join(name + b":" + value for name, value in header)) == theirs


@given(st.lists(BODY, min_size=1, max_size=6), st.lists(st.none() | st.integers(0, 5), max_size=12))
def test_the_hash_by_pieces_is_the_hash_of_the_whole(lines: list[bytes], order: list[int | None]) -> None:
    gaps = [Gap(f"{index}") for index in range(len(lines))]
    chosen = [index if index is None else index % len(gaps) for index in order]
    body = tuple(b"- fixed \t piece \r\n" if index is None else gaps[index] for index in chosen)
    whole = b"".join(b"- fixed \t piece \r\n" if index is None else lines[index] for index in chosen)
    assert BodyHash(body, gaps).of(lines) == hashlib.sha256(relaxed_body(whole)).digest()
