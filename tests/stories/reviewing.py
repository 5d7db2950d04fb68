"""Reports in review, and the people around them, for stories that begin there."""

import re

from journal.demonstration.visitor import Page, Visitor
from journal.unit_of_work import UnitOfWork
from storage.rows.manuscripts import FileKind, ManuscriptFile
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from tests.stories.reports import TITLE, draft_report
from tests.stories.worlds import World
from workflows.people import Role
from workflows.protocol import Check, Protocol, Row
from workflows.reviewing import criteria
from workflows.stages import Stage

AUTHOR, HANDLING, SECOND = "Ada Marwick", "Ines Editor", "Sofia Second"
ABSTRACT = "We ask whether refusals hold when a request is translated."
PLAN = Protocol(
    title=TITLE,
    abstract=ABSTRACT,
    topics=("Refusals",),
    bias_level=6,
    rows=(
        Row(
            label="H1",
            question="Do refusals hold when a request is translated?",
            hypothesis="Models refuse translated requests less often, by at least 8 percentage points.",
            sampling="We run 400 requests in each of four languages, 1,600 in all, and stop there.",
            analysis="A difference in proportions, bootstrapped over requests.",
            decision_rule="Supported if the 95% interval lies below -0.08.",
            smallest_effect="0.08",
            unit="difference in proportions",
            interpretation="If null, translation is no cheap way round a refusal.",
        ),
        Row(
            label="H2",
            question="Does the loss grow with how rare the language is?",
            hypothesis="It grows with the rank of the language in the training data.",
            sampling="As H1.",
            analysis="A slope over ranks.",
            decision_rule="Supported if the interval of the slope lies above zero.",
            interpretation="If null, rarity is not what matters.",
        ),
    ),
    checks=(Check(label="C1", what="The model understands the request", threshold="0.9", consequence="Not testable"),),
)
MANUSCRIPT = b"# Background\n\nA refusal in one language is no refusal in another.\n"


def report_in_review(world: World, stage: Stage = Stage.IN_REVIEW, *, manuscript: bool = False) -> str:
    """A report by Ada, handled by Ines, with Sofia as second editor, whose protocol was submitted; its identifier."""
    for name in (HANDLING, SECOND):
        if name not in world.people:
            world.person(name, Role.EDITOR)
    report_id = draft_report(world, AUTHOR)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        report.handling_editor_id, report.second_editor_id = world.people[HANDLING], world.people[SECOND]
        version = uow.session.query(ProtocolVersion).filter_by(report_id=report_id).one()
        uow.cabinet.put(report, version, "body", PLAN)
        version.submitted_at = uow.now
        if manuscript:
            _deposit(uow, report)
        uow.commit()
    put_at(world, report_id, stage)
    return report_id


def _deposit(uow: UnitOfWork, report: Report) -> None:
    kept = uow.cabinet.deposit(report, MANUSCRIPT)
    uow.session.add(
        ManuscriptFile(
            id=uow.new_id("manuscript_file"),
            report_id=report.id,
            for_stage=1,
            kind=FileKind.MANUSCRIPT,
            name="manuscript.md",
            media_type="text/markdown",
            sha256=kept.sha256,
            size=kept.size,
            vault_name=kept.name,
            uploaded_at=uow.now,
            version_number=1,
        )
    )


def put_at(world: World, report_id: str, stage: Stage) -> None:
    """Put the report at `stage`, for stories that begin there."""
    with world.work() as uow:
        uow.session.get_one(Report, report_id).stage = stage
        uow.commit()


def invite(editor: Visitor, report_id: str, email: str, name: str = "") -> Page:
    """The handling editor invites somebody through the page."""
    editor.open(f"/reports/{report_id}/reviewers")
    return editor.press("Invite", {"email": email, "name": name})


def link_in_mail(world: World, to: str) -> str:
    """The address in the newest mail to somebody. Mails of one moment have no order, so a minute passes."""
    world.clock.advance(minutes=1)
    world.run_jobs()
    found = re.search(r"^https?://\S+$", world.mails(to)[-1]["text"], re.MULTILINE)
    assert found is not None
    return found[0]


def accepted(world: World, editor: Visitor, report_id: str, email: str, name: str = "") -> tuple[Visitor, str]:
    """Somebody invited, who followed the link and accepted; they stand on the page after accepting."""
    invite(editor, report_id, email, name)
    guest, link = world.visitor(), link_in_mail(world, email)
    guest.open(link)
    guest.press("Accept and read", {"confidence": True, "conflict": "no"})
    return guest, link


def judged(stage: int = 1, **other: str) -> dict[str, str]:
    """The fields of a review in which all is met, but for `other`: {"1C": "not_met"} without its dash as j1C."""
    fields = {f"judgement-{each.value}": other.get(f"j{each.value}", "met") for each in criteria(stage)}
    return fields | {"disclosure": "None."}


POINT = {
    "points-0-criterion": "1C",
    "points-0-place": "H1",
    "points-0-claim": "The interval ignores that requests come in families.",
    "points-0-why": "A null on H1 could be noise.",
    "points-0-settles": "Bootstrap over families.",
    "points-0-severity": "must",
}


def send_review(guest: Visitor, link: str, **other: str) -> Page:
    """Write a review with one point and one criterion that is not met, and send it."""
    guest.open(f"{link}/form")
    guest.press("Add a point")
    typed = judged(j1C="not_met") | {"judgement-1C-reason": "The bootstrap is wrong."} | POINT | other
    return guest.press("Send your review", typed)
