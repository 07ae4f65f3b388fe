"""A process of its own that sends issue 653, for tests that kill it: `python -m tests.delivery.sender LEDGER PORT`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from composer.settings import Smtp
from tests.delivery.conftest import Office


def main(ledger: str, port: str) -> None:
    office = Office(Path(ledger))
    result = asyncio.run(office.run(Smtp(host="127.0.0.1", port=int(port), security="none"), connections=3))
    print("interrupted" if result.was_interrupted else "done")  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(*sys.argv[1:])
