"""What a server says that it can do (RFC 5321 §2.2), and how a transaction makes use of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from composer.courier.outcome import Stage
from composer.errors import ComposerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from composer.courier.wire import Reply
    from composer.message import Message
    from composer.settings import Smtp

_COMPLETED = 2
_START_INPUT = 354


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a transaction."""

    stage: Stage
    command: str

    def is_yes(self, reply: Reply) -> bool:
        """Whether the server goes along."""
        if self.stage is Stage.DATA:
            return reply.code == _START_INPUT
        return reply.code // 100 == _COMPLETED


@dataclass(frozen=True, slots=True)
class Offers:
    """The extensions that matter to us."""

    pipelining: bool = False
    """Commands may come in groups (RFC 2920)."""
    size: bool = False
    """The size of a message may be announced (RFC 1870)."""
    most_bytes: int = 0
    """The largest message that is taken; 0 where the server does not say."""

    @classmethod
    def of(cls, extensions: Mapping[str, str], *, in_groups: bool = True) -> Self:
        """As the answer to EHLO has it, the extensions' names in lower case; `in_groups`: PIPELINING is believed."""
        most = extensions.get("size", "").strip()
        pipelining = in_groups and "pipelining" in extensions
        return cls(pipelining, "size" in extensions, int(most) if most.isdecimal() else 0)

    def weigh(self, message: Message, smtp: Smtp) -> None:
        """Raise `ComposerError` for a message larger than the server takes: no recipient would get it."""
        size_bytes = len(message.wire)
        if self.most_bytes and size_bytes > self.most_bytes:
            raise ComposerError(
                f"the mail server {smtp.host}:{smtp.port} takes messages of at most {self.most_bytes:,} bytes, and "
                f"this one has {size_bytes:,}: nobody was sent it. Use smaller pictures, or host them "
                "(pictures.base_url)"
            )

    def steps(self, message: Message, *, again: bool) -> list[Step]:
        """The commands before the message; `again` after a transaction that was not ended (RFC 5321 §4.1.1.5)."""
        size = f" SIZE={len(message.wire)}" if self.size else ""
        return [
            *([Step(Stage.IDLE, "RSET")] if again else []),
            Step(Stage.MAIL, f"MAIL FROM:<{message.envelope_sender}>{size}"),
            Step(Stage.RECIPIENT, f"RCPT TO:<{message.envelope_recipient}>"),
            Step(Stage.DATA, "DATA"),
        ]
