"""The ledger as a state machine: no row lost, none begun twice, the sum right, in every step and after every crash."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from composer.ledger import OPEN, Answer, ContentChangedError, Doubt, Ledger, NotOpenError, Run, State, sqlite
from composer.ledger.states import BEGUN
from tests.ledger.conftest import ROBIN, Clock, deliveries, mailing, person, waiting, without_the_disk

NAMES = [f"reader{number}" for number in range(6)]
VARIANTS = ("everyone", "kent")
PEOPLE = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VARIANTS))
WORDS = st.sampled_from(["news", "corrected"])
AFTER_BEGINNING = st.sampled_from([State.SENT, State.FAILED, State.DEFERRED, State.IN_DOUBT])
BEFORE_BEGINNING = st.sampled_from([State.FAILED, State.DEFERRED, State.SUPPRESSED])


class LedgerMachine(RuleBasedStateMachine):
    """Plays manager, mail server and power cut against a ledger on the disk, and keeps a model beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.clock = Clock()
        self.model: dict[str, State] = {}
        self.handed_over: Counter[str] = Counter()
        self.may_repeat: Counter[str] = Counter()
        self.variant: dict[str, str] = {}
        self.stood: dict[str, State] = {}
        self.says = ""

    @initialize()
    def open(self) -> None:
        engine = without_the_disk(sqlite(Path(self.folder.name) / "ledger.db"))
        self.ledger = Ledger(engine.execution_options(path=None), self.clock)  # a dead run's file lock would live on
        self.turn = self.ledger.run(653, ROBIN)
        self.run: Run = self.turn.__enter__()
        self.again: set[str] = set()
        self.begun_here: set[str] = set()
        self.listed = set(NAMES)

    @rule(people=PEOPLE, listed=st.sets(st.sampled_from(NAMES)), says=WORDS)
    def plan(self, people: dict[str, str], listed: set[str], says: str) -> None:
        begun = any(state in BEGUN for state in self.model.values())
        on_lists = people.keys() | listed
        addressees = [person(name, variant=people[name]) for name in sorted(people)]
        order = mailing(addressees, variants=VARIANTS, says=says, listed=[person(n).key for n in listed])
        if begun and says != self.says:
            try:
                self.run.plan(order, as_listed=True)
            except ContentChangedError:
                return
            raise AssertionError("other content was taken")
        self.run.plan(order, as_listed=True)
        self.says = says
        self.listed = on_lists
        self.listen_to_the_lists(dict.fromkeys(listed, "everyone") | people, people)

    def listen_to_the_lists(self, listed: dict[str, str], wanted: dict[str, str]) -> None:
        """Newcomers are planned; whoever waits gets what the lists say; whoever is on none is taken out."""
        for name in wanted.keys() - self.model.keys():
            self.model[name] = State.PLANNED
        for name, state in self.model.items():
            if name in listed and state is State.EXCLUDED:
                self.model[name] = State.PLANNED
            elif name not in listed and state in OPEN:
                self.model[name] = State.EXCLUDED
            if name in listed and self.model[name] in OPEN:
                self.variant[name] = listed[name]

    @precondition(lambda self: self.may_begin)
    @rule(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.may_begin))
        self.run.begin(self.row(name))
        self.stood[name] = self.model[name]
        self.model[name] = State.SENDING
        self.handed_over[name] += 1
        self.begun_here.add(name)

    @rule(data=st.data())
    def begin_what_is_not_open(self, data: st.DataObject) -> None:
        closed = [name for name in self.model if name not in self.may_begin]
        if closed:
            try:
                self.run.begin(self.row(data.draw(st.sampled_from(closed))))
            except NotOpenError:
                return
            raise AssertionError("begun twice")

    @precondition(lambda self: State.SENDING in self.model.values())
    @rule(data=st.data(), state=AFTER_BEGINNING)
    def answer(self, data: st.DataObject, state: State) -> None:
        name = data.draw(st.sampled_from([name for name, is_ in self.model.items() if is_ is State.SENDING]))
        self.run.settle(Answer(self.row(name), state, 250, "words"))
        self.model[name] = self.becomes(name, state)
        self.may_repeat[name] += state is State.DEFERRED
        if state is State.IN_DOUBT:
            self.again.discard(name)

    @precondition(lambda self: State.SENDING in self.model.values())
    @rule(data=st.data())
    def put_back(self, data: st.DataObject) -> None:
        """The connection was lost, or the run stopped, before anything of the message was handed over."""
        name = data.draw(st.sampled_from([name for name, is_ in self.model.items() if is_ is State.SENDING]))
        self.run.settle(Answer(self.row(name), self.stood[name], attempts=-1))
        self.model[name] = self.stood[name]
        self.handed_over[name] -= 1

    @precondition(lambda self: self.may_begin)
    @rule(data=st.data(), state=BEFORE_BEGINNING)
    def answer_before_the_body(self, data: st.DataObject, state: State) -> None:
        name = data.draw(st.sampled_from(self.may_begin))
        self.run.settle(Answer(self.row(name), state, attempts=1))
        self.model[name] = self.becomes(name, state)

    @rule(doubt=st.sampled_from(Doubt))
    def settle_doubt(self, doubt: Doubt) -> None:
        self.run.settle_doubt(doubt)
        doubtful = {name for name, state in self.model.items() if state is State.IN_DOUBT}
        if doubt is Doubt.RESEND:
            self.again |= doubtful
            self.may_repeat.update(doubtful)
        if doubt is Doubt.ASSUME_SENT:
            self.model |= dict.fromkeys(doubtful, State.SENT)

    @rule(killed=st.booleans())
    def start_again(self, *, killed: bool) -> None:
        """The process ends, in order or not, and another begins."""
        if killed:
            self.clock.turn(seconds=31)
        else:
            self.turn.__exit__(None, None, None)
        self.ledger.__exit__()
        self.model = {name: self.after_a_crash(state) for name, state in self.model.items()}
        self.open()

    @invariant()
    def nobody_is_lost_and_the_sum_is_right(self) -> None:
        if not self.model:
            return
        rows = deliveries(self.ledger)
        assert {one.key.partition("@")[0]: one.state for one in rows} == self.model
        assert {one.key.partition("@")[0]: one.variant for one in rows} == self.variant
        record = self.ledger.read(653)
        assert record is not None
        assert record.planned.planned == len(rows) == len({one.key for one in rows})
        assert record.counts == Counter(self.model.values())

    @invariant()
    def nobody_is_handed_a_message_twice_unless_the_first_was_refused_or_the_manager_said_so(self) -> None:
        assert all(count <= 1 + self.may_repeat[name] for name, count in self.handed_over.items())

    @invariant()
    def whoever_waits_is_whoever_may_be_begun(self) -> None:
        put_off_here = {name for name in self.begun_here if self.model[name] is State.DEFERRED}
        in_line = [one.key.partition("@")[0] for one in waiting(self.run)]
        assert sorted(in_line) == sorted(set(self.may_begin) - put_off_here)

    @property
    def may_begin(self) -> list[str]:
        """Whose message may be handed over now."""
        return [
            name
            for name, state in self.model.items()
            if state in OPEN or (state is State.IN_DOUBT and name in self.again & self.listed)
        ]

    def becomes(self, name: str, answer: State) -> State:
        """A doubt ends only when the message is taken or refused."""
        settles = answer in {State.SENT, State.FAILED}
        return State.IN_DOUBT if name in self.again and not settles else answer

    def row(self, name: str) -> int:
        return next(one.id for one in deliveries(self.ledger) if one.key == person(name).key)

    @staticmethod
    def after_a_crash(state: State) -> State:
        return State.IN_DOUBT if state is State.SENDING else state

    def teardown(self) -> None:
        self.ledger.__exit__()
        self.folder.cleanup()


LedgerMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestLedger = LedgerMachine.TestCase
