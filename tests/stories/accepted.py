"""Reports for stories of the press: written, registered, carried out and accepted, with every step really taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from journal.dossier import findings, letters
from journal.dossier.access import view
from journal.dossier.results import Results
from journal.dossier.steps import facts_of, take_step
from journal.unit_of_work import UnitOfWork
from storage.documents import protocol_digest
from storage.rows.manuscripts import FileKind, ManuscriptFile
from storage.rows.outcomes import ResultsVersion
from storage.rows.people import Person
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import LetterKind, Report, ReportAuthor
from tests.stories.worlds import World, address_of
from tests.workflows.examples import OUTCOMES, PROTOCOL
from workflows.authorship import AuthorDetails
from workflows.conformance import compare
from workflows.deviations import Departure, Deviation, Toward, When
from workflows.outcomes import Outcomes
from workflows.people import PRESS, Actor, Role
from workflows.protocol import Protocol
from workflows.report import Advanced
from workflows.short_reports import Paper, ShortReport
from workflows.stages import Action, Stage

AUTHOR, HANDLING, SECOND, CHIEF, OFFICER = "Ada Marwick", "Ines Hale", "Otto Brandt", "Carla Voss", "Noor Haddad"
MANUSCRIPTS = Path(__file__).parent.parent / "fixtures" / "manuscripts"
_PEOPLE = {
    AUTHOR: (),
    HANDLING: (Role.EDITOR,),
    SECOND: (Role.EDITOR,),
    CHIEF: (Role.EDITOR_IN_CHIEF,),
    OFFICER: (Role.OFFICER,),
}
TO_SUBMITTED = ((AUTHOR, Action.SUBMIT),)
_TO_IPA = (
    *TO_SUBMITTED,
    (HANDLING, Action.SEND_TO_REVIEW),
    (HANDLING, Action.PROPOSE_IPA),
    (SECOND, Action.CONFIRM),
)
TO_ACCEPTED = (
    (AUTHOR, Action.BEGIN_STAGE_2),
    (AUTHOR, Action.SUBMIT),
    (HANDLING, Action.SEND_TO_REVIEW),
    (HANDLING, Action.PROPOSE_ACCEPTANCE),
    (SECOND, Action.CONFIRM),
)
TO_READY = ((HANDLING, Action.SEND_PROOF), (AUTHOR, Action.APPROVE_PROOF))


@dataclass(frozen=True, kw_only=True)
class Study:
    """What a report of these stories says. Without a manuscript it is a short report."""

    title: str = "Do probes find incentivised lies?"
    protocol: Protocol = PROTOCOL
    outcomes: Outcomes = OUTCOMES
    claim: str = "No. The smallest useful advantage is excluded."
    abstract: str = "Probes trained on instructed lies do not find incentivised ones."
    manuscript: bytes | None = None
    paper: Paper | None = None
    short: ShortReport = field(default_factory=ShortReport)
    figures: dict[str, bytes] = field(default_factory=dict)
    author: str = AUTHOR
    handling: str = HANDLING
    second: str = SECOND

    @property
    def plan(self) -> Protocol:
        """The protocol under this study's title."""
        return replace(self.protocol, title=self.title)


def with_manuscript(study: Study) -> Study:
    """The study with the long manuscript of the fixtures and its figure."""
    figure = (MANUSCRIPTS / "figures" / "forest.svg").read_bytes()
    text = (MANUSCRIPTS / "results_probes.md").read_bytes()
    return replace(study, manuscript=text, figures={"forest.svg": figure})


def staff(world: World) -> None:
    """Make the people of these stories, once."""
    for name, roles in _PEOPLE.items():
        if name not in world.people:
            world.person(name, *roles)


def registered_report(world: World, study: Study, *, announced: bool = False) -> str:
    """A report with in-principle acceptance; its identifier."""
    return written_report(world, study, announced=announced, steps=_TO_IPA)


def written_report(
    world: World, study: Study, *, announced: bool = False, steps: Sequence[tuple[str, Action]] = TO_SUBMITTED
) -> str:
    """A complete draft that has taken `steps`; its identifier."""
    staff(world)
    with world.work() as uow:
        report = _written(world, uow, study)
        report.announce_from = uow.now if announced else None
        take(world, uow, report, steps)
        uow.commit()
        return report.id


def accepted_report(world: World, study: Study, *, announced: bool = False) -> str:
    """A report whose results were accepted a moment ago: the press has been asked, and has not begun."""
    report_id = registered_report(world, study, announced=announced)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        write_results(uow, report, study)
        take(world, uow, report, TO_ACCEPTED)
        uow.commit()
    return report_id


def ready_report(world: World, study: Study, *, announced: bool = False) -> str:
    """A report that the next release publishes. Its proof was waved through without being set, which saves seconds."""
    report_id = accepted_report(world, study, announced=announced)
    with world.work(PRESS) as uow:
        report = uow.session.get_one(Report, report_id)
        opened = view(uow, report, PRESS)
        facts = replace(facts_of(uow, opened), rendition=True)
        assert isinstance(take_step(uow, opened, Action.TYPESET, facts=facts), Advanced)
        take(world, uow, report, TO_READY)
        uow.commit()
    return report_id


def approve(world: World, report_id: str) -> None:
    """The proof is sent and approved."""
    with world.work() as uow:
        take(world, uow, uow.session.get_one(Report, report_id), TO_READY)
        uow.commit()


def step(world: World, report_id: str, who: str, action: Action) -> None:
    """One step by one person."""
    with world.work() as uow:
        take(world, uow, uow.session.get_one(Report, report_id), ((who, action),))
        uow.commit()


def correct(world: World, report_id: str, notice: str) -> None:
    """The handling editor publishes a correction."""
    _give_notice(world, report_id, notice, kind=LetterKind.CORRECTION, step=(HANDLING, Action.CORRECT))


def retract(world: World, report_id: str, notice: str) -> None:
    """The editor-in-chief retracts what the handling editor recommended to retract."""
    _give_notice(world, report_id, notice, kind=LetterKind.RETRACTION, step=(CHIEF, Action.RETRACT))


def _give_notice(world: World, report_id: str, notice: str, *, kind: LetterKind, step: tuple[str, Action]) -> None:
    with world.work(world.actor(step[0])) as uow:
        report = uow.session.get_one(Report, report_id)
        letters.write_letter(uow, report, kind, notice)
        take(world, uow, report, (step,), notice=notice, retraction_recommended_by=world.people[HANDLING])
        uow.commit()


def take(world: World, uow: UnitOfWork, report: Report, steps: Sequence[tuple[str, Action]], **about: object) -> None:
    """Take steps with facts that favour each: what the guards ask is tested where the rules are."""
    seats = {
        AUTHOR: report.authors[0].person_id,
        HANDLING: report.handling_editor_id,
        SECOND: report.second_editor_id,
        CHIEF: world.people[CHIEF],
    }
    for name, action in steps:
        acting = uow.acting_as(uow.session.get_one(Person, seats[name]).actor if name in seats else Actor(person=None))
        opened = view(acting, report, acting.actor)
        facts = replace(
            facts_of(acting, opened),
            bias_level=6,
            reviews=2,
            letter="Dear authors,",
            reason="As things came.",
            proposed_by=report.handling_editor_id,
            stage_2_due=uow.now + timedelta(days=200),
            cited_digest=report.protocol_digest,
            **about,  # type: ignore[arg-type]  # names of facts
        )
        answer = take_step(acting, opened, action, facts=facts)
        assert isinstance(answer, Advanced), answer


def _written(world: World, uow: UnitOfWork, study: Study) -> Report:
    """A complete protocol, frozen under its digest, by one author, with both editors assigned."""
    report = Report(
        id=uow.new_id("report"),
        stage=Stage.DRAFT,
        stage_since=uow.now,
        key_name=uow.cabinet.new_key(),
        created_at=uow.now,
        handling_editor_id=world.people[study.handling],
        second_editor_id=world.people[study.second],
        conflict_cleared_at=uow.now,
        hazard_screened_at=uow.now,
        ipa_at=uow.now,
        protocol_digest=protocol_digest(study.plan),
        stage_2_due=uow.now + timedelta(days=200),
        data_start=date(2026, 3, 10),
        data_end=date(2026, 4, 10),
    )
    author = ReportAuthor(
        id=uow.new_id("report_author"),
        report_id=report.id,
        position=0,
        person_id=world.people[study.author],
        email=address_of(study.author),
        corresponding=True,
        consented_at=uow.now,
    )
    given, _, family = study.author.partition(" ")
    details = AuthorDetails(name=study.author, given=given, family=family, affiliation="University of Northmoor")
    uow.cabinet.put(report, author, "details", details)
    report.authors.append(author)
    uow.session.add_all([report, _frozen(uow, report, study.plan)])
    return report


def _frozen(uow: UnitOfWork, report: Report, plan: Protocol) -> ProtocolVersion:
    version = ProtocolVersion(
        id=uow.new_id("protocol_version"),
        report_id=report.id,
        number=1,
        saved_at=uow.now,
        submitted_at=uow.now,
        frozen_at=uow.now,
        digest=report.protocol_digest,
    )
    uow.cabinet.put(report, version, "body", plan)
    return version


def write_results(uow: UnitOfWork, report: Report, study: Study) -> None:
    version = ResultsVersion(
        id=uow.new_id("results_version"),
        report_id=report.id,
        number=1,
        saved_at=uow.now,
        submitted_at=uow.now,
        cited_digest=report.protocol_digest,
    )
    deviation = Deviation(
        row="H1",
        kind=Departure.SAMPLE,
        toward=Toward.UNCHANGED,
        what="1,640 prompts, not 1,800.",
        why="160 were duplicates.",
        when=When.BEFORE_DATA,
        effect="None.",
    )
    done = Results(
        claim=study.claim,
        abstract=study.abstract,
        outcomes=study.outcomes,
        deviations=(deviation,),
        data="https://data.example/probes",
        cited_digest=report.protocol_digest or "",
        paper=study.paper,
        short=study.short,
    )
    uow.cabinet.put(report, version, "body", done)
    uow.session.add(version)
    findings.keep(uow, report, version, compare(study.plan, study.outcomes, done.deviations))
    if study.manuscript is not None:
        _keep(uow, report, FileKind.MANUSCRIPT, "manuscript.md", study.manuscript)
    for name, body in study.figures.items():
        _keep(uow, report, FileKind.FIGURE, name, body)


def _keep(uow: UnitOfWork, report: Report, kind: FileKind, name: str, body: bytes) -> None:
    kept = uow.cabinet.deposit(report, body)
    uow.session.add(
        ManuscriptFile(
            id=uow.new_id("manuscript_file"),
            report_id=report.id,
            for_stage=2,
            kind=kind,
            name=name,
            media_type="text/markdown" if kind is FileKind.MANUSCRIPT else "image/svg+xml",
            sha256=kept.sha256,
            size=kept.size,
            vault_name=kept.name,
            uploaded_at=uow.now,
            version_number=1,
        )
    )
