"""Every outcome that a decision rule can meet, as finitely many cells.

Each metric is cut at the numbers it is compared with. Within a cell no comparison changes its answer, so one value of
each cell stands for all of it: the bounds themselves, and a point in each gap between them. An interval is a pair of
ends, low <= high, and an estimate lies within it. Metrics compared with one another share their cuts, and get as many
points in each gap as there are of them, so that every order of them occurs. Source: the partition of a line by finitely
many points; that a verdict should be a total function of the outcomes is Lakens and DeBruine (2021).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from math import prod
from typing import TypeAlias

from workflows.lint.points import bounds_of, points_of, span_of
from workflows.protocol import Comparator, Comparison, Statistic, Value, came_out, number

# One number of an outcome: of which metric, and the field of `Value` that it is.
Slot: TypeAlias = tuple[str, str]
Cell: TypeAlias = Mapping[Slot, Decimal]

_SLOTS = {
    Statistic.ESTIMATE: ("estimate",),
    Statistic.INTERVAL: ("low", "high"),
    Statistic.P_VALUE: ("p",),
    Statistic.BAYES_FACTOR: ("bayes_factor",),
    Statistic.COUNT: ("count",),
}
_ONE, _HUNDRED, _ZERO = Decimal(1), Decimal(100), Decimal(0)


class TooMany(Exception):
    """There are more cells than are looked through."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Metrics that have to do with one another, and what the comparisons say of them: a bit for each that holds.

    `cells` has one cell for each pattern of bits that occurs, away from the bounds where there is one. `size` is how
    many cells there are, `typed` the metrics as authors wrote them.
    """

    comparisons: tuple[Comparison, ...]
    cells: Mapping[int, Cell]
    size: int
    typed: Mapping[str, str]

    def on_bounds(self, pattern: int) -> int:
        """How many numbers of the cell lie exactly on a bound, or on one another where they are compared."""
        return _touching(self.comparisons)(self.cells[pattern])


def same(metric: str) -> str:
    """The name of a metric, so that "The accuracy" and "accuracy" are one."""
    return " ".join(metric.casefold().split()).removeprefix("the ")


def is_complete(comparison: Comparison) -> bool:
    """Whether everything is said that the comparison needs, without a slip that a rule of its own speaks of."""
    value, upper = number(comparison.value), number(comparison.upper)
    if comparison.than.strip():
        between = comparison.comparator is not Comparator.BETWEEN or upper is not None
        return between and same(comparison.than) != same(comparison.metric)
    if comparison.comparator is Comparator.BETWEEN:
        return value is not None and upper is not None and value <= upper
    return value is not None


def patterns_of(comparisons: Iterable[Comparison], limit: int) -> tuple[Patterns, ...]:
    """The outcomes that `comparisons` can meet, in parts that do not depend on one another.

    Raises TooMany above `limit` cells. All comparisons must be complete.
    """
    given = list(comparisons)
    typed = {same(name): name.strip() for each in reversed(given) for name in (each.than, each.metric)}
    plain = [replace(each, metric=same(each.metric), than=same(each.than)) for each in given]
    parts: list[Patterns] = []
    left = limit
    for indices in _apart(plain):
        parts.append(_patterns(indices, plain, typed, left))
        left //= parts[-1].size or 1
    return tuple(parts)


def _apart(comparisons: list[Comparison]) -> list[list[int]]:
    """The positions of comparisons that share metrics, together."""
    groups: list[tuple[set[Slot], list[int]]] = []
    for index, comparison in enumerate(comparisons):
        names, members = set(_about(comparison)), [index]
        for other in [group for group in groups if group[0] & names]:
            groups.remove(other)
            names |= other[0]
            members = other[1] + members
        groups.append((names, members))
    return [sorted(members) for _, members in groups]


def _about(comparison: Comparison) -> Iterator[Slot]:
    """What ties a comparison to others. A p-value and an interval of one metric go together; counts go alone."""
    alone = comparison.statistic in (Statistic.COUNT, Statistic.BAYES_FACTOR)
    family = comparison.statistic.value if alone else "value"
    yield comparison.metric, family
    if comparison.than:
        yield comparison.than, family


def _patterns(indices: list[int], comparisons: list[Comparison], typed: Mapping[str, str], limit: int) -> Patterns:
    here = tuple(comparisons[index] for index in indices)
    asked = tuple(_asked(indices, comparisons))
    touching = _touching(here)
    cells: dict[int, Cell] = {}
    distance: dict[int, int] = {}
    size = 0
    for cell in _cells(here, limit):
        size += 1
        if size > limit:
            raise TooMany
        pattern = sum(each.bits for each in asked if each.holds_in(cell))
        touched = touching(cell)
        if touched < distance.get(pattern, len(cell) + len(here) + 1):
            cells[pattern], distance[pattern] = cell, touched
    return Patterns(here, cells, size, typed)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One comparison made ready: where its numbers stand in a cell, and the bits of all places where it is made."""

    bits: int
    comparison: Comparison
    low: Slot
    high: Slot
    than: Slot | None
    bound: Decimal
    upper: Decimal

    def holds_in(self, cell: Cell) -> bool:
        """Whether the comparison holds in `cell`."""
        bound = self.bound if self.than is None else cell[self.than]
        return came_out(self.comparison, (cell[self.low], cell[self.high]), bound, self.upper)


def _asked(indices: list[int], comparisons: list[Comparison]) -> Iterator[_Asked]:
    bits: dict[Comparison, int] = {}
    for index in indices:
        bits[comparisons[index]] = bits.get(comparisons[index], 0) | 1 << index
    for each, its_bits in bits.items():
        slots = _SLOTS[each.statistic]
        low, high = (each.metric, slots[0]), (each.metric, slots[-1])
        than = (each.than, against_of(each.statistic)) if each.than else None
        bound, upper = number(each.value) or _ZERO, number(each.upper) or _ZERO
        yield _Asked(its_bits, each, low, high, than, bound, upper)


def _touching(comparisons: tuple[Comparison, ...]) -> Callable[[Cell], int]:
    """How many numbers of a cell lie exactly on a bound, or on one another where they are compared."""
    bounds = frozenset(bounds_of(comparisons))
    tied = {
        ((each.metric, slot), (each.than, against_of(each.statistic)))
        for each in comparisons
        if each.than
        for slot in _SLOTS[each.statistic]
    }
    return lambda cell: (
        sum(value in bounds for value in cell.values()) + sum(cell[one] == cell[two] for one, two in tied)
    )


def against_of(statistic: Statistic) -> str:
    """What of the other metric is compared with: its estimate, where an interval is."""
    return "estimate" if statistic is Statistic.INTERVAL else _SLOTS[statistic][0]


def values_of(cell: Cell) -> dict[str, Value]:
    """The cell as values by metric."""
    by_metric: dict[str, dict[str, Decimal]] = {}
    for (metric, slot), value in cell.items():
        by_metric.setdefault(metric, {})[slot] = value
    return {metric: Value(**slots) for metric, slots in by_metric.items()}


def slots_of(comparisons: Iterable[Comparison]) -> dict[Slot, set[Decimal]]:
    """The numbers that an outcome consists of, each with the bounds it is cut at."""
    cuts: dict[Slot, set[Decimal]] = {}
    tied = [each for each in comparisons if each.than]
    for comparison in comparisons:
        for slot in _SLOTS[comparison.statistic]:
            cuts.setdefault((comparison.metric, slot), set()).update(bounds_of([comparison]))
        if comparison.than:
            cuts.setdefault((comparison.than, against_of(comparison.statistic)), set())
    return _shared(cuts, everywhere=bool(tied))


def _shared(cuts: Mapping[Slot, set[Decimal]], *, everywhere: bool) -> dict[Slot, set[Decimal]]:
    """The same with one set of bounds for what is compared: ends and estimate of a metric, or metrics with metrics."""
    shared: dict[Slot, set[Decimal]] = {}
    for (metric, slot), own in cuts.items():
        others = [bounds for key, bounds in cuts.items() if key[1] != "p" and (everywhere or key[0] == metric)]
        # A small p-value is an interval without 0, so 0 is a bound as well.
        beside = {_ZERO} if (metric, "p") in cuts else set()
        shared[metric, slot] = own if slot == "p" else beside.union(*others)
    return shared


def _cells(comparisons: tuple[Comparison, ...], limit: int) -> Iterator[Cell]:
    cuts = slots_of(comparisons)
    tied = any(each.than for each in comparisons)
    points = {
        slot: points_of(
            sorted(bounds), slot[1], count=_alike(cuts, slot) if tied else 1, span=span_of(comparisons, slot[0])
        )
        for slot, bounds in cuts.items()
    }
    if prod(len(each) for each in points.values()) > 4 * limit:
        raise TooMany
    slots, fits = tuple(points), _fitting(cuts, dict(_alphas(comparisons)))
    for values in product(*points.values()):
        cell = dict(zip(slots, values, strict=True))
        if all(each(cell) for each in fits):
            yield cell


def _alike(cuts: Mapping[Slot, set[Decimal]], slot: Slot) -> int:
    """How many numbers can be compared with one another: p-values with p-values, all else with all else."""
    return sum((other == "p") is (slot[1] == "p") for _, other in cuts)


def _alphas(comparisons: tuple[Comparison, ...]) -> Iterator[tuple[str, Decimal]]:
    """By metric, the alpha whose interval stands in the rule as well: 0.05 beside a 95 % interval."""
    levels = {(each.metric, number(each.level)) for each in comparisons if each.statistic is Statistic.INTERVAL}
    for each in comparisons:
        alpha = number(each.value)
        if each.statistic is Statistic.P_VALUE and alpha is not None and (each.metric, 100 - 100 * alpha) in levels:
            yield each.metric, alpha


def _fitting(cuts: Iterable[Slot], alphas: Mapping[str, Decimal]) -> tuple[Callable[[Cell], bool], ...]:
    """What must be so of the numbers of a cell for them to fit together."""
    return tuple(each for metric in {metric for metric, _ in cuts} for each in _fits(metric, set(cuts), alphas))


def _fits(metric: str, cuts: set[Slot], alphas: Mapping[str, Decimal]) -> Iterator[Callable[[Cell], bool]]:
    low, high, estimate, p = ((metric, slot) for slot in ("low", "high", "estimate", "p"))
    if low in cuts:
        yield lambda cell: cell[low] <= cell[high]
    if low in cuts and estimate in cuts:
        yield lambda cell: cell[low] <= cell[estimate] <= cell[high]
    if low in cuts and p in cuts and metric in alphas:
        alpha = alphas[metric]
        yield lambda cell: (cell[low] > 0 or cell[high] < 0) is (cell[p] < alpha)
    if estimate in cuts and p in cuts:
        # An estimate of exactly nothing is no evidence against nothing.
        yield lambda cell: cell[estimate] != 0 or cell[p] >= _ONE / 2
