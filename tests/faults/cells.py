"""The 28 cells: each command of a mailing, and each of the four ways in which `smtp-sink` fails at it.

Read as a specification: twelve people, two connections, a server that treats everybody alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from composer.errors import Exit
from composer.ledger import State

if TYPE_CHECKING:
    from collections.abc import Mapping

PEOPLE = 12
CONNECTIONS = 2


class How(StrEnum):
    """The sink's option for a way to fail."""

    HARD = "-f"
    """5yz: never."""
    SOFT = "-r"
    """4yz: not now."""
    DROP = "-q"
    """The connection ends where the reply was due."""
    CLOSING = "-Q"
    """421, and the connection ends."""


HARD, SOFT, DROP, CLOSING = How

NEVER = (500, "5.3.0 Error: command failed")
NOT_NOW = (450, "4.3.0 Error: command failed")
DOWN = (421, "4.0.0 Server closing connection")
NO_REPLY = (None, "the connection was lost")
TAKEN = (250, "2.0.0 Ok")
NOTHING = (None, "")

_NOBODY: Final = {State.PLANNED: (PEOPLE,)}
_EVERYBODY: Final = {State.SENT: (PEOPLE,)}
_ALL_PUT_OFF: Final = {State.DEFERRED: (PEOPLE,)}
_TEN_ALIKE: Final = {State.DEFERRED: (10, 11), State.PLANNED: (1, 2)}
_ONE_EACH: Final = {State.DEFERRED: (1, 2), State.PLANNED: (10, 11)}


@dataclass(frozen=True)
class Cell:
    """What has become of a mailing when the server fails in this way at this command, and at nothing else."""

    at: str
    how: How
    exit: Exit
    stands: Mapping[State, tuple[int, ...]]
    """How many deliveries may stand where; two connections end as they may."""
    answer: tuple[int | None, str]
    """The code and the words recorded with whoever is not planned any more."""
    said: str
    """What the manager is told, or part of it."""
    messages: int
    """The most messages that the server is troubled with (MAIL)."""
    connections: int
    """The most connections."""
    why: str

    def __str__(self) -> str:
        return f"{self.at} {self.how.name}"


CELLS = (
    # The server fails before anything is said about anybody: one try for each connection, and nobody has been begun.
    Cell("CONNECT", HARD, Exit.REFUSED, _NOBODY, NOTHING, "turned us away (500 5.3.0", 0, 2, "the wrong server"),
    Cell("CONNECT", SOFT, Exit.TRY_AGAIN, _NOBODY, NOTHING, "is not ready (450 4.3.0", 0, 2, "it may be ready later"),
    Cell("CONNECT", DROP, Exit.TRY_AGAIN, _NOBODY, NOTHING, "closed the connection", 0, 2, "a reason may pass"),
    Cell("CONNECT", CLOSING, Exit.TRY_AGAIN, _NOBODY, NOTHING, "is not ready (421 4.0.0", 0, 2, "too busy"),
    Cell("EHLO", HARD, Exit.DONE, _EVERYBODY, TAKEN, "", 12, 2, "an old server knows HELO (RFC 5321 §3.2)"),
    Cell("EHLO", SOFT, Exit.TRY_AGAIN, _NOBODY, NOTHING, "is not ready (450 4.3.0", 0, 2, "it may be ready later"),
    Cell("EHLO", DROP, Exit.TRY_AGAIN, _NOBODY, NOTHING, "closed the connection", 0, 2, "a reason may pass"),
    Cell("EHLO", CLOSING, Exit.TRY_AGAIN, _NOBODY, NOTHING, "is not ready (421 4.0.0", 0, 2, "it closes down"),
    # MAIL names nobody yet: a "never" is about us, and the first one is enough.
    Cell("MAIL", HARD, Exit.REFUSED, _ONE_EACH, NEVER, "takes nothing from us", 2, 2, "about us, and nobody's failure"),
    Cell("MAIL", SOFT, Exit.TRY_AGAIN, _ALL_PUT_OFF, NOT_NOW, "", 36, 2, "three tries each, with waits"),
    Cell("MAIL", DROP, Exit.TRY_AGAIN, _NOBODY, NOTHING, "closes every connection", 6, 6, "nothing was handed over"),
    Cell(
        "MAIL", CLOSING, Exit.TRY_AGAIN, _NOBODY, NOTHING, "421 4.0.0 Server closing", 6, 6, "nothing was handed over"
    ),
    # RCPT and DATA: a "never" may be about the recipient, but ten in a row alike are about us.
    Cell("RCPT", HARD, Exit.REFUSED, _TEN_ALIKE, NEVER, "refused 10 recipients in a row", 11, 2, "ten alike: about us"),
    Cell("RCPT", SOFT, Exit.TRY_AGAIN, _ALL_PUT_OFF, NOT_NOW, "", 36, 2, "three tries each, with waits"),
    Cell("RCPT", DROP, Exit.TRY_AGAIN, _NOBODY, NOTHING, "closes every connection", 6, 6, "nothing was handed over"),
    Cell(
        "RCPT", CLOSING, Exit.TRY_AGAIN, _NOBODY, NOTHING, "421 4.0.0 Server closing", 6, 6, "nothing was handed over"
    ),
    Cell("DATA", HARD, Exit.REFUSED, _TEN_ALIKE, NEVER, "refused 10 recipients in a row", 11, 2, "ten alike: about us"),
    Cell("DATA", SOFT, Exit.TRY_AGAIN, _ALL_PUT_OFF, NOT_NOW, "", 36, 2, "three tries each, with waits"),
    Cell("DATA", DROP, Exit.TRY_AGAIN, _NOBODY, NOTHING, "closes every connection", 6, 6, "no body has left"),
    Cell("DATA", CLOSING, Exit.TRY_AGAIN, _NOBODY, NOTHING, "421 4.0.0 Server closing", 6, 6, "no body has left"),
    # The dot: an answer says what became of the message, also 421; no answer is doubt, and doubt must not spread.
    Cell(".", HARD, Exit.REFUSED, _TEN_ALIKE, NEVER, "refused 10 recipients in a row", 11, 2, "ten alike: about us"),
    Cell(".", SOFT, Exit.TRY_AGAIN, _ALL_PUT_OFF, NOT_NOW, "", 36, 2, "three tries each, with waits"),
    Cell(
        ".",
        DROP,
        Exit.REFUSED,
        {State.IN_DOUBT: (3, 4), State.PLANNED: (8, 9)},
        NO_REPLY,
        "in doubt, and the rest were not sent",
        4,
        4,
        "twice as many as connections are enough",
    ),
    Cell(
        ".", CLOSING, Exit.TRY_AGAIN, _ONE_EACH, DOWN, "421 4.0.0 Server closing", 6, 6, "421 is a no (RFC 5321 §4.2)"
    ),
    # QUIT: everybody has it, whatever is said now.
    Cell("QUIT", HARD, Exit.DONE, _EVERYBODY, TAKEN, "", 12, 2, "everybody has it"),
    Cell("QUIT", SOFT, Exit.DONE, _EVERYBODY, TAKEN, "", 12, 2, "everybody has it"),
    Cell("QUIT", DROP, Exit.DONE, _EVERYBODY, TAKEN, "", 12, 2, "everybody has it"),
    Cell("QUIT", CLOSING, Exit.DONE, _EVERYBODY, TAKEN, "", 12, 2, "everybody has it"),
)
