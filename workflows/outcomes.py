"""Outcomes: the stage-2 rows that answer the protocol's rows, and what a reader is told of them.

The rule that turns a verdict and its competence evidence into an outcome is in docs/outcomes.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflows.machine import Refusal
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
    NOT_DONE = "not_done"

    @property
    def words(self) -> str:
        """The answer as authors choose it."""
        return {
            Done.AS_REGISTERED: "as registered",
            Done.DIFFERENTLY: "differently",
            Done.NOT_DONE: "not at all",
        }[self]


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
class OutcomeRow:
    """The answer to one row of the protocol. Numbers are kept as typed; `level` is the interval's, in per cent."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """How one registered check came out, with the value found."""

    label: str
    passed: Passed | None = None
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """All answers of a stage-2 submission."""

    rows: tuple[OutcomeRow, ...] = ()
    checks: tuple[CheckResult, ...] = ()

    def row(self, label: str) -> OutcomeRow | None:
        """The answer to the row called `label`, if there is one."""
        return next((row for row in self.rows if row.label == label), None)

    def check(self, label: str) -> CheckResult | None:
        """The result of the check called `label`, if there is one."""
        return next((check for check in self.checks if check.label == label), None)


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
    return (*(_CONCLUSIONS if kind.tests else (Verdict.ESTIMATED,)), *_WITHOUT_NUMBERS)


_WITHOUT_NUMBERS = (Verdict.NOT_TESTABLE, Verdict.NOT_TESTED)


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


def _precision_missing(row: Row, answer: OutcomeRow) -> Iterable[str]:
    smallest = number(row.smallest_effect)
    low, high = number(answer.low), number(answer.high)
    if smallest is None:
        yield "no smallest effect of interest was registered"
    elif low is None or high is None:
        yield "no interval is reported"
    elif not -smallest < low <= high < smallest:
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


def gaps(protocol: Protocol, outcomes: Outcomes) -> Iterator[Refusal]:
    """What the answers still lack before stage 2 can be submitted: every row and every check is answered."""
    for index, row in enumerate(protocol.rows):
        answer = outcomes.row(row.label) or OutcomeRow(label=row.label)
        place = f"outcomes-{index}"
        if answer.done is None:
            yield Refusal("done_missing", f"Say whether {row.label} was carried out as registered.", f"{place}-done")
        yield from _verdict_gaps(row, answer, place=place)
        if answer.done is Done.DIFFERENTLY and not answer.account.strip():
            yield Refusal("account_missing", f"Say what was done for {row.label} instead.", f"{place}-account")
        yield from _number_gaps(answer, place=place)
    for index, check in enumerate(protocol.checks):
        result = outcomes.check(check.label)
        if result is None or result.passed is None:
            yield Refusal("check_missing", f"Say how the check {check.label} came out.", f"checks-{index}-passed")


def _verdict_gaps(row: Row, answer: OutcomeRow, *, place: str) -> Iterator[Refusal]:
    """What is wrong with a verdict. None of this depends on whether a conclusion is supported or contradicted."""
    if answer.verdict is None:
        yield Refusal("verdict_missing", f"Give the verdict of {row.label} by its decision rule.", f"{place}-verdict")
    elif answer.verdict not in verdicts_for(row.kind):
        can = "can only be estimated: it has no hypothesis" if not row.kind.tests else "has a hypothesis to conclude on"
        yield Refusal("verdict_unfit", f"{row.label} {can}. Choose a verdict that fits.", f"{place}-verdict")
    elif answer.done is Done.NOT_DONE and answer.verdict not in _WITHOUT_NUMBERS:
        words = f"{row.label} was not carried out, so it is not tested or not testable. Choose one of these verdicts."
        yield Refusal("verdict_without_test", words, f"{place}-verdict")
    elif answer.verdict in _WITHOUT_NUMBERS and not answer.why.strip():
        yield Refusal("why_missing", f"Say why {row.label} could not be tested.", f"{place}-why")


def _number_gaps(answer: OutcomeRow, *, place: str) -> Iterator[Refusal]:
    for field, name in (("estimate", "estimate"), ("low", "lower end"), ("high", "upper end")):
        text = getattr(answer, field)
        if text.strip() and number(text) is None:
            words = f"The {name} of {answer.label} must be a number, such as 0.03 or \N{MINUS SIGN}1.2."
            yield Refusal("number_invalid", words, f"{place}-{field}")
    low, high = number(answer.low), number(answer.high)
    if low is not None and high is not None and low > high:
        words = f"The interval of {answer.label} ends before it begins. Swap the two ends."
        yield Refusal("interval_reversed", words, f"{place}-high")
    level = number(answer.level)
    if not (low is None and high is None) and (level is None or not 0 < level < PER_CENT):
        words = f"Say how wide the interval of {answer.label} is, in per cent between 0 and 100, such as 95."
        yield Refusal("level_invalid", words, f"{place}-level")
