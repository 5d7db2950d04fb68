"""What comparing stage 2 with the frozen protocol finds, side by side."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import OUTCOMES, PROTOCOL, with_answer, with_check
from workflows.conformance import Found, State, bars, beginning, compare
from workflows.deviations import Deviation
from workflows.outcomes import Done, OutcomeRow, Outcomes, Passed
from workflows.reviewing import Criterion, Severity
from workflows.verdicts import Verdict

MUST, NOTE = Severity.MUST, Severity.NOTE
ON_H1 = (Deviation(row="H1", what="1,500 prompts."),)
ON_C1 = (Deviation(row="C1", what="Not run."),)
SAYS_NOTHING = (Deviation(row="H1", what=" "), Deviation(row="", what="1,500 prompts."))
EXTRA = replace(OUTCOMES, rows=(*OUTCOMES.rows, OutcomeRow(label="X1", account="Post hoc.")))


def h1(**changes: object) -> Outcomes:
    """The outcomes with these changes to the answer to H1."""
    return with_answer(OUTCOMES, "H1", **changes)


@pytest.mark.parametrize(
    ("outcomes", "deviations", "found"),
    [
        (OUTCOMES, (), []),
        (replace(OUTCOMES, rows=OUTCOMES.rows[1:]), (), [(Found.MISSING, MUST, "H1")]),
        (h1(verdict=None), (), [(Found.MISSING, MUST, "H1")]),
        (h1(done=None), ON_H1, [(Found.MISSING, MUST, "H1")]),
        (h1(done=Done.DIFFERENTLY), (), [(Found.UNEXPLAINED, MUST, "H1")]),
        (h1(done=Done.DIFFERENTLY), SAYS_NOTHING, [(Found.UNEXPLAINED, MUST, "H1")]),
        (h1(done=Done.DIFFERENTLY, account="Fewer."), (), [(Found.UNEXPLAINED, MUST, "H1")]),
        (h1(done=Done.DIFFERENTLY), ON_H1, [(Found.CHANGED, NOTE, "H1")]),
        (h1(done=Done.NOT_DONE, verdict=Verdict.NOT_TESTED), (), [(Found.UNEXPLAINED, MUST, "H1")]),
        (h1(done=Done.NOT_DONE, verdict=Verdict.NOT_TESTED, why="Power cut."), (), [(Found.CHANGED, NOTE, "H1")]),
        (with_check(OUTCOMES, "C1", None), (), [(Found.MISSING, MUST, "C1")]),
        (replace(OUTCOMES, checks=OUTCOMES.checks[1:]), ON_C1, [(Found.MISSING, MUST, "C1")]),
        (with_check(OUTCOMES, "C1", Passed.NOT_RUN), (), [(Found.UNEXPLAINED, MUST, "C1")]),
        (with_check(OUTCOMES, "C1", Passed.NOT_RUN), ON_C1, [(Found.CHANGED, NOTE, "C1")]),
        (with_check(OUTCOMES, "C1", Passed.FAILED), (), [(Found.AT_ODDS, MUST, "H1")]),
        (
            with_check(OUTCOMES, "C2", Passed.FAILED),
            (),
            [(Found.AT_ODDS, MUST, "H1"), (Found.AT_ODDS, MUST, "RQ1")],
        ),
        (EXTRA, (), [(Found.UNREGISTERED, NOTE, "X1")]),
    ],
)
def test_these_differences_are_found(
    outcomes: Outcomes, deviations: tuple[Deviation, ...], found: list[tuple[Found, Severity, str]]
) -> None:
    findings = compare(PROTOCOL, outcomes, deviations)
    assert [(finding.kind, finding.severity, finding.place) for finding in findings] == found


@pytest.mark.parametrize("verdict", Verdict)
def test_a_failed_check_is_at_odds_with_every_conclusion_alike(verdict: Verdict) -> None:
    findings = compare(PROTOCOL, with_check(h1(verdict=verdict, why="."), "C1", Passed.FAILED), ())
    assert bool(findings) is (verdict not in {Verdict.NOT_TESTABLE, Verdict.NOT_TESTED})


def test_a_finding_shows_both_texts() -> None:
    finding = compare(PROTOCOL, h1(done=Done.DIFFERENTLY, account="1,500 prompts."), ())[0]
    assert finding.promised == "Probes find lies better than chance."
    assert finding.reported == "1,500 prompts."
    assert finding.sentence == "H1 was carried out differently, and no deviation explains it."


def test_a_verdict_at_odds_with_a_check_asks_what_the_protocol_says_follows() -> None:
    finding = compare(PROTOCOL, with_check(OUTCOMES, "C1", Passed.FAILED), ())[0]
    assert finding.promised == "C1: H1 is not testable."
    assert finding.reported == "H1: inconclusive"
    assert finding.sentence == "C1 failed, yet H1 has a verdict. What does the protocol say follows?"


def test_nothing_answered_is_missing_in_the_order_of_the_protocol() -> None:
    findings = compare(PROTOCOL, Outcomes(), ())
    assert [finding.place for finding in findings] == ["H1", "RQ1", "C1", "C2"]
    assert {finding.kind for finding in findings} == {Found.MISSING}


CONCLUSIONS = st.sampled_from([Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.INCONCLUSIVE])


@given(
    one=CONCLUSIONS,
    other=CONCLUSIONS,
    done=st.sampled_from(Done),
    passed=st.sampled_from([None, *Passed]),
    deviations=st.sampled_from([(), ON_H1, ON_C1]),
)
def test_which_way_a_result_went_changes_no_finding(
    one: Verdict, other: Verdict, done: Done, passed: Passed | None, deviations: tuple[Deviation, ...]
) -> None:
    found = [
        [(finding.kind, finding.severity, finding.place, finding.sentence) for finding in findings]
        for verdict in (one, other)
        for findings in [compare(PROTOCOL, with_check(h1(verdict=verdict, done=done), "C1", passed), deviations)]
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("outcomes", "criterion"),
    [
        (Outcomes(), Criterion.FOLLOWED),
        (h1(done=Done.DIFFERENTLY), Criterion.FOLLOWED),
        (EXTRA, Criterion.UNREGISTERED),
        (with_check(OUTCOMES, "C1", Passed.FAILED), Criterion.CONCLUSIONS),
    ],
)
def test_every_finding_bears_on_a_criterion_of_stage_2(outcomes: Outcomes, criterion: Criterion) -> None:
    assert {finding.criterion for finding in compare(PROTOCOL, outcomes, ())} == {criterion}


@pytest.mark.parametrize(
    ("done", "state"), [(Done.DIFFERENTLY, State.DECLARED), (Done.AS_REGISTERED, None), (Done.BRANCHED, None)]
)
def test_what_is_declared_begins_as_declared(done: Done, state: State | None) -> None:
    found = compare(PROTOCOL, h1(done=done, verdict=Verdict.INCONCLUSIVE), ON_H1)
    assert [beginning(finding) for finding in found] == ([state] if state else [])


def test_a_finding_that_asks_bars_until_it_is_settled() -> None:
    assert bars(MUST, State.OPEN)
    assert bars(Severity.SHOULD, State.OPEN)
    assert not bars(NOTE, State.OPEN)
    assert not any(bars(MUST, state) for state in State if state is not State.OPEN)


def test_a_finding_has_one_mark_in_every_version_and_another_for_another_difference() -> None:
    one = compare(PROTOCOL, h1(done=Done.DIFFERENTLY, account="1,500 prompts."), ())[0]
    again = compare(PROTOCOL, h1(done=Done.DIFFERENTLY, account="1,500 prompts."), ())[0]
    other = compare(PROTOCOL, h1(done=Done.DIFFERENTLY, account="1,400 prompts."), ())[0]
    assert one.mark == again.mark != other.mark
