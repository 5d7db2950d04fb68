"""Remarks on a report, which its authors answer and its editors may uphold: judgements (not met), points, findings.

Who may see the reviews of which round, and what of a review each may read, is decided here and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal.dossier import results
from journal.dossier.access import Opened
from journal.dossier.answers import is_settled
from journal.dossier.rounds import ReviewDraft, RoundContents, contents, rounds
from journal.unit_of_work import UnitOfWork
from storage.rows.decisions import Decision
from storage.rows.outcomes import FindingRow
from storage.rows.people import Person
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, JudgementRow, PointRow, Review, Round
from workflows.conformance import Finding, State
from workflows.people import EDITORS, Capacity
from workflows.reviewing import Answer, Point, Severity

Row = JudgementRow | PointRow | FindingRow
EDITOR = "The handling editor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark with its words. `answer` is "" where there is none, or none that this viewer may read yet."""

    row: Row
    heading: str
    body: Point | Finding | str
    answer: str
    asks: bool

    @property
    def is_dismissed(self) -> bool:
        """Whether it is a finding that an editor dismissed: what does not stand is not upheld."""
        return isinstance(self.row, FindingRow) and self.row.state is State.DISMISSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One review as this viewer may see it; or what the editor judged where no review did, sent at no one moment."""

    id: str
    who: str
    remarks: list[Remark]
    sent_at: datetime | None = None
    disclosure: str = ""
    confidential: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSeen:
    """One round as this viewer may see it. `findings` are of stage 2, for authors and editors."""

    round: Round
    reviews: list[Seen]
    findings: list[Remark]
    settled: bool


def rounds_seen(uow: UnitOfWork, opened: Opened) -> list[RoundSeen]:
    """The rounds whose reviews the viewer may see now, newest first."""
    decided = _decided(uow, opened.report)
    return [
        _round_seen(uow, opened, found)
        for found in reversed(rounds(uow, opened.report))
        if _may_see(opened, found, decided=found.id in decided)
    ]


def _decided(uow: UnitOfWork, report: Report) -> frozenset[str]:
    """The rounds about which a decision was confirmed."""
    confirmed = select(Decision.round_id).where(Decision.report_id == report.id, Decision.confirmed_at.is_not(None))
    return frozenset(uow.session.scalars(confirmed))


def _may_see(opened: Opened, found: Round, *, decided: bool) -> bool:
    """Editors at once; authors once they are asked for answers; authors and reviewers after the decision."""
    if opened.acting_as & EDITORS:
        return True
    asked = Capacity.AUTHOR in opened.acting_as and found.answers_asked_at is not None
    return bool(opened.acting_as) and (decided or asked)


def _round_seen(uow: UnitOfWork, opened: Opened, found: Round) -> RoundSeen:
    inside, settled = contents(uow, found), is_settled(uow, opened.report, found)
    shown = settled or not opened.acting_as & EDITORS
    reviews = [_seen(uow, opened, inside, review, answers=shown) for review in inside.sent]
    return RoundSeen(
        round=found,
        reviews=reviews + _editors(uow, opened.report, inside, answers=shown),
        findings=[] if Capacity.REVIEWER in opened.acting_as else findings(uow, opened.report, found, answers=shown),
        settled=settled,
    )


def _seen(uow: UnitOfWork, opened: Opened, inside: RoundContents, review: Review, *, answers: bool) -> Seen:
    report, editor = opened.report, bool(opened.acting_as & EDITORS)
    draft = uow.cabinet.get(report, review, "draft", ReviewDraft)
    confidential = uow.cabinet.get(report, review, "confidential", str) if editor and review.confidential else ""
    return Seen(
        id=review.id,
        who=_called(uow, inside, review, named=editor or draft.signed),
        sent_at=review.submitted_at,
        disclosure=draft.disclosure or "not stated",
        confidential=confidential,
        remarks=_remarks(uow, report, inside, review.id, answers=answers),
    )


def _editors(uow: UnitOfWork, report: Report, inside: RoundContents, *, answers: bool) -> list[Seen]:
    """The handling editor's own judgements, as one more review: authors answer them, and they may be upheld."""
    remarks = _remarks(uow, report, inside, None, answers=answers)
    return [Seen(id=f"editor-{inside.round.id}", who=EDITOR, remarks=remarks)] if remarks else []


def _called(uow: UnitOfWork, inside: RoundContents, review: Review, *, named: bool) -> str:
    """Reviewer A, B, C in the order of their invitation; with the name for whoever may know it."""
    order = [row.id for row in inside.invitations if row.accepted_at is not None]
    place = order.index(review.invitation_id) if review.invitation_id in order else 0
    letter = f"Reviewer {chr(ord('A') + place % 26)}"
    invitation = next((row for row in inside.invitations if row.id == review.invitation_id), None)
    return f"{letter}, {_name(uow, invitation)}" if named and invitation else letter


def _name(uow: UnitOfWork, invitation: Invitation) -> str:
    person = uow.session.get(Person, invitation.person_id) if invitation.person_id else None
    return invitation.name or (person.name if person else invitation.email)


def _remarks(
    uow: UnitOfWork, report: Report, inside: RoundContents, review_id: str | None, *, answers: bool
) -> list[Remark]:
    """What one review says, or, with None, what the editor judged."""
    judgements = [
        Remark(
            row=row,
            heading=row.criterion.words,
            body=uow.cabinet.get(report, row, "reason", str),
            answer=_answer(uow, report, row) if answers else "",
            asks=row.verdict is Answer.NOT_MET,
        )
        for row in inside.judgements
        if row.review_id == review_id
    ]
    return judgements + [_point(uow, report, row, answers) for row in inside.points if row.review_id == review_id]


def _point(uow: UnitOfWork, report: Report, row: PointRow, answers: bool) -> Remark:  # noqa: FBT001 - as its caller
    point = uow.cabinet.get(report, row, "body", Point)
    return Remark(
        row=row,
        heading=point.claim,
        body=point,
        answer=_answer(uow, report, row) if answers else "",
        asks=row.severity is not Severity.NOTE,
    )


def findings(uow: UnitOfWork, report: Report, found: Round, *, answers: bool = True) -> list[Remark]:
    """What comparing the round's results with the frozen protocol found; nothing at stage 1."""
    versions = results.versions(uow, report) if found.for_stage > 1 else []
    version = next((row for row in versions if row.number == found.version_number), None)
    return [
        Remark(
            row=row,
            heading=f"{finding.place}: {finding.kind.words}",
            body=finding,
            answer=_answer(uow, report, row) if answers else "",
            asks=row.severity is not Severity.NOTE,
        )
        for row, finding in (results.findings(uow, report, version) if version else [])
    ]


def _answer(uow: UnitOfWork, report: Report, row: Row) -> str:
    return uow.cabinet.get(report, row, "answer", str) if row.answer else ""
