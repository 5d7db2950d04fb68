"""From observations to findings: which are worth telling, how serious they are, in which words, in which order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from workflows.comparing.finding import Evidence, Finding, Kind, Observation, Span, Wording
from workflows.comparing.sentences import sentence
from workflows.reviewing import Severity

MOST = 80
FIRST = 25
_LEAST = 0.05
_REPEATED = 0.88
_OF_DECLARED = 0.3
_MUST_AT, _SHOULD_AT = 0.52, 0.2
_GRAVE = frozenset(
    {
        *(
            Kind.LABEL_REUSED,
            Kind.HYPOTHESIS_MISSING,
            Kind.HYPOTHESIS_CHANGED,
            Kind.HYPOTHESIS_ADDED,
            Kind.VERDICT_DIFFERS,
        ),
        *(
            Kind.OVERCLAIM,
            Kind.NUMBER_DIFFERS,
            Kind.PIN_DIFFERS,
            Kind.RULE_DIFFERS,
            Kind.UNLABELLED,
            Kind.MEASURE_DIFFERS,
        ),
        *(Kind.STATISTIC, Kind.VERDICT_MISSING, Kind.CLAIM_WIDER),
    }
)
_WEIGHED = {Kind.LABEL_REUSED: 1.3, Kind.HYPOTHESIS_MISSING: 1.2, Kind.VERDICT_DIFFERS: 1.1, Kind.OVERCLAIM: 1.1}
_MISSING = frozenset(
    {
        *(
            Kind.HYPOTHESIS_MISSING,
            Kind.ANALYSIS_MISSING,
            Kind.GATE_MISSING,
            Kind.EXCLUSION_MISSING,
            Kind.SAMPLE_MISSING,
        ),
        *(Kind.ROWS_MISSING, Kind.PREDICTION_MISSING, Kind.PROMISE_MISSING, Kind.PIN_MISSING, Kind.VERDICT_MISSING),
        *(Kind.SCRIPT_COMMENT, Kind.SCRIPT_NAMES),
    }
)
# Many sentences of the manuscript may have the same nearest place in the protocol.
_TOLD_AGAIN = frozenset({Kind.CLAIM_UNFOUNDED, Kind.DEPARTURE_TOLD, Kind.STATUS_CLAIM})
_UNVERIFIED = frozenset({Kind.STATUS_CLAIM, Kind.FILE_NOT_GIVEN, Kind.CLAIM_UNFOUNDED, Kind.GATE_UNMET})


def decide(observations: Iterable[Observation]) -> tuple[Finding, ...]:
    """The findings, most serious and surest first; what repeats another or is too weak is left out.

    A kind that is found again and again in one place weighs less each time: a reader learns more from the first of
    another kind. At most `MOST`.
    """
    kept = _without_repeats(_ranked(observations))
    findings = [_finding(observation, score) for score, observation in kept if score >= _LEAST]
    if not any(finding.severity is Severity.MUST for finding in findings):
        findings = [_less_serious(finding) for finding in findings]
    return tuple(sorted(findings, key=lambda finding: _RANKS[finding.severity])[:MOST])


def _less_serious(finding: Finding) -> Finding:
    """A claim that all was done as registered asks for nothing where nothing grave speaks against it."""
    return replace(finding, severity=Severity.NOTE) if finding.kind is Kind.STATUS_CLAIM else finding


_RANKS = {Severity.MUST: 0, Severity.SHOULD: 1, Severity.NOTE: 2}


def _ranked(observations: Iterable[Observation]) -> list[tuple[float, Observation]]:
    seen: Counter[tuple[Kind, str]] = Counter()
    ranked = []
    for observation in sorted(observations, key=lambda one: (-_score(one), one.kind, one.about)):
        key = (observation.kind, observation.group)
        ranked.append((_score(observation) * _REPEATED ** seen[key], observation))
        seen[key] += 1
    return sorted(ranked, key=lambda pair: -pair[0])


def _score(observation: Observation) -> float:
    score = observation.strength * observation.weight * _WEIGHED.get(observation.kind, 1.0)
    return score * _OF_DECLARED if observation.declared else score


def _without_repeats(ranked: list[tuple[float, Observation]]) -> list[tuple[float, Observation]]:
    """One finding for each stretch of the protocol that is missing, and one of a kind for each of the manuscript."""
    promised: set[Span] = set()
    told: set[tuple[Kind, Span]] = set()
    kept = []
    for score, observation in ranked:
        ours, theirs = observation.protocol, observation.manuscript
        if ours in promised and observation.kind in _MISSING:
            continue
        if ours is not None and observation.kind not in _TOLD_AGAIN and (observation.kind, ours) in told:
            continue
        if theirs is not None and (ours is None or ours in promised) and (observation.kind, theirs) in told:
            continue
        if ours is not None:
            promised.add(ours)
        told.update((observation.kind, span) for span in (ours, theirs) if span is not None)
        kept.append((score, observation))
    return kept


def _finding(observation: Observation, score: float) -> Finding:
    wording = _wording(observation)
    return Finding(
        kind=observation.kind,
        severity=_severity(observation, score),
        wording=wording,
        evidence=observation.evidence,
        why=sentence(observation, wording),
        sureness=round(observation.strength, 2),
        declared=observation.declared is not None,
        protocol=observation.protocol,
        manuscript=observation.manuscript,
        reason=observation.declared,
    )


def _severity(observation: Observation, score: float) -> Severity:
    if observation.declared is not None:
        return Severity.NOTE
    if observation.kind in _GRAVE and score >= _MUST_AT:
        return Severity.MUST
    return Severity.SHOULD if score >= _SHOULD_AT else Severity.NOTE


def _wording(observation: Observation) -> Wording:
    if observation.kind in _MISSING:
        return Wording.NOT_FOUND
    if observation.kind in _UNVERIFIED or (observation.evidence is Evidence.HISTORY):
        return Wording.CANNOT_BE_VERIFIED
    return Wording.DIFFERS
