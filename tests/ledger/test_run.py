from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from composer.ledger import (
    Answer,
    AudienceChangedError,
    ContentChangedError,
    Doubt,
    HeldError,
    Ledger,
    LedgerError,
    NeverPlannedError,
    NotOpenError,
    Operator,
    State,
    audience_hash,
    content_hash,
    line,
    sqlite,
    tables,
)
from composer.ledger import lock as locking
from tests.ledger.conftest import MOMENT, ROBIN, Clock, deliveries, mailing, person, waiting, without_the_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection, Row

    from composer.ledger import Addressee, Delivery, Lock, Run


@pytest.fixture
def remote(path: Path, clock: Clock) -> Iterator[Ledger]:
    """A ledger that several hosts share: no lock of one operating system can hold it."""
    with Ledger(without_the_disk(sqlite(path)).execution_options(path=None), clock) as ledger:
        yield ledger


ADA, BEN, CAT = person("ada", "members"), person("ben", "members", "kent"), person("cat", "consultants")


def states(ledger: Ledger) -> dict[str, State]:
    return {one.key.partition("@")[0]: one.state for one in deliveries(ledger)}


def send(run: Run, delivery: Delivery, state: State = State.SENT) -> None:
    run.begin(delivery.id)
    run.settle(Answer(delivery.id, state, 250, "queued"))


def test_a_plan_names_everybody_with_their_message_before_anything_is_sent(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN, CAT]))
        line = waiting(run)
        assert run.contents() == {"everyone": b"news"}
    assert [one.address for one in line] == ["ada@example.org", "ben@example.org", "cat@example.org"]
    assert line[0].fields == {"first_name": "Ada"}
    assert line[0].message_id == "<653.ada@example.org>"
    assert line[0].segments == {"members"}
    assert line[0].domain == "example.org"
    assert replace(line[0], address="ada@Example.ORG").domain == "example.org"
    record = ledger.read(653)
    assert record is not None
    assert record.planned.content_hash == content_hash({"everyone": hashlib.sha256(b"news").hexdigest()})
    assert record.planned.audience_hash == audience_hash([ADA, BEN, CAT])
    assert (record.planned.planned_by, record.planned.host) == ("robin", "desk")
    assert record.planned.planned_at == record.planned.moment == MOMENT
    assert record.planned.moment.tzinfo is not None
    assert not record.planned.begun


def test_an_issue_that_was_never_planned_has_no_record(ledger: Ledger) -> None:
    assert ledger.read(653) is None
    assert ledger.planned(653) is None


def test_a_message_is_sending_before_its_answer_and_counts_as_an_attempt(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA]))
        (ada,) = waiting(run)
        run.begin(ada.id)
        assert states(ledger) == {"ada": State.SENDING}
        run.settle(Answer(ada.id, State.SENT, 250, "2.0.0 queued as 7F"))
    (row,) = deliveries(ledger)
    assert (row.state, row.code, row.words, row.attempts) == (State.SENT, 250, "2.0.0 queued as 7F", 1)


def test_nothing_is_begun_twice(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA]))
        (ada,) = waiting(run)
        run.begin(ada.id)
        with pytest.raises(NotOpenError, match="already in other hands"):
            run.begin(ada.id)
        run.settle(Answer(ada.id, State.SENT))
        with pytest.raises(NotOpenError):
            run.begin(ada.id)


def test_many_connections_share_one_commit_and_an_answer_may_precede_the_body(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN, CAT]))
        ada, ben, cat = waiting(run)
        assert run.write([ada.id, ben.id], [Answer(cat.id, State.FAILED, 550, "no such user", attempts=1)]) == {
            ada.id,
            ben.id,
        }
        assert run.write([cat.id, ben.id], [Answer(ada.id, State.SENT)]) == frozenset()
    assert states(ledger) == {"ada": State.SENT, "ben": State.SENDING, "cat": State.FAILED}


@pytest.mark.parametrize("state", [State.SENT, State.IN_DOUBT])
def test_what_was_never_begun_can_be_neither_sent_nor_in_doubt(ledger: Ledger, state: State) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA]))
        (ada,) = waiting(run)
        with pytest.raises(LedgerError, match="written to by something else"):
            run.settle(Answer(ada.id, state))
    assert states(ledger) == {"ada": State.PLANNED}


def test_the_untried_come_before_the_deferred_and_a_segment_may_go_alone(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN, CAT]))
        ada, *_ = waiting(run)
        send(run, ada, State.DEFERRED)
        assert [one.address[:3] for one in waiting(run)] == ["ben", "cat"]  # whoever runs knows when to try again
    with ledger.run(653, ROBIN) as run:
        assert [one.address[:3] for one in waiting(run)] == ["ben", "cat", "ada"]
        assert [one.address[:3] for one in waiting(run, "members")] == ["ben", "ada"]


def test_the_same_content_again_adds_only_newcomers(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN]))
        send(run, waiting(run)[0])
        run.plan(mailing([ADA, BEN, CAT]), as_listed=True)
    assert states(ledger) == {"ada": State.SENT, "ben": State.PLANNED, "cat": State.PLANNED}


def test_whoever_was_handed_nothing_gets_what_the_lists_say_now(ledger: Ledger) -> None:
    insider = person("ben", "members", "kent", variant="kent")
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, insider]))
        send(run, waiting(run)[0])
        run.plan(mailing([ADA, person("ben", "members")]), as_listed=True)
        (ben,) = waiting(run)
        assert waiting(run, "kent") == ()
    assert (ben.variant, set(ben.segments), ben.state) == ("everyone", {"members"}, State.PLANNED)


def test_whoever_was_put_off_gets_what_the_lists_say_now_and_the_answer_is_kept(ledger: Ledger) -> None:
    insider = person("ben", "members", "kent", variant="kent")
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, insider]))
        send(run, waiting(run)[1], State.DEFERRED)
        run.plan(mailing([ADA, person("ben", "members")]), as_listed=True)
    _, ben = deliveries(ledger)
    assert (ben.variant, set(ben.segments), ben.message_id) == ("everyone", {"members"}, insider.message_id)
    assert (ben.state, ben.attempts, ben.code, ben.words) == (State.DEFERRED, 1, 250, "queued")


def test_a_further_segment_leaves_those_of_the_first_in_place(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA], listed=[CAT.key]))
        run.plan(mailing([CAT], listed=[ADA.key]))
    assert states(ledger) == {"ada": State.PLANNED, "cat": State.PLANNED}


def test_whoever_is_on_no_list_any_more_is_excluded_unless_already_reached(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN, CAT]))
        ada, ben, _ = waiting(run)
        send(run, ada)
        send(run, ben, State.DEFERRED)
        run.plan(mailing([]), as_listed=True)
        assert waiting(run) == ()
        run.plan(mailing([ADA, BEN]), as_listed=True)
        assert [one.address[:3] for one in waiting(run)] == ["ben"]
    assert states(ledger) == {"ada": State.SENT, "ben": State.PLANNED, "cat": State.EXCLUDED}


def test_other_content_is_refused_once_anybody_was_sent_it_and_can_go_on_as_planned(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN]))
        send(run, waiting(run)[0])
        with pytest.raises(ContentChangedError, match=r"changed since sending began.*1 of 2 people.*--as-planned"):
            run.plan(mailing([ADA, BEN, CAT], says="corrected"))
        run.as_planned(frozenset({ADA.key}))
        assert run.contents() == {"everyone": b"news"}
    assert states(ledger) == {"ada": State.SENT, "ben": State.EXCLUDED}


def test_what_was_never_planned_cannot_go_on_as_planned(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run, pytest.raises(NeverPlannedError, match="653 was never planned"):
        run.as_planned(frozenset())


def test_an_exclusion_remembers_what_was_known_before(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA]))
        send(run, waiting(run)[0], State.DEFERRED)
        run.as_planned(frozenset())
    assert deliveries(ledger)[0].words == "on no list any more (before: queued)"


def test_while_nothing_was_sent_everything_is_planned_afresh(ledger: Ledger, clock: Clock) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN]))
        first = ledger.planned(653)
        clock.turn(hours=1)
        run.plan(mailing([person("ada", "kent", variant="kent"), CAT], says="corrected"))
        assert run.contents() == {"everyone": b"corrected", "kent": b"corrected"}
        assert [(one.address[:3], one.variant) for one in waiting(run)] == [("ada", "kent"), ("cat", "everyone")]
    assert states(ledger) == {"ada": State.PLANNED, "ben": State.EXCLUDED, "cat": State.PLANNED}
    second = ledger.planned(653)
    assert first is not None
    assert second is not None
    assert first.content_hash != second.content_hash
    assert first.audience_hash != second.audience_hash
    assert second.planned_at == clock.now


def test_whoever_was_planned_with_another_segment_gets_what_the_lists_say_now(ledger: Ledger) -> None:
    kent = person("dot", "kent", variant="kent")
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([kent], segment="kent"))
        run.plan(mailing([ADA], says="nothing for Kent", listed=[kent.key], segment="members"))
        assert [(one.key, one.variant) for one in waiting(run)] == [(kent.key, "everyone"), (ADA.key, "everyone")]
    assert states(ledger) == {"ada": State.PLANNED, "dot": State.PLANNED}


def test_a_new_variant_for_newcomers_is_not_other_content(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA]))
        send(run, waiting(run)[0])
        run.plan(mailing([ADA, person("dot", "kent", variant="kent")]), as_listed=True)
        assert set(run.contents()) == {"everyone", "kent"}


def test_the_hashes_do_not_depend_on_the_order_of_the_lists() -> None:
    assert audience_hash([ADA, BEN]) == audience_hash([BEN, ADA])
    assert content_hash({"everyone": "c0ffee", "kent": "decade"}) == content_hash(
        {"kent": "decade", "everyone": "c0ffee"}
    )


def test_a_second_run_is_told_who_is_sending(ledger: Ledger) -> None:
    with (
        ledger.run(653, ROBIN),
        pytest.raises(HeldError, match=r"issue 653 is being sent by desk since \d\d:\d\d \(robin, process 4711\)"),
        ledger.run(653, Operator("sam", "laptop", 12)),
    ):
        pass


def test_another_issue_may_be_sent_meanwhile_and_the_same_one_afterwards(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN), ledger.run(654, ROBIN):
        pass
    with ledger.run(653, ROBIN):
        record = ledger.read(653)
    assert record is None


def test_a_heartbeat_keeps_the_place(ledger: Ledger, clock: Clock) -> None:
    with ledger.run(653, ROBIN) as run:
        for _ in range(5):
            clock.turn(seconds=20)
            run.beat()
        with pytest.raises(HeldError), ledger.run(653, ROBIN):
            pass


def test_however_long_it_takes_to_plan_a_run_is_alive(
    remote: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("composer.ledger.run._BEAT_EVERY", 2)
    beats: list[datetime] = []
    beaten = locking.beat

    def beat(connection: Connection, lock: Lock, at: datetime) -> None:
        beats.append(at)
        beaten(connection, lock, at)

    def slowly(*people: Addressee) -> Iterator[Addressee]:
        for one in people:
            clock.turn(seconds=20)
            yield one

    monkeypatch.setattr(locking, "beat", beat)
    with remote.run(653, ROBIN) as run:
        run.plan(replace(mailing([ADA, BEN, CAT]), addressees=slowly(ADA, BEN, CAT)))
        assert [(at - MOMENT).seconds for at in beats] == [0, 40, 60]
        with pytest.raises(HeldError), remote.run(653, ROBIN):
            pass


def test_a_dead_run_is_taken_over_what_it_was_sending_is_in_doubt_and_it_can_begin_nothing_more(
    remote: Ledger, clock: Clock
) -> None:
    with remote.run(653, ROBIN) as dead:
        dead.plan(mailing([ADA, BEN, CAT]))
        ada, ben, cat = waiting(dead)
        send(dead, ada)
        dead.begin(ben.id)
        clock.turn(seconds=31)
        with remote.run(653, ROBIN) as heir:
            assert states(remote) == {"ada": State.SENT, "ben": State.IN_DOUBT, "cat": State.PLANNED}
            with pytest.raises(NotOpenError):
                dead.begin(cat.id)
            with pytest.raises(HeldError, match="taken over"):
                dead.beat()
            writings: tuple[Callable[[], object], ...] = (
                lambda: dead.plan(mailing([ADA]), as_listed=True),
                lambda: dead.as_planned([ADA.key]),
                lambda: dead.settle_doubt(Doubt.ASSUME_SENT),
                lambda: dead.resolve([Answer(ben.id, State.PLANNED)]),
            )
            for write in writings:
                with pytest.raises(HeldError, match="taken over"):
                    write()
            assert states(remote) == {"ada": State.SENT, "ben": State.IN_DOUBT, "cat": State.PLANNED}
            dead.settle(Answer(ben.id, State.SENT, 250, "it woke up and knew"))
            assert [one.key for one in waiting(heir)] == [CAT.key]
    assert states(remote) == {"ada": State.SENT, "ben": State.SENT, "cat": State.PLANNED}


def test_whoever_was_killed_on_this_host_is_known_to_be_dead_at_once(path: Path, clock: Clock) -> None:
    """The operating system's lock falls with its process; here the row that is left of it stands for one."""
    with Ledger(sqlite(path), clock) as ledger:
        with ledger.run(653, ROBIN) as run:
            run.plan(mailing([ADA]))
            run.begin(waiting(run)[0].id)
            lock = run._lock
        with ledger._engine.begin() as connection:
            row = {name: getattr(lock, name) for name in lock.__slots__}
            connection.execute(tables.locks.insert().values(row))
        with pytest.raises(HeldError), Ledger(ledger._engine.execution_options(path=None), clock).run(653, ROBIN):
            pass
        with ledger.run(653, ROBIN):
            assert states(ledger) == {"ada": State.IN_DOUBT}


def test_a_clock_that_was_ahead_does_not_hold_an_issue_for_ever(remote: Ledger, clock: Clock) -> None:
    with remote.run(653, ROBIN):
        clock.turn(hours=-1)
        with remote.run(653, ROBIN):
            pass


@pytest.mark.parametrize(
    ("doubt", "state"),
    [(Doubt.HOLD, State.IN_DOUBT), (Doubt.RESEND, State.IN_DOUBT), (Doubt.ASSUME_SENT, State.SENT)],
)
def test_doubt_is_settled_as_the_manager_says(doubtful: Ledger, doubt: Doubt, state: State) -> None:
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(doubt)
    assert states(doubtful) == {"ada": state, "ben": State.PLANNED}


@pytest.fixture
def doubtful(ledger: Ledger) -> Ledger:
    """A ledger after a run that died while Ada's message, with what is for the board, was on its way."""
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([person("ada", "members", "board", variant="board"), BEN]))
        run.begin(waiting(run)[0].id)
    return ledger


def doubted(ledger: Ledger) -> Delivery:
    return deliveries(ledger)[0]


def test_doubt_is_sent_again_only_in_the_run_in_which_that_is_asked_for(doubtful: Ledger) -> None:
    with doubtful.run(653, ROBIN) as run:
        assert [one.key for one in waiting(run)] == [BEN.key]
        with pytest.raises(NotOpenError):
            run.begin(doubted(doubtful).id)
        run.settle_doubt(Doubt.RESEND)
        assert [one.key for one in waiting(run)] == [BEN.key, ADA.key]
        assert [one.key for one in waiting(run, "board")] == [ADA.key]
    with doubtful.run(653, ROBIN) as run:
        assert [one.key for one in waiting(run)] == [BEN.key]


def test_how_many_are_awaited_is_how_many_the_line_brings(doubtful: Ledger) -> None:
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(Doubt.RESEND)
        for segment, awaited in ((None, 2), ("members", 2), ("board", 1), ("kent", 1), ("nobody", 0)):
            assert run.awaited(segment) == Counter(one.state for one in run.waiting(segment))
            assert run.awaited(segment).total() == awaited


def test_to_count_the_doubtful_nobody_else_is_read(doubtful: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    as_it_was = tables.as_delivery

    def as_delivery(row: Row[Any]) -> Delivery:
        read.append(row.id)
        return as_it_was(row)

    monkeypatch.setattr(line, "as_delivery", as_delivery)
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(Doubt.RESEND)
        assert run.awaited() == {State.PLANNED: 1, State.IN_DOUBT: 1}
        assert read == [doubted(doubtful).id]


def test_any_number_of_doubts_may_be_sent_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "_PAGE", 2)
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([person(f"reader-{number}") for number in range(5)]))
        rows = [one.id for one in waiting(run)]
        run.write(rows, [])
        run.write([], [Answer(row, State.IN_DOUBT) for row in rows])
        run.settle_doubt(Doubt.RESEND)
        assert [one.id for one in waiting(run)] == rows


def test_no_plan_changes_what_is_in_doubt_and_it_is_sent_again_as_it_was(doubtful: Ledger) -> None:
    with doubtful.run(653, ROBIN) as run:
        before = doubted(doubtful)
        run.settle_doubt(Doubt.RESEND)
        run.plan(mailing([ADA, BEN]))
        assert waiting(run)[-1] == before
        run.begin(before.id)
        assert doubted(doubtful).state is State.SENDING
        run.settle(Answer(before.id, State.SENT, 250, "queued"))
    after = doubted(doubtful)
    assert (after.state, after.variant, after.message_id) == (State.SENT, "board", before.message_id)


def test_whoever_is_on_no_list_any_more_stays_in_doubt_and_is_not_sent_it_again(doubtful: Ledger) -> None:
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(Doubt.RESEND)
        run.plan(mailing([BEN]))
        assert [one.key for one in waiting(run)] == [BEN.key]
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(Doubt.RESEND)
        run.as_planned(frozenset({BEN.key}))
        assert [one.key for one in waiting(run)] == [BEN.key]
    assert doubted(doubtful).state is State.IN_DOUBT


@pytest.mark.parametrize("begins", [True, False])
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (State.DEFERRED, State.IN_DOUBT),  # what was handed over before may have arrived all the same
        (State.SUPPRESSED, State.IN_DOUBT),
        (State.FAILED, State.FAILED),
    ],
)
def test_only_taken_or_refused_ends_the_doubt_about_what_is_sent_again(
    doubtful: Ledger, answer: State, state: State, *, begins: bool
) -> None:
    row = doubted(doubtful).id
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(Doubt.RESEND)
        for _ in range(2 if state is State.IN_DOUBT else 1):  # "not now" is tried again in the same run
            if begins:
                run.begin(row)
            run.settle(Answer(row, answer, 451, "4.7.1 the server's words"))
            assert (doubted(doubtful).state, doubted(doubtful).words) == (state, "4.7.1 the server's words")


def test_doubt_that_returns_is_not_sent_a_third_time_unasked(doubtful: Ledger) -> None:
    row = doubted(doubtful).id
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(Doubt.RESEND)
        run.begin(row)
        run.settle(Answer(row, State.IN_DOUBT, words="lost again"))
        with pytest.raises(NotOpenError):
            run.begin(row)
        assert [one.key for one in waiting(run)] == [BEN.key]


def test_what_is_sent_again_may_be_put_back_and_begun_anew(doubtful: Ledger) -> None:
    """The connection was lost before anything was handed over, and another is opened."""
    row = doubted(doubtful).id
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(Doubt.RESEND)
        for _ in range(2):
            run.begin(row)
            run.settle(Answer(row, State.IN_DOUBT, words="as it stood", attempts=-1))
            assert (doubted(doubtful).state, doubted(doubtful).attempts) == (State.IN_DOUBT, 1)
        run.begin(row)
        run.settle(Answer(row, State.SENT, 250, "queued"))
    assert doubted(doubtful).state is State.SENT


@pytest.mark.parametrize("found", [State.PLANNED, State.SENT])
def test_what_is_found_out_ends_a_doubt_that_was_to_be_sent_again(doubtful: Ledger, found: State) -> None:
    row = doubted(doubtful).id
    with doubtful.run(653, ROBIN) as run:
        run.settle_doubt(Doubt.RESEND)
        run.resolve([Answer(row, found, words="the log says so")])
        assert doubted(doubtful).state is found
        assert [one.id for one in waiting(run)][:1] == ([row] if found is State.PLANNED else [row + 1])


def test_what_is_written_is_there_for_the_next_process(path: Path, clock: Clock) -> None:
    with Ledger(sqlite(path), clock) as ledger, ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN]))
        send(run, waiting(run)[0])
    with Ledger(sqlite(path), clock) as ledger:
        assert states(ledger) == {"ada": State.SENT, "ben": State.PLANNED}


def test_frozen_bytes_that_have_changed_on_the_disk_are_not_sent(ledger: Ledger) -> None:
    from composer.ledger.tables import variants

    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA]))
        with ledger._engine.begin() as connection:
            connection.execute(variants.update().values(content=b"forged"))
        with pytest.raises(LedgerError, match="not what was frozen"):
            run.contents()


def test_a_plan_for_a_variant_that_does_not_exist_is_a_bug(ledger: Ledger) -> None:
    astray = replace(mailing([ADA]), addressees=[person("ada", variant="kent")])
    with ledger.run(653, ROBIN) as run, pytest.raises(RuntimeError, match="kent"):
        run.plan(astray)


def test_people_who_opted_out_late_are_suppressed(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA, BEN]))
        ada, _ = waiting(run)
        run.settle(Answer(ada.id, State.SUPPRESSED, words="opted out"))
        run.plan(mailing([ADA, BEN]))
    assert Counter(states(ledger).values()) == {State.SUPPRESSED: 1, State.PLANNED: 1}


# The lists, the issue or a template edited between a kill and the next run: refused, or the frozen content; no mixture.


def begun(ledger: Ledger, *people: Addressee) -> None:
    """Somebody has got it, the others are still to get it."""
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing(people))
        send(run, waiting(run)[0])


@pytest.mark.parametrize(
    ("now", "difference"),
    [
        ((ADA, BEN, CAT), "1 new, 0 changed, 0 gone"),
        ((ADA, person("ben", variant="kent")), "0 new, 1 changed, 0 gone"),
        ((ADA, replace(BEN, fields={"first_name": "Benjamin"})), "0 new, 1 changed, 0 gone"),
        ((ADA,), "0 new, 0 changed, 1 gone"),
    ],
)
def test_other_lists_are_refused_once_anybody_was_sent_it(
    ledger: Ledger, now: tuple[Addressee, ...], difference: str
) -> None:
    begun(ledger, ADA, BEN)
    before = deliveries(ledger)
    with ledger.run(653, ROBIN) as run:
        with pytest.raises(AudienceChangedError, match=rf"{difference}.*--as-planned.*--as-listed"):
            run.plan(mailing(now, variants=("everyone",)))
        assert deliveries(ledger) == before
        run.plan(mailing([ADA, BEN]))
        assert [one.key for one in waiting(run)] == [BEN.key]


def test_whoever_was_excluded_and_is_on_the_lists_again_is_a_change_of_the_lists(ledger: Ledger) -> None:
    begun(ledger, ADA, BEN)
    with ledger.run(653, ROBIN) as run:
        run.as_planned(frozenset({ADA.key}))
        assert states(ledger) == {"ada": State.SENT, "ben": State.EXCLUDED}
        with pytest.raises(AudienceChangedError, match="0 new, 1 changed, 0 gone"):
            run.plan(mailing([ADA, BEN]))
        run.plan(mailing([ADA, BEN]), as_listed=True)
        assert [one.key for one in waiting(run)] == [BEN.key]


def test_whoever_was_excluded_and_stays_away_is_no_change(ledger: Ledger) -> None:
    begun(ledger, ADA, BEN)
    with ledger.run(653, ROBIN) as run:
        run.as_planned(frozenset({ADA.key}))
        for _ in range(2):
            run.plan(mailing([ADA]))
    assert states(ledger) == {"ada": State.SENT, "ben": State.EXCLUDED}


def test_what_changed_about_people_who_have_it_already_changes_nothing(ledger: Ledger) -> None:
    begun(ledger, ADA, BEN)
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([replace(ADA, fields={}), BEN]))
        assert [one.key for one in waiting(run)] == [BEN.key]


def test_a_further_segment_is_no_change_of_the_lists(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA], listed=[BEN.key], segment="kent"))
        send(run, waiting(run)[0])
        run.plan(mailing([ADA, BEN]))
        assert [one.key for one in waiting(run)] == [BEN.key]
    record = ledger.read(653)
    assert record is not None
    assert record.planned.planned == 2


def test_a_message_of_which_nothing_was_handed_over_stands_where_it_stood(ledger: Ledger) -> None:
    with ledger.run(653, ROBIN) as run:
        run.plan(mailing([ADA]))
        (ada,) = waiting(run)
        run.begin(ada.id)
        run.settle(Answer(ada.id, State.PLANNED, attempts=-1))
        assert waiting(run) == (replace(ada, begun_at=MOMENT),)
    record = ledger.read(653)
    assert record is not None
    assert not record.planned.begun


def test_whoever_opts_out_is_known_by_the_next_look(ledger: Ledger) -> None:
    known = ledger.opt_outs()
    assert not known
    ledger.opt_out("c0ffee", "wrote to us")
    ledger.opt_out("c0ffee", "wrote to us again")
    assert "c0ffee" not in known
    known.look()
    assert "c0ffee" in known
    assert "c0ffee" in ledger.opt_outs()


def test_an_opt_out_that_was_written_down_late_is_known_by_the_next_look(ledger: Ledger) -> None:
    """Of two transactions the one with the later number may end first."""

    def opt_out(number: int, address_hash: str) -> None:
        with ledger._engine.begin() as connection:
            row = {"id": number, "address_hash": address_hash, "why": "wrote to us", "at": MOMENT}
            connection.execute(tables.optouts.insert().values(row))

    opt_out(2000, "c0ffee")
    known = ledger.opt_outs()
    opt_out(1999, "decade")
    known.look()
    assert "decade" in known
