"""Competence evidence in words: what the rule that names an outcome was given, and what it made of it.

The rule is in docs/outcomes.md. The same words stand on the page, in the paper and in its JATS.
"""

from collections.abc import Iterator

from journal.formats.words import minus
from workflows.outcomes import MetricValue
from workflows.promised import Evidence, Result

_EXCLUDED = {True: "effects as large are excluded", False: "effects as large are not excluded"}


def inputs_of(result: Result) -> list[str]:
    """The inputs of the rule for one row: its checks, its interval, the smallest effect of interest."""
    return [_checks(result), *_precision(result.evidence)]


def _checks(result: Result) -> str:
    competence = result.competence
    if not competence.registered:
        return "No check was registered"
    plural = "" if competence.registered == 1 else "s"
    return f"{competence.passed} of {competence.registered} registered check{plural} passed"


def _precision(evidence: Evidence) -> Iterator[str]:
    if evidence.low and evidence.high:
        ends = f"from {minus(evidence.low)} to {minus(evidence.high)} {evidence.unit}"
        yield f"{evidence.level}% interval {ends}".rstrip()
    else:
        yield "No interval is reported"
    if not evidence.smallest_effect:
        yield "No smallest effect of interest was registered"
    elif evidence.excludes is None:
        yield f"Smallest effect of interest {_smallest(evidence)}"
    else:
        yield f"Smallest effect of interest {_smallest(evidence)}: {_EXCLUDED[evidence.excludes]}"


def _smallest(evidence: Evidence) -> str:
    return f"{minus(evidence.smallest_effect)} {evidence.unit}".rstrip()


def measured(value: MetricValue) -> str:
    """What was found of a measure that a rule names: "0.88 [0.85, 0.91], p = 0.01, n = 240"."""
    interval = f"[{minus(value.low)}, {minus(value.high)}]" if value.low and value.high else ""
    named = (("p", value.p), ("Bayes factor", value.bayes_factor), ("n", value.count))
    first = " ".join(text for text in (minus(value.estimate), interval) if text)
    return ", ".join(text for text in (first, *(f"{name} = {minus(said)}" for name, said in named if said)) if text)
