"""What became of one message, judged from the server's reply and from how far the conversation had come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_SENDER_REFUSED = re.compile(r"5\.7\.515\b")
"""Microsoft's way of saying that it takes nothing from us, whoever it is for."""
_CLOSING = 421
_LONGEST_REPLY = 500


class Kind(StrEnum):
    """The four ends of an attempt."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    """Not taken this time; safe to try again."""
    REJECTED = "rejected"
    """Not taken, and never will be for this recipient."""
    IN_DOUBT = "in doubt"
    """The whole message was on its way and no answer came back: it may have been taken."""


class Stage(StrEnum):
    """How far the conversation had come, in the commands of RFC 5321 §3.3."""

    IDLE = "idle"
    MAIL = "MAIL"
    RECIPIENT = "RCPT"
    DATA = "DATA"
    DOT = "."
    """The message, and the line with a full stop that ends it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one message, in the server's own words."""

    kind: Kind
    code: int | None
    """The reply code, or None where no reply came."""
    reply: str
    """On one line; may name the recipient."""
    stage: Stage
    connection_lost: bool = False
    """The connection is of no more use; open another."""
    pauses_run: bool = False
    """The server objects to us and not to the recipient: the next message would fare no better."""

    @property
    def is_about_connection(self) -> bool:
        """Whether only the connection has ended, and the server has said nothing of the message."""
        return self.connection_lost and self.code in (None, _CLOSING)


def judged(stage: Stage, code: int, reply: str) -> Outcome:
    """The outcome that a reply means; a code that nobody knows counts by its first digit (RFC 5321 §4.2.1)."""
    reply = one_line(reply)
    if stage is Stage.IDLE:
        return unanswered(stage, f"the server refused to begin anew: {code} {reply}")
    if _is_about_us(stage, code, reply):
        return Outcome(Kind.DEFERRED, code, reply, stage, connection_lost=code == _CLOSING, pauses_run=True)
    match code // 100:
        case 2 if stage is Stage.DOT:
            return Outcome(Kind.ACCEPTED, code, reply, stage)
        case 4:
            return Outcome(Kind.DEFERRED, code, reply, stage, connection_lost=code == _CLOSING)
        case 5:
            return Outcome(Kind.REJECTED, code, reply, stage)
        case _:
            return out_of_turn(stage, code, reply)


def out_of_turn(stage: Stage, code: int, reply: str) -> Outcome:
    """The outcome of a reply that cannot be one to what was said."""
    return unanswered(stage, f"the server answered out of turn: {code} {reply}")


def unanswered(stage: Stage, why: str) -> Outcome:
    """The outcome where no reply came: harmless before the message was sent, in doubt after."""
    kind = Kind.IN_DOUBT if stage is Stage.DOT else Kind.DEFERRED
    return Outcome(kind, None, one_line(why), stage, connection_lost=True)


def _is_about_us(stage: Stage, code: int, reply: str) -> bool:
    """A "never" that comes before the recipient was named cannot be about the recipient."""
    return (stage is Stage.MAIL and code // 100 == 5) or _SENDER_REFUSED.match(reply) is not None  # noqa: PLR2004 - 5yz


def one_line(reply: str) -> str:
    """A reply, which a stranger wrote, as it may be stored and shown."""
    readable = reply.encode("utf-8", "replace").decode("utf-8")
    words = "".join(character if character.isprintable() else " " for character in readable).split()
    return " ".join(words)[:_LONGEST_REPLY]
