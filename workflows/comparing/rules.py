"""Rules on intervals: whether a reported interval meets what was registered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A reported interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class IntervalRule:
    """How an interval must lie (`above`, `below`, `within`, `excludes`) to a value; `side` names one bound, or none."""

    how: str
    value: float
    side: str = ""


def meets(rule: IntervalRule, interval: Interval) -> bool:
    """Whether an interval meets a rule. A rule about one bound looks at that bound only."""
    low = interval.high if rule.side == "upper" else interval.low
    high = interval.low if rule.side == "lower" else interval.high
    if rule.how in {"above", "greater than"}:
        return low > rule.value
    if rule.how == "at least":
        return low >= rule.value
    if rule.how in {"below", "less than"}:
        return high < rule.value
    if rule.how == "at most":
        return high <= rule.value
    if rule.how == "within":
        return -rule.value <= interval.low and interval.high <= rule.value
    return not interval.low <= rule.value <= interval.high
