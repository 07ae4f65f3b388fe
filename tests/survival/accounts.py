"""The laws: what the ledger says of an issue is held against what the peer has taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from tests.survival.mailers import status

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tests.survival.records import Taken

_WAITING = ("planned", "deferred")


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger's word on an issue, as `composer status --json` gives it while nobody is sending."""

    planned: int = 0
    """How many it was ever planned for."""
    states: Counter[str] = field(default_factory=Counter)
    adds_up: bool = True
    doubtful: frozenset[str] = frozenset()
    """The addresses that are named as in doubt."""
    refused: frozenset[str] = frozenset()

    @classmethod
    def of(cls, home: Path) -> Self:
        """The account of issue 1; an empty one where nothing is planned yet."""
        said = status(home)
        if said is None:
            return cls()
        named = {"in-doubt": set[str](), "failed": set[str](), "deferred": set[str]()}
        for one in said["deliveries"]:
            named[one["state"]].add(one["address"])
        doubtful, refused = frozenset(named["in-doubt"]), frozenset(named["failed"])
        return cls(said["planned"], Counter(said["states"]), said["adds_up"], doubtful, refused)

    @property
    def waiting(self) -> int:
        """How many are still to be sent to."""
        return sum(self.states[state] for state in _WAITING)

    def agrees_with(self, taken: Collection[Taken], everybody: Collection[str]) -> None:
        """Every address stands somewhere, and stands there rightly: sent is what was taken, or it is in doubt."""
        reached = {one.recipient for one in taken}
        assert self.adds_up
        assert self.planned in {0, len(everybody)}
        assert self.states.total() == self.planned
        assert not self.states["sending"], "a dead run is said to be sending"
        assert len(self.doubtful) == self.states["in-doubt"], "somebody in doubt is not named"
        assert len(self.refused) == self.states["failed"], "somebody who failed is not named"
        assert reached <= set(everybody)
        assert not reached & self.refused
        assert self.states["sent"] == len(reached - self.doubtful), "sent and taken differ"
        assert not self.doubtful & _followed(taken), "in doubt, though another message came after it"
        if self.planned and not self.waiting:
            assert reached | self.doubtful | self.refused == set(everybody), "somebody is lost"


def copies(taken: Collection[Taken]) -> Counter[str]:
    """How many copies everybody has; those of one message are the same to the last byte, and no two share an id."""
    recipients, messages = {one.recipient for one in taken}, {(one.message_id, one.sha256) for one in taken}
    assert len({(one.recipient, one.message_id, one.sha256) for one in taken}) == len(recipients)
    assert len({message_id for message_id, _ in messages}) == len(recipients)
    return Counter(one.recipient for one in taken)


def _followed(taken: Collection[Taken]) -> set[str]:
    """Who got a message after which another one came over the same connection."""
    last = {one.session: one for one in taken}
    return {one.recipient for one in taken if last[one.session] is not one}
