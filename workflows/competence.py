"""What a null would be worth under a plan, before there are data: the rule of `outcomes.conclude`, looked at from its
other end. The rule stands in docs/outcomes.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from workflows.lint.casewise import answers, is_checkable
from workflows.outcomes import LEAST_LEVEL, PER_CENT
from workflows.protocol import Analysis, Basis, Kind, Protocol, Row, Sample, Sides, Statistic, number
from workflows.verdicts import Verdict

# The level at which an interval is reported where the rule names none: that of the stage-2 form.
USUAL_LEVEL = 95
_NORMAL = NormalDist()


class Worth(StrEnum):
    """What an inconclusive result would be published as."""

    CAN_INFORM = "can_inform"
    DOUBTFUL = "doubtful"
    CANNOT_INFORM = "cannot_inform"
    NO_NULL = "no_null"

    @property
    def words(self) -> str:
        """The answer as authors read it."""
        return _WORTH_WORDS[self]


_WORTH_WORDS = {
    Worth.CAN_INFORM: "A null would be published as informative, if the checks pass and the interval is narrow enough.",
    Worth.DOUBTFUL: "A null could be published as informative, and the plan does not make it likely.",
    Worth.CANNOT_INFORM: "A null would be published as uninformative, whatever comes out.",
    Worth.NO_NULL: "There is no null: the row is estimated.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What a null of one row would be worth.

    `missing` is what no null can be informative without, `doubts` what leaves open whether it will be; both say what to
    do. `registered` counts the checks that bear on the row. `chance` is how often, in per cent, such a study would
    publish an informative null if there were no effect at all and every check passed: by the normal approximation,
    where the plan has a power calculation in numbers; else None.
    """

    worth: Worth
    registered: int
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    chance: int | None = None


def prospect(protocol: Protocol, label: str) -> Prospect:
    """What a null of the row `label` would be worth. Raises KeyError when the protocol has no such row."""
    row = protocol.row(label)
    if row is None:
        raise KeyError(label)
    registered = len(protocol.checks_of(label))
    if not row.kind.tests:
        return Prospect(worth=Worth.NO_NULL, registered=registered)
    missing = tuple(_missing(row, registered))
    doubts = tuple(_doubts(protocol, row))
    worth = Worth.CANNOT_INFORM if missing else Worth.DOUBTFUL if doubts else Worth.CAN_INFORM
    chance = None if missing else _chance(protocol, row)
    return Prospect(worth=worth, registered=registered, missing=missing, doubts=doubts, chance=chance)


def _missing(row: Row, registered: int) -> Iterator[str]:
    """What `outcomes.conclude` will miss whatever is found."""
    if not registered:
        yield "No outcome-neutral check is registered. Add one that shows that an effect could have been found."
    smallest = number(row.smallest_effect)
    if smallest is None or smallest <= 0:
        yield "No smallest effect of interest is registered. Give it as a number above 0, with its unit."


def _doubts(protocol: Protocol, row: Row) -> Iterator[str]:
    for check in protocol.checks_of(row.label):
        if not check.threshold.strip() and not check.passes:
            yield f"{check.label} does not say when it passes. Give its threshold."
    levels = _levels(row)
    if levels and max(levels) < LEAST_LEVEL:
        yield f"The rule uses an interval below {LEAST_LEVEL} per cent. A null is judged by one of that level or more."
    if row.kind is not Kind.EQUIVALENCE and not _can_be_inconclusive(row):
        yield "By the rule nothing is inconclusive, so there will be no null. See whether that is meant."
    yield from _precision_doubts(protocol, row)


def _precision_doubts(protocol: Protocol, row: Row) -> Iterator[str]:
    """Whether the plan says anything about how narrow the interval will be."""
    samples = _samples(protocol, row)
    smallest = number(row.smallest_effect)
    for sample in samples:
        effect = number(sample.effect)
        if sample.basis is Basis.POWER and smallest is not None and effect is not None and effect > smallest:
            words = f"{sample.label} is powered for {effect}, and the smallest effect of interest is {smallest}."
            yield f"{words} Compute it for the smallest effect of interest."
    planned = any(sample.basis in (Basis.POWER, Basis.PRECISION, Basis.BAYES) for sample in samples)
    if not planned and not any(letter.isdigit() for letter in row.sensitivity):
        yield "Nothing says that the interval will be narrow enough. Plan power or precision for the smallest effect."


def _samples(protocol: Protocol, row: Row) -> list[Sample]:
    return [sample for sample in protocol.samples if not sample.rows or row.label in sample.rows]


def _levels(row: Row) -> list[float]:
    found = [number(each.level) for each in row.rule.comparisons() if each.statistic is Statistic.INTERVAL]
    return [float(level) for level in found if level is not None]


def _can_be_inconclusive(row: Row) -> bool:
    if not row.rule or not is_checkable(row.rule):
        return True
    found = answers(row.rule)
    return found is None or found.unsaid is not None or Verdict.INCONCLUSIVE in found.given


def _chance(protocol: Protocol, row: Row) -> int | None:
    """How often a study without any effect has an interval inside the smallest effect of interest, in per cent.

    The standard error follows from the power calculation: effect = error (z of alpha + z of power).
    """
    smallest = float(number(row.smallest_effect) or 0)
    level = max(_levels(row), default=USUAL_LEVEL)
    errors = [error for sample in _samples(protocol, row) if (error := _error(protocol, sample)) is not None]
    if not errors or not LEAST_LEVEL <= level < PER_CENT:
        return None
    margin = smallest / max(errors) - _NORMAL.inv_cdf(0.5 + level / PER_CENT / 2)
    return max(0, round(PER_CENT * (2 * _NORMAL.cdf(margin) - 1)))


def _error(protocol: Protocol, sample: Sample) -> float | None:
    """The standard error that a power calculation implies, or None where it is not given in numbers."""
    alpha, power, effect = (number(text) for text in (sample.alpha, sample.power, sample.effect))
    if sample.basis is not Basis.POWER or alpha is None or power is None or effect is None:
        return None
    if not (0 < alpha < 1 and alpha < power < 1 and effect > 0):
        return None
    test: Analysis | None = next((each for each in protocol.analyses if each.label == sample.test), None)
    tail = float(alpha) if test is not None and test.sides is Sides.ONE else float(alpha) / 2
    distance = _NORMAL.inv_cdf(float(power)) - _NORMAL.inv_cdf(tail) if tail > 0 and float(power) < 1 else 0
    return float(effect) / distance if distance > 0 else None
