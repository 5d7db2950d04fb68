"""Beginning, sending, withdrawing and flagging a study: the steps of its authors up to in-principle acceptance."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.dossier.answers import unanswered
from journal.dossier.authorship import author_gaps, details_of
from journal.dossier.drafts import draft_for_editing, last_written
from journal.dossier.letters import write_letter
from journal.dossier.manuscripts import digests_of, files_of, newest_files
from journal.dossier.protocols import open_draft
from journal.dossier.rounds import open_round
from journal.dossier.steps import facts_of, note_in_ledger, take_step
from journal.unit_of_work import UnitOfWork
from storage.documents import protocol_digest
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.people import Person
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import LetterKind, Report, ReportAuthor
from workflows import guards, hazard, protocol
from workflows.authorship import AuthorDetails
from workflows.facts import Facts
from workflows.hazard import HazardAnswers
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.protocol import Protocol, derived_level
from workflows.report import Advanced
from workflows.stages import Action, Stage
from workflows.topics import TOPICS_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Everything the authors have written of stage 1."""

    plan: Protocol
    answers: HazardAnswers
    authors: tuple[AuthorDetails, ...]
    files: tuple[ManuscriptFile, ...]


def begin_study(uow: UnitOfWork, owner: Person, *, title: str) -> Report:
    """Begin a draft for `owner`. A second press of the same button leads to the draft that the first one made."""
    earlier = _untouched(uow, owner, title=title)
    if earlier is not None:
        return earlier
    report = Report(
        id=uow.new_id("report"),
        stage=Stage.DRAFT,
        stage_since=uow.now,
        key_name=uow.cabinet.new_key(),
        created_at=uow.now,
    )
    uow.session.add(report)
    report.authors.append(_owner_as_author(uow, report, owner))
    version = ProtocolVersion(id=uow.new_id("protocol_version"), report_id=report.id, number=1, saved_at=uow.now)
    uow.cabinet.put(report, version, "body", Protocol(title=title))
    uow.cabinet.put(report, version, "hazard", HazardAnswers())
    uow.session.add(version)
    note_in_ledger(uow, "begin_study", report=report, capacity=Capacity.CORRESPONDING_AUTHOR.value)
    return report


def _owner_as_author(uow: UnitOfWork, report: Report, owner: Person) -> ReportAuthor:
    row = ReportAuthor(
        id=uow.new_id("report_author"),
        position=0,
        person_id=owner.id,
        email=owner.email,
        corresponding=True,
        consented_at=uow.now,
    )
    details = AuthorDetails(
        name=owner.name,
        email=owner.email,
        orcid=f"https://orcid.org/{owner.orcid}" if owner.orcid else "",
        affiliation=owner.affiliation,
        ror=f"https://ror.org/{owner.ror}" if owner.ror else "",
    )
    uow.cabinet.put(report, row, "details", details)
    return row


def _untouched(uow: UnitOfWork, owner: Person, *, title: str) -> Report | None:
    """The owner's newest draft, if nothing was done to it since it was begun with the same title."""
    wanted = (
        select(Report)
        .join(ReportAuthor)
        .where(ReportAuthor.person_id == owner.id, ReportAuthor.corresponding.is_(True), Report.stage == Stage.DRAFT)
        .order_by(Report.created_at.desc())
        .limit(1)
    )
    report = uow.session.scalars(wanted).first()
    draft = open_draft(uow, report) if report else None
    if report is None or draft is None or draft.version > 1 or len(report.authors) > 1:
        return None
    plan, _ = last_written(uow, report)
    return report if plan == Protocol(title=title) and not newest_files(uow, report, for_stage=1) else None


def written_so_far(uow: UnitOfWork, report: Report) -> Written:
    """The protocol as it stands, with the digests of its files, the hazard answers, the authors."""
    plan, answers = last_written(uow, report)
    files = newest_files(uow, report, for_stage=1)
    return Written(
        plan=replace(plan, files=digests_of(files), bias_level=_level(plan)),
        answers=answers,
        authors=tuple(details for _, details in details_of(uow, report)),
        files=tuple(files),
    )


def _level(plan: Protocol) -> int | None:
    """The level of bias control: what follows from the analyses, else what the authors chose."""
    derived = derived_level(plan)
    return plan.bias_level if derived is None else derived


def gaps_of(written: Written, *, now: datetime) -> tuple[Refusal, ...]:
    """What the submission still lacks, but for consents and answers, in the order of the task list."""
    plan = written.plan
    level = guards.bias_level_admissible(Facts(now=now, bias_level=plan.bias_level))
    return (
        *protocol.gaps(plan),
        *_too_many_topics(plan),
        *author_gaps(written.authors),
        *([level] if level else []),
        *hazard.gaps(written.answers),
    )


def _too_many_topics(plan: Protocol) -> list[Refusal]:
    if len(plan.topics) <= TOPICS_LIMIT:
        return []
    words = f"You chose {len(plan.topics)} topics; {TOPICS_LIMIT} is the most. Keep those that matter."
    return [Refusal("topics_many", words, "topics")]


def what_bars_sending(uow: UnitOfWork, opened: Opened) -> tuple[Refusal, ...]:
    """Everything that stands between the draft and its submission."""
    facts = _facts(uow, opened)
    found = (guards.coauthors_consented(facts), *([guards.answers_given(facts)] if _revises(opened) else []))
    return (*facts.gaps, *(refusal for refusal in found if refusal is not None))


def send(uow: UnitOfWork, opened: Opened) -> Advanced | tuple[Refusal, ...]:
    """Submit the draft, for the first time or revised. Everything that bars it comes back at once."""
    barred = what_bars_sending(uow, opened)
    if barred:
        return barred
    report = opened.report
    draft = draft_for_editing(uow, report)
    uow.session.flush()
    plan = written_so_far(uow, report).plan
    digest = protocol_digest(plan)
    action = Action.RESUBMIT if _revises(opened) else Action.SUBMIT
    record: dict[str, str | int | None] = {"version": draft.number, "digest": digest}
    step = take_step(uow, opened, action, facts=_facts(uow, opened), record=record)
    if isinstance(step, Refusal):
        return (step,)
    uow.cabinet.put(report, draft, "body", plan)
    draft.submitted_at, draft.digest = uow.now, digest
    for file in files_of(uow, report, for_stage=1, version_number=None):
        file.version_number = draft.number
    if action is Action.RESUBMIT:
        open_round(uow, report, for_stage=1, version_number=draft.number)
    return step


def _facts(uow: UnitOfWork, opened: Opened) -> Facts:
    written = written_so_far(uow, opened.report)
    return replace(
        facts_of(uow, opened),
        gaps=gaps_of(written, now=uow.now),
        bias_level=written.plan.bias_level,
        answers_missing=len(unanswered(uow, opened.report)) if _revises(opened) else 0,
    )


def _revises(opened: Opened) -> bool:
    return opened.report.stage is Stage.REVISION


def withdraw(uow: UnitOfWork, opened: Opened, *, reason: str) -> Advanced | Refusal:
    """Withdraw the study. The reason is kept with it, for those whom it concerns."""
    step = take_step(uow, opened, Action.WITHDRAW, facts=replace(facts_of(uow, opened), reason=reason))
    if isinstance(step, Advanced) and reason.strip():
        write_letter(uow, opened.report, LetterKind.WITHDRAWN, reason)
    return step
