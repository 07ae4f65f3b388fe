"""Composer's own mailing as the commands of the bench; all that the bench knows of delivery and ledger is here.

    python bench/mailing.py plan HOME                  freeze the newest issue for everybody on the list
    python bench/mailing.py send HOME --port PORT      hand it over through ten connections, the ledger on

Both print how much memory the process had at most (VmHWM, in KiB) and how many messages were planned or taken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.homes import NUMBER, SELECTOR
from composer.courier import Courier
from composer.delivery import Bindery, Order, People, Printing, World, prepare, run
from composer.dkim import Signer
from composer.galley import typeset
from composer.home import Home
from composer.ledger import Ledger, Operator, State, sqlite
from composer.message import compile_message
from composer.settings import Smtp
from composer.unsubscribe import Tokens

if TYPE_CHECKING:
    from composer.delivery import Result
    from composer.ledger import Run

CONNECTIONS = 10
_TOKENS = Tokens("a key that signs nothing but bench")
_OPTED_OUT = 100
"""So many are on the suppression list and on no other: everybody is looked for in it, and nobody found."""
_OPERATOR = Operator("bench", "localhost", 1)


def plan(home: Home, signer: Signer | None) -> int:
    """What `composer send` does before it hands anything over; how many people are planned."""
    newsletter = home.newsletter().value
    if newsletter is None:
        raise SystemExit(f"{home.root}: newsletter.yaml has mistakes")
    galley = typeset(home, NUMBER, newsletter)
    variants = {
        name: compile_message(email, newsletter, number=NUMBER, signer=signer) for name, email in galley.emails.items()
    }
    recipients = galley.audience.recipients
    with _ledger(home) as ledger, ledger.run(NUMBER, _OPERATOR) as turn:
        printing = Printing(variants, galley.variant_of)
        people = People(recipients, printing.audience_of(recipients).hexdigest())
        turn.plan(prepare(printing, people, Bindery(World().now(), _TOKENS, signer)))
        for number in range(_OPTED_OUT):
            ledger.opt_out(_TOKENS.address_hash(f"gone{number}@example.org"), "bench")
    return len(recipients)


def send(home: Home, order: Order, seconds: float | None) -> int:
    """Hand over what is planned, or as much as goes into so many seconds; how many messages were taken."""
    with _ledger(home) as ledger, ledger.run(NUMBER, _OPERATOR) as turn:
        opt_outs = ledger.opt_outs()
        order = replace(order, has_opted_out=lambda key: _TOKENS.address_hash(key) in opt_outs)
        result = asyncio.run(_run(turn, order, seconds))
    return result.counts[State.SENT]


async def _run(turn: Run, order: Order, seconds: float | None) -> Result:
    """A run that Ctrl-C ends when its time is over."""
    task = asyncio.ensure_future(run(turn, order))
    if seconds is not None:
        asyncio.get_running_loop().call_later(seconds, task.cancel)
    return await task


def _order(port: int, signer: Signer | None) -> Order:
    smtp = Smtp(host="127.0.0.1", port=port, security="none")
    return Order(courier=lambda: Courier(smtp), tokens=_TOKENS, signer=signer, connections=CONNECTIONS)


def _ledger(home: Home) -> Ledger:
    return Ledger(sqlite(home.state / "ledger.db", home=home.root), World().now)


def _signer(key: Path | None) -> Signer | None:
    return Signer.from_pem(key.read_bytes(), domain="example.org", selector=SELECTOR) if key else None


def _peak_kib() -> int:
    """The most memory that this process ever had (proc(5), status), not counting its parent's."""
    [peak] = re.findall(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE)
    return int(peak)


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["plan", "send"])
    parser.add_argument("home", type=Path)
    parser.add_argument("--port", type=int)
    parser.add_argument("--seconds", type=float, help="stop then, as Ctrl-C would")
    parser.add_argument("--dkim", type=Path, metavar="PEM", help="sign with this key")
    options = parser.parse_args()
    home, signer = Home(options.home), _signer(options.dkim)
    if options.what == "plan":
        said = {"planned": plan(home, signer)}
    else:
        said = {"taken": send(home, _order(options.port, signer), options.seconds)}
    print(json.dumps(said | {"peak_kib": _peak_kib()}))


if __name__ == "__main__":
    main()
