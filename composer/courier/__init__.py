"""Hands one message over to the mail server and says what became of it: accepted, deferred, rejected or in doubt.

A server's answer is an `Outcome`; only what forbids going on at all (no such server, a refused login, a wrong
certificate) is an exception, raised by `open`. No other room knows aiosmtplib and its exceptions.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from composer.courier.offers import Offers, Step
from composer.courier.opening import opened
from composer.courier.outcome import Kind, Outcome, Stage, judged, out_of_turn, unanswered
from composer.courier.wire import Reply, SilenceError, Wire, WireError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from types import TracebackType

    from composer.message import Message
    from composer.settings import Smtp

__all__ = ["Courier", "Kind", "Outcome", "Stage"]

DOT = b".\r\n"
"""The line that ends a message (RFC 5321 §4.1.1.4)."""

_SAID_IN_GROUPS = frozenset({Stage.MAIL, Stage.RECIPIENT, Stage.DATA})
"""Where a server falls silent or loses count that has promised PIPELINING and cannot do it."""

_BAD_SEQUENCE = 503


class Courier:
    """One connection to the mail server, used for one message after the other.

        async with Courier(settings.smtp, password) as courier:
            outcome = await courier.deliver(message, begin)

    After an outcome with `connection_lost`, `open` connects anew.
    """

    def __init__(self, smtp: Smtp, password: str | None = None) -> None:
        self._smtp = smtp
        self._password = password
        self._wait = smtp.timeouts
        self._offers = Offers()
        self._wire: Wire | None = None
        self._is_unfinished = False
        self._groups_were_lost = False
        self.stage = Stage.IDLE
        """How far the last message came; at the dot it may have been taken."""

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            await self.close()
        else:
            self._drop()

    @property
    def is_open(self) -> bool:
        """Whether the connection still stands, and the server has not begun to speak of its own accord."""
        return self._wire is not None and self._wire.is_open and self._wire.is_quiet

    async def open(self) -> None:
        """Connect, make the connection private and log in.

        Raises `TryAgainError` where waiting may help, `ComposerError` where only a change of the settings will.
        """
        self._drop()
        self._wire, extensions = await opened(self._smtp, self._password)
        self._offers = Offers.of(extensions, in_groups=not self._groups_were_lost)
        self._is_unfinished = False

    async def close(self) -> None:
        """Take leave of the server (RFC 5321 §4.1.1.10), or just go where it is past listening."""
        try:
            if self._wire is not None and self.is_open:
                with suppress(WireError):
                    self._wire.say(["QUIT"])
                    await self._wire.reply(self._wait.quit)
        finally:
            self._drop()

    async def deliver(self, message: Message, begin: Callable[[], Awaitable[None]]) -> Outcome:
        """Hand one message over.

        `begin` writes down that the message is about to be handed over. It is started at once and runs beside the
        first commands; nothing of the message is sent before it has returned. If it raises, nothing is sent, the
        connection is given up and its exception goes on. `ComposerError` for a message that the server is sure to
        refuse for its size (RFC 1870).
        """
        self.stage = Stage.IDLE
        wire = self._wire
        if wire is None or not self.is_open:
            self._drop()
            return unanswered(Stage.IDLE, "the connection is closed")
        self._offers.weigh(message, self._smtp)
        begun = asyncio.ensure_future(begin())
        try:
            return await self._transaction(wire, message, begun)
        except WireError as error:
            self._drop()
            self._groups_were_lost |= isinstance(error, SilenceError) and self.stage in _SAID_IN_GROUPS
            await begun
            return unanswered(self.stage, str(error))
        except BaseException:
            self._drop()
            raise

    async def _transaction(self, wire: Wire, message: Message, begun: Awaitable[None]) -> Outcome:
        """The commands of RFC 5321 §3.3, in groups where the server takes groups; `stage` is true on the way."""
        no = await self._introduce(wire, message)
        await begun
        if no is not None:
            return self._settled(no)
        await wire.send(memoryview(message.wire)[: -len(DOT)], self._wait.body)
        if not wire.is_quiet:
            return await self._interrupted(wire)
        self.stage = Stage.DOT
        wire.write(DOT)
        reply = await wire.reply(self._wait.dot)
        self._is_unfinished = False
        return self._settled(reply)

    async def _interrupted(self, wire: Wire) -> Outcome:
        """The server answers before the dot, so it takes nothing; what it says unasked for is no yes (RFC 5321 §3.3).

        The connection goes too: a server that has not heard the end might take the rest for commands.
        """
        reply = await wire.reply(self._wait.dot)
        self._drop()
        return self._settled(reply)

    async def _introduce(self, wire: Wire, message: Message) -> Reply | None:
        """Sender, recipient and DATA; the first reply that is not a yes, or None when the message is awaited.

        `stage` is then that of the refused command.
        """
        steps = self._offers.steps(message, again=self._is_unfinished)
        self._is_unfinished = True
        for group in [steps] if self._offers.pipelining else [[step] for step in steps]:
            if not wire.is_quiet:
                raise WireError("the server answered what nobody had asked")
            wire.say([step.command for step in group])
            for index, step in enumerate(group):
                self.stage = step.stage
                reply = await wire.reply(self._patience(step))
                if not step.is_yes(reply):
                    with suppress(WireError):  # whoever hangs up after a "no" has said it all the same
                        await self._hear_out(wire, group[index:])
                    return reply
        return None

    async def _hear_out(self, wire: Wire, refused: Sequence[Step]) -> None:
        """The replies to what was said behind a command that was refused, the first of these.

        Where DATA is agreed to though nobody is to get it, a lone dot ends it (RFC 2920 §3.1); where somebody would,
        only hanging up keeps an empty message from them.
        """
        has_recipient = False
        for step in refused[1:]:
            is_yes = step.is_yes(await wire.reply(self._patience(step)))
            has_recipient |= is_yes and step.stage is Stage.RECIPIENT
            if is_yes and step.stage is Stage.DATA:
                if has_recipient:
                    self._drop()
                    return
                wire.write(DOT)
                await wire.reply(self._wait.dot)

    def _patience(self, step: Step) -> float:
        return self._wait.data if step.stage is Stage.DATA else self._wait.command

    def _settled(self, reply: Reply) -> Outcome:
        outcome = self._judged(reply)
        if outcome.connection_lost or not self.is_open:
            self._drop()
            return replace(outcome, connection_lost=True)
        return outcome

    def _judged(self, reply: Reply) -> Outcome:
        """In a group 503 means that the server has lost count; said of a single command it is meant."""
        if not self._offers.pipelining or self.stage not in _SAID_IN_GROUPS:
            return judged(self.stage, reply.code, reply.text)
        is_lost = reply.code == _BAD_SEQUENCE
        outcome = (out_of_turn if is_lost else judged)(self.stage, reply.code, reply.text)
        self._groups_were_lost |= outcome.code is None
        return outcome

    def _drop(self) -> None:
        """Leave without a word."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None
