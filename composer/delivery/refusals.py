"""Tells answers about recipients from answers about us, by how many in a row are alike."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from composer.errors import ComposerError, TryAgainError
from composer.ledger import State

if TYPE_CHECKING:
    from composer.ledger import Answer

_FORGIVEN_FOR = 20
"""So many messages that are taken make up for one whose answer was lost."""

_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")


class RefusedAlikeError(ComposerError):
    """The server refuses one recipient like the next: it is not about them."""


class LostAnswersError(ComposerError):
    """One answer after the other is lost: it is not chance."""


class Refusals:
    """Holds permanent refusals back until it is plain that they are about their recipients.

    A server that has blocked the sender answers 5yz for everybody, and a mailer that believes it marks a whole list as
    dead. So a refusal stays *deferred* until another answer shows that the server takes mail from us after all, or
    until the run ends well with fewer than `limit` in a row. Alike are refusals with the same code and the same
    enhanced status (RFC 3463), where the server gives one; the words may name the recipient.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: list[Answer] = []
        self._kind: tuple[int | None, str] | None = None

    def hold(self, answer: Answer) -> tuple[Answer, ...]:
        """Take a refusal in; the earlier ones that are believed now. `RefusedAlikeError` at the limit."""
        kind = _kind(answer)
        believed = () if kind == self._kind else self.believe()
        self._kind = kind
        self._held.append(replace(answer, state=State.FAILED, attempts=0))
        if len(self._held) >= self._limit:
            raise RefusedAlikeError(
                f'the mail server refused {self._limit} recipients in a row alike ("{_said(answer)}"), so this is '
                "about us and not about them: nobody was marked as failed for it. Ask whoever runs the mail server; "
                "if those addresses are wrong all the same, take them off the lists. Then run the same command again"
            )
        return believed

    def believe(self) -> tuple[Answer, ...]:
        """All that were held back, as failures of their recipients."""
        believed, self._held, self._kind = tuple(self._held), [], None
        return believed


class Deferrals:
    """Notices when the server puts off one recipient like the next: a quota is used up, or it is not well."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._last: tuple[int | None, str] | None = None

    def note(self, answer: Answer) -> None:
        """Take one in; raises `TryAgainError` at the limit."""
        kind = _kind(answer)
        self._count = self._count + 1 if kind == self._last else 1
        self._last = kind
        if self._count >= self._limit:
            raise TryAgainError(
                f'the mail server put off {self._count} messages in a row alike ("{_said(answer)}"); '
                "run the same command again later"
            )

    def forget(self) -> None:
        """The server has given another answer."""
        self._count = 0


class LostAnswers:
    """Notices when doubt becomes the rule: whoever goes on then does not know of a whole list who has got it.

    A server that is started again loses one answer on every connection, and that is forgiven as messages are taken:
    one lost answer for every twenty. So at most twice as many are in doubt as there are connections where nothing is
    taken, and about one in twenty where some are.
    """

    def __init__(self, connections: int) -> None:
        self._limit = max(connections, 2) * _FORGIVEN_FOR
        self._weight = 0
        self._count = 0

    def note(self, answer: Answer) -> None:
        """One more; raises `LostAnswersError` when they are too many."""
        self._count += 1
        self._weight += _FORGIVEN_FOR
        if self._weight > self._limit:
            raise LostAnswersError(
                f"the mail server was handed {self._count} messages and did not say whether it takes them "
                f'("{answer.words}"), so they are in doubt, and the rest were not sent. Ask whoever runs the mail '
                "server what became of those that `composer status` names; then run the same command again"
            )

    def forgive(self) -> None:
        """The server took one, and said so."""
        self._weight = max(0, self._weight - 1)


def _kind(answer: Answer) -> tuple[int | None, str]:
    found = _STATUS.match(answer.words)
    return answer.code, found.group() if found else ""


def _said(answer: Answer) -> str:
    return f"{answer.code} {answer.words}"
