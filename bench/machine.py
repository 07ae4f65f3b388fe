"""What the figures were measured on, in one line each."""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bench.clients import PEER, PEERS

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITES = 100


def described(folder: Path) -> Iterator[str]:
    """The machine, the programs, and the disk under `folder`, where the ledgers lie; a line each."""
    yield f"{os.cpu_count()} cores of {_processor()}, {platform.system()} {platform.release()}"
    node = _said("node", "--version")
    peers = f"aiosmtplib {version('aiosmtplib')}, {PEER} {_pinned()} on Node.js {node}"
    yield f"Python {platform.python_version()}, {peers}, Postfix {_said('postconf', '-dh', 'mail_version')}"
    yield f"an fsync of 4 KB to the ledger's disk takes {_fsync_ms(folder):.2f} ms"
    yield f"load average when it began: {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return names[0] if names else platform.machine()


def _said(*command: str) -> str:
    """What a program prints; "(not here)" where there is none."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "(not here)"


def _pinned() -> str:
    [release] = re.findall(rf'"{PEER}": "(.+)"', (PEERS / "package.json").read_text(encoding="utf-8"))
    return str(release)


def _fsync_ms(folder: Path) -> float:
    """The median of many: what one commit costs at least."""
    times, path = [], folder / "fsync"
    with path.open("wb", buffering=0) as file:
        for _ in range(_WRITES):
            file.write(bytes(4096))
            begun = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
    path.unlink()
    return statistics.median(times) * 1000
