"""Reports for stories that begin after somebody wrote a protocol."""

from journal.unit_of_work import UnitOfWork
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report, ReportAuthor
from tests.stories.worlds import World, address_of
from workflows.declassify import Author
from workflows.protocol import Protocol
from workflows.stages import Stage

TITLE = "Do refusals hold under translated requests?"


def draft_report(world: World, author: str, *, coauthor: str | None = None) -> str:
    """A draft by `author`, and perhaps a co-author without an account who has not consented yet; its identifier."""
    with world.work() as uow:
        report = Report(
            id=uow.new_id("report"),
            stage=Stage.DRAFT,
            stage_since=uow.now,
            key_name=uow.cabinet.new_key(),
            created_at=uow.now,
        )
        uow.session.add(report)
        _add_author(uow, report, author, person=world.people.get(author), position=0)
        if coauthor is not None:
            _add_author(uow, report, coauthor, person=None, position=1)
        version = ProtocolVersion(id=uow.new_id("protocol_version"), report_id=report.id, number=1, saved_at=uow.now)
        uow.cabinet.put(report, version, "body", Protocol(title=TITLE, bias_level=6))
        uow.session.add(version)
        uow.commit()
        return report.id


def _add_author(uow: UnitOfWork, report: Report, name: str, *, person: str | None, position: int) -> None:
    author = ReportAuthor(
        id=uow.new_id("report_author"),
        report_id=report.id,
        position=position,
        person_id=person,
        email=address_of(name),
        corresponding=position == 0,
        consented_at=uow.now if position == 0 else None,
    )
    uow.cabinet.put(report, author, "details", Author(name=name))
    report.authors.append(author)
