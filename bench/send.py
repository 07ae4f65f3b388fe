"""How fast Composer sends, beside others and through the same server: `make bench`, or `python bench/send.py`.

Needs Postfix's smtp-sink and smtp-source (Debian's package postfix); nodemailer takes part where node and npm are.
Only ratios of one run mean anything on another machine. docs/performance.md says what is measured and how.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench import clients, disk, machine, memory, pace
from bench.homes import Homes, letter
from bench.sink import Sink, weigh
from composer.dkim import make_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.clients import Client
    from bench.tables import Table

WORK = Path(__file__).resolve().parent.parent / "out" / "bench"
"""On the disk that a newsletter's ledger lies on, and never in git."""

ROUNDS, QUICK_ROUNDS, QUICK_SCALE = 5, 3, 0.25
LISTS, QUICK_LISTS = (10_000, 100_000, 1_000_000), (10_000, 100_000)
SAME_SIZE = 0.02
"""By so much the messages of two clients may differ in size."""
LONGEST_S = 60
"""For so long a list is sent to when only the memory is looked at, unless all of it was asked for."""


def main(arguments: list[str] | None = None) -> None:
    """Print what the figures were measured on, and the tables."""
    options = _parser().parse_args(arguments)
    if not (shutil.which("smtp-sink") and shutil.which("smtp-source")):
        raise SystemExit("smtp-sink and smtp-source are not on this machine; install the package postfix")
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    bullet = "* " if options.markdown else ""
    print(*(f"{bullet}{fact}" for fact in machine.described(WORK)), sep="\n")
    with Sink() as sink:
        for table in _tables(sink, options):
            print(f"\n{table.markdown() if options.markdown else table}", flush=True)
    shutil.rmtree(WORK)  # a million people are a gigabyte; after a failure it is kept, to look at


def _tables(sink: Sink, options: argparse.Namespace) -> Iterator[Table]:
    if options.only in {None, "pace"}:
        rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
        yield _pace(sink, rounds, scale=QUICK_SCALE if options.quick else 1)
    if options.only in {None, "disk"} and _has_strace():
        yield disk.table([disk.measure(Homes(WORK / "slow"), sink, delay_ms) for delay_ms in disk.DELAYS_MS])
    if options.only in {None, "memory"}:
        yield _memory(sink, QUICK_LISTS if options.quick else LISTS, None if options.whole else LONGEST_S)


def _pace(sink: Sink, rounds: int, *, scale: float) -> Table:
    """Everybody in turn, round after round, so that whatever disturbs the machine disturbs all of them."""
    taking_part = tuple(_clients())
    octets = {client.name: weigh(client.send, messages=10) for client in taking_part}
    _compare(octets)
    found: dict[str, list[pace.Pace]] = {client.name: [] for client in taking_part}
    for number in range(1, rounds + 1):
        for client in taking_part:
            _tell(f"round {number} of {rounds}: {client.name}")
            found[client.name].append(pace.undisturbed(client, sink, scale=scale))
    return pace.table(found, octets)


def _compare(octets: dict[str, float]) -> None:
    """Whoever sends less has less to do: nobody may."""
    if max(octets.values()) > min(octets.values()) * (1 + SAME_SIZE):
        raise SystemExit(
            f"the messages differ in size by more than {SAME_SIZE:.0%}: {octets}; correct bench/clients.py"
        )


def _clients() -> Iterator[Client]:
    key = WORK / "dkim.pem"
    key.write_bytes(make_key())
    ours = clients.composer(Homes(WORK / "plain"))
    yield ours
    yield clients.composer(Homes(WORK / "signed", key))
    yield clients.whole_command(Homes(WORK / "whole"))
    yield from clients.nodemailer(letter(WORK / "letter") / "letter.json", key)
    yield clients.sendmail(WORK / "letter" / "letter.eml")
    yield clients.wire(weigh(ours.send, messages=10))


def _memory(sink: Sink, lists: tuple[int, ...], longest_s: float | None) -> Table:
    homes, peaks = Homes(WORK / "lists"), []
    for readers in lists:
        _tell(f"memory: {readers:,} people")
        peaks.append(memory.measure(homes, sink, readers, longest_s))
    return memory.table(peaks)


def _has_strace() -> bool:
    if shutil.which("strace"):
        return True
    _tell("slow disks are left out: strace is not on this machine")
    return False


def _tell(what: str) -> None:
    """To whoever waits; the tables alone go to the standard output."""
    sys.stderr.write(f"{what}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, help=f"how often everybody has a turn (default {ROUNDS})")
    parser.add_argument("--quick", action="store_true", help="fewer rounds of fewer messages, and shorter lists")
    parser.add_argument("--only", choices=["pace", "disk", "memory"], help="one of the tables")
    parser.add_argument("--whole", action="store_true", help=f"send to the whole of every list, not for {LONGEST_S} s")
    parser.add_argument("--markdown", action="store_true", help="print the tables as docs/performance.md has them")
    return parser


if __name__ == "__main__":
    main()
