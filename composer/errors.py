"""Bad news, in the two kinds that are not a server's answer.

A *finding* is a value: something wrong in a file, with its place, collected with all others and shown to the editor.
An *error* is an exception: it stops the run, and `composer.cli` turns it into one sentence and an exit code.
(The third kind, a server's answer, is a `composer.courier.Outcome`.)
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(StrEnum):
    """How bad a finding is: an error blocks building and sending, a warning only speaks."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where something stands: a path from the newsletter's home with forward slashes, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One mistake in one place: `path:line:col: level: code: message`, then in brackets what to do about it."""

    place: Place
    level: Level
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.level}: {self.code}: {self.message}{hint}"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is more than a warning."""
    return any(finding.level is Level.ERROR for finding in findings)


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or all of them while they are few, or nothing."""
    choices = sorted(known)
    lowered = {choice.casefold(): choice for choice in choices}
    near = difflib.get_close_matches(wrong.casefold(), lowered, n=1, cutoff=0.6)
    if near:
        return f"did you mean {lowered[near[0]]!r}?"
    if 0 < len(choices) <= 8:  # noqa: PLR2004 - a list longer than a breath helps nobody
        return f"known are {', '.join(choices)}"
    return ""


class Exit(IntEnum):
    """What a command tells the shell when it ends."""

    DONE = 0
    REFUSED = 1
    """There are findings, or it was refused, or somebody has to decide."""
    USAGE = 2
    BUG = 3
    TRY_AGAIN = 75
    """Some are deferred: run the same command again (`EX_TEMPFAIL` of sysexits)."""
    INTERRUPTED = 130
    """As a shell says it of Ctrl-C: 128 and the number of the signal."""


class ComposerError(Exception):
    """Stops the run with one sentence for the user: where, what, what to do."""

    exit_code: ClassVar[Exit] = Exit.REFUSED


class UsageError(ComposerError):
    """The command was asked for something that it cannot mean."""

    exit_code: ClassVar[Exit] = Exit.USAGE


class TryAgainError(ComposerError):
    """Nothing is wrong with the newsletter; the world was not ready (sysexits `EX_TEMPFAIL`)."""

    exit_code: ClassVar[Exit] = Exit.TRY_AGAIN


class FindingsError(ComposerError):
    """The files hold mistakes that forbid going on; `findings` names all of them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(set(findings)))
        super().__init__("\n".join(map(str, self.findings)))
