"""Whether the time of an answer tells withheld from absent: paired measurements, and an equivalence test against noise.

Differences of two identical things are significant too, if one measures often enough. So what is compared is the
difference between withheld and absent with that between absent and absent, measured in the same run, in one process,
in random order within each pair.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from time import perf_counter_ns

Ask = Callable[[], object]
PAIRS, RESAMPLED = 400, 400
FLOOR_NS = 5_000
"""Five microseconds: what can be told apart over a network in thousands of tries begins above it."""
NOISY_NS = 400_000


class Verdict(StrEnum):
    """What a measurement allows to say."""

    EQUAL = "equal"
    DIFFERENT = "different"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True)
class Measured:
    """The verdict, and in nanoseconds: the median difference with its 99 % interval, and the bound that noise sets."""

    verdict: Verdict
    difference: float
    low: float
    high: float
    bound: float

    def __str__(self) -> str:
        """One line for people."""
        us = [f"{value / 1000:+.1f}" for value in (self.difference, self.low, self.high, self.bound)]
        return f"{self.verdict.value}: {us[0]} µs (99 %: {us[1]} to {us[2]}), bound {us[3]} µs"


def measured(withheld: Ask, absent: Ask, other: Ask, *, seed: int = 1) -> Measured:
    """`withheld` against `absent`, with `absent` against `other` (as absent) as the floor of noise."""
    chance = random.Random(seed)  # noqa: S311 - the order of measurements
    for ask in (withheld, absent, other) * 20:
        ask()
    differences = [_pair(withheld, absent, chance) for _ in range(PAIRS)]
    noise = [_pair(absent, other, chance) for _ in range(PAIRS)]
    low, high = _interval(differences, chance)
    floor = max(map(abs, _interval(noise, chance)))
    bound = max(3 * floor, FLOOR_NS)
    return Measured(_verdict(low, high, floor, bound), median(differences), low, high, bound)


def _verdict(low: float, high: float, floor: float, bound: float) -> Verdict:
    nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    if nearest > bound:
        return Verdict.DIFFERENT
    return Verdict.INCONCLUSIVE if floor > NOISY_NS else Verdict.EQUAL


def _pair(one: Ask, other: Ask, chance: random.Random) -> int:
    """How much longer `one` took than `other`, asked in an order by chance, in nanoseconds."""
    order = [one, other]
    chance.shuffle(order)
    took = {id(ask): _took(ask) for ask in order}
    return took[id(one)] - took[id(other)]


def _took(ask: Ask) -> int:
    start = perf_counter_ns()
    ask()
    return perf_counter_ns() - start


def _interval(values: Sequence[int], chance: random.Random) -> tuple[float, float]:
    """The 99 % interval of the median, by resampling."""
    medians = sorted(median(chance.choices(values, k=len(values))) for _ in range(RESAMPLED))
    return medians[RESAMPLED // 200], medians[-1 - RESAMPLED // 200]
