from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from composer.ledger import State
from composer.report import Summary, summarise
from tests.report.ledgers import FEW, MOMENT, Case, opened, take, write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

STATES = dict.fromkeys(
    ["sent", "failed", "deferred", "in-doubt", "suppressed", "excluded", "sending", "planned"],
    0,
)


def states(**counts: int) -> dict[str, int]:
    return STATES | {name.replace("_", "-"): count for name, count in counts.items()}


def case(number: int, one: Case) -> dict[str, Any]:
    return {
        "address": one.address,
        "state": one.state.value,
        "code": one.code,
        "words": one.words,
        "attempts": 1,
        "updated_at": "2025-06-13T15:02:00+00:00",
        "message_id": f"<653.{number}@example.org>",
    }


def read(pieces: Iterable[str]) -> Any:  # noqa: ANN401 - it may be anything
    return json.loads("".join(pieces))


def test_a_machine_reads_everything(summary: Summary) -> None:
    once = dict.fromkeys(["failed", "deferred", "in_doubt", "suppressed", "excluded", "planned"], 1)
    assert read(summary.json()) == {
        "issue": 653,
        "planned": 8,
        "adds_up": True,
        "is_done": False,
        "states": states(sent=2, **once),
        "planned_at": "2025-06-13T15:02:00+00:00",
        "planned_by": "robin",
        "host": "desk",
        "content": "c0ffee" * 10,
        "audience": "decade" * 10,
        "sender": None,
        "domains": {"example.com": states(**once), "example.org": states(sent=2)},
        "segments": {"kent": states(sent=1), "members": states(sent=2, **once)},
        "deeds": [
            {
                "at": "2025-06-13T13:02:00+00:00",
                "person": "morgan",
                "host": "office",
                "what": "approved",
                "detail": "everybody, 8 people",
            },
            {
                "at": "2025-06-13T15:02:00+00:00",
                "person": "robin",
                "host": "desk",
                "what": "sending",
                "detail": "to everybody",
            },
        ],
        "deliveries": [case(3, FEW[2]), case(5, FEW[4]), case(4, FEW[3])],
    }


def test_every_delivery_has_a_line_of_its_own(summary: Summary) -> None:
    lines = "".join(summary.json()).splitlines()
    assert sum('"message_id"' in line for line in lines) == 3


def test_where_nobody_is_named_and_nothing_was_done_it_is_json_as_well(path: Path) -> None:
    write(path, FEW[:2])
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        told = read(summary.json())
    assert told["deliveries"] == told["deeds"] == []
    assert told["is_done"] is True


def test_who_is_sending_is_told(path: Path) -> None:
    write(path, FEW)
    take(path)
    with FileLock(path.with_name("ledger-653.lock")), opened(path, MOMENT) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        assert read(summary.json())["sender"] == {
            "host": "desk",
            "process": 4711,
            "since": "2025-06-13T15:02:00+00:00",
        }


def test_the_words_of_a_server_are_told_as_they_are(path: Path) -> None:
    words = 'no "such" user\r\n\x1b[2J \u2028 </script> Łukasz'
    write(path, [Case("ada@example.org", State.FAILED, words, 550)])
    with opened(path) as ledger:
        summary = summarise(ledger, 653)
        assert summary is not None
        assert read(summary.json())["deliveries"][0]["words"] == words
