"""A small sound protocol, and short words to change it with."""

# ruff: noqa: ANN401 - changes are of any field

from dataclasses import replace
from typing import Any

from workflows.protocol import (
    Analysis,
    Check,
    Clause,
    Comparator,
    Comparison,
    Exclusion,
    Level,
    Measure,
    Part,
    Pin,
    Protocol,
    Row,
    Rule,
    Sample,
    Sight,
    Statistic,
    Thing,
)
from workflows.verdicts import Verdict

SUPPORTED, CONTRADICTED, INCONCLUSIVE = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.INCONCLUSIVE
ABOVE, AT_LEAST, BELOW, AT_MOST = Comparator.ABOVE, Comparator.AT_LEAST, Comparator.BELOW, Comparator.AT_MOST
BETWEEN = Comparator.BETWEEN

H1 = Row(
    label="H1",
    question="Do hints raise the rate of sandbagging?",
    hypothesis="With a hint the rate of sandbagging is higher than without.",
    sampling="600 tasks, then sampling stops.",
    analysis="Paired bootstrap over tasks.",
    decision_rule="Supported if the interval lies above 0; contradicted if it lies below 0; otherwise inconclusive.",
    interpretation="If null, hints do not matter at this scale.",
)
C1 = Check(label="C1", what="Locked tasks are failed.", threshold="At least 0.95.", consequence="H1 is not testable.")
SOUND = Protocol(title="Hints and sandbagging", abstract="We ask whether hints matter.", rows=(H1,), checks=(C1,))


def changed(**changes: Any) -> Protocol:
    """The sound protocol with `changes` to itself."""
    return replace(SOUND, **changes)


def row(**changes: Any) -> Protocol:
    """The sound protocol with `changes` to its row."""
    return replace(SOUND, rows=(replace(H1, **changes),))


def check(**changes: Any) -> Protocol:
    """The sound protocol with `changes` to its check."""
    return replace(SOUND, checks=(replace(C1, **changes),))


def also(*rows: Row, **changes: Any) -> Protocol:
    """The sound protocol with further rows."""
    return replace(SOUND, rows=(H1, *rows), **changes)


def estimate(comparator: Comparator, value: str, **more: Any) -> Comparison:
    """A comparison of an estimate; its unit is points."""
    return Comparison(**{"comparator": comparator, "value": value, "unit": "points", **more})


def interval(comparator: Comparator, value: str, **more: Any) -> Comparison:
    """A comparison of a 95 % interval."""
    return estimate(comparator, value, **{"statistic": Statistic.INTERVAL, "level": "95", **more})


def p(comparator: Comparator, value: str, **more: Any) -> Comparison:
    """A comparison of a p-value."""
    return Comparison(statistic=Statistic.P_VALUE, comparator=comparator, value=value, **more)


def n(comparator: Comparator, value: str, **more: Any) -> Comparison:
    """A comparison of a count."""
    return Comparison(statistic=Statistic.COUNT, comparator=comparator, value=value, **more)


def clause(verdict: Verdict, *when: Comparison) -> Clause:
    """A clause."""
    return Clause(verdict=verdict, when=when)


def rule(*clauses: Clause, otherwise: Verdict | None = None, **changes: Any) -> Protocol:
    """The sound protocol whose row has this rule and no words for it that could disagree."""
    return row(rule=Rule(clauses=clauses, otherwise=otherwise), **{"decision_rule": "As the rule says.", **changes})


def ruled(comparison: Comparison, **changes: Any) -> Protocol:
    """The same with a rule that rests on one comparison."""
    return rule(clause(SUPPORTED, comparison), otherwise=INCONCLUSIVE, **changes)


_A1 = Analysis(label="A1", part=Part.CONFIRMATORY, rows=("H1",), test="Paired bootstrap")
_S1 = Sample(label="S1", rows=("H1",), unit="tasks", target="600")
_E1 = Exclusion(label="E1", what="Tasks whose answer is empty.", level=Level.SAMPLE, sight=Sight.BEFORE)
_P1 = Pin(label="P1", thing=Thing.MODEL, value="probe-model", version="2026-03-01")


def analysis(**changes: Any) -> Analysis:
    """A sound analysis of H1, with `changes`."""
    return replace(_A1, **changes)


def sample(**changes: Any) -> Sample:
    """A sound sample for H1, with `changes`."""
    return replace(_S1, **changes)


def exclusion(**changes: Any) -> Exclusion:
    """A sound exclusion, with `changes`."""
    return replace(_E1, **changes)


def pin(**changes: Any) -> Pin:
    """A sound pin of a model, with `changes`."""
    return replace(_P1, **changes)


def measure(**changes: Any) -> Measure:
    """A measure, with `changes`."""
    return replace(Measure(label="M1", what="rate of sandbagging"), **changes)
