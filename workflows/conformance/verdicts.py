"""Verdicts recomputed: what the registered rules give for the values that are reported."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from workflows.comparing.finding import Evidence, Wording
from workflows.conformance.finding import Finding, Found
from workflows.outcomes import CheckResult, MetricValue, OutcomeRow, Outcomes, Passed
from workflows.protocol import Check, Protocol, Row, Statistic, Value, holds, number, read_back, verdicts
from workflows.reviewing import Criterion, Severity
from workflows.verdicts import Verdict

_OPEN = (Verdict.NOT_TESTABLE, Verdict.NOT_TESTED)


def verdict_findings(protocol: Protocol, outcomes: Outcomes) -> Iterator[Finding]:
    """Rows whose claimed verdict is not the one that their structured rule gives, and checks that came out otherwise.

    Nothing is said where no rule is structure, or where values that it needs were not reported but for a row that
    claims a conclusion: then that it cannot be verified is a note.
    """
    for row in protocol.rows:
        answer = outcomes.row(row.label)
        if row.rule and answer is not None and answer.verdict is not None and answer.verdict not in _OPEN:
            yield from _of_row(row, answer)
    for check in protocol.checks:
        result = outcomes.check(check.label)
        if check.passes and result is not None and result.passed in (Passed.PASSED, Passed.FAILED):
            yield from _of_check(check, result)


def by_rule(row: Row, answer: OutcomeRow) -> frozenset[Verdict] | None:
    """The verdicts that the registered rule gives for the reported values; None where it is no structure, or where
    values that it needs were not reported.
    """
    if not row.rule or _other_level(row, answer):
        return None
    given = verdicts(row.rule, values_of(row, answer))
    return None if given is None else frozenset(given)


def _of_row(row: Row, answer: OutcomeRow) -> Iterator[Finding]:
    given = by_rule(row, answer)
    claimed = answer.verdict.words if answer.verdict else ""
    if given is None:
        yield _verdict(row, answer, Found.UNVERIFIABLE, _cannot(row))
    elif answer.verdict not in given:
        rule = " or ".join(sorted(each.words for each in given)) or "no verdict"
        words = f"By the registered rule the reported values give: {rule}. Claimed: {claimed}."
        yield _verdict(row, answer, Found.VERDICT, words)


def _verdict(row: Row, answer: OutcomeRow, kind: Found, sentence: str) -> Finding:
    differs = kind is Found.VERDICT
    return Finding(
        kind=kind,
        severity=Severity.MUST if differs else Severity.NOTE,
        place=row.label,
        promised=read_back(row.rule, row.label) or row.decision_rule,
        reported=_told(answer),
        sentence=sentence,
        wording=Wording.DIFFERS if differs else Wording.CANNOT_BE_VERIFIED,
        evidence=Evidence.NUMBERS,
        criterion=Criterion.CONCLUSIONS,
    )


def _cannot(row: Row) -> str:
    levels = sorted({each.level for each in row.rule.comparisons() if each.statistic is Statistic.INTERVAL})
    asked = f" at {', '.join(levels)} per cent" if any(levels) else ""
    return f"The registered rule of {row.label} asks for values that are not reported{asked}. Add them, if you can."


def _told(answer: OutcomeRow) -> str:
    interval = f" [{answer.low}, {answer.high}]" if answer.low or answer.high else ""
    named = [f"{name} {value}" for name, value in (("p", answer.p), ("BF", answer.bayes_factor)) if value.strip()]
    verdict = answer.verdict.words if answer.verdict else "no verdict"
    return "; ".join(
        [verdict, *([f"{answer.estimate}{interval}".strip()] if answer.estimate or interval else []), *named]
    )


def _other_level(row: Row, answer: OutcomeRow) -> bool:
    """Whether the rule is about an interval of a level that is not the reported one's."""
    asked = {
        number(each.level)
        for each in row.rule.comparisons()
        if each.statistic is Statistic.INTERVAL and not each.metric
    }
    return bool(asked - {None}) and number(answer.level) not in asked


def values_of(row: Row, answer: OutcomeRow) -> Mapping[str, Value]:
    """The reported values by metric, the row's own under the empty name and under its label."""
    own = _value(answer, answer.sample)
    return {**{each.metric: _value(each, each.count) for each in answer.values}, "": own, row.label: own}


def _value(said: OutcomeRow | MetricValue, count: str) -> Value:
    return Value(
        estimate=number(said.estimate),
        low=number(said.low),
        high=number(said.high),
        p=number(said.p),
        bayes_factor=number(said.bayes_factor),
        count=_count(count),
    )


def _count(text: str) -> Decimal | None:
    return number(text.replace(",", "").replace("\N{NARROW NO-BREAK SPACE}", ""))


def _of_check(check: Check, result: CheckResult) -> Iterator[Finding]:
    """A check whose structured threshold compares one number: the value found says whether it passed."""
    found = number(result.found)
    names = {each.metric for each in check.passes}
    if found is None or len(names) != 1 or any(each.statistic is Statistic.INTERVAL for each in check.passes):
        return
    value = Value(estimate=found, p=found, bayes_factor=found, count=found)
    answers = [holds(each, {each.metric: value}) for each in check.passes]
    if None in answers or all(answers) is (result.passed is Passed.PASSED):
        return
    yield Finding(
        kind=Found.AT_ODDS,
        severity=Severity.MUST,
        place=check.label,
        promised=check.threshold or check.what,
        reported=f"{result.found}: {result.passed.words if result.passed else ''}",
        sentence=f"By its registered threshold the value of {check.label} means that it"
        f" {'passed' if all(answers) else 'failed'}. Correct the value or the answer.",
        evidence=Evidence.NUMBERS,
        criterion=Criterion.TESTABLE,
    )
