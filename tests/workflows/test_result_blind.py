"""Which way a result went, and whether it was significant, is an input of no step."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import FAVOURABLE, OUTCOMES, PROTOCOL, favouring, with_answer
from workflows import conformance, guards, outcomes, unanswered
from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.outcomes import Done, Outcomes
from workflows.people import Capacity
from workflows.protocol import Kind
from workflows.report import TABLE, Advanced, advance
from workflows.stages import Action, Stage
from workflows.verdicts import Verdict

CONCLUSIONS = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.INCONCLUSIVE)

# What a field that told of a result would be called. "outcome" and "result" are among them, "review" is not.
TELLS = re.compile(
    r"verdict|outcome|result|estimate|effect|interval|(^|_)(p|low|high|level|sign)_?(value)?$"
    r"|signific|direction|support|contradict|null|positive|negative|claim|conclusion"
)
# A bias-control level is about what was known before the data, not about what they said.
TELLS_NOTHING = {"bias_level"}


def types_in(kind: object) -> Iterator[object]:
    """Yield every type that a value of `kind` can contain."""
    yield kind
    inner = get_type_hints(kind).values() if isinstance(kind, type) and is_dataclass(kind) else get_args(kind)
    for part in inner:
        yield from types_in(part)


@pytest.mark.parametrize("name", [field.name for field in fields(Facts)])
def test_no_fact_is_named_after_a_result(name: str) -> None:
    assert name in TELLS_NOTHING or not TELLS.search(name)


@pytest.mark.parametrize("name", ["verdict", "p_value", "low", "estimate", "supported", "null_result", "effect_size"])
def test_a_fact_that_told_of_a_result_would_be_seen(name: str) -> None:
    assert TELLS.search(name)


def test_no_fact_contains_a_type_of_the_results() -> None:
    telling = {
        found for _, found in inspect.getmembers(outcomes, inspect.isclass) if found.__module__ == outcomes.__name__
    }
    telling |= {conformance.Finding, conformance.Found, float}
    assert telling & set(types_in(Outcomes)), "the search finds no type of the results even in the results"
    assert not telling & set(types_in(Facts))


def test_the_guards_know_nothing_but_facts() -> None:
    used = {guard for row in TABLE for guard in row.guards}
    assert all(list(get_type_hints(guard)) == ["facts", "return"] for guard in used)
    assert all(get_type_hints(guard)["facts"] is Facts for guard in used)
    modules = {
        node.module for node in ast.walk(ast.parse(inspect.getsource(guards))) if isinstance(node, ast.ImportFrom)
    }
    assert modules == {"collections.abc", "datetime", "workflows.facts", "workflows.machine", "workflows.reviewing"}


def permitted(answers: Outcomes) -> set[tuple[Stage, Action, Capacity]]:
    """Every step that somebody may take with `answers` as results, under facts that favour all else."""
    gaps = tuple(unanswered.gaps(PROTOCOL, answers))
    return {
        (row.source, row.action, capacity)
        for row in TABLE
        for capacity in row.by
        if isinstance(
            advance(
                row.source,
                row.action,
                acting_as=frozenset({capacity}),
                facts=replace(favouring(row), gaps=gaps),
            ),
            Advanced,
        )
    }


def mirrored(number: str) -> str:
    """The same number on the other side of zero, as typed."""
    return number[1:] if number.startswith("-") else f"-{number}" if number else ""


@given(
    before=st.sampled_from(CONCLUSIONS),
    after=st.sampled_from(CONCLUSIONS),
    done=st.sampled_from(Done),
    numbers=st.tuples(*[st.sampled_from(["", "0.3", "-0.2", "many"])] * 3),
)
def test_swapping_verdicts_changes_no_permitted_step(
    before: Verdict, after: Verdict, done: Done, numbers: tuple[str, str, str]
) -> None:
    estimate, low, high = numbers
    one = with_answer(OUTCOMES, "H1", verdict=before, done=done, estimate=estimate, low=low, high=high)
    other = with_answer(
        OUTCOMES, "H1", verdict=after, done=done, estimate=mirrored(estimate), low=mirrored(high), high=mirrored(low)
    )
    one_gaps, other_gaps = list(unanswered.gaps(PROTOCOL, one)), list(unanswered.gaps(PROTOCOL, other))
    assert {gap.code for gap in one_gaps} == {gap.code for gap in other_gaps}
    assert permitted(one) == permitted(other)


def test_an_incomplete_answer_does_change_what_is_permitted() -> None:
    unanswered = with_answer(OUTCOMES, "H1", verdict=None)
    lost = permitted(OUTCOMES) - permitted(unanswered)
    assert (Stage.STAGE_2_DRAFT, Action.SUBMIT, Capacity.CORRESPONDING_AUTHOR) in lost


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("verdict", Verdict)
def test_any_verdict_that_fits_its_row_can_be_submitted(kind: Kind, verdict: Verdict) -> None:
    row = replace(PROTOCOL.rows[0], kind=kind)
    answers = with_answer(OUTCOMES, "H1", verdict=verdict, why="The server burnt down.")
    gaps = list(unanswered.gaps(replace(PROTOCOL, rows=(row, PROTOCOL.rows[1])), answers))
    assert bool(gaps) is (verdict not in outcomes.verdicts_for(kind))


@pytest.mark.parametrize("verdict", [*CONCLUSIONS, Verdict.NOT_TESTABLE, Verdict.NOT_TESTED])
def test_a_null_result_is_accepted_like_any_other(verdict: Verdict) -> None:
    answers = with_answer(OUTCOMES, "H1", verdict=verdict, why="The server burnt down.")
    facts = replace(FAVOURABLE, gaps=tuple(unanswered.gaps(PROTOCOL, answers)), upheld=())
    stage = Stage.STAGE_2_DRAFT
    for action, capacity in (
        (Action.SUBMIT, Capacity.CORRESPONDING_AUTHOR),
        (Action.SEND_TO_REVIEW, Capacity.HANDLING_EDITOR),
        (Action.PROPOSE_ACCEPTANCE, Capacity.HANDLING_EDITOR),
        (Action.CONFIRM, Capacity.SECOND_EDITOR),
    ):
        step = advance(stage, action, acting_as=frozenset({capacity}), facts=facts)
        assert isinstance(step, Advanced), step
        stage = step.target
    assert stage is Stage.ACCEPTED


@pytest.mark.parametrize("verdict", CONCLUSIONS)
def test_without_an_upheld_criterion_of_stage_2_no_result_can_be_rejected(verdict: Verdict) -> None:
    answers = with_answer(OUTCOMES, "H1", verdict=verdict)
    facts = replace(FAVOURABLE, gaps=tuple(unanswered.gaps(PROTOCOL, answers)), upheld=("1A", "1E"))
    for stage, action in (
        (Stage.STAGE_2_IN_REVIEW, Action.PROPOSE_REJECTION),
        (Stage.STAGE_2_REJECTION_PROPOSED, Action.CONFIRM),
    ):
        answer = advance(stage, action, acting_as=frozenset(Capacity), facts=facts)
        assert isinstance(answer, Refusal)
        assert answer.code == "rejection_unsustained"
