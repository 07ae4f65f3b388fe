"""A mailer under strace: which system calls it makes, and one of them at which it dies or the system says no.

The tracer is started by the mailer itself, just before its command begins, and attached when the command does; so what
is counted is the command's and nothing else.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.survival.mailers import Prelude

_PR_SET_PTRACER = 0x59616D61
_ANY = ctypes.c_ulong(-1)
_LINE = re.compile(r"(?P<thread>\d+) +(?:<\.\.\. )?(?P<name>\w+)(?P<rest>\(.*| resumed.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """The `nth` time (from 1) that the mailer's main thread made a system call of this name."""

    name: str
    nth: int
    line: str
    """As strace tells it."""


def traced(*options: str, log: Path) -> Prelude:
    """The prelude that puts the process under strace with these options."""
    return partial(_trace, options, str(log))


def _trace(options: Sequence[str], log: str) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY, 0, 0, 0)  # a Linux that lets a process be traced by its parents only
    command = ["strace", "-f", "-y", "-o", log, *options, "-p", str(os.getpid())]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE)
    assert tracer.stderr
    said = tracer.stderr.readline()
    assert b"attached" in said, said


def calls(log: Path) -> Iterator[Call]:
    """What a log tells of the main thread, in its order."""
    counts: dict[str, int] = {}
    main = ""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _LINE.match(line)
        main = main or line.split()[0]
        if not found or found["thread"] != main or found["rest"].startswith(" resumed"):
            continue
        name = found["name"]
        counts[name] = counts.get(name, 0) + 1
        yield Call(name, counts[name], line)
