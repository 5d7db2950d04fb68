"""The same life of three studies, told chapter by chapter; only which way each came out is not said here.

One study is published and corrected, one revised and then withheld, one rejected for how it was done. Who acts, when
and with which words never depends on a result.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from journal.demonstration import editing, refereeing
from journal.demonstration.postbox import Postbox
from journal.demonstration.transports import InProcess
from journal.demonstration.visitor import Visitor
from journal.dossier.clock import run_clock
from journal.dossier.rounds import ReviewDraft
from journal.production.release import make_release
from journal.unit_of_work import UnitOfWork
from journal.work_off import run_due_jobs
from storage.rows.outcomes import FindingRow
from storage.rows.reports import Report
from tests.resultblind.directions import Direction, answers
from tests.resultblind.starting import GUESTS, REVIEWER, SILENT
from tests.stories.accepted import AUTHOR, HANDLING, SECOND, correct
from tests.stories.withheld import hold
from tests.stories.worlds import World, address_of
from tests.stories.writing import keep_results
from workflows.conformance import State
from workflows.reviewing import Answer, Judgement, Point, Severity, criteria

LETTER = "Dear authors, thank you. This is judged by whether the plan was followed."
REVIEW = ReviewDraft(
    judgements=tuple(
        Judgement(criterion=each, answer=Answer.NOT_MET if place == 2 else Answer.MET, reason="As the plan has it.")
        for place, each in enumerate(criteria(2))
    ),
    points=(
        Point(
            criterion=criteria(2)[2],
            claim="The number of prompts is not the registered one",
            why="A reader cannot tell whether sampling stopped there.",
            settles="Say when the number was settled.",
            severity=Severity.MUST,
        ),
    ),
    disclosure="None.",
)


@dataclass
class Lived:
    """A world with its three studies, which came out as `directions` has it."""

    world: World
    directions: Sequence[Direction]
    reports: list[str]
    links: dict[tuple[str, int], str] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def visitor(self, name: str) -> Visitor:
        """`name` at the desk: signed in, or by the links in their letters."""
        if name not in self.visitors:
            guest = name in GUESTS
            self.visitors[name] = self.world.visitor() if guest else self.world.signed_in(name)
        return self.visitors[name]

    def each(self, who: str, step: Callable[[Visitor, str], object]) -> None:
        """`who` does the same for each study, in their order."""
        for report in self.reports:
            step(self.visitor(who), report)

    def days(self, count: int) -> None:
        """So many days pass; the clock is looked at, and letters go out."""
        self.world.clock.advance(days=count)
        run_clock(self.world.resources)
        run_due_jobs(self.world.resources)


Chapter = Callable[[Lived], None]


SHORT = {"paper": "rows", "how": "In June, on rented machines.", "limits": "Open models."}


def results_are_filled_in(lived: Lived) -> None:
    """All but the digest; the first is a short report, the others have a manuscript."""
    for report, direction in zip(lived.reports, lived.directions, strict=True):
        author = lived.visitor(AUTHOR)
        author.open(f"/reports/{report}/acceptance")
        author.do("Start stage 2")
        is_short = report == lived.reports[0]
        said = SHORT if is_short else {}
        author.do("Save", {**answers(direction), **said, "data_now": "Deposited.", "code_now": "Deposited."})
        if not is_short:
            keep_results(lived.world, report)
    lived.days(1)


def results_are_sent(lived: Lived) -> None:
    """The digest is copied, and everything read once more."""
    digest = lived.visitor(AUTHOR).open(f"/reports/{lived.reports[0]}/acceptance").tree.xpath("//code[@id='digest']")
    assert digest
    lived.each(AUTHOR, _send)
    lived.days(1)


def _send(author: Visitor, report: str) -> None:
    digest = author.open(f"/reports/{report}/acceptance").tree.xpath("//code[@id='digest']/text()")[0]
    author.open(f"/reports/{report}/outcomes")
    author.do("Save", {"cited_digest": str(digest)})
    author.open(f"/reports/{report}/outcomes/submit")
    author.do("Send the results")


def reviews_are_written(lived: Lived) -> None:
    """One reviewer writes, the other accepted and is silent."""
    lived.each(HANDLING, lambda editor, report: editing.start_review(editor, report, screen=""))
    for name in GUESTS:
        for place, report in enumerate(lived.reports):
            editing.invite(lived.visitor(HANDLING), report, address_of(name))
            lived.world.clock.advance(minutes=1)
            run_due_jobs(lived.world.resources)
            lived.links[name, place] = _link(lived, name)
            refereeing.accept(lived.visitor(name), lived.links[name, place])
    for place in range(len(lived.reports)):
        refereeing.write(lived.visitor(REVIEWER), lived.links[REVIEWER, place], REVIEW, send=True)
        refereeing.write(lived.visitor(SILENT), lived.links[SILENT, place], REVIEW, send=False)
    lived.days(1)


def _link(lived: Lived, name: str) -> str:
    link = Postbox(lived.world.config.mail.folder).link(address_of(name), "/review/")
    assert link is not None
    return link


def answers_are_asked(lived: Lived) -> None:
    """And one letter of reminder's time passes."""
    lived.each(HANDLING, editing.ask_for_answers)
    lived.days(15)


def decisions_are_proposed(lived: Lived) -> None:
    """Acceptance, a revision, and a rejection for how it was done; what the check found is dismissed in the first."""
    _settle(lived, lived.reports[0])
    _uphold(lived, lived.reports[2])
    for report, kind in zip(lived.reports, ("acceptance", "revision", "rejection"), strict=True):
        editing.propose(lived.visitor(HANDLING), report, kind=kind, letter=LETTER, exception="One review suffices.")
    lived.days(1)


def _settle(lived: Lived, report_id: str) -> None:
    """The editor dismisses what the comparison found."""

    def dismiss(uow: UnitOfWork, report: Report, row: FindingRow) -> None:
        if row.state is State.OPEN:
            row.state, row.ruled_by, row.ruled_at = State.DISMISSED, lived.world.people[HANDLING], uow.now
            uow.cabinet.put(report, row, "ruling", "The authors are right.")

    _of_each_finding(lived, report_id, dismiss)


def _uphold(lived: Lived, report_id: str) -> None:
    """The authors answer it, and the editor upholds it."""

    def sustain(uow: UnitOfWork, report: Report, row: FindingRow) -> None:
        uow.cabinet.put(report, row, "answer", "We disagree.")
        row.answered_at, row.upheld_at, row.upheld_by = uow.now, uow.now, lived.world.people[HANDLING]

    _of_each_finding(lived, report_id, sustain)


def _of_each_finding(lived: Lived, report_id: str, do: Callable[[UnitOfWork, Report, FindingRow], None]) -> None:
    with lived.world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        for row in uow.session.scalars(select(FindingRow).where(FindingRow.report_id == report_id)):
            do(uow, report, row)
        uow.commit()


def decisions_are_confirmed(lived: Lived) -> None:
    """By the second editor; the press sets what is accepted."""
    lived.each(SECOND, editing.confirm)
    lived.days(1)


def the_proof_is_out(lived: Lived) -> None:
    """One paper is in proof, one study is revised and withheld."""
    editing.send_proof(lived.visitor(HANDLING), lived.reports[0])
    hold(lived.world, lived.reports[1])
    lived.days(1)


def one_is_published(lived: Lived) -> None:
    """And corrected."""
    author = lived.visitor(AUTHOR)
    author.open(f"/reports/{lived.reports[0]}/proof")
    author.do("Approve the proof")
    lived.days(1)
    make_release(lived.world.resources)
    lived.days(0)
    correct(lived.world, lived.reports[0], "A table had two rows swapped.")
    lived.days(1)
    make_release(lived.world.resources)
    lived.days(0)


CHAPTERS: tuple[Chapter, ...] = (
    results_are_filled_in,
    results_are_sent,
    reviews_are_written,
    answers_are_asked,
    decisions_are_proposed,
    decisions_are_confirmed,
    the_proof_is_out,
    one_is_published,
)


def starts_of(lived: Lived, name: str, reports: Sequence[str]) -> list[str]:
    """Where somebody begins to look around: their lists and, for who comes by a link, their links."""
    if name in GUESTS:
        places = [lived.reports.index(report) for report in reports]
        links = [lived.links[name, place] for place in places if (name, place) in lived.links]
        return ["/" + link.split("/", 3)[3] for link in links]
    return ["/", "/studies", "/queue", "/published", "/holds", *(f"/reports/{report}" for report in reports)]


def transport_of(visitor: Visitor) -> InProcess:
    """The browser of a visitor, whose answers are looked at."""
    transport = visitor._transport  # noqa: SLF001 - the same browser
    assert isinstance(transport, InProcess)
    return transport
