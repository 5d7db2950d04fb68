"""What comparing finds beside rows and checks: parts of the plan, recomputed verdicts, what the texts brought up."""

from dataclasses import replace

import pytest

from tests.workflows.examples import OUTCOMES, PROTOCOL, with_answer, with_check
from workflows.comparing.finding import Evidence, Kind, Place, Span, Wording
from workflows.comparing.finding import Finding as TextFinding
from workflows.conformance import Found, State, beginning, compare
from workflows.conformance.texts import text_findings
from workflows.deviations import Deviation
from workflows.outcomes import Done, MetricValue, Outcomes, PartAnswer, Unregistered
from workflows.protocol import (
    Analysis,
    Clause,
    Comparator,
    Comparison,
    Contingency,
    Exclusion,
    Measure,
    Pin,
    Protocol,
    Rule,
    Sample,
    Statistic,
)
from workflows.reviewing import Criterion, Severity
from workflows.verdicts import Verdict

PARTS = replace(
    PROTOCOL,
    samples=(Sample(label="S1", target="480", most="600", unit="prompts"),),
    measures=(Measure(label="M1", what="accuracy"),),
    exclusions=(Exclusion(label="X1", what="Empty answers."),),
    analyses=(Analysis(label="A1", test="mixed model", threshold="alpha = .05"),),
    contingencies=(Contingency(label="B1", condition="it does not converge", then="Drop the slopes."),),
    pins=(Pin(label="P1", value="Rowan 27B", version="2.1"),),
)
DONE = tuple(PartAnswer(label=label, done=Done.AS_REGISTERED) for label in ("S1", "M1", "X1", "A1", "B1", "P1"))


def answered(label: str, *, done: Done = Done.AS_REGISTERED, branch: str = "", found: str = "") -> Outcomes:
    """Everything done as registered, but for these changes to one part."""
    parts = tuple(
        replace(part, done=done, branch=branch, found=found) if part.label == label else part for part in DONE
    )
    return replace(OUTCOMES, parts=parts)


def found(protocol: Protocol, outcomes: Outcomes, *declared: str) -> list[tuple[Found, Severity, str]]:
    deviations = tuple(Deviation(row=label, what="Otherwise.") for label in declared)
    return [(each.kind, each.severity, each.place) for each in compare(protocol, outcomes, deviations)]


def test_every_part_asks_for_an_answer() -> None:
    assert [place for _, _, place in found(PARTS, OUTCOMES)] == ["S1", "M1", "X1", "A1", "B1", "P1"]
    assert found(PARTS, replace(OUTCOMES, parts=DONE)) == []


@pytest.mark.parametrize("done", [Done.DIFFERENTLY, Done.REPLACED, Done.NOT_DONE])
def test_a_part_that_was_done_otherwise_is_explained_by_a_deviation(done: Done) -> None:
    assert found(PARTS, answered("A1", done=done)) == [(Found.UNEXPLAINED, Severity.MUST, "A1")]
    assert found(PARTS, answered("A1", done=done), "A1") == [(Found.CHANGED, Severity.NOTE, "A1")]


def test_a_branch_that_the_protocol_has_is_no_deviation() -> None:
    assert found(PARTS, answered("A1", done=Done.BRANCHED, branch="B1")) == []


@pytest.mark.parametrize(
    ("label", "same"),
    [("A1", "α = 0.05"), ("P1", "rowan 27b 2.1"), ("S1", "600"), ("S1", "513"), ("S1", "480 "), ("X1", "12")],
)
def test_ways_of_writing_and_a_sample_within_its_range_are_no_difference(label: str, same: str) -> None:
    assert found(PARTS, answered(label, found=same)) == []


@pytest.mark.parametrize(("label", "other"), [("A1", "alpha = .01"), ("P1", "Rowan 30B 2.1"), ("S1", "479")])
def test_another_value_under_as_registered_is_told(label: str, other: str) -> None:
    assert found(PARTS, answered(label, found=other)) == [(Found.VALUE, Severity.MUST, label)]
    assert found(PARTS, answered(label, found=other), label) == [(Found.VALUE, Severity.NOTE, label)]


def test_an_unregistered_analysis_is_listed_with_its_reason() -> None:
    added = replace(OUTCOMES, unregistered=(Unregistered(what="By language.", why="A reviewer asked."),))
    finding = compare(PROTOCOL, added, ())[0]
    assert (finding.kind, finding.criterion) == (Found.UNREGISTERED, Criterion.UNREGISTERED)
    assert "A reviewer asked." in finding.sentence


ABOVE = Comparison(statistic=Statistic.INTERVAL, level="95", comparator=Comparator.ABOVE, value="2")
BELOW = Comparison(statistic=Statistic.INTERVAL, level="95", comparator=Comparator.BELOW, value="0")
RULE = Rule(
    clauses=(Clause(verdict=Verdict.SUPPORTED, when=(ABOVE,)), Clause(verdict=Verdict.CONTRADICTED, when=(BELOW,))),
    otherwise=Verdict.INCONCLUSIVE,
)
RULED = replace(PROTOCOL, rows=(replace(PROTOCOL.rows[0], rule=RULE), *PROTOCOL.rows[1:]))


def reported(
    verdict: Verdict, low: str, high: str, *, level: str = "95", values: tuple[MetricValue, ...] = ()
) -> Outcomes:
    return with_answer(OUTCOMES, "H1", verdict=verdict, estimate=low, low=low, high=high, level=level, values=values)


@pytest.mark.parametrize(
    ("low", "high", "right"),
    [
        ("2.1", "4", Verdict.SUPPORTED),
        ("-4", "-1", Verdict.CONTRADICTED),
        ("1", "4", Verdict.INCONCLUSIVE),
        ("\N{MINUS SIGN}1", "1", Verdict.INCONCLUSIVE),
    ],
)
@pytest.mark.parametrize("claimed", [Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.INCONCLUSIVE])
def test_a_verdict_is_the_one_that_the_registered_rule_gives(
    low: str, high: str, right: Verdict, claimed: Verdict
) -> None:
    expected = [] if claimed is right else [(Found.VERDICT, Severity.MUST, "H1")]
    assert found(RULED, reported(claimed, low, high)) == expected


def test_a_verdict_that_cannot_be_recomputed_is_said_to_be_so() -> None:
    assert found(RULED, reported(Verdict.SUPPORTED, "", "")) == [(Found.UNVERIFIABLE, Severity.NOTE, "H1")]
    assert found(RULED, reported(Verdict.SUPPORTED, "3", "4", level="90")) == [
        (Found.UNVERIFIABLE, Severity.NOTE, "H1")
    ]


@pytest.mark.parametrize(("gap", "kinds"), [("0.4", [Found.VERDICT]), ("0.6", []), ("", [Found.UNVERIFIABLE])])
def test_a_half_met_conjunction_does_not_support(gap: str, kinds: list[Found]) -> None:
    both = Clause(
        verdict=Verdict.SUPPORTED, when=(ABOVE, Comparison(metric="gap", comparator=Comparator.ABOVE, value="0.5"))
    )
    rows = (replace(PROTOCOL.rows[0], rule=Rule(clauses=(both,), otherwise=Verdict.INCONCLUSIVE)), *PROTOCOL.rows[1:])
    values = (MetricValue(metric="gap", estimate=gap),)
    outcomes = reported(Verdict.SUPPORTED, "3", "4", values=values)
    assert [kind for kind, _, _ in found(replace(PROTOCOL, rows=rows), outcomes)] == kinds


@pytest.mark.parametrize(("value", "kinds"), [("0.91", []), ("0.79", [Found.AT_ODDS]), ("about 0.7", [])])
def test_a_check_passes_by_its_registered_threshold(value: str, kinds: list[Found]) -> None:
    threshold = Comparison(metric="AUROC", comparator=Comparator.AT_LEAST, value="0.8")
    checks = tuple(replace(check, passes=(threshold,)) if check.label == "C1" else check for check in PROTOCOL.checks)
    outcomes = with_check(OUTCOMES, "C1", OUTCOMES.checks[0].passed)
    outcomes = replace(outcomes, checks=(replace(outcomes.checks[0], found=value), *outcomes.checks[1:]))
    assert [kind for kind, _, _ in found(replace(PROTOCOL, checks=checks), outcomes)] == kinds


@pytest.mark.parametrize(
    ("wording", "kind", "found_as", "criterion"),
    [
        (Wording.NOT_FOUND, Kind.GATE_MISSING, Found.TEXT_MISSING, Criterion.TESTABLE),
        (Wording.DIFFERS, Kind.LABEL_REUSED, Found.TEXT_DIFFERS, Criterion.UNCHANGED),
        (Wording.DIFFERS, Kind.NUMBER_DIFFERS, Found.TEXT_DIFFERS, Criterion.FOLLOWED),
        (Wording.CANNOT_BE_VERIFIED, Kind.CLAIM_UNFOUNDED, Found.TEXT_UNVERIFIED, Criterion.UNREGISTERED),
        (Wording.DIFFERS, Kind.OVERCLAIM, Found.TEXT_DIFFERS, Criterion.CONCLUSIONS),
    ],
)
def test_what_the_texts_brought_up_becomes_a_finding_of_the_report(
    wording: Wording, kind: Kind, found_as: Found, criterion: Criterion
) -> None:
    span = Span("480 prompts were drawn.", Place("plan.md", line=12, section=("Method", "Sample")))
    text = TextFinding(
        kind=kind,
        severity=Severity.MUST,
        wording=wording,
        evidence=Evidence.TEXT,
        why="It differs.",
        sureness=0.8,
        protocol=span,
    )
    finding, declared = text_findings((text, replace(text, declared=True, reason=span)))
    assert (finding.kind, finding.criterion, finding.topic) == (found_as, criterion, kind.value)
    assert (finding.promised, finding.promised_at, finding.place) == (span.quote, span.location, "Sample")
    assert finding.kind.of_texts
    assert [beginning(finding), beginning(declared)] == [State.OPEN, State.DECLARED]
