"""An embedded mail server that delivers to a folder: what everybody would get, to look at and not to send.

    async with Sandbox(home / "out" / "653") as sandbox:
        ...                      # hand messages over to sandbox.smtp
        sandbox.write_inbox()    # and open out/653/index.html

The messages lie in the folder as .eml, exactly as they came over the wire; the pages around them, in `mail/`, are made
in `inbox`.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from aiosmtpd.smtp import SMTP

from composer.errors import ComposerError
from composer.issue import slug
from composer.sandbox.inbox import write_inbox
from composer.sandbox.letter import Letter
from composer.settings import Smtp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from aiosmtpd.smtp import Envelope, Session

_HOST = "127.0.0.1"
_LARGEST_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 80
_NAME = r"[^/]*-[0-9a-f]{8}(-\d+)?"
_OURS = re.compile(rf"{_NAME}\.eml|mail/{_NAME}(\.body)?\.html|pictures/[0-9a-f]{{24}}\.[a-z]+|index\.html")


class Sandbox:
    """The server and its folder. Files that an earlier sandbox left there are replaced, all others stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._letters: dict[str, Letter] = {}
        self._sessions: set[SMTP] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        with self._writing():
            self._clear()
        self._server = await asyncio.get_running_loop().create_server(self._session, _HOST, 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for session in self._sessions:
            if session.transport is not None:
                session.transport.close()
        await asyncio.sleep(0)

    @property
    def smtp(self) -> Smtp:
        """The settings that lead to this server."""
        if self._server is None:
            raise RuntimeError("the sandbox is not open")
        return Smtp(host=_HOST, port=self._server.sockets[0].getsockname()[1], security="none")

    @property
    def letters(self) -> tuple[Letter, ...]:
        """What has arrived, in the order of the recipients' addresses; a second message to one person is one more."""
        return tuple(sorted(self._letters.values(), key=lambda letter: (letter.recipient.casefold(), letter.name)))

    def write_inbox(self) -> Path:
        """Write the pages for everything that has arrived, and return the first one's path."""
        with self._writing():
            return write_inbox(self._folder, self.letters)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's hook
        """Keep a message; it lies on disk before the answer is given."""
        data = envelope.content if isinstance(envelope.content, bytes) else b""
        for recipient in envelope.rcpt_tos:
            name = self._free_name(recipient)
            try:
                (self._folder / f"{name}.eml").write_bytes(data)
            except OSError as error:
                return f"452 4.3.1 Not kept: {error.strerror}"
            self._letters[name] = Letter(name, str(envelope.mail_from), recipient, data)
        return "250 2.0.0 Kept"

    def _session(self) -> asyncio.BaseProtocol:
        session = SMTP(self, hostname="sandbox.invalid", ident="Composer sandbox", data_size_limit=_LARGEST_BYTES)
        self._sessions.add(session)
        return session

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ComposerError(f"the sandbox cannot write to {self._folder.as_posix()} ({error.strerror})") from error

    def _clear(self) -> None:
        for path in (path for pattern in ("*", "mail/*", "pictures/*") for path in self._folder.glob(pattern)):
            if _OURS.fullmatch(path.relative_to(self._folder).as_posix()):
                path.unlink(missing_ok=True)
        (self._folder / "mail").mkdir(parents=True, exist_ok=True)
        (self._folder / "pictures").mkdir(exist_ok=True)

    def _free_name(self, recipient: str) -> str:
        """A file name that tells whose message it is, the same in every run, and allowed on every system."""
        digest = hashlib.sha256(recipient.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        name = f"{slug(recipient.replace('@', ' at '))[:_LONGEST_NAME]}-{digest}"
        copies = sum(letter.recipient == recipient for letter in self._letters.values())
        return f"{name}-{copies + 1}" if copies else name
