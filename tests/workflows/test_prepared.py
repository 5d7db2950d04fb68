"""What is prepared for each criterion of stage 2: every row and check, in plain lines, and no judgement."""

from dataclasses import replace

import pytest

from tests.workflows.examples import OUTCOMES, PROTOCOL, with_answer, with_check
from workflows.conformance.prepared import prepared
from workflows.outcomes import Done, Outcomes, Passed, Unregistered
from workflows.reviewing import Criterion, criteria
from workflows.verdicts import Verdict

ROW, CHECK = PROTOCOL.rows[0].label, PROTOCOL.checks[0].label


def said(criterion: Criterion, outcomes: Outcomes, amended: int = 0) -> str:
    return "\n".join(prepared(PROTOCOL, outcomes, amended=amended)[criterion])


def test_every_criterion_has_something() -> None:
    assert all(said(each, OUTCOMES) for each in criteria(2))


@pytest.mark.parametrize(("passed", "words"), [(None, "has no result"), *((each, each.words) for each in Passed)])
def test_each_check_says_how_it_came_out(passed: Passed | None, words: str) -> None:
    assert f"{CHECK} {words}" in said(Criterion.TESTABLE, with_check(OUTCOMES, CHECK, passed))


def test_a_plan_without_checks_says_so() -> None:
    found = prepared(replace(PROTOCOL, checks=()), OUTCOMES, amended=0)
    assert found[Criterion.TESTABLE] == ("No outcome-neutral check was registered.",)


@pytest.mark.parametrize(("times", "words"), [(0, "was not amended"), (1, "once"), (3, "3 times")])
def test_amendments_are_counted(times: int, words: str) -> None:
    assert words in said(Criterion.UNCHANGED, OUTCOMES, times)


def test_what_was_done_otherwise_is_named() -> None:
    assert f"{ROW}: differently" not in said(Criterion.FOLLOWED, OUTCOMES)
    assert f"{ROW}: differently. Half." in said(
        Criterion.FOLLOWED, with_answer(OUTCOMES, ROW, done=Done.DIFFERENTLY, account="Half.")
    )


def test_unregistered_analyses_are_listed() -> None:
    added = replace(OUTCOMES, unregistered=(Unregistered(what="Languages.", why="Asked for.", where="section 5"),))
    assert "Languages (section 5). Why: Asked for." in said(Criterion.UNREGISTERED, added)
    assert "no unregistered analysis" in said(Criterion.UNREGISTERED, OUTCOMES)


@pytest.mark.parametrize("verdict", [Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.INCONCLUSIVE])
def test_a_verdict_is_told_alike_whichever_it_is(verdict: Verdict) -> None:
    """The same words in the same places, but for the verdict itself and what readers are told of it."""
    line = said(Criterion.CONCLUSIONS, with_answer(OUTCOMES, ROW, verdict=verdict)).splitlines()[0]
    assert line.startswith(f"{ROW}: claimed {verdict.words}; ")
    assert "checks passed" in line
    assert "Readers are told: " in line
