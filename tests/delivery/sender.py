"""A process of its own that sends issue 653, for tests that kill it: `python -m tests.delivery.sender LEDGER PORT`."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from composer.settings import Smtp
from tests.delivery.conftest import MOMENT, Office


def main(ledger: str, port: str, later_s: str) -> None:
    office = Office(Path(ledger), now=MOMENT + timedelta(seconds=float(later_s)))
    result = asyncio.run(office.run(Smtp(host="127.0.0.1", port=int(port), security="none"), connections=3))
    print("interrupted" if result.was_interrupted else "done")  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(*sys.argv[1:])
