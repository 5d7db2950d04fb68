"""What reviewers of stage 1 think of an amendment, if the handling editor wants to know: by a link, for editors."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from journal import telling
from journal.dossier import amending
from journal.dossier.access import Opened, view
from journal.dossier.steps import note_in_ledger
from journal.editorial.amendments.asking import NOT_NOW, OTHER_ROUND
from journal.editorial.amendments.deciding import mark_of
from journal.links import Purpose, end_links, find_link
from journal.unit_of_work import UnitOfWork
from storage.rows.amendments import AmendmentRow, OpinionRow
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation
from workflows.amendments import Standing
from workflows.machine import Refusal
from workflows.people import Actor, Capacity
from workflows.stages import AWAITING_RESULTS

NO_WORDS = Refusal("words_missing", "Write what you think of the amendment.", "words")
NOBODY = Refusal("not_possible", "Nobody who reviewed stage 1 can be asked.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One reviewer who was asked, and what they said, if they have."""

    name: str
    row: OpinionRow
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a link to give an opinion opens. `uow` acts as the reviewer."""

    uow: UnitOfWork
    opened: Opened
    amendment: AmendmentRow
    opinion: OpinionRow

    @property
    def waits(self) -> bool:
        """Whether the amendment still waits for the handling editor, and nothing stops the report."""
        awaited = self.opened.report.stage in AWAITING_RESULTS
        return awaited and self.amendment.standing is Standing.ASKED and not self.opened.clocks_stopped


def opinions_on(uow: UnitOfWork, report: Report, amendment: AmendmentRow) -> list[Opinion]:
    """Everybody who was asked about an amendment, for its editors."""
    wanted = select(OpinionRow).where(OpinionRow.amendment_id == amendment.id).order_by(OpinionRow.asked_at)
    rows = uow.session.scalars(wanted.order_by(OpinionRow.id)).all()
    names = {row.id: uow.session.get_one(Invitation, row.invitation_id) for row in rows}
    return [
        Opinion(
            name=names[row.id].name or names[row.id].email,
            row=row,
            words=uow.cabinet.get(report, row, "words", str) if row.words else "",
        )
        for row in rows
    ]


def ask_reviewers(uow: UnitOfWork, opened: Opened, *, seen: str) -> list[OpinionRow] | Refusal:
    """Ask whoever reviewed stage 1, once each, by a letter with a link of its own."""
    report, row = opened.report, amending.open_amendment(uow, opened.report)
    if Capacity.HANDLING_EDITOR not in opened.acting_as or row is None or row.standing is not Standing.ASKED:
        return NOT_NOW
    if mark_of(row) != seen:
        return OTHER_ROUND
    known = {each.row.invitation_id for each in opinions_on(uow, report, row)}
    reviewers = telling.reviewers_of(uow, report)
    if not reviewers:
        return NOBODY
    new = [reviewer for reviewer in reviewers if reviewer.id not in known]
    return [_ask(uow, report, row, reviewer) for reviewer in new]


def _ask(uow: UnitOfWork, report: Report, amendment: AmendmentRow, reviewer: telling.Recipient) -> OpinionRow:
    row = OpinionRow(
        id=uow.new_id("amendment_opinion"), amendment_id=amendment.id, invitation_id=reviewer.id, asked_at=uow.now
    )
    uow.session.add(row)
    record = {"amendment": amendment.id, "invitation": reviewer.id}
    note_in_ledger(uow, "ask_opinion", report=report, capacity=Capacity.HANDLING_EDITOR.value, record=record)
    telling.tell(uow, "reviewers/amendment_opinion", [reviewer], report=report, about=row.id)
    return row


def asked_by_link(uow: UnitOfWork, token: str, *, noting: Callable[[Opened, str], None]) -> Asked | None:
    """What the link opens; None when it opens nothing (any more), for whatever reason."""
    link = find_link(uow, Purpose.OPINION, token)
    opinion = uow.session.get(OpinionRow, link.subject_id) if link else None
    invitation = uow.session.get(Invitation, opinion.invitation_id) if opinion else None
    if opinion is None or invitation is None or invitation.cancelled_at is not None:
        return None
    acting = uow.acting_as(Actor(person=invitation.id))
    opened = view(acting, uow.session.get_one(Report, invitation.report_id), acting.actor)
    noting(opened, invitation.id)
    amendment = uow.session.get_one(AmendmentRow, opinion.amendment_id)
    return Asked(uow=acting, opened=opened, amendment=amendment, opinion=opinion)


def give(asked: Asked, words: str) -> OpinionRow | Refusal:
    """Give the opinion. It is for the editors, and is given once."""
    uow, report, row = asked.uow, asked.opened.report, asked.opinion
    if not asked.waits or row.given_at is not None:
        return NOT_NOW
    if not words.strip():
        return NO_WORDS
    uow.cabinet.put(report, row, "words", words.strip())
    row.given_at = uow.now
    end_links(uow, Purpose.OPINION, row.id)
    record = {"amendment": row.amendment_id, "invitation": row.invitation_id}
    note_in_ledger(uow, "give_opinion", report=report, capacity=Capacity.REVIEWER.value, record=record)
    editor = telling.editor_of(report.handling_editor_id)
    telling.tell(uow, "handling_editor/amendment_opinion", editor, report=report)
    return row
