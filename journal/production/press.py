"""The press: typesets the proof of an accepted report, keeps it in the vault, and moves the report on.

The job may run twice, or die at any line. Each row of the outbox makes one typesetting: a run that finds it finished
does nothing, one that finds it begun starts it again from its first step. Progress is written in units of work of its
own, and the database is never held while pandoc or the typesetter works.
"""

from dataclasses import dataclass, replace

from sqlalchemy import select

from journal.dossier import manuscripts, results
from journal.dossier.access import view
from journal.dossier.publishing import as_printed, report_facts
from journal.dossier.steps import facts_of, take_step
from journal.production.keeping import Kept, deposit_paper, remarks_on, renditions_of
from journal.production.printing import Unprintable
from journal.production.typesetting import Paper, typeset
from journal.reading.document import Document
from journal.reading.pandoc import Unreadable
from journal.telling import tell_that_the_press_stopped
from journal.unit_of_work import Resources, UnitOfWork, begin
from journal.work_off import Task
from storage.rows.proofs import Typesetting
from storage.rows.reports import Report
from workflows.declassify import PublicRecord
from workflows.machine import Refusal
from workflows.people import PRESS
from workflows.stages import Action, Stage

WATERMARK = "Proof"
STEPS = ("reading the manuscript", "setting the pages", "keeping the files", "the proof is ready")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a paper is made from: its record and the manuscript, None for a short report, or why it cannot be read."""

    record: PublicRecord
    document: Document | Unreadable | None


def typeset_report(resources: Resources, task: Task) -> None:
    """Typeset the proof of the accepted report `task.arguments["report"]` and take the step TYPESET.

    What cannot be printed ends with words for the editor and no step. Raises `ConfinementFailed` when the machine
    cannot run the child, and whatever vault and database raise: the job is then tried again.
    """
    report_id = task.arguments["report"]
    typesetting_id = _begun(resources, task, report_id)
    if typesetting_id is None:
        return
    source = _source(resources, report_id)
    if isinstance(source.document, Unreadable):
        _give_up(resources, typesetting_id, words=source.document.words)
        return
    _say(resources, typesetting_id, step=2)
    paper = set_pages(resources, source.record, source.document, watermark=WATERMARK)
    if isinstance(paper, Unprintable):
        _give_up(resources, typesetting_id, words=paper.words)
        return
    _say(resources, typesetting_id, step=3)
    kept = keep(resources, report_id, paper)
    _finish(resources, typesetting_id, kept, remarks=remarks_on(paper, source.document))


def set_pages(
    resources: Resources, record: PublicRecord, document: Document | None, *, watermark: str | None
) -> Paper | Unprintable:
    """The paper of `record` as this journal prints it."""
    return typeset(
        record,
        document,
        journal_name=resources.config.journal_name,
        public_base_url=resources.config.public_url,
        watermark=watermark,
    )


def read_results(uow: UnitOfWork, report: Report) -> Document | Unreadable | None:
    """The manuscript of the results as last submitted; None for a short report."""
    submitted = results.latest_submitted(uow, report)
    if submitted is None:
        return None
    files = manuscripts.files_of(uow, report, for_stage=2, version_number=submitted.number)
    return manuscripts.read_manuscript(uow, report, files)


def step_of_the_press(uow: UnitOfWork, report: Report, action: Action) -> None:
    """Move the report on as the press, whose steps ask nothing but that the paper is kept."""
    opened = view(uow, report, PRESS)
    answer = take_step(uow, opened, action, facts=replace(facts_of(uow, opened), rendition=True))
    refusal = answer.code if isinstance(answer, Refusal) else ""
    if refusal:
        raise AssertionError(f"the press takes its steps where the table has them: {refusal}")


def keep(resources: Resources, report_id: str, paper: Paper) -> tuple[Kept, ...]:
    """Put the files of `paper` into the vault. What a crash leaves there without a row is never found again."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        return deposit_paper(uow, uow.session.get_one(Report, report_id), paper)


def _begun(resources: Resources, task: Task, report_id: str) -> str | None:
    """The typesetting that this row of the outbox asks for, at its first step; None when there is nothing to do."""
    with begin(resources, actor=PRESS) as uow:
        report = uow.session.get(Report, report_id)
        row = uow.session.scalar(select(Typesetting).where(Typesetting.outbox_id == task.row_id))
        if report is None or report.stage is not Stage.ACCEPTED or (row is not None and row.finished_at is not None):
            return None
        row = row or _new_typesetting(uow, report, task.row_id)
        row.step, row.steps, row.doing = 1, len(STEPS), STEPS[0]
        found = row.id
        uow.commit()
    return found


def _new_typesetting(uow: UnitOfWork, report: Report, outbox_id: str) -> Typesetting:
    submitted = results.latest_submitted(uow, report)
    row = Typesetting(
        id=uow.new_id("typesetting"),
        report_id=report.id,
        outbox_id=outbox_id,
        results_number=submitted.number if submitted else 0,
        asked_at=uow.now,
    )
    uow.session.add(row)
    return row


def _source(resources: Resources, report_id: str) -> Source:
    with begin(resources, actor=PRESS, writes=False) as uow:
        report = uow.session.get_one(Report, report_id)
        # Nobody but the report's own people sees a proof, so it has neither identity nor a public date yet.
        facts = replace(report_facts(uow, report), identity=None, published_on=None)
        return Source(record=as_printed(facts, now=uow.now), document=read_results(uow, report))


def _say(resources: Resources, typesetting_id: str, *, step: int) -> None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get_one(Typesetting, typesetting_id)
        row.step, row.doing = step, STEPS[step - 1]
        uow.commit()


def _give_up(resources: Resources, typesetting_id: str, *, words: str) -> None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get_one(Typesetting, typesetting_id)
        report = uow.session.get_one(Report, row.report_id)
        uow.cabinet.put(report, row, "trouble", words)
        row.finished_at, row.doing = uow.now, "the paper could not be typeset"
        if report.stage is Stage.ACCEPTED:  # else its authors withdrew it meanwhile
            tell_that_the_press_stopped(uow, report)
        uow.commit()


def _finish(resources: Resources, typesetting_id: str, kept: tuple[Kept, ...], *, remarks: tuple[str, ...]) -> None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get_one(Typesetting, typesetting_id)
        report = uow.session.get_one(Report, row.report_id)
        uow.session.add_all(renditions_of(uow, report, kept, typesetting_id=row.id))
        uow.cabinet.put(report, row, "remarks", remarks)
        row.step, row.doing, row.finished_at = len(STEPS), STEPS[-1], uow.now
        if report.stage is Stage.ACCEPTED:  # else it moved on by itself: its authors may have withdrawn it
            step_of_the_press(uow, report, Action.TYPESET)
        uow.commit()
