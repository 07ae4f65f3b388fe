"""`composer` in processes of their own, forked from a warm one: killed, stopped, and asked what they said."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from dataclasses import dataclass
from functools import cache
from multiprocessing import connection
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any

from composer.cli import main

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable
    from multiprocessing.context import ForkServerContext, ForkServerProcess

    Prelude = Callable[[], None]

_LONGEST_S = 100


def nothing() -> None:
    """No prelude."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """One process that runs one command."""

    process: ForkServerProcess
    output: Path

    @property
    def pid(self) -> int:
        assert self.process.pid
        return self.process.pid

    @property
    def has_ended(self) -> bool:
        return bool(connection.wait([self.process.sentinel], 0))

    @property
    def said(self) -> str:
        """Both of its streams."""
        return self.output.read_text(encoding="utf-8")

    def kill(self) -> None:
        """Kill it, if it has not ended by itself; returns when it is dead."""
        self.process.kill()
        self.wait()

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def wait(self) -> int:
        """The exit code, or minus the number of the signal that it died of."""
        self.process.join(_LONGEST_S)
        code = self.process.exitcode
        assert code is not None, f"{self.pid} does not end:\n{self.said}"
        return code


def composer(home: Path, *arguments: str, prelude: Prelude = nothing) -> Mailer:
    """Start a command at a newsletter; in its process `prelude` runs first."""
    descriptor, output = mkstemp(dir=home.parent, prefix="said-", suffix=".txt")
    os.close(descriptor)
    process = _context().Process(target=_run, args=([*arguments, "--home", str(home)], output, prelude))
    process.start()
    return Mailer(process, Path(output))


def send(home: Path, *options: str, prelude: Prelude = nothing) -> Mailer:
    """Start the mailing of issue 1, as `python send.py 1 --yes` does."""
    return composer(home, "send", "1", "--yes", *options, prelude=prelude)


def status(home: Path) -> dict[str, Any] | None:
    """What `composer status 1 --json` says; None where nothing is planned yet."""
    mailer = composer(home, "status", "1", "--json")
    code, said = mailer.wait(), mailer.said
    mailer.output.unlink()
    if code == 1 and "has been planned or sent yet" in said:
        return None
    assert code == 0, said
    found: dict[str, Any] = json.loads(said)
    return found


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "tests.survival.warm"])
    return context


def _run(arguments: list[str], output: str, prelude: Prelude) -> None:
    descriptor = os.open(output, os.O_WRONLY | os.O_APPEND)
    os.dup2(descriptor, sys.stdout.fileno())
    os.dup2(descriptor, sys.stderr.fileno())
    os.close(descriptor)
    prelude()
    sys.exit(main(arguments))
