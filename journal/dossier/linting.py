"""What the linter says of a plan, in the words and places that pages use."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journal.unit_of_work import UnitOfWork
from workflows.lint import Lint, lint
from workflows.protocol import Protocol
from workflows.reviewing import Criterion, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the linter says that bears on one criterion: prepared for who judges it, never a verdict."""

    criterion: Criterion
    found: tuple[Lint, ...]


def linted(uow: UnitOfWork, plan: Protocol) -> tuple[Lint, ...]:
    """What the linter says of a plan today."""
    return lint(plan, today=uow.now.date().isoformat())


def by_criterion(found: Iterable[Lint]) -> list[Evidence]:
    """What was found, by the criterion it bears on; within one, what must be settled first."""
    order = list(Severity)
    several = sorted(found, key=lambda each: order.index(each.severity))
    groups = [
        Evidence(criterion=criterion, found=tuple(each for each in several if each.criterion is criterion))
        for criterion in Criterion
    ]
    return [group for group in groups if group.found]


def open_ones(found: Sequence[Lint]) -> list[Lint]:
    """What still asks for something: all but notes and what the authors answered with a reason."""
    return [each for each in found if each.severity is not Severity.NOTE and not each.answer]


def counted(found: Sequence[Lint]) -> str:
    """How much was found, in words: "2 must, 1 should"; empty where nothing asks for anything."""
    counts = Counter(each.severity for each in open_ones(found))
    return ", ".join(f"{counts[severity]} {severity.value}" for severity in Severity if counts[severity])
