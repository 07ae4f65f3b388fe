"""Answers that are lost between the mailer and a real Postfix, and what its log makes of them."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

import pytest

from composer.cli import main
from composer.errors import Exit
from tests.cli.conftest import change
from tests.postfix import Postfix

if TYPE_CHECKING:
    from pathlib import Path

_END = b"\r\n.\r\n"


class BrokenLine:
    """A line to the relay that breaks at the dot: for one reader behind it, for another before it."""

    def __init__(self, relay: int, *, after: str, before: str) -> None:
        self._relay, self._after, self._before = relay, after, before
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _carry(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        relay, forth = await asyncio.open_connection("127.0.0.1", self._relay)
        answers = asyncio.create_task(self._pass(relay, back))
        with suppress(ConnectionError):
            await self._listen(client, forth, answers)
        answers.cancel()
        for writer in (back, forth):
            writer.close()

    async def _listen(self, client: asyncio.StreamReader, forth: asyncio.StreamWriter, answers: object) -> None:
        assert isinstance(answers, asyncio.Task)
        said = b""
        while data := await client.read(65536):
            said += data
            whole = said.endswith(_END)
            if whole and f"<{self._before}>".encode() in said:
                forth.write(data[: -len(_END)])
                await forth.drain()
                self._before = ""
                return
            if whole and f"<{self._after}>".encode() in said:
                answers.cancel()
                forth.write(data)
                await forth.drain()
                await asyncio.sleep(0.5)  # Postfix takes it meanwhile, and says so to nobody
                self._after = ""
                return
            said = b"" if whole else said
            forth.write(data)
            await forth.drain()

    @staticmethod
    async def _pass(relay: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        while data := await relay.read(65536):
            back.write(data)
            await back.drain()


def pass_seconds(postfix: Postfix) -> None:
    """The log has to reach from before the lost connections to after them, by more than the clocks may be apart."""
    for _ in range(3):
        postfix.go_on()


def addresses(home: Path) -> list[str]:
    lines = (home / "recipients" / "members.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return [line.split(",")[0] for line in lines]


def test_what_arrived_is_sent_what_did_not_is_sent_again_and_nobody_is_asked(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setenv("COMPOSER_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("COMPOSER_SMTP_SECURITY", "none")
    first, second, *_ = addresses(home)

    def send(port: int) -> int:
        monkeypatch.setenv("COMPOSER_SMTP_PORT", str(port))
        return main(["send", "1", "--yes"])

    with Postfix(tmp_path / "relay") as postfix:
        change(home / "newsletter.yaml", "  security: starttls", f"  security: starttls\n  log: {postfix.log}")

        pass_seconds(postfix)

        async def scene() -> int:
            async with BrokenLine(postfix.port, after=first, before=second) as line:
                return await asyncio.to_thread(send, line.port)

        assert asyncio.run(scene()) != Exit.DONE
        pass_seconds(postfix)
        capsys.readouterr()
        assert send(postfix.port) == Exit.DONE
        said = capsys.readouterr()
        assert "4 planned = 4 sent" in said.out
        assert len(postfix.queued()) == 4
        assert len(postfix.wait_for(r"\(queue active\)", 4)) == 4


@pytest.fixture(autouse=True)
def relay_folder(tmp_path: Path) -> None:
    (tmp_path / "relay").mkdir()
