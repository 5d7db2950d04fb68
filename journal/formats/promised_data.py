"""What was promised and what was done, as data: pieces that `journal.formats.data` puts together."""

from workflows.outcomes import MetricValue
from workflows.promised import PublicPart, Result, Settled
from workflows.protocol import Json, number

_EXACT = 2**53


def json_number(text: str) -> float | int | None:
    """A number as typed as a number of JSON; None where it is none."""
    value = number(text)
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < _EXACT else float(value)


def competence_json(result: Result) -> Json:
    """The inputs of the rule that names an outcome, and what a null lacks for being informative."""
    competence, evidence = result.competence, result.evidence
    return {
        "registered": competence.registered,
        "passed": competence.passed,
        "missing": list(competence.missing),
        "interval": {
            "low": json_number(evidence.low),
            "high": json_number(evidence.high),
            "level": json_number(evidence.level),
        },
        "smallest_effect": json_number(evidence.smallest_effect),
        "unit": evidence.unit,
        "excludes_smallest_effect": evidence.excludes,
        "least_level": evidence.least_level,
    }


def value_json(value: MetricValue) -> Json:
    """What was found of a measure that a decision rule names."""
    return {
        "metric": value.metric,
        "estimate": json_number(value.estimate),
        "low": json_number(value.low),
        "high": json_number(value.high),
        "p": json_number(value.p),
        "bayes_factor": json_number(value.bayes_factor),
        "count": json_number(value.count),
        "typed": {
            "estimate": value.estimate,
            "low": value.low,
            "high": value.high,
            "p": value.p,
            "bayes_factor": value.bayes_factor,
            "count": value.count,
        },
    }


def part_json(part: PublicPart) -> Json:
    """A part of the plan beside its rows and checks, with what became of it."""
    return {
        "kind": part.kind.value,
        "label": part.label,
        "registered": {said.field: said.text for said in part.registered},
        "done": part.done.value if part.done else None,
        "found": part.found,
        "account": part.account,
        "branch": part.branch,
        "where": part.where,
    }


def settled_json(settled: Settled | None) -> Json:
    """How the findings of the comparison ended; None where none was made, or an article is narrowed."""
    if settled is None:
        return None
    return {"declared": settled.declared, "corrected": settled.corrected, "dismissed": settled.dismissed}
