"""The report as files: a page for a browser, and one table for a spreadsheet of each state that is named."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from composer.report import page, spreadsheet
from composer.report.page import Listing
from composer.report.summary import NAMED, UnwrittenError, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo
    from pathlib import Path
    from typing import TextIO

    from composer.ledger import Delivery, State
    from composer.report.summary import Summary

PAGE = "report.html"
SHOWN = 1000
"""So many of each state are on the page; all of them are in the table."""


def write(summary: Summary, folder: Path, zone: tzinfo) -> Path:
    """Write all files of a summary; the path of the page."""
    listings = tuple(_listing(summary, folder / table_of(state), state, zone) for state in NAMED)
    with _placed(folder / PAGE, "utf-8") as file:
        file.writelines(page.pieces(summary, [listing for listing in listings if listing], zone))
    return folder / PAGE


def _listing(summary: Summary, path: Path, state: State, zone: tzinfo) -> Listing | None:
    if not summary.counts[state]:
        with _in_words(path):
            path.unlink(missing_ok=True)
        return None
    shown: list[Delivery] = []
    with _placed(path, spreadsheet.ENCODING) as file:
        total = spreadsheet.write(file, _noting(summary.named(state), shown), zone)
    return Listing(state, total, tuple(shown), path.name)


def _noting(deliveries: Iterable[Delivery], shown: list[Delivery]) -> Iterator[Delivery]:
    """The deliveries as they pass, the first of them kept."""
    for one in deliveries:
        if len(shown) < SHOWN:
            shown.append(one)
        yield one


@contextmanager
def _placed(path: Path, encoding: str) -> Iterator[TextIO]:
    """A file to be written aside; it is moved into place when it is whole."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with _in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with aside.open("x", encoding=encoding, newline="") as file:
                yield file
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnwrittenError(
            f"{path} cannot be written: {error.strerror or error}; if another program has it open, close that, then "
            "run `composer status` again"
        ) from error
