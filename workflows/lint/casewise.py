"""What a decision rule says in every case: where it says nothing, where it says two things, what it never says."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod
from typing import TypeAlias

from workflows.lint.cells import Patterns, TooMany, is_complete, patterns_of
from workflows.lint.telling import told
from workflows.protocol import Comparison, Rule
from workflows.verdicts import Verdict

CELL_LIMIT = 65_536
# With more clauses than people write, fewer cases are looked through: each is held against each.
MANY_CLAUSES = 16
# A check is looked through without an example, and there may be many.
CHECK_LIMIT = 256
Choice: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Something that can come out, in words. `exact` means that it needs a number to lie exactly on a bound."""

    words: str
    verdicts: tuple[Verdict, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What a rule answers over all its `cases`. `unsaid` and `twice` are worked examples; `dead` clauses never hold."""

    cases: int
    unsaid: Case | None
    twice: Case | None
    dead: tuple[int, ...]
    given: frozenset[Verdict]


def is_checkable(rule: Rule) -> bool:
    """Whether every clause compares something, and every comparison is complete."""
    return all(clause.when for clause in rule.clauses) and all(map(is_complete, rule.comparisons()))


@lru_cache(maxsize=1024)  # while somebody types, all rules but one are those of a moment ago
def answers(rule: Rule, *, limit: int = CELL_LIMIT) -> Answers | None:
    """What `rule`, which must be checkable, answers over all cases; None where there are more than `limit`."""
    try:
        return _answers(rule, patterns_of(rule.comparisons(), limit // (1 + len(rule.clauses) // MANY_CLAUSES)))
    except TooMany:
        return None


def _answers(rule: Rule, parts: tuple[Patterns, ...]) -> Answers:
    masks = list(_masks(rule))

    def given(choice: Choice) -> frozenset[Verdict]:
        holding = _together(choice)
        said = {clause.verdict for clause, mask in zip(rule.clauses, masks, strict=True) if holding & mask == mask}
        return frozenset(said or ({rule.otherwise} if rule.otherwise is not None else ()))

    found = {choice: given(choice) for choice in _choices(parts)}
    held = [_together(choice) for choice in found]
    return Answers(
        cases=prod(part.size for part in parts),
        unsaid=_example(parts, found, lambda said: not said),
        twice=_example(parts, found, lambda said: len(said) > 1),
        dead=tuple(index for index, mask in enumerate(masks) if not any(each & mask == mask for each in held)),
        given=frozenset().union(*found.values()),
    )


def can_hold(comparisons: Iterable[Comparison]) -> tuple[bool, bool]:
    """Whether all of `comparisons`, which must be complete, can hold at once, and whether one of them can fail.

    Where there are too many cases to look through, both are taken to be so.
    """
    here = list(comparisons)
    whole = (1 << len(here)) - 1
    try:
        held = [_together(choice) == whole for choice in _choices(patterns_of(here, CHECK_LIMIT))]
    except TooMany:
        return True, True
    return any(held), not all(held)


def _masks(rule: Rule) -> Iterator[int]:
    """For each clause the bits of its comparisons, which are numbered through the rule."""
    start = 0
    for clause in rule.clauses:
        yield ((1 << len(clause.when)) - 1) << start
        start += len(clause.when)


def _choices(parts: tuple[Patterns, ...]) -> Iterator[Choice]:
    return product(*(part.cells for part in parts))


def _together(choice: Choice) -> int:
    # Parts have bits of their own.
    return sum(choice)


def _example(
    parts: tuple[Patterns, ...],
    found: dict[Choice, frozenset[Verdict]],
    is_meant: Callable[[frozenset[Verdict]], bool],
) -> Case | None:
    """The case among those meant that lies on the fewest bounds, said as shortly as it can be."""
    meant = [choice for choice, said in found.items() if is_meant(said)]
    if not meant:
        return None
    bounds = [{pattern: part.on_bounds(pattern) for pattern in part.cells} for part in parts]

    def touching(choice: Choice) -> int:
        return sum(each[pattern] for each, pattern in zip(bounds, choice, strict=True))

    best = min(meant, key=touching)
    needed = list(_needed(parts, best, set(meant)))
    words = " and ".join(told(parts[index], best[index]) for index in needed)
    verdicts = tuple(verdict for verdict in Verdict if verdict in found[best])
    return Case(words, verdicts, exact=touching(best) > 0)


def _needed(parts: tuple[Patterns, ...], choice: Choice, meant: set[Choice]) -> Iterator[int]:
    """The parts that matter: whatever else the others are, it is a case that is meant."""
    free: list[int] = []
    for index in range(len(parts)):
        tried = [*free, index]
        options = [list(part.cells) if at in tried else [choice[at]] for at, part in enumerate(parts)]
        if all(each in meant for each in product(*options)):
            free.append(index)
    return (index for index in range(len(parts)) if index not in free)
