"""Outcomes: the stage-2 rows that answer the protocol's rows, and what a reader is told of them.

The rule that turns a verdict and its competence evidence into an outcome is in docs/outcomes.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflows.protocol import Kind, Protocol, Row, number
from workflows.verdicts import Verdict

PER_CENT = 100
# An interval of 90 per cent inside the bounds is two one-sided tests at 5 per cent (Schuirmann 1987, Lakens 2017): the
# usual test of equivalence. A narrower one would make any null "informative".
LEAST_LEVEL = 90


class Outcome(StrEnum):
    """What a reader is told, derived from verdict and competence evidence."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NULL_INFORMATIVE = "null_informative"
    UNINFORMATIVE = "uninformative"
    NOT_TESTED = "not_tested"
    ESTIMATED = "estimated"
    NO_RESULT_YET = "no_result_yet"

    @property
    def words(self) -> str:
        """The outcome as readers read it."""
        return _OUTCOME_WORDS[self]


_OUTCOME_WORDS = {
    Outcome.SUPPORTED: "Supported",
    Outcome.CONTRADICTED: "Contradicted",
    Outcome.NULL_INFORMATIVE: "Null, informative",
    Outcome.UNINFORMATIVE: "Uninformative",
    Outcome.NOT_TESTED: "Not tested",
    Outcome.ESTIMATED: "Estimated",
    Outcome.NO_RESULT_YET: "No result yet",
}


class Done(StrEnum):
    """Whether a row was carried out as registered."""

    AS_REGISTERED = "as_registered"
    DIFFERENTLY = "differently"
    REPLACED = "replaced"
    BRANCHED = "branched"
    NOT_DONE = "not_done"

    @property
    def words(self) -> str:
        """The answer as authors choose it."""
        return _DONE_WORDS[self]


_DONE_WORDS = {
    Done.AS_REGISTERED: "as registered",
    Done.DIFFERENTLY: "differently",
    Done.REPLACED: "replaced by something else",
    Done.BRANCHED: "not applicable, by a branch of the protocol",
    Done.NOT_DONE: "not at all",
}


class Passed(StrEnum):
    """How a registered check came out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not_run"

    @property
    def words(self) -> str:
        """The answer as authors choose it."""
        return {Passed.PASSED: "passed", Passed.FAILED: "failed", Passed.NOT_RUN: "not run"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricValue:
    """What was found of a metric that a decision rule names beside the row's own. Numbers are kept as typed."""

    metric: str
    estimate: str = ""
    low: str = ""
    high: str = ""
    p: str = ""
    bayes_factor: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """The answer to one row of the protocol. Numbers are kept as typed; `level` is the interval's, in per cent.

    `where` points into the manuscript (a section, table or page), `cells` gives n of each cell or condition in words,
    `branch` is the label of the contingency by which the row does not apply.
    """

    label: str
    verdict: Verdict | None = None
    done: Done | None = None
    estimate: str = ""
    low: str = ""
    high: str = ""
    level: str = "95"
    sample: str = ""
    why: str = ""
    account: str = ""
    where: str = ""
    p: str = ""
    bayes_factor: str = ""
    cells: str = ""
    branch: str = ""
    values: tuple[MetricValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """How one registered check came out, with the value found and where the manuscript says so."""

    label: str
    passed: Passed | None = None
    found: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnswer:
    """The answer to another part of the protocol: sample, measure, exclusion, analysis, contingency or pin.

    `found` is what was used or reached, as reported (how many, which model, which seed), empty if as registered;
    `account` what was done instead, `branch` the contingency by which it does not apply, `where` the place in the
    manuscript.
    """

    label: str
    done: Done | None = None
    found: str = ""
    account: str = ""
    branch: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unregistered:
    """An analysis that is reported and was not registered: what it is, why it was made, where it stands."""

    what: str = ""
    why: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """All answers of a stage-2 submission."""

    rows: tuple[OutcomeRow, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    parts: tuple[PartAnswer, ...] = ()
    unregistered: tuple[Unregistered, ...] = ()

    def row(self, label: str) -> OutcomeRow | None:
        """The answer to the row called `label`, if there is one."""
        return next((row for row in self.rows if row.label == label), None)

    def check(self, label: str) -> CheckResult | None:
        """The result of the check called `label`, if there is one."""
        return next((check for check in self.checks if check.label == label), None)

    def part(self, label: str) -> PartAnswer | None:
        """The answer to the part called `label`, if there is one."""
        return next((part for part in self.parts if part.label == label), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """The evidence that the study could have found what it looked for: checks passed of those registered,
    and what is missing for judging a null, in words.
    """

    registered: int
    passed: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """A row's outcome with the evidence it rests on."""

    outcome: Outcome
    competence: Competence


def conclude(protocol: Protocol, outcomes: Outcomes, label: str) -> Concluded:
    """The outcome of the row `label`. A null is informative only if checks were registered and passed, and the
    interval excludes effects as large as the smallest of interest; otherwise what is missing is listed.

    Raises KeyError when the protocol has no such row.
    """
    row = protocol.row(label)
    if row is None:
        raise KeyError(label)
    answer = outcomes.row(label) or OutcomeRow(label=label)
    competence = _competence(protocol, outcomes, row=row, answer=answer)
    return Concluded(outcome=_outcome(row, answer, competence), competence=competence)


def _outcome(row: Row, answer: OutcomeRow, competence: Competence) -> Outcome:
    verdict = answer.verdict
    if verdict in _CONCLUSIONS and not row.kind.tests:
        return Outcome.ESTIMATED
    if verdict is Verdict.INCONCLUSIVE and not competence.missing:
        return Outcome.NULL_INFORMATIVE
    return _TOLD[verdict]


_CONCLUSIONS = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.INCONCLUSIVE)
_TOLD = {
    None: Outcome.NO_RESULT_YET,
    Verdict.SUPPORTED: Outcome.SUPPORTED,
    Verdict.CONTRADICTED: Outcome.CONTRADICTED,
    Verdict.INCONCLUSIVE: Outcome.UNINFORMATIVE,
    Verdict.NOT_TESTABLE: Outcome.UNINFORMATIVE,
    Verdict.NOT_TESTED: Outcome.NOT_TESTED,
    Verdict.ESTIMATED: Outcome.ESTIMATED,
}


def verdicts_for(kind: Kind) -> tuple[Verdict, ...]:
    """The verdicts that a row of `kind` can have: with a hypothesis it is concluded on, without one estimated."""
    return (*(_CONCLUSIONS if kind.tests else (Verdict.ESTIMATED,)), *WITHOUT_NUMBERS)


WITHOUT_NUMBERS = (Verdict.NOT_TESTABLE, Verdict.NOT_TESTED)


def _competence(protocol: Protocol, outcomes: Outcomes, *, row: Row, answer: OutcomeRow) -> Competence:
    checks = protocol.checks_of(row.label)
    results = [outcomes.check(check.label) or CheckResult(label=check.label) for check in checks]
    passed = sum(result.passed is Passed.PASSED for result in results)
    missing = [f"{result.label} {_NOT_PASSED[result.passed]}" for result in results if result.passed in _NOT_PASSED]
    if not checks:
        missing.append("no outcome-neutral check was registered")
    missing.extend(_precision_missing(row, answer))
    return Competence(registered=len(checks), passed=passed, missing=tuple(missing))


_NOT_PASSED = {Passed.FAILED: "did not pass", Passed.NOT_RUN: "was not run", None: "has no result yet"}


def excludes_the_smallest(row: Row, answer: OutcomeRow) -> bool | None:
    """Whether the interval excludes effects as large as the smallest of interest; None where one of them is missing."""
    smallest, low, high = number(row.smallest_effect), number(answer.low), number(answer.high)
    return None if smallest is None or low is None or high is None else -smallest < low <= high < smallest


def _precision_missing(row: Row, answer: OutcomeRow) -> Iterable[str]:
    excludes = excludes_the_smallest(row, answer)
    if number(row.smallest_effect) is None:
        yield "no smallest effect of interest was registered"
    elif excludes is None:
        yield "no interval is reported"
    elif not excludes:
        yield "the interval does not exclude effects as large as the smallest of interest"
    elif (number(answer.level) or 0) < LEAST_LEVEL:
        yield f"the interval has a level below {LEAST_LEVEL} per cent"


def is_null_result(rows: Sequence[Row], verdicts: Sequence[Verdict | None]) -> bool:
    """Whether a report is a null result: it has a primary hypothesis, and no primary directional one is supported.

    A supported equivalence counts as null. `verdicts` answer `rows` one for one.
    """
    primary = [(row, verdict) for row, verdict in zip(rows, verdicts, strict=True) if row.primary and row.kind.tests]
    found = any(row.kind is Kind.DIRECTIONAL and verdict is Verdict.SUPPORTED for row, verdict in primary)
    return bool(primary) and not found
