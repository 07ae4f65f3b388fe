"""aiosmtplib's `sendmail` on ten connections: `python sendmail.py MESSAGE PORT MESSAGES`.

Everybody gets the same finished bytes, and nothing is recorded: what is measured is the handing over alone.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import aiosmtplib

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS = 10


async def main(data: bytes, port: int, messages: int) -> None:
    """Hand everything over, and say how much was taken."""
    numbers = iter(range(messages))
    taken = await asyncio.gather(*(_loop(data, port, numbers) for _ in range(CONNECTIONS)))
    print(json.dumps({"taken": sum(taken)}))


async def _loop(data: bytes, port: int, numbers: Iterator[int]) -> int:
    """One connection's share of the work; how many messages the server took."""
    taken = 0
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
        for number in numbers:
            await client.sendmail(f"bounces+{number}@example.org", [f"reader{number}@example.org"], data)
            taken += 1
    return taken


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_bytes(), int(sys.argv[2]), int(sys.argv[3])))
