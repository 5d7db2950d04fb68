"""Where the three studies begin: accepted in principle, with everybody around them."""

from pathlib import Path

from journal.unit_of_work import UnitOfWork
from journal.work_off import run_due_jobs
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.reports import Report, ReportAuthor
from storage.rows.reviewing import Round
from tests.resultblind.directions import STUDIES
from tests.stories.accepted import AUTHOR, CHIEF, HANDLING, OFFICER, SECOND, registered_report, staff
from tests.stories.worlds import World, address_of, make_world
from workflows.authorship import AuthorDetails
from workflows.people import Role

COAUTHOR, REVIEWER, SILENT = "Cora Author", "Rita Reader", "Silas Silent"
ADMINISTRATOR, READER, STRANGER = "Ann Machine", "Vera Vetted", "Una Unrelated"
ROLES: dict[str, tuple[Role, ...]] = {
    COAUTHOR: (),
    STRANGER: (),
    ADMINISTRATOR: (Role.ADMINISTRATOR,),
    READER: (Role.VETTED_READER,),
}
PEOPLE = (AUTHOR, HANDLING, SECOND, CHIEF, OFFICER, *ROLES)
"""Everybody with an account."""
GUESTS = (REVIEWER, SILENT)
"""Reviewers, who come by their links."""


def promised_studies(folder: Path, count: int) -> tuple[World, list[str]]:
    """A journal in `folder` with the first `count` of the three studies; their identifiers."""
    world = make_world(folder, seed=b"blind", NULLIUS_DEMO="0")
    staff(world)
    for name, roles in ROLES.items():
        world.person(name, *roles)
    reports = []
    for study in STUDIES[:count]:
        world.clock.advance(hours=1)
        reports.append(registered_report(world, study))
        with world.work() as uow:
            report = uow.session.get_one(Report, reports[-1])
            _add_coauthor(world, uow, report)
            _promise(world, uow, report)
            uow.commit()
    run_due_jobs(world.resources)
    return world, reports


def _add_coauthor(world: World, uow: UnitOfWork, report: Report) -> None:
    named = ReportAuthor(
        id=uow.new_id("report_author"),
        report_id=report.id,
        position=1,
        person_id=world.people[COAUTHOR],
        email=address_of(COAUTHOR),
        corresponding=False,
        consented_at=uow.now,
    )
    uow.cabinet.put(report, named, "details", AuthorDetails(name=COAUTHOR, affiliation="Northmoor"))
    report.authors.append(named)


def _promise(world: World, uow: UnitOfWork, report: Report) -> None:
    """The round and the letter of acceptance in principle, which authors go back to."""
    found = Round(
        id=uow.new_id("round"),
        report_id=report.id,
        for_stage=1,
        number=1,
        version_number=1,
        opened_at=uow.now,
        closed_at=uow.now,
    )
    uow.session.add(found)
    uow.session.flush()
    decision = Decision(
        id=uow.new_id("decision"),
        report_id=report.id,
        round_id=found.id,
        for_stage=1,
        kind=DecisionKind.IPA,
        proposed_by=world.people[HANDLING],
        proposed_at=uow.now,
        confirmed_by=world.people[SECOND],
        confirmed_at=uow.now,
    )
    uow.cabinet.put(report, decision, "body", {"letter": "Go and collect the data.", "conditions": []})
    uow.session.add(decision)
