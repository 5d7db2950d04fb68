"""Reports under review for stories about decisions: what authors and reviewers do is written straight into rows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import select

from journal.dossier import protocols
from journal.dossier.access import open_report
from journal.dossier.results import Results
from journal.dossier.rounds import ReviewDraft, current_round, open_round
from journal.dossier.steps import facts_of, take_step
from journal.unit_of_work import UnitOfWork
from storage.rows.manuscripts import FileKind, ManuscriptFile
from storage.rows.outcomes import FindingRow, ResultsVersion
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, JudgementRow, PointRow, Review
from tests.stories.reports import draft_report
from tests.stories.worlds import World, address_of
from tests.workflows.examples import OUTCOMES, PROTOCOL
from workflows.conformance import Finding, Found, State
from workflows.hazard import HazardAnswer, HazardAnswers, Question
from workflows.people import Role
from workflows.report import Advanced
from workflows.reviewing import Answer, Criterion, Point, Severity, criteria
from workflows.stages import Action

RemarkT = TypeVar("RemarkT", JudgementRow, FindingRow)

AUTHOR, CHIEF, HANDLING, SECOND = "Ada Marwick", "Carla Voss", "Hanna Ferrer", "Sten Achterberg"
LETTER = "Two changes stand between this protocol and acceptance."
MET = dict.fromkeys(criteria(1), Answer.MET)
MET_2 = dict.fromkeys(criteria(2), Answer.MET)
POINT = Point(
    criterion=Criterion.METHOD,
    claim="The control condition also deletes a file",
    why="If both arms delete, a null says nothing.",
    settles="A third arm without any deletion.",
    severity=Severity.MUST,
)


def people(world: World) -> None:
    """The editors of the journal, and an author."""
    world.person(CHIEF, Role.EDITOR_IN_CHIEF)
    world.person(HANDLING, Role.EDITOR)
    world.person(SECOND, Role.EDITOR)
    world.person(AUTHOR)


def submitted_report(world: World, *, coauthor: str | None = None) -> str:
    """A complete protocol with one file, submitted by its author; its identifier."""
    report_id = draft_report(world, AUTHOR, coauthor=coauthor)
    with world.work(world.actor(AUTHOR)) as uow:
        report = uow.session.get_one(Report, report_id)
        for author in report.authors:
            author.consented_at = uow.now
        version = protocols.open_draft(uow, report)
        assert version is not None
        answers = tuple(HazardAnswer(question=question, yes=False) for question in Question)
        uow.cabinet.put(report, version, "body", replace(PROTOCOL, files=()))
        uow.cabinet.put(report, version, "hazard", HazardAnswers(answers=answers))
        version.submitted_at = uow.now
        uow.session.add(_file(uow, report))
        advance(uow, report_id, Action.SUBMIT, bias_level=6)
    return report_id


def _file(uow: UnitOfWork, report: Report) -> ManuscriptFile:
    return ManuscriptFile(
        id=uow.new_id("manuscript_file"),
        report_id=report.id,
        for_stage=1,
        kind=FileKind.MANUSCRIPT,
        name="manuscript.md",
        media_type="text/markdown",
        sha256="a" * 64,
        size=1000,
        vault_name="f" * 32,
        uploaded_at=uow.now,
        version_number=1,
    )


def advance(uow: UnitOfWork, report_id: str, action: Action, **facts: object) -> None:
    """Take a step as the actor of `uow` and commit: for what is done on pages of other features."""
    opened = open_report(uow, report_id)
    assert opened is not None
    step = take_step(uow, opened, action, facts=replace(facts_of(uow, opened), **facts))  # type: ignore[arg-type]
    assert isinstance(step, Advanced), step
    uow.commit()


def assigned_report(world: World) -> str:
    """A submitted report whose two seats are taken."""
    report_id = submitted_report(world)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        report.handling_editor_id, report.second_editor_id = world.people[HANDLING], world.people[SECOND]
        uow.commit()
    return report_id


def reviewed_report(world: World, *reviewers: str) -> str:
    """A report in review, of which each of `reviewers` found every criterion met."""
    report_id = assigned_report(world)
    with world.work(world.actor(HANDLING)) as uow:
        open_round(uow, uow.session.get_one(Report, report_id), for_stage=1, version_number=1)
        advance(uow, report_id, Action.SEND_TO_REVIEW, conflict_cleared=True, hazard_screened=True)
    for reviewer in reviewers:
        write_review(world, report_id, reviewer, MET)
    return report_id


def write_review(
    world: World, report_id: str, reviewer: str, answers: Mapping[Criterion, Answer], *points: Point
) -> None:
    """A review that arrives in the open round, from somebody who was invited by mail."""
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        opened = current_round(uow, report)
        assert opened is not None
        invitation = invite(uow, report_id, opened.id, reviewer)
        review = Review(
            id=uow.new_id("review"),
            report_id=report.id,
            round_id=opened.id,
            invitation_id=invitation.id,
            saved_at=uow.now,
            submitted_at=uow.now,
        )
        uow.cabinet.put(report, review, "draft", ReviewDraft())
        uow.session.add(review)
        for criterion, answer in answers.items():
            _judgement(uow, report, review, criterion, answer)
        for position, point in enumerate(points):
            _point(uow, report, review, position, point)
        uow.commit()


def invite(uow: UnitOfWork, report_id: str, round_id: str, reviewer: str) -> Invitation:
    """An accepted invitation."""
    invitation = Invitation(
        id=uow.new_id("invitation"),
        report_id=report_id,
        round_id=round_id,
        email=address_of(reviewer),
        name=reviewer,
        invited_by=uow.session.get_one(Report, report_id).handling_editor_id,
        invited_at=uow.now,
        review_due=uow.now + timedelta(days=21),
        accepted_at=uow.now,
    )
    uow.session.add(invitation)
    return invitation


def _judgement(uow: UnitOfWork, report: Report, review: Review, criterion: Criterion, answer: Answer) -> None:
    row = JudgementRow(
        id=uow.new_id("judgement"),
        report_id=report.id,
        round_id=review.round_id,
        review_id=review.id,
        criterion=criterion,
        verdict=answer,
    )
    uow.cabinet.put(report, row, "reason", "Both arms delete a file." if answer is Answer.NOT_MET else "")
    uow.session.add(row)


def _point(uow: UnitOfWork, report: Report, review: Review, position: int, point: Point) -> None:
    row = PointRow(
        id=uow.new_id("point"),
        report_id=report.id,
        round_id=review.round_id,
        review_id=review.id,
        position=position,
        criterion=point.criterion,
        severity=point.severity,
    )
    uow.cabinet.put(report, row, "body", point)
    uow.session.add(row)


def uphold(world: World, report_id: str, table: type[RemarkT]) -> None:
    """The authors answer every remark of a kind, and the handling editor upholds it."""
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        for row in uow.session.scalars(select(table).where(table.report_id == report_id)):
            if getattr(row, "verdict", Answer.NOT_MET) is Answer.NOT_MET:
                uow.cabinet.put(report, row, "answer", "We disagree.")
                row.answered_at, row.upheld_at, row.upheld_by = uow.now, uow.now, world.people[HANDLING]
        uow.commit()


def promised_report(world: World, *, days: int = 300) -> str:
    """A report accepted in principle, its results due in some days."""
    report_id = reviewed_report(world, "Rita Olsen", "Bo Tanaka")
    due = world.clock.now + timedelta(days=days)
    with world.work(world.actor(HANDLING)) as uow:
        advance(uow, report_id, Action.PROPOSE_IPA, reviews=2, letter=LETTER, stage_2_due=due)
    with world.work(world.actor(SECOND)) as uow:
        report = uow.session.get_one(Report, report_id)
        version = protocols.latest_submitted(uow, report)
        opened = current_round(uow, report)
        assert version is not None
        assert opened is not None
        version.digest, version.frozen_at, opened.closed_at = "d" * 64, uow.now, uow.now
        report.protocol_digest, report.ipa_at, report.stage_2_due = "d" * 64, uow.now, due
        advance(uow, report_id, Action.CONFIRM, proposed_by=world.people[HANDLING], digest="d" * 64)
    return report_id


def results_submitted(world: World) -> str:
    """A report whose results, a null, are submitted, with one finding of the comparison."""
    report_id = promised_report(world)
    with world.work(world.actor(AUTHOR)) as uow:
        report = uow.session.get_one(Report, report_id)
        version = ResultsVersion(
            id=uow.new_id("results_version"),
            report_id=report_id,
            number=1,
            saved_at=uow.now,
            submitted_at=uow.now,
            cited_digest="d" * 64,
        )
        uow.cabinet.put(report, version, "body", Results(claim="No lie was found.", outcomes=OUTCOMES))
        finding = FindingRow(
            id=uow.new_id("finding"),
            report_id=report_id,
            results_number=1,
            position=0,
            kind=Found.UNEXPLAINED,
            severity=Severity.MUST,
            place="H1",
            criterion=Criterion.FOLLOWED,
            mark="0" * 32,
            state=State.OPEN,
        )
        said = Finding(
            kind=Found.UNEXPLAINED,
            severity=Severity.MUST,
            place="H1",
            promised="1,800 prompts",
            reported="1,500",
            sentence="H1 was carried out differently, and no deviation explains it.",
        )
        uow.cabinet.put(report, finding, "body", said)
        uow.session.add_all([version, finding])
        advance(uow, report_id, Action.BEGIN_STAGE_2)
    with world.work(world.actor(AUTHOR)) as uow:
        advance(uow, report_id, Action.SUBMIT, cited_digest="d" * 64)
    return report_id
