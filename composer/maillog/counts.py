"""What smtpd counts of one connection when it is over: " ehlo=1 mail=2 rcpt=1/2 data=1/2 commands=5/7"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_COUNT = re.compile(r" ([a-z]+)=(\d+)(?:/(\d+))?")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many commands there were, and how many did what they were for."""

    is_told: bool
    """Whether anything was counted: a Postfix before 3.0 does not."""
    is_leave: bool
    """Whether the client said QUIT: then it was alive, and had all its answers."""
    is_introduced: bool
    """Whether it said EHLO."""
    mails: int
    """Senders agreed to: each message has one."""
    whole: int
    """Messages accepted; where they came by BDAT (RFC 3030) it is more, and the log seems to miss some."""
    failed: int
    """Messages begun, or to be begun, that were not."""
    unheard: int
    """Recipients refused: DATA may have failed behind each of them."""

    @classmethod
    def read(cls, told: str) -> Self:
        """From the end of the line "disconnect from"."""
        counts = {name: (int(good), int(total or good)) for name, good, total in _COUNT.findall(told)}
        mail, rcpt, data, bdat = (counts.get(name, (0, 0)) for name in ("mail", "rcpt", "data", "bdat"))
        return cls(
            is_told="commands" in counts,
            is_leave="quit" in counts,
            is_introduced="ehlo" in counts,
            mails=mail[0],
            whole=data[0] + bdat[0],
            failed=data[1] - data[0] + bdat[1] - bdat[0],
            unheard=rcpt[1] - rcpt[0],
        )
