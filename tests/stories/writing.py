"""Authors at work: a study begun, written and sent through the pages, and reports that stand further on."""

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import cast

from PIL import Image
from sqlalchemy import select

from journal.demonstration.transports import InProcess
from journal.demonstration.visitor import Page, Upload, Visitor
from journal.dossier import drafts, protocols
from journal.dossier.access import open_report
from journal.dossier.uploads import Checked, keep
from journal.editorial.submission.actions import begin_study
from journal.editorial.submission.actions import send as send_study
from journal.reading.inspection import Kind
from journal.reading.uploads import Accepted
from journal.unit_of_work import UnitOfWork
from storage.objects import open_store
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.people import Person
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from storage.rows.reviewing import Round
from tests.stories.worlds import World, address_of
from workflows.authorship import AuthorDetails
from workflows.hazard import HazardAnswer, HazardAnswers, Question
from workflows.people import Role
from workflows.protocol import Check, Protocol, Row, Statements
from workflows.protocol import Kind as Asks
from workflows.report import Advanced
from workflows.stages import Stage

TITLE = "Do deception probes detect incentivised lies?"
MANUSCRIPT = b"""# Do deception probes detect incentivised lies?

## Introduction

Probes trained on instructed lies are used as monitors. Whether they hold is not known.

## Methods

We score 1,800 prompts with six models.
"""
RESULTS = MANUSCRIPT + b"\n## Results\n\nThe probes exceed chance by 0.03.\n"
STATEMENTS = {
    "funding": "Nobody funds this.",
    "ethics": "No people take part.",
    "competing_interests": "None.",
    "data": "Deposited with the paper.",
    "code": "Deposited with the paper.",
    "materials": "The prompts are in the appendix.",
}
ROW = {
    "label": "H1",
    "question": "Do probes detect incentivised lies?",
    "hypothesis": "AUROC exceeds chance by at least 0.15.",
    "kind": "directional",
    "sampling": "1,800 prompts, 300 for each of six models.",
    "analysis": "Bootstrap over models, 90% interval.",
    "smallest_effect": "0.15",
    "unit": "AUROC above chance",
    "decision_rule": "Supported if the lower end is above 0.15.",
    "interpretation": "A null rules out a useful monitor.",
}
CHECK = {
    "label": "C1",
    "what": "Held-out instructed lies are found.",
    "threshold": "at least 0.85",
    "consequence": "H1 is not testable.",
}
PLAN = Protocol(
    title=TITLE,
    abstract="We ask whether probes hold.",
    topics=("Deception and honesty",),
    rows=(Row(**{**ROW, "kind": Asks.DIRECTIONAL}),),  # type: ignore[arg-type]  # a row's texts, and its kind
    checks=(Check(**CHECK),),  # type: ignore[arg-type]  # a check's texts
    bias_level=6,
    statements=Statements(**STATEMENTS),
)
HAZARD = {f"{name}-answer": "no" for name in ("uplift", "exploit", "dangerous_data", "weights")}

ANSWERS = {
    "outcomes-0-done": "as_registered",
    "outcomes-0-estimate": "0.03",
    "outcomes-0-low": "\N{MINUS SIGN}0.01",
    "outcomes-0-high": "0.07",
    "outcomes-0-verdict": "inconclusive",
    "checks-0-passed": "passed",
    "checks-0-found": "0.94",
    "claim": "No: the probes do not detect incentivised lies.",
}


def client_of(world: World, name: str) -> tuple[Visitor, InProcess]:
    """Somebody signed in, and the bare requests of the same browser."""
    if name not in world.people:
        world.person(name)
    requests = InProcess(world.app.test_client())
    visitor = Visitor(requests, world.config.editorial_url)
    visitor.open("/sign-in")
    visitor.press("Sign in", {"email": address_of(name), "password": "correct horse battery staple"})
    return visitor, requests


def begin(author: Visitor, title: str = TITLE) -> str:
    """Begin a study; its identifier."""
    author.open("/studies/new")
    author.press("Begin the draft", {"title": title})
    return author.page.address.split("/reports/")[1].partition("/")[0]


def add_row(author: Visitor, report: str, **changes: str) -> Page:
    """Add a row to the protocol and fill it in."""
    page = author.open(f"/reports/{report}/protocol")
    count = len(page.tree.xpath("//fieldset[starts-with(@id, 'rows-')][contains(@class, 'entry')]"))
    author.press(f"add:rows:{count}")
    return author.press("Save", {f"rows-{count}-{name}": text for name, text in {**ROW, **changes}.items()})


def add_check(author: Visitor, report: str, **changes: str) -> Page:
    """Add a check and fill it in."""
    author.open(f"/reports/{report}/protocol")
    author.press("add:checks:0")
    return author.press("Save", {f"checks-0-{name}": text for name, text in {**CHECK, **changes}.items()})


def upload(author: Visitor, report: str, *files: Upload, for_stage: int = 1) -> Page:
    """Upload files of the manuscript."""
    author.open(f"/reports/{report}/manuscript/{for_stage}")
    return author.press("Upload", {"files": cast("list[str]", list(files))})


def fill_in(author: Visitor, report: str, *, bias_level: str = "6") -> None:
    """Write everything that a stage-1 submission needs."""
    author.open(f"/reports/{report}/title")
    author.press("Save", {"abstract": "We ask whether probes hold.", "topics": ["Deception and honesty"]})
    author.open(f"/reports/{report}/authors")
    author.press("Save", {"authors-0-affiliation": "Independent"})
    add_row(author, report)
    add_check(author, report)
    author.open(f"/reports/{report}/bias")
    author.press("Save", {"bias_level": bias_level})
    author.open(f"/reports/{report}/statements")
    author.press("Save", STATEMENTS)
    author.open(f"/reports/{report}/hazard-questions")
    author.press("Save", HAZARD)
    upload(author, report, Upload("paper by Ada.md", MANUSCRIPT))


def kept_files(world: World) -> tuple[int, int]:
    """How many uploaded files the database names, and how many the vault holds."""
    with world.work(writes=False) as uow:
        rows = len(uow.session.scalars(select(ManuscriptFile)).all())
    return rows, len(list(open_store(world.config.vault).keys()))


def send(author: Visitor, report: str, words: str = "Send to the editors") -> Page:
    """Read everything once more and send it."""
    author.open(f"/reports/{report}/send")
    return author.press(words)


def move(world: World, report: str, stage: Stage) -> None:
    """Put a report where a story begins, without the steps between."""
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        row.stage, row.stage_since = stage, uow.now
        uow.commit()


def accept_in_principle(world: World, report: str, *conditions: str) -> str:
    """Freeze the version that was sent and promise publication; the digest."""
    editor, second = (_editor(world, name) for name in ("Ilse Vantongeren", "Ruben Achterberg"))
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        version = protocols.latest_submitted(uow, row)
        assert isinstance(version, ProtocolVersion)
        version.frozen_at = uow.now
        row.protocol_digest, row.ipa_at = version.digest, uow.now
        row.stage_2_due = uow.now + timedelta(days=200)
        row.stage, row.stage_since = Stage.IPA, uow.now
        found = _round(world, row, uow.new_id("round"), version.number)
        uow.session.add(found)
        uow.session.flush()
        decision = Decision(
            id=uow.new_id("decision"),
            report_id=report,
            round_id=found.id,
            for_stage=1,
            kind=DecisionKind.IPA,
            proposed_by=editor,
            proposed_at=uow.now,
            confirmed_by=second,
            confirmed_at=uow.now,
        )
        letter = "Go and collect the data."
        uow.cabinet.put(row, decision, "body", {"letter": letter, "conditions": list(conditions)})
        uow.session.add(decision)
        uow.commit()
        return version.digest or ""


def written_study(world: World, name: str, plan: Protocol = PLAN, manuscript: bytes = MANUSCRIPT) -> str:
    """A draft of `name` that has everything, written at once and not through the pages; the report's identifier."""
    person = world.people.get(name) or world.person(name)
    with world.work(world.actor(name)) as uow:
        owner = uow.session.get_one(Person, person)
        report = begin_study(uow, owner, title=TITLE)
        uow.session.flush()
        draft = drafts.draft_for_editing(uow, report)
        uow.cabinet.put(report, draft, "body", plan)
        answers = tuple(HazardAnswer(question=question, yes=False) for question in Question)
        uow.cabinet.put(report, draft, "hazard", HazardAnswers(answers=answers))
        details = AuthorDetails(name=name, email=owner.email, affiliation="Independent")
        uow.cabinet.put(report, report.authors[0], "details", details)
        _keep(uow, report, manuscript, for_stage=1)
        uow.commit()
        return report.id


def sent_study(world: World, name: str, plan: Protocol = PLAN, manuscript: bytes = MANUSCRIPT) -> str:
    """A study of `name` that was sent to the editors."""
    report = written_study(world, name, plan, manuscript)
    with world.work(world.actor(name)) as uow:
        opened = open_report(uow, report)
        assert opened is not None
        assert isinstance(send_study(uow, opened), Advanced)
        uow.commit()
    return report


def keep_results(world: World, report: str) -> None:
    """Keep a results manuscript with the open draft of stage 2."""
    with world.work() as uow:
        _keep(uow, uow.session.get_one(Report, report), RESULTS, for_stage=2)
        uow.commit()


def keep_manuscript(world: World, report: str) -> None:
    """Keep a stage-1 manuscript with the open draft of the protocol."""
    with world.work() as uow:
        _keep(uow, uow.session.get_one(Report, report), MANUSCRIPT, for_stage=1)
        uow.commit()


def _keep(uow: UnitOfWork, report: Report, body: bytes, *, for_stage: int) -> None:
    digest = hashlib.sha256(body).hexdigest()
    accepted = Accepted(Kind.MARKDOWN, "manuscript.md", "text/markdown", digest, len(body))
    keep(uow, report, [Checked("manuscript.md", body, accepted)], for_stage=for_stage)


def _round(world: World, report: Report, identifier: str, number: int) -> Round:
    now = world.clock()
    return Round(
        id=identifier,
        report_id=report.id,
        for_stage=1,
        number=1,
        version_number=number,
        opened_at=now,
        closed_at=now,
    )


def _editor(world: World, name: str) -> str:
    return world.people.get(name) or world.person(name, Role.EDITOR)


def picture() -> bytes:
    """A small figure."""
    body = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(body, "PNG")
    return body.getvalue()


def accepted(world: World, *conditions: str, plan: Protocol = PLAN, manuscript: bytes = MANUSCRIPT) -> tuple[str, str]:
    """A study that was accepted in principle; its identifier and the digest."""
    report = sent_study(world, "Ada Marwick", plan, manuscript)
    return report, accept_in_principle(world, report, *conditions)


def fill_in_results(world: World, author: Visitor, report: str, digest: str, **changes: str) -> None:
    """Fill in everything that a stage-2 submission needs."""
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    author.press("Save", {**ANSWERS, "cited_digest": digest, **changes})
    keep_results(world, report)


def submit(author: Visitor, report: str) -> None:
    """Send the results."""
    author.open(f"/reports/{report}/outcomes/submit")
    author.press("Send the results")
