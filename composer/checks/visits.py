"""What the web says of a link, as `--online` asks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for one address."""

    url: str
    """The address that was asked for."""
    status: int | None = None
    """The last answer's status (RFC 9110 §15); None: there was no answer."""
    final_url: str = ""
    """The address of the last answer, when it was redirected."""
    is_permanent: bool = False
    """Whether every redirection said that it holds for good (301 or 308)."""
    pages: int | None = None
    """How many pages the PDF has that was found there."""
    fault: str = ""
    """Why there was no answer, or why it was not asked: goes on from "the address "."""


Web = Callable[[Iterable[str]], Mapping[str, Visit]]
"""Asks for all these addresses; whatever happens, each has its visit."""
