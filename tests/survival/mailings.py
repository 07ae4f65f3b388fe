"""One mailing to a peer, whatever befalls it, and the court that is held over it after every blow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.survival.accounts import Account
from tests.survival.mailers import nothing, send
from tests.survival.newsletters import readers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.survival.mailers import Mailer, Prelude
    from tests.survival.records import Peer, Taken

TRY_AGAIN = 75


@dataclass
class Mailing:
    """Issue 1 of a newsletter that was made for so many people, from its beginning on."""

    home: Path
    peer: Peer
    people: int
    options: tuple[str, ...] = ()
    history: tuple[Taken, ...] = ()
    """What the peer took of it before."""

    def __post_init__(self) -> None:
        self.peer.settle()
        self._since = len(self.peer.taken)

    @cached_property
    def everybody(self) -> list[str]:
        """Every address."""
        return readers(self.people)

    @property
    def taken(self) -> list[Taken]:
        """What the peer took of this mailing, if it takes of one after the other."""
        return [*self.history, *self.peer.taken[self._since :]]

    def begin(self, *options: str, prelude: Prelude = nothing) -> Mailer:
        """Start the mailer."""
        return send(self.home, *self.options, *options, prelude=prelude)

    def judge(self) -> Account:
        """The account as it stands when the peer has read all that dead senders have left; lawful, or else."""
        self.peer.settle()
        account = Account.of(self.home)
        account.agrees_with(self.taken, self.everybody)
        return account

    def finish(self, *options: str) -> Account:
        """Run the mailer to its end, again and again while it says that somebody has to wait."""
        code = TRY_AGAIN
        while code == TRY_AGAIN:
            mailer = self.begin(*options)
            code = mailer.wait()
            account = self.judge()
            assert code == _expected(account), mailer.said
        return account


def _expected(account: Account) -> int:
    if account.doubtful:
        return 1
    return TRY_AGAIN if account.waiting else 0
