"""The canary: the first 1 % of a mailing go alone, and when too many of them fail the rest stay at home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from composer.errors import ComposerError
from composer.ledger import State

if TYPE_CHECKING:
    from collections import Counter

    from composer.delivery.queue import Queue

_FEWEST = 20
_ONE_IN = 100
_MOST_FAILED_PERCENT = 5


class CanaryError(ComposerError):
    """Too many of the first have failed."""

    def __init__(self, failed: int, tried: int) -> None:
        super().__init__(
            f"{failed} of the first {tried} were refused, so the rest were not sent to: is it the right list, and is "
            "the mail server's answer about us? Look at them with `composer status`; if the rest shall be sent to all "
            "the same, run the same command again with --no-canary"
        )


class Canary:
    """Counts the first of a mailing, those of earlier runs among them, and judges when all have an answer."""

    def __init__(self, size: int, *, answered: int = 0, failed: int = 0) -> None:
        self._size = size
        self._answered = answered
        self._failed = failed
        self._counted: set[int] = set()

    @classmethod
    def of(cls, counts: Counter[State]) -> Self | None:
        """The canary of a mailing whose people stand so; None for one too small."""
        planned = counts.total() - counts[State.EXCLUDED]
        size = max(_FEWEST, -(-planned // _ONE_IN))
        failed = counts[State.FAILED]
        answered = counts[State.SENT] + counts[State.IN_DOUBT] + failed
        return cls(size, answered=answered, failed=failed) if size < planned else None

    def guard(self, queue: Queue) -> None:
        """Hold back the rest, if some of the first are still to come; raises `CanaryError` like `note`.

        Where more have an answer than the canary has, the rest were let go before, and are not judged again.
        """
        if self._answered == self._size:
            self._judge()
        elif not self._is_over():
            queue.close_after(self._size - self._answered)

    def note(self, queue: Queue, row: int, *, failed: bool) -> None:
        """One more has an answer; the last of them lets the rest go, or raises `CanaryError`."""
        if self._is_over() or row in self._counted:
            return
        self._counted.add(row)
        self._answered += 1
        self._failed += failed
        if self._is_over():
            self._judge()
            queue.open()

    def _is_over(self) -> bool:
        return self._answered >= self._size

    def _judge(self) -> None:
        if self._failed * 100 > self._answered * _MOST_FAILED_PERCENT:
            raise CanaryError(self._failed, self._answered)
