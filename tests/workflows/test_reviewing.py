"""What a review must say before it can be sent, and when a remark may bear on a decision."""

from dataclasses import replace

import pytest

from workflows.reviewing import (
    Answer,
    Criterion,
    Judgement,
    Point,
    Severity,
    criteria,
    may_uphold,
    point_refusals,
    review_refusals,
    unjudged,
)

POINT = Point(
    criterion=Criterion.METHOD,
    place="H1",
    claim="The sample is small.",
    why="A null would say nothing.",
    settles="A power analysis for 0.15.",
    severity=Severity.MUST,
)
JUDGED = {stage: tuple(Judgement(criterion=one, answer=Answer.MET) for one in criteria(stage)) for stage in (1, 2)}


@pytest.mark.parametrize(
    ("stage", "values"), [(1, ["1A", "1B", "1C", "1D", "1E"]), (2, ["2A", "2B", "2C", "2D", "2E"])]
)
def test_each_stage_has_its_five_criteria(stage: int, values: list[str]) -> None:
    assert criteria(stage) == tuple(values)
    assert {criterion.stage for criterion in criteria(stage)} == {stage}


@pytest.mark.parametrize(
    ("point", "lacks"),
    [
        (POINT, []),
        (replace(POINT, claim=" "), [("claim_missing", "points-0-claim")]),
        (replace(POINT, criterion=None), [("criterion_missing", "points-0-criterion")]),
        (replace(POINT, severity=None), [("severity_missing", "points-0-severity")]),
        (replace(POINT, why=" "), [("why_missing", "points-0-why")]),
        (replace(POINT, settles=" "), [("settles_missing", "points-0-settles")]),
        (replace(POINT, severity=Severity.SHOULD, why=""), [("why_missing", "points-0-why")]),
        (replace(POINT, severity=Severity.SHOULD, settles=""), [("settles_missing", "points-0-settles")]),
        (replace(POINT, severity=Severity.NOTE, why="", settles="", place=""), []),
    ],
)
def test_a_point_that_asks_something_says_why_and_what_would_settle_it(
    point: Point, lacks: list[tuple[str, str]]
) -> None:
    assert [(refusal.code, refusal.field) for refusal in point_refusals(point, place="points-0")] == lacks


@pytest.mark.parametrize("stage", [1, 2])
def test_every_criterion_of_the_stage_wants_a_judgement(stage: int) -> None:
    assert review_refusals(stage, JUDGED[stage], ()) == ()
    found = review_refusals(stage, JUDGED[3 - stage], ())
    assert [(refusal.code, refusal.field) for refusal in found] == [
        ("judgement_missing", f"judgement-{criterion.value}") for criterion in criteria(stage)
    ]


@pytest.mark.parametrize(
    ("answer", "reason", "code"),
    [
        (Answer.MET, "", None),
        (Answer.NOT_MET, " ", "reason_missing"),
        (Answer.NOT_MET, "No power analysis.", None),
        (Answer.CANNOT_JUDGE, "", "reason_missing"),
        (Answer.CANNOT_JUDGE, "Not my method.", None),
        (None, "Why not.", "judgement_missing"),
    ],
)
def test_every_answer_but_met_gives_its_reason(answer: Answer | None, reason: str, code: str | None) -> None:
    first = Judgement(criterion=Criterion.QUESTION, answer=answer, reason=reason)
    found = review_refusals(1, (first, *JUDGED[1][1:]), ())
    assert [refusal.code for refusal in found] == ([code] if code else [])


def test_points_are_found_by_their_place() -> None:
    found = review_refusals(1, JUDGED[1], (POINT, replace(POINT, claim="")))
    assert [refusal.field for refusal in found] == ["points-1-claim"]


def test_stage_2_cannot_ask_what_stage_1_settled() -> None:
    found = review_refusals(2, JUDGED[2], (POINT,))
    assert [(refusal.code, refusal.field) for refusal in found] == [("criterion_other_stage", "points-0-criterion")]


@pytest.mark.parametrize(
    ("answered", "passed", "may"), [(False, False, False), (True, False, True), (False, True, True), (True, True, True)]
)
def test_nothing_is_upheld_before_the_authors_had_their_say(*, answered: bool, passed: bool, may: bool) -> None:
    refusal = may_uphold(answered=answered, answer_due_passed=passed)
    assert (refusal is None) is may


def test_criteria_that_nobody_judged_are_named_in_order() -> None:
    assert unjudged(1, [Criterion.DETAIL, Criterion.QUESTION, Criterion.TESTABLE]) == ("1B", "1C", "1E")
    assert unjudged(2, criteria(2)) == ()
