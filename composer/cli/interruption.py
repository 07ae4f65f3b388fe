"""Being stopped from outside: what Ctrl-C means, a service manager's SIGTERM and a closed terminal mean too."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def termination_as_interrupt() -> Iterator[None]:
    """Meanwhile SIGTERM and SIGHUP do what SIGINT does: messages in flight end, the ledger is true.

    A signal that is ignored, as SIGHUP is under nohup, stays so. Where signals cannot be had (in another thread)
    nothing changes; Windows knows no SIGHUP, and never delivers SIGTERM.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _ENDING}
    heard = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in heard:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)
