"""What reading both texts brought up, as findings of a report."""

from collections.abc import Iterable

from workflows.comparing.finding import Finding as TextFinding
from workflows.comparing.finding import Kind, Wording
from workflows.conformance.finding import Finding, Found
from workflows.reviewing import Criterion

_FOUND = {
    Wording.NOT_FOUND: Found.TEXT_MISSING,
    Wording.DIFFERS: Found.TEXT_DIFFERS,
    Wording.CANNOT_BE_VERIFIED: Found.TEXT_UNVERIFIED,
}
_CRITERIA = {
    Criterion.TESTABLE: (Kind.GATE_MISSING, Kind.GATE_UNMET),
    Criterion.UNCHANGED: (
        *(Kind.LABEL_REUSED, Kind.HYPOTHESIS_MISSING, Kind.PREDICTION_MISSING, Kind.HYPOTHESIS_CHANGED),
        *(Kind.HYPOTHESIS_ADDED, Kind.SOURCE_DIFFERS),
    ),
    Criterion.UNREGISTERED: (Kind.CLAIM_UNFOUNDED, Kind.UNLABELLED, Kind.ANALYSIS_ADDED),
    Criterion.CONCLUSIONS: (
        *(Kind.VERDICT_MISSING, Kind.VERDICT_DIFFERS, Kind.INCONSISTENT, Kind.STATISTIC, Kind.OVERCLAIM),
    ),
}
_BEARS_ON = {kind: criterion for criterion, kinds in _CRITERIA.items() for kind in kinds}


def text_findings(found: Iterable[TextFinding]) -> tuple[Finding, ...]:
    """The findings of a comparison of texts, in its order."""
    return tuple(_finding(each) for each in found)


def _finding(each: TextFinding) -> Finding:
    return Finding(
        kind=_FOUND[each.wording],
        severity=each.severity,
        place=_where(each),
        promised=each.protocol.quote if each.protocol else "",
        reported=each.manuscript.quote if each.manuscript else "",
        sentence=each.why,
        topic=each.kind.value,
        wording=each.wording,
        evidence=each.evidence,
        sureness=each.sureness,
        promised_at=each.protocol.location if each.protocol else None,
        reported_at=each.manuscript.location if each.manuscript else None,
        declared=each.reason.quote if each.reason else "",
        criterion=_BEARS_ON.get(each.kind, Criterion.FOLLOWED),
    )


def _where(each: TextFinding) -> str:
    """The section it stands in, for there is no row: of the protocol, else of the manuscript."""
    span = each.protocol or each.manuscript
    return span.location.section[-1][:120] if span and span.location.section else ""
