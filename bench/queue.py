"""The editors' queue when a journal has many reports: how many queries its page takes, and how long."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event

from journal.config import from_environment
from journal.demonstration.company import PASSWORD, Company
from journal.demonstration.transports import InProcess
from journal.demonstration.visitor import Visitor
from journal.editorial.application import create_application
from journal.people import add_person, grant_at_set_up
from journal.unit_of_work import Resources, UnitOfWork, begin, open_resources
from storage.migrations.running import migrate
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report, ReportAuthor
from workflows.authorship import AuthorDetails
from workflows.people import Actor, Role
from workflows.protocol import Protocol
from workflows.stages import Stage

CHIEF = "chief@example.org"
STAGES = (Stage.SUBMITTED, Stage.RETURNED, Stage.IN_REVIEW, Stage.REVISION)
KEYS = 100
ROUNDS = 5


def measure() -> Iterator[str]:
    """One line for each size of journal. Queries must not grow with it."""
    for reports in (100, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            resources = _journal(Path(folder), reports)
            chief = _signed_in(resources)
            with _counted(resources) as count:
                seconds = statistics.median(_timed(chief) for _ in range(ROUNDS))
            queries = len(count) / ROUNDS
            yield f"queue page at {reports:>6,} reports   {queries:4.0f} queries   {seconds * 1000:7.0f} ms"


def _journal(folder: Path, reports: int) -> Resources:
    config = from_environment({"NULLIUS_HOME": str(folder)})
    resources = open_resources(config, make=True)
    migrate(config.database_url)
    with begin(resources, actor=Actor(person=None)) as uow:
        for number in range(3):
            email = CHIEF if number == 0 else f"editor{number}@example.org"
            person = add_person(uow, email=email, name="Ilse Vantongeren", password=PASSWORD, confirmed=True)
            grant_at_set_up(uow, person, Role.EDITOR_IN_CHIEF if number == 0 else Role.EDITOR)
        keys = [uow.cabinet.new_key() for _ in range(KEYS)]
        for number in range(reports):
            _add(uow, number, key=keys[number % KEYS])
        uow.commit()
    return resources


def _add(uow: UnitOfWork, number: int, *, key: str) -> None:
    since = uow.now - timedelta(hours=number % 2000)
    report = Report(
        id=uow.new_id("report"),
        stage=STAGES[number % len(STAGES)],
        stage_since=since,
        key_name=key,
        created_at=since,
    )
    author = ReportAuthor(
        id=uow.new_id("report_author"),
        report_id=report.id,
        position=0,
        email=f"author{number}@example.org",
        corresponding=True,
        consented_at=since,
    )
    version = ProtocolVersion(id=uow.new_id("protocol_version"), report_id=report.id, number=1, saved_at=since)
    uow.cabinet.put(report, author, "details", AuthorDetails(name="Somebody"))
    uow.cabinet.put(report, version, "body", Protocol(title=f"Does finding {number} hold on another model?"))
    uow.session.add_all([report, author, version])


def _signed_in(resources: Resources) -> Visitor:
    app = create_application(resources)
    return Company(lambda: InProcess(app.test_client()), resources.config.editorial_url).visitor(CHIEF)


@contextmanager
def _counted(resources: Resources) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(resources.engine, "before_cursor_execute", note)
    yield statements
    event.remove(resources.engine, "before_cursor_execute", note)


def _timed(chief: Visitor) -> float:
    began = time.perf_counter()
    page = chief.open("/queue")
    seconds = time.perf_counter() - began
    if page.status != 200 or "Does finding" not in page.text:
        raise RuntimeError(page.text[:500])
    return seconds
