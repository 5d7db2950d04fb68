"""Reviewing: the criteria, judgements, points, and when one of them can bear on a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workflows.machine import Refusal


class Criterion(StrEnum):
    """The five criteria of stage 1 and the five of stage 2 (as practised at PCI Registered Reports and Cortex)."""

    QUESTION = "1A"
    HYPOTHESES = "1B"
    METHOD = "1C"
    DETAIL = "1D"
    CHECKS = "1E"
    TESTABLE = "2A"
    UNCHANGED = "2B"
    FOLLOWED = "2C"
    UNREGISTERED = "2D"
    CONCLUSIONS = "2E"

    @property
    def stage(self) -> int:
        """1 or 2."""
        return int(self.value[0])

    @property
    def words(self) -> str:
        """The criterion as a statement that is met or not."""
        return _CRITERION_WORDS[self]


_CRITERION_WORDS = {
    Criterion.QUESTION: "The question is scientifically valid. Importance and novelty are not judged.",
    Criterion.HYPOTHESES: "The hypotheses, if any, are logical, justified and plausible.",
    Criterion.METHOD: "The method and analysis are sound and feasible, the sampling plan included.",
    Criterion.DETAIL: "There is enough detail to repeat the study closely and to leave no hidden choices.",
    Criterion.CHECKS: "Enough outcome-neutral checks make sure that the results can test the hypotheses.",
    Criterion.TESTABLE: "The data can test the hypotheses: the registered checks passed.",
    Criterion.UNCHANGED: "Introduction, rationale and hypotheses are those that were accepted.",
    Criterion.FOLLOWED: "The registered procedures were followed, and departures are declared.",
    Criterion.UNREGISTERED: "Unregistered analyses are justified, sound, marked as such, and do not dominate.",
    Criterion.CONCLUSIONS: "The conclusions follow from the evidence.",
}


def criteria(stage: int) -> tuple[Criterion, ...]:
    """The criteria of stage 1 or 2, in order."""
    return tuple(criterion for criterion in Criterion if criterion.stage == stage)


class Answer(StrEnum):
    """A judgement's answer to its criterion."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_JUDGE = "cannot_judge"

    @property
    def words(self) -> str:
        """The answer as reviewers choose it."""
        return {Answer.MET: "met", Answer.NOT_MET: "not met", Answer.CANNOT_JUDGE: "I cannot judge this"}[self]


class Severity(StrEnum):
    """How much a point, a finding or a lint asks."""

    MUST = "must"
    SHOULD = "should"
    NOTE = "note"

    @property
    def words(self) -> str:
        """The severity as reviewers choose it."""
        return {
            Severity.MUST: "must be settled",
            Severity.SHOULD: "should be settled",
            Severity.NOTE: "a note that asks nothing",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An answer to one criterion, with its reason."""

    criterion: Criterion
    answer: Answer | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a review: what is claimed, why it matters for the conclusion, and what would settle it."""

    criterion: Criterion | None = None
    place: str = ""
    claim: str = ""
    why: str = ""
    settles: str = ""
    severity: Severity | None = None


def point_refusals(point: Point, *, place: str) -> Iterable[Refusal]:
    """What `point` lacks before it can be filed. A must or a should says why it matters and what would settle it."""
    if not point.claim.strip():
        yield Refusal("claim_missing", "Say what is wrong or missing.", f"{place}-claim")
    if point.criterion is None:
        yield Refusal("criterion_missing", "Say which criterion the point bears on.", f"{place}-criterion")
    if point.severity is None:
        yield Refusal("severity_missing", "Say how much the point asks: must, should or note.", f"{place}-severity")
    if point.severity in (Severity.MUST, Severity.SHOULD):
        if not point.why.strip():
            words = "Say why it matters: which conclusion would be wrong if this stayed as it is? Or make it a note."
            yield Refusal("why_missing", words, f"{place}-why")
        if not point.settles.strip():
            words = "Say what would settle it: an analysis, a number, a changed sentence. Or make it a note."
            yield Refusal("settles_missing", words, f"{place}-settles")


def review_refusals(stage: int, judgements: Iterable[Judgement], points: Iterable[Point]) -> tuple[Refusal, ...]:
    """What a review of `stage` lacks before it can be sent."""
    given = {judgement.criterion: judgement for judgement in judgements}
    found: list[Refusal] = []
    for criterion in criteria(stage):
        judgement = given.get(criterion)
        if judgement is None or judgement.answer is None:
            words = f"Judge {criterion}: {criterion.words}"
            found.append(Refusal("judgement_missing", words, f"judgement-{criterion}"))
        elif judgement.answer is not Answer.MET and not judgement.reason.strip():
            words = f"Give the reason for your answer to {criterion}."
            found.append(Refusal("reason_missing", words, f"judgement-{criterion}-reason"))
    for index, point in enumerate(points):
        found.extend(point_refusals(point, place=f"points-{index}"))
        if point.criterion is not None and point.criterion.stage != stage:
            words = f"{point.criterion} is a criterion of stage {point.criterion.stage}. Choose one of stage {stage}."
            found.append(Refusal("criterion_other_stage", words, f"points-{index}-criterion"))
    return tuple(found)


def may_uphold(*, answered: bool, answer_due_passed: bool) -> Refusal | None:
    """A judgement or point can be upheld only after the authors had their say."""
    if answered or answer_due_passed:
        return None
    return Refusal("not_answered", "The authors have not answered yet. Ask for their answer, or wait until it is due.")


def unjudged(stage: int, judged: Iterable[Criterion]) -> tuple[str, ...]:
    """The criteria of `stage` that nobody has answered with met or not met."""
    known = set(judged)
    return tuple(criterion.value for criterion in criteria(stage) if criterion not in known)
