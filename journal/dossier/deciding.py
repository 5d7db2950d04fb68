"""What a decision rests on: reviews that arrived, criteria nobody judged, what is upheld; and the proposals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal.dossier.rounds import RoundContents, contents, rounds
from journal.unit_of_work import UnitOfWork
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.outcomes import FindingRow
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, JudgementRow, PointRow
from workflows.reviewing import Answer, Criterion, Severity, unjudged
from workflows.stages import HOLDS_IPA, OUT, Stage

Remark = JudgementRow | PointRow | FindingRow
_DECIDED = {
    DecisionKind.REVISION: "Revision asked",
    DecisionKind.REJECTION: "Rejection",
    DecisionKind.IPA: "In-principle acceptance",
    DecisionKind.ACCEPTANCE: "Acceptance",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWords:
    """What a decision's sealed body says: the letter; at IPA the conditions that stage 2 must meet; at a rejection the
    criteria it rests on.
    """

    letter: str = ""
    conditions: tuple[str, ...] = ()
    upheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """Somebody who reviewed stage 1, and whether they are invited to stage 2."""

    name: str
    email: str
    invited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One letter: what it is, when it went, its words; conditions of an acceptance, criteria a rejection rests on."""

    title: str
    at: datetime
    body: str
    conditions: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


def stage_under_review(stage: Stage) -> int:
    """Which stage, 1 or 2, the reviews and decisions of a report at `stage` are about."""
    return 2 if stage in (*HOLDS_IPA, *OUT, Stage.STAGE_2_REJECTED, Stage.WITHDRAWN_AFTER_IPA) else 1


def rounds_of(uow: UnitOfWork, report: Report, *, for_stage: int) -> list[RoundContents]:
    """All rounds of one stage with everything in them, oldest first."""
    return [contents(uow, found) for found in rounds(uow, report) if found.for_stage == for_stage]


def deciding_round(uow: UnitOfWork, report: Report) -> RoundContents | None:
    """The round that the next decision is about: the newest of the stage under review."""
    found = [each for each in rounds(uow, report) if each.for_stage == stage_under_review(report.stage)]
    return contents(uow, found[-1]) if found else None


def reviewers_judgements(inside: RoundContents) -> list[JudgementRow]:
    """The judgements of the reviews that arrived; drafts of others are nobody's business."""
    sent = {review.id for review in inside.sent}
    return [row for row in inside.judgements if row.review_id in sent]


def editors_judgements(inside: RoundContents) -> list[JudgementRow]:
    """The judgements that an editor gave where reviewers could not."""
    return [row for row in inside.judgements if row.review_id is None]


def left_to_editor(inside: RoundContents) -> tuple[Criterion, ...]:
    """The criteria of the round's stage that no review answered with met or not met."""
    return tuple(Criterion(code) for code in unjudged(inside.round.for_stage, _answered(reviewers_judgements(inside))))


def unjudged_criteria(inside: RoundContents, *, beside: Iterable[Criterion] = ()) -> tuple[str, ...]:
    """The criteria of the round's stage that neither a review nor an editor judged; `beside` are being judged now."""
    given = [*reviewers_judgements(inside), *editors_judgements(inside)]
    return unjudged(inside.round.for_stage, [*_answered(given), *beside])


def _answered(rows: Iterable[JudgementRow]) -> list[Criterion]:
    return [row.criterion for row in rows if row.verdict is not Answer.CANNOT_JUDGE]


def upheld_remarks(uow: UnitOfWork, report: Report) -> list[Remark]:
    """The judgements, points and findings of the stage under review that an editor upheld, of every round: what was
    asked in one round is answered with the revision, and so upheld, if at all, in the next.
    """
    stage = stage_under_review(report.stage)
    found: list[Remark] = []
    for inside in rounds_of(uow, report, for_stage=stage):
        found += [row for row in inside.judgements if row.verdict is Answer.NOT_MET]
        found += [row for row in inside.points if row.severity is not Severity.NOTE]
    if stage == 2:  # noqa: PLR2004 - stage 2: there is nothing to find before
        found += uow.session.scalars(select(FindingRow).where(FindingRow.report_id == report.id))
    return [row for row in found if row.upheld_at is not None]


def criterion_of(row: Remark) -> Criterion:
    """The criterion that a judgement, point or finding bears on."""
    return row.criterion


def upheld_criteria(uow: UnitOfWork, report: Report) -> tuple[str, ...]:
    """The criteria of the stage under review under which something is upheld, in order."""
    return tuple(sorted({criterion_of(row).value for row in upheld_remarks(uow, report)}))


def decisions(uow: UnitOfWork, report: Report) -> list[Decision]:
    """All proposals ever made, oldest first."""
    wanted = select(Decision).where(Decision.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(Decision.proposed_at, Decision.id)))


def open_proposal(uow: UnitOfWork, report: Report) -> Decision | None:
    """The proposal that waits for the second editor, if one does. `sent_back_at` also says that it was taken back."""
    found = decisions(uow, report)
    waiting = [each for each in found if each.confirmed_at is None and each.sent_back_at is None]
    return waiting[-1] if waiting else None


def confirmed_decisions(uow: UnitOfWork, report: Report) -> list[tuple[Decision, DecisionWords]]:
    """What was decided, with its words, oldest first: for the report's authors and reviewers too."""
    return [(each, words_of(uow, report, each)) for each in decisions(uow, report) if each.confirmed_at is not None]


def conditions_of(uow: UnitOfWork, report: Report) -> tuple[str, ...]:
    """The conditions of the acceptance in principle, which stage 2 must meet; none before it."""
    found = [words for decision, words in confirmed_decisions(uow, report) if decision.kind is DecisionKind.IPA]
    return found[-1].conditions if found else ()


def decision_letters(uow: UnitOfWork, report: Report) -> list[Read]:
    """The letters of what was decided, oldest first: authors and reviewers read the same."""
    return [_letter(decision, words) for decision, words in confirmed_decisions(uow, report)]


def _letter(decision: Decision, words: DecisionWords) -> Read:
    return Read(
        title=f"{_DECIDED[decision.kind]}, stage {decision.for_stage}",
        at=decision.confirmed_at or decision.proposed_at,
        body=words.letter,
        conditions=words.conditions,
        criteria=tuple(f"{code}: {Criterion(code).words}" for code in words.upheld),
    )


def words_of(uow: UnitOfWork, report: Report, decision: Decision) -> DecisionWords:
    """The words of a proposal or decision."""
    return uow.cabinet.get(report, decision, "body", DecisionWords)


def returning_reviewers(uow: UnitOfWork, report: Report) -> list[Returning]:
    """Whoever sent a review at stage 1, once each, in the order of their first invitation."""
    first = [_reviewers(inside) for inside in rounds_of(uow, report, for_stage=1)]
    second = [inside.invitations for inside in rounds_of(uow, report, for_stage=2)]
    invited = {row.email.casefold() for rows in second for row in rows if row.cancelled_at is None}
    by_address = {row.email.casefold(): row for rows in first for row in rows}
    return [
        Returning(name=row.name or row.email, email=row.email, invited=address in invited)
        for address, row in by_address.items()
    ]


def _reviewers(inside: RoundContents) -> list[Invitation]:
    sent = {review.invitation_id for review in inside.sent}
    return [row for row in inside.invitations if row.id in sent]
