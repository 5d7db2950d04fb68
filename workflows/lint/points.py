"""The numbers that stand for all others: the bounds that a metric is compared with, and points in the gaps between."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor

from workflows.protocol import Comparator, Comparison, number

_ONE, _HUNDRED, _ZERO = Decimal(1), Decimal(100), Decimal(0)


def bounds_of(comparisons: Iterable[Comparison]) -> Iterator[Decimal]:
    """The numbers that are compared with."""
    for comparison in comparisons:
        if not comparison.than and (bound := number(comparison.value)) is not None:
            yield bound
        if comparison.comparator is Comparator.BETWEEN and (upper := number(comparison.upper)) is not None:
            yield upper


def span_of(comparisons: tuple[Comparison, ...], metric: str) -> tuple[Decimal, Decimal] | None:
    """From where to where a metric goes, if its rule shows that it is a share: a range that ends at 1 or 100."""
    own = [each for each in comparisons if each.metric == metric]
    tops = {number(each.upper) for each in own if each.comparator is Comparator.BETWEEN}
    bounds = list(bounds_of(own))
    top = max(bounds, default=_ZERO)
    return (_ZERO, top) if top in (_ONE, _HUNDRED) and top in tops and min(bounds) >= 0 else None


def points_of(bounds: list[Decimal], slot: str, *, count: int, span: tuple[Decimal, Decimal] | None) -> list[Decimal]:
    """The bounds, and `count` points in each gap between them, as far as there can be any."""
    if slot == "count":
        return _whole_points(bounds, count)
    least, most = (_ZERO, _ONE) if slot == "p" else (span or (None, None))
    if slot == "bayes_factor":
        least = _ZERO
    inside = [bound for bound in bounds if (least is None or bound > least) and (most is None or bound < most)]
    first = inside[0] if inside else _ONE / 2
    last = inside[-1] if inside else first
    ends = [first - 1 if least is None else least, *inside, last + 1 if most is None else most]
    closed = [bound for bound in bounds if bound in (least, most)]
    between = [low + (high - low) * step / (count + 1) for low, high in pairwise(ends) for step in range(1, count + 1)]
    return sorted({*inside, *closed, *between})


def _whole_points(bounds: list[Decimal], count: int) -> list[Decimal]:
    """The same of numbers of things: none below 0, and nothing between 39 and 40."""
    found: set[Decimal] = {bound for bound in bounds if bound >= 0 and bound == floor(bound)}
    ends = [-_ONE, *(bound for bound in bounds if bound >= 0)]
    for low, high in pairwise([*ends, ends[-1] + count + 2]):
        inside = range(floor(low) + 1, ceil(high))
        found.update(Decimal(each) for each in (*inside[:count], *inside[-count:]))
    return sorted(found)
