"""Findings as pages lay them out: in groups, each with its neighbours, and what is prepared for each criterion."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from journal.dossier import amending, protocols, results
from journal.dossier.access import Opened
from journal.dossier.deviation_ledger import Entry, ledger
from journal.dossier.findings import Standing, answers_shown, standings
from journal.dossier.results import Results
from journal.unit_of_work import UnitOfWork
from workflows.conformance import State
from workflows.conformance.prepared import prepared
from workflows.protocol import Protocol
from workflows.reviewing import Criterion, Severity, criteria

_ORDER = list(Severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Findings in three groups: what bars acceptance, the most serious first; what is settled; notes, which ask for
    nothing. `beside` has for each number the numbers before and after it, 0 where there is none.
    """

    open: list[Standing]
    settled: list[Standing]
    notes: list[Standing]
    beside: Mapping[int, tuple[int, int]]

    @property
    def first(self) -> int:
        """The number of the finding to begin with; 0 where there is none."""
        return next((each.number for each in (*self.open, *self.settled, *self.notes)), 0)

    @property
    def any(self) -> bool:
        """Whether there is any finding."""
        return bool(self.first)


def grouped(found: Sequence[Standing]) -> Groups:
    """Findings as their pages show them. Notes are folded away, so going through the rest does not lead into them."""
    opened = sorted((each for each in found if each.bars), key=lambda each: _ORDER.index(each.row.severity))
    settled = [each for each in found if not each.bars and not _is_note(each)]
    notes = [each for each in found if not each.bars and _is_note(each)]
    beside = {**_beside([*opened, *settled]), **_beside(notes)}
    return Groups(open=opened, settled=settled, notes=notes, beside=beside)


def _is_note(each: Standing) -> bool:
    return each.row.severity is Severity.NOTE and each.row.state is not State.DISMISSED


def _beside(found: Sequence[Standing]) -> dict[int, tuple[int, int]]:
    numbers = [0, *(each.number for each in found), 0]
    around = zip(numbers, numbers[1:], numbers[2:], strict=False)
    return {number: (before, after) for before, number, after in around}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is laid out for one criterion of stage 2: facts in a line each, findings, and the deviations for 2C."""

    criterion: Criterion
    lines: tuple[str, ...]
    findings: tuple[Standing, ...]
    deviations: tuple[Entry, ...] = ()

    @property
    def summary(self) -> str:
        """How much there is, in words."""
        return f"Evidence for {self.criterion}: {counted(self.findings)}"


def evidence(
    plan: Protocol, done: Results, found: Sequence[Standing], entries: Sequence[Entry], *, amended: int
) -> dict[Criterion, Prepared]:
    """What is prepared for each criterion of stage 2; `amended` counts the approved amendments."""
    lines = prepared(plan, done.outcomes, amended=amended)
    return {
        each: Prepared(
            criterion=each,
            lines=lines[each],
            findings=tuple(one for one in found if one.row.criterion is each),
            deviations=tuple(entries) if each is Criterion.FOLLOWED else (),
        )
        for each in criteria(2)
    }


def counted(found: Iterable[Standing]) -> str:
    """How many findings there are in each state, in words: "3 findings, 1 open, 2 declared"."""
    several = [each for each in found if not _is_note(each) or each.bars]
    states = Counter(each.row.state for each in several)
    total = "no finding" if not several else "1 finding" if len(several) == 1 else f"{len(several)} findings"
    return ", ".join([total, *(f"{states[state]} {state.value}" for state in State if states[state])])


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The newest submitted results as editors weigh them: findings in groups and counted, what is prepared for each
    criterion. `counts` has for each severity how many findings are in each state, in the order of `State`.
    """

    groups: Groups
    prepared: Mapping[Criterion, Prepared]
    counts: list[tuple[Severity, list[int]]]


def weighed(uow: UnitOfWork, opened: Opened) -> Weighed | None:
    """What the comparison of the newest submitted results brought up; None before there are any."""
    report = opened.report
    version = results.latest_submitted(uow, report)
    frozen = protocols.frozen(uow, report)
    if version is None or frozen is None:
        return None
    shown = answers_shown(uow, report, version, is_author=False)
    found = standings(uow, report, version, answers=shown)
    done, plan = results.words(uow, report, version), protocols.words(uow, report, frozen)
    amended = len(amending.approved(uow, report))
    return Weighed(
        groups=grouped(found),
        prepared=evidence(plan, done, found, ledger(uow, opened, version), amended=amended),
        counts=[(severity, [_count(found, severity, state) for state in State]) for severity in Severity],
    )


def _count(found: Iterable[Standing], severity: Severity, state: State) -> int:
    return sum(each.row.severity is severity and each.row.state is state for each in found)
