"""The summary for a machine: one JSON object, written piece by piece; moments in UTC (ISO 8601)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from composer.report.summary import NAMED, ORDER

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from composer.ledger import Deed, Delivery, State
    from composer.report.summary import Summary


def pieces(summary: Summary) -> Iterator[str]:
    """The whole object; the domains and the named deliveries come last, each on a line of its own."""
    yield json.dumps(_sums(summary), ensure_ascii=False, indent=2).removesuffix("\n}")
    yield ',\n  "domains": {'
    ending = "\n"
    for tally in summary.every_domain():
        yield f"{ending}    {_written(tally.name)}: {_written(_as_words(tally.counts))}"
        ending = ",\n"
    yield '\n  },\n  "deliveries": ['
    ending = "\n"
    for state in NAMED:
        for one in summary.named(state):
            yield f"{ending}    {_written(_case(one))}"
            ending = ",\n"
    yield "\n  ]\n}\n"


def _sums(summary: Summary) -> dict[str, Any]:
    planned, sender = summary.planned, summary.sender
    return {
        "issue": planned.number,
        "planned": planned.planned,
        "adds_up": summary.adds_up,
        "is_done": summary.is_done,
        "states": _as_words(summary.counts),
        "planned_at": planned.planned_at.isoformat(),
        "planned_by": planned.planned_by,
        "host": planned.host,
        "content": planned.content_hash,
        "audience": planned.audience_hash,
        "sender": sender and {"host": sender.host, "process": sender.process, "since": sender.since.isoformat()},
        "segments": {tally.name: _as_words(tally.counts) for tally in summary.segments},
        "deeds": [_deed(one) for one in summary.deeds],
    }


def _as_words(counts: Counter[State]) -> dict[str, int]:
    return {state.value: counts[state] for state in ORDER}


def _deed(one: Deed) -> dict[str, str]:
    return {
        "at": one.at.isoformat(),
        "person": one.person,
        "host": one.host,
        "what": one.what,
        "detail": one.detail,
    }


def _case(one: Delivery) -> dict[str, Any]:
    return {
        "address": one.address,
        "state": one.state.value,
        "code": one.code,
        "words": one.words,
        "attempts": one.attempts,
        "updated_at": one.updated_at.isoformat(),
        "message_id": one.message_id,
    }


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
