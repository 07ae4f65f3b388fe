"""Being stopped from outside: what Ctrl-C means, a service manager's SIGTERM means too."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def termination_as_interrupt() -> Iterator[None]:
    """Meanwhile SIGTERM does what SIGINT does: messages in flight end, the ledger is true, the cursor comes back.

    Where signals cannot be had (in another thread) nothing changes; Windows knows the name and never delivers it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)
