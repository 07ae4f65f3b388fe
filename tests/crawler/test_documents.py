"""Counting the pages of documents, whatever they are."""

import subprocess
import sys

import pytest

from composer.crawler.documents import _COUNTING, pages_of
from tests.crawler.web import pdf

LOOP = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >> endobj
trailer << /Root 1 0 R >>
startxref
0
%%EOF
"""
BOAST = LOOP.replace(b"/Count 2 /Kids [2 0 R 2 0 R]", b"/Count 99999999999 /Kids []")


def test_a_document() -> None:
    assert pages_of(b"\n" + pdf(12), within_s=60) == 12


@pytest.mark.parametrize("wrong", [b"", b"%PDF-", b"%PDF-1.7\n" + b"\0" * 99999, pdf(3)[:200], LOOP, BOAST, b"<html>"])
def test_what_cannot_be_counted(wrong: bytes) -> None:
    assert pages_of(wrong, within_s=60) is None


def test_the_program_ends_by_itself_when_nobody_waits_for_it() -> None:
    with subprocess.Popen([sys.executable, "-P", str(_COUNTING), "0.1"], stdin=subprocess.PIPE) as left_alone:
        assert left_alone.wait(60) == 1


def test_a_document_that_takes_too_long_is_left() -> None:
    assert pages_of(pdf(3), within_s=0.001) is None
