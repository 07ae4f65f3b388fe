"""A client as a process of its own, and what it costs from its start to its end."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """One process's life, as the kernel had counted it when it ended (wait4)."""

    wall_s: float
    cpu_s: float
    """User and system time of all its threads."""
    machine_s: float
    """CPU time of the whole machine meanwhile, its own included, and what other guests of the host took away."""
    peak_kib: int
    """The most memory it had at once (ru_maxrss); never less than its parent's, from which it was forked."""
    said: dict[str, int]
    """The JSON that it printed; empty where it printed something else, or nothing."""


def run(*command: str) -> Cost:
    """Run a command to its end; `SystemExit` with its own complaint when it fails."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as words, tempfile.TemporaryFile("w+") as complaint:
        busy_before_s, begun = busy_s(), time.perf_counter()
        process = subprocess.Popen(command, stdout=words, stderr=complaint)
        _, status, used = os.wait4(process.pid, 0)
        wall_s, machine_s = time.perf_counter() - begun, busy_s() - busy_before_s
        process.returncode = os.waitstatus_to_exitcode(status)
        for file in (words, complaint):
            file.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}: {complaint.read().strip()}")
        said = words.read()
    cpu_s = used.ru_utime + used.ru_stime
    return Cost(wall_s, cpu_s, machine_s, used.ru_maxrss, json.loads(said) if said.startswith("{") else {})


def busy_s() -> float:
    """User, nice, system and steal of all processors since the machine was started (proc(5), stat)."""
    with Path("/proc/stat").open(encoding="ascii") as file:
        user, nice, system, _idle, _iowait, _irq, _softirq, steal, *_ = map(int, file.readline().split()[1:])
    return (user + nice + system + steal) / os.sysconf("SC_CLK_TCK")
