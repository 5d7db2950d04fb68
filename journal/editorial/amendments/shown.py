"""What the page of amendments shows to its viewer: what is open, what was decided, and which forms are theirs."""

from dataclasses import dataclass

from journal.dossier import amending, protocols
from journal.dossier.access import Opened
from journal.dossier.linting import linted
from journal.editorial.amendments.asking import Wanted, collecting, wanted
from journal.editorial.amendments.wording import Shown, side_by_side
from journal.unit_of_work import UnitOfWork
from storage.rows.amendments import AmendmentRow
from workflows.amendments import Decided, Reason, Standing
from workflows.lint import Lint
from workflows.people import EDITORS, Capacity
from workflows.protocol import Protocol
from workflows.stages import AWAITING_RESULTS

_MAKERS = EDITORS | {Capacity.AUTHOR, Capacity.OFFICER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An amendment with each change and its reason, and the handling editor's answer.

    `levels` are the bias-control levels before and with it; `found` is what the linter newly says while it is open.
    """

    row: AmendmentRow
    changes: list[tuple[Shown, Reason]]
    answer: str
    levels: tuple[int | None, int | None]
    found: tuple[Lint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The page for one viewer: `open` is what is being written or asked for, `past` what was decided, newest first."""

    open: Told | None
    past: list[Told]
    writes: bool
    may_begin: bool
    may_ask: bool
    ended: bool
    decides: bool
    confirms: bool
    proposer: bool


def sight_of(uow: UnitOfWork, opened: Opened) -> Sight:
    """What the viewer may see and do."""
    report, me = opened.report, opened.acting_as
    found = amending.open_amendment(uow, report)
    standing = found.standing if found else None
    author, waits = Capacity.AUTHOR in me, report.stage in AWAITING_RESULTS
    return Sight(
        open=told(uow, opened, found) if found and _may_see(found, me) else None,
        past=[told(uow, opened, row) for row in amending.amendments(uow, report)[::-1] if _may_look_back(row, me)],
        writes=author and standing is Standing.WRITTEN,
        may_begin=author and waits and found is None,
        may_ask=Capacity.CORRESPONDING_AUTHOR in me,
        ended=not collecting(uow, report),
        decides=Capacity.HANDLING_EDITOR in me and waits and standing is Standing.ASKED,
        confirms=Capacity.SECOND_EDITOR in me and waits and standing is Standing.PROPOSED,
        proposer=found is not None and uow.actor.person == found.proposed_by,
    )


def _may_see(row: AmendmentRow, acting_as: frozenset[Capacity]) -> bool:
    """What is written is its authors' alone; what is asked for also those who decide."""
    return Capacity.AUTHOR in acting_as or (row.standing is not Standing.WRITTEN and bool(acting_as & _MAKERS))


def _may_look_back(row: AmendmentRow, acting_as: frozenset[Capacity]) -> bool:
    """Everybody on the report reads what was approved; what was not stays between authors and editors."""
    if row.decided is None or row.decided is Decided.DROPPED:
        return False
    return row.decided is Decided.APPROVED or bool(acting_as & _MAKERS)


def told(uow: UnitOfWork, opened: Opened, row: AmendmentRow) -> Told:
    """One amendment, as pages show it."""
    report = opened.report
    found = wanted(uow, report, row)
    return Told(
        row=row,
        changes=[(side_by_side(change), found.said.reason(change.place)) for change in found.changes],
        answer=uow.cabinet.get(report, row, "answer", str) if row.answer else "",
        levels=(found.base.bias_level, found.plan.bias_level),
        found=_newly_found(uow, found) if row.decided is None else (),
    )


def _newly_found(uow: UnitOfWork, found: Wanted) -> tuple[Lint, ...]:
    """What the linter says of the protocol as it would be, and did not say of the one that was accepted."""
    before = {(each.rule, each.label, each.field) for each in linted(uow, found.base)}
    return tuple(each for each in linted(uow, found.plan) if (each.rule, each.label, each.field) not in before)


def labels_of(uow: UnitOfWork, opened: Opened) -> list[str]:
    """What a deviation can concern: the rows and checks of the accepted protocol."""
    version = protocols.frozen(uow, opened.report)
    plan = protocols.words(uow, opened.report, version) if version else Protocol()
    return [*(row.label for row in plan.rows), *(check.label for check in plan.checks)]
