"""How the findings on results ended, as far as readers are told: how many each way. No key is opened for it."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Select, select

from journal.unit_of_work import UnitOfWork
from storage.rows.outcomes import FindingRow
from workflows.conformance import State
from workflows.promised import Settled


def settled(uow: UnitOfWork, wanted: Select[str]) -> Mapping[str, Settled]:
    """The counts of each report that `wanted` selects and that has findings, by its identifier.

    A difference that came up in several versions counts once, as it stands in the last of them. What is still open asks
    for nothing, or acceptance would have waited for it: it is not told.
    """
    rows = select(FindingRow.report_id, FindingRow.mark, FindingRow.state).where(FindingRow.report_id.in_(wanted))
    ordered = rows.order_by(FindingRow.results_number, FindingRow.position)
    standing = {(report_id, mark): state for report_id, mark, state in uow.session.execute(ordered)}
    found: dict[str, Settled] = {}
    for (report_id, _), state in standing.items():
        found[report_id] = _with_one_more(found.get(report_id, Settled()), state)
    return found


def _with_one_more(so_far: Settled, state: State) -> Settled:
    match state:
        case State.DECLARED:
            return replace(so_far, declared=so_far.declared + 1)
        case State.CORRECTED:
            return replace(so_far, corrected=so_far.corrected + 1)
        case State.DISMISSED:
            return replace(so_far, dismissed=so_far.dismissed + 1)
        case State.OPEN:
            return so_far
