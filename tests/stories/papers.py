"""Reports far on in their life, and what the press would have left of them, for stories that begin there."""

from datetime import timedelta

from sqlalchemy import select

from storage.rows.outbox import OutboxRow
from storage.rows.proofs import Rendition, Typesetting
from storage.rows.releases import PublicIdentity
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, Round
from tests.stories.reports import draft_report
from tests.stories.worlds import World, address_of
from workflows.people import Role
from workflows.stages import Stage

AUTHOR, HANDLING, SECOND, REVIEWER = "Ada Marwick", "Ines Editor", "Sven Second", "Rosa Reviewer"
CHIEF, FIRST_OFFICER, SECOND_OFFICER = "Carla Chief", "Olga Officer", "Omar Officer"
PDF = b"%PDF-1.7 a proof"
FILES = (
    ("pdf", "paper.pdf", "application/pdf", PDF),
    ("jats", "paper.xml", "application/xml", b"<article/>"),
    ("html", "paper.html", "text/html", b"<p>A paper</p>"),
    ("manifest", "manifest.json", "application/json", b"{}"),
)


def journal_of_people(world: World) -> None:
    """Everybody the stories need: an author, two editors, a reviewer with an account, a chief, two officers."""
    roles = {
        AUTHOR: (),
        REVIEWER: (),
        HANDLING: (Role.EDITOR,),
        SECOND: (Role.EDITOR,),
        CHIEF: (Role.EDITOR_IN_CHIEF,),
        FIRST_OFFICER: (Role.OFFICER,),
        SECOND_OFFICER: (Role.OFFICER,),
    }
    for name, held in roles.items():
        world.person(name, *held)


def report_at(world: World, stage: Stage, *, author: str = AUTHOR) -> str:
    """A report by `author` at `stage`, with its two editors and its reviewer; its identifier."""
    report_id = draft_report(world, author)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        report.stage, report.stage_since = stage, uow.now
        report.protocol_digest, report.ipa_at = "d" * 64, uow.now
        report.handling_editor_id, report.second_editor_id = world.people[HANDLING], world.people[SECOND]
        opened = Round(
            id=uow.new_id("round"), report_id=report_id, for_stage=1, number=1, version_number=1, opened_at=uow.now
        )
        uow.session.add(opened)
        uow.session.add(
            Invitation(
                id=uow.new_id("invitation"),
                report_id=report_id,
                round_id=opened.id,
                email=address_of(REVIEWER),
                name=REVIEWER,
                person_id=world.people[REVIEWER],
                invited_by=world.people[HANDLING],
                invited_at=uow.now,
                review_due=uow.now + timedelta(days=21),
                accepted_at=uow.now,
            )
        )
        uow.commit()
    return report_id


def typeset(world: World, report_id: str, *, step: int = 4, trouble: str = "", finished: bool = True) -> None:
    """What the press leaves behind: a run of the typesetter, and its files when it came to its end."""
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        run = Typesetting(
            id=uow.new_id("typesetting"),
            report_id=report_id,
            results_number=1,
            asked_at=uow.now,
            step=step,
            doing="drawing the pages",
            finished_at=uow.now if finished else None,
        )
        uow.session.add(run)
        if trouble:
            uow.cabinet.put(report, run, "trouble", trouble)
        for kind, name, media_type, body in FILES if finished and not trouble else ():
            kept = uow.cabinet.deposit(report, body)
            run.renditions.append(
                Rendition(
                    id=uow.new_id("rendition"),
                    report_id=report_id,
                    kind=kind,
                    name=name,
                    media_type=media_type,
                    sha256=kept.sha256,
                    size=kept.size,
                    vault_name=kept.name,
                )
            )
        uow.commit()


def released(world: World, report_id: str) -> None:
    """The report has been part of a release."""
    with world.work() as uow:
        uow.session.add(
            PublicIdentity(
                report_id=report_id, public_id=uow.new_id("public"), minted_at=uow.now, first_public_at=uow.now
            )
        )
        uow.commit()


def jobs_asked(world: World, job: str, report_id: str) -> list[str | None]:
    """The keys of the open jobs of this name about the report."""
    with world.work(writes=False) as uow:
        wanted = select(OutboxRow).where(
            OutboxRow.job == job, OutboxRow.report_id == report_id, OutboxRow.done_at.is_(None)
        )
        return [row.key for row in uow.session.scalars(wanted)]
