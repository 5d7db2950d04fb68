"""A cell in words: "the interval includes 0 and n is below 40"."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from workflows.lint.cells import Cell, Patterns, slots_of, values_of
from workflows.lint.points import bounds_of
from workflows.protocol import Comparator, Comparison, Statistic, holds, sentence, subject


def told(part: Patterns, pattern: int) -> str:
    """The cell of `pattern` in words."""
    cell = part.cells[pattern]
    return " and ".join(dict.fromkeys([*_absolute(part, cell), *_relative(part, cell)]))


def _absolute(part: Patterns, cell: Cell) -> Iterator[str]:
    """What is compared with numbers, each metric once."""
    cuts = slots_of(part.comparisons)
    said = set()
    for each in part.comparisons:
        if each.than or (each.metric, each.statistic) in said:
            continue
        said.add((each.metric, each.statistic))
        names = dict(_names(part.comparisons))
        if each.statistic is Statistic.INTERVAL:
            bounds = sorted(set(bounds_of(part.comparisons)) & cuts[each.metric, "low"])
            words = _interval(cell[each.metric, "low"], cell[each.metric, "high"], bounds, names)
        else:
            slot = each.statistic.value
            value = cell[each.metric, slot]
            words = _single(value, sorted(cuts[each.metric, slot] & set(names)), names)
        yield f"{subject(_shown(part, each))} {words}"


def _names(comparisons: tuple[Comparison, ...]) -> Iterator[tuple[Decimal, str]]:
    """How the bounds are called, with their units."""
    for comparison in comparisons:
        for bound in bounds_of([comparison]):
            yield bound, f"{bound:f} {comparison.unit}".strip().replace("-", "\N{MINUS SIGN}", 1 if bound < 0 else 0)


def _single(value: Decimal, bounds: list[Decimal], names: dict[Decimal, str]) -> str:
    below = [bound for bound in bounds if bound < value]
    above = [bound for bound in bounds if bound > value]
    if value in bounds:
        return f"is exactly {names[value]}"
    if below and above:
        return f"lies between {names[below[-1]]} and {names[above[0]]}"
    return f"is above {names[below[-1]]}" if below else f"is below {names[above[0]]}"


def _interval(low: Decimal, high: Decimal, bounds: list[Decimal], names: dict[Decimal, str]) -> str:
    below = [bound for bound in bounds if bound < low]
    above = [bound for bound in bounds if bound > high]
    inside = [names[bound] for bound in bounds if low < bound < high]
    said = [f"includes {' and '.join(inside)}"] if inside else []
    said += [f"begins exactly at {names[low]}"] if low in bounds else []
    said += [f"ends exactly at {names[high]}"] if high in bounds else []
    if below and above:
        said.append(f"lies between {names[below[-1]]} and {names[above[0]]}")
    elif below:
        said.append(f"lies wholly above {names[below[-1]]}")
    elif above:
        said.append(f"lies wholly below {names[above[0]]}")
    return " and ".join(said)


def _relative(part: Patterns, cell: Cell) -> Iterator[str]:
    """What is compared with other metrics: each comparison as it came out."""
    values = values_of(cell)
    for each in part.comparisons:
        if each.than:
            plain = replace(each, negated=False)
            came_out = holds(plain, values)
            shown = replace(_shown(part, plain), than=part.typed.get(each.than, each.than))
            equal = values[each.metric].ends(each.statistic) == values[each.than].ends(_LIKE[each.statistic])
            yield sentence(
                replace(shown, comparator=Comparator.EQUALS) if equal else replace(shown, negated=not came_out)
            )


# With what an interval is compared: an estimate, which is an interval of one point.
_LIKE = {each: Statistic.ESTIMATE if each is Statistic.INTERVAL else each for each in Statistic}


def _shown(part: Patterns, comparison: Comparison) -> Comparison:
    """The comparison with its metric as authors wrote it."""
    return replace(comparison, metric=part.typed.get(comparison.metric, comparison.metric), level="")
