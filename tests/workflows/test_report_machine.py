"""Anybody does anything in any order: the promise is lost only in the ways that the table lists."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.workflows.examples import FAVOURABLE, INVOLVED, LONG_AFTER, PEOPLE, favouring
from tests.workflows.unfavourable import CASES
from workflows import stages
from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.people import CLOCK, PRESS, Actor, Capacity, Involvement, capacities
from workflows.report import TABLE, Advanced, Row, advance
from workflows.stages import Action, Stage

PROPOSALS = {
    Action.PROPOSE_REVISION,
    Action.PROPOSE_REJECTION,
    Action.PROPOSE_IPA,
    Action.PROPOSE_ACCEPTANCE,
}
DECLARED = {(row.source, row.action, row.target) for row in TABLE}
ENDED = {*stages.ENDED, Stage.RETRACTED}
LOST_BY = {Action.WITHDRAW, Action.LAPSE, Action.CONFIRM}
STAGE_2 = {"2A", "2B", "2C", "2D", "2E"}

# The same editor twice on one report: storage refuses it, and the rules do not rely on that.
INVOLVEMENTS = st.sampled_from([INVOLVED, replace(INVOLVED, second_editor="handling")])
GROUNDS = st.sampled_from([(), ("1A", "1E"), ("2C",), ("1C", "2A", "2E")])
PICK = st.integers(min_value=0, max_value=59)
ACTORS = (*PEOPLE, CLOCK, PRESS)


def somebody_for(row: Row, involvement: Involvement) -> Actor:
    """Somebody who has a say in `row`."""
    return next(actor for actor in ACTORS if row.by & capacities(actor, involvement))


class Life(RuleBasedStateMachine):
    """One report after the other, and people who try things."""

    def __init__(self) -> None:
        super().__init__()
        self.begin(Stage.DRAFT)

    def begin(self, stage: Stage) -> None:
        """Start at `stage`. Each is reached from a draft (test_report.py); so late steps are tried as often."""
        self.stage = stage
        self.proposed_by = "handling" if stage in stages.PROPOSED else None
        self.promised = stage in (*stages.HOLDS_IPA, *stages.OUT)
        self.ended: Stage | None = None

    @initialize(stage=st.sampled_from(Stage))
    def begin_somewhere(self, stage: Stage) -> None:
        self.begin(stage)

    @precondition(lambda self: self.ended is not None)
    @rule(stage=st.sampled_from(Stage))
    def begin_anew(self, stage: Stage) -> None:
        self.begin(stage)

    @rule(pick=PICK, involvement=INVOLVEMENTS, grounds=GROUNDS)
    def do_what_the_table_offers(self, pick: int, involvement: Involvement, grounds: tuple[str, ...]) -> None:
        if row := self.offered(pick):
            self.attempt(
                somebody_for(row, involvement), row.action, involvement, replace(favouring(row), upheld=grounds)
            )

    @rule(pick=PICK, spoil=PICK, involvement=INVOLVEMENTS)
    def do_it_with_something_amiss(self, pick: int, spoil: int, involvement: Involvement) -> None:
        if (row := self.offered(pick)) and row.guards:
            amiss = [changes for guard, _, changes in CASES if guard in row.guards]
            facts = replace(favouring(row), **amiss[spoil % len(amiss)])
            self.attempt(somebody_for(row, involvement), row.action, involvement, facts)

    @rule(actor=st.sampled_from(ACTORS), action=st.sampled_from(Action), involvement=INVOLVEMENTS, late=st.booleans())
    def do_anything(self, actor: Actor, action: Action, involvement: Involvement, *, late: bool) -> None:
        facts = replace(FAVOURABLE, now=LONG_AFTER) if late else FAVOURABLE
        self.attempt(actor, action, involvement, facts)

    def offered(self, pick: int) -> Row | None:
        """One of the rows that leave the present stage, if any does; to withdraw is left to `do_anything`."""
        rows = [row for row in TABLE if row.source is self.stage and row.action is not Action.WITHDRAW]
        return rows[pick % len(rows)] if rows else None

    def attempt(self, actor: Actor, action: Action, involvement: Involvement, facts: Facts) -> None:
        """Try a step, and hold what happened against what may."""
        acting_as = capacities(actor, involvement)
        who = {"actor": actor.person, "proposed_by": self.proposed_by, "second_editor": involvement.second_editor}
        facts = replace(facts, **who)  # type: ignore[arg-type]
        step = advance(self.stage, action, acting_as=acting_as, facts=facts)
        if isinstance(step, Refusal):
            return
        assert (self.stage, action, step.target) in DECLARED
        assert step.source is self.stage
        assert step.capacity in acting_as
        self.hold_the_promise(step, facts)
        if action is Action.CONFIRM:
            assert actor.person not in {None, self.proposed_by}
        if action in PROPOSALS:
            self.proposed_by = actor.person
        self.stage = step.target

    def hold_the_promise(self, step: Advanced, facts: Facts) -> None:
        """See that the promise is given and lost only as it may be."""
        if self.promised and step.target not in (*stages.HOLDS_IPA, *stages.OUT):
            assert step.action in LOST_BY
            if step.action is Action.WITHDRAW:
                assert step.capacity is Capacity.CORRESPONDING_AUTHOR
                assert step.target is Stage.WITHDRAWN_AFTER_IPA
            elif step.action is Action.LAPSE:
                assert facts.stage_2_due is not None
                assert facts.now >= facts.stage_2_due + timedelta(days=183)
                assert facts.unanswered_contacts >= 3
                assert not facts.clocks_stopped
            else:
                assert step.target is Stage.STAGE_2_REJECTED
                assert step.capacity is Capacity.SECOND_EDITOR
                assert set(facts.upheld) & STAGE_2
            self.promised = False
        if step.target is Stage.IPA and step.source is not Stage.IPA:
            assert step.capacity is Capacity.SECOND_EDITOR
            assert facts.digest
            self.promised = True

    @invariant()
    def the_promise_is_where_the_stage_says(self) -> None:
        assert self.promised is (self.stage in (*stages.HOLDS_IPA, *stages.OUT))

    @invariant()
    def what_has_ended_stays_ended(self) -> None:
        assert self.ended in {None, self.stage}
        if self.stage in ENDED:
            self.ended = self.stage


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=200, stateful_step_count=20)
