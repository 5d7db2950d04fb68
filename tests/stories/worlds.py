"""A world: a whole journal in a temporary folder, with a clock that tests move and people who use its pages.

What is the same in every world is made once for all worlds of a process: the database with its tables and no rows, the
compiled templates, and the one password as it is kept. That is most of what a world costs.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from argon2 import PasswordHasher

from journal.config import Config, from_environment
from journal.demonstration.transports import InProcess
from journal.demonstration.visitor import Visitor
from journal.editorial.application import Editorial, create_application
from journal.people import add_person, grant_at_set_up
from journal.unit_of_work import Resources, UnitOfWork, begin, open_resources
from journal.work_off import run_due_jobs
from storage.migrations.running import migrate
from storage.randomness import LabelledRandomness
from storage.rows.people import Person
from storage.rows.reports import Report
from tests.compiled import Compiled
from tests.statements import share_statements
from workflows.people import Actor, Role
from workflows.stages import Stage

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
NOBODY = Actor(person=None)
FORM, SENT_ON = "application/x-www-form-urlencoded", 303


COMPILED = Compiled()


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        """Move the clock on by `days=3, hours=1` and the like."""
        self.now += timedelta(**span)
        return self.now


@dataclass
class World:
    """A journal of its own, on SQLite and folders."""

    folder: Path
    clock: Clock
    config: Config
    resources: Resources
    people: dict[str, str] = field(default_factory=dict)

    @cached_property
    def app(self) -> Editorial:
        """The editorial application over this journal."""
        made = create_application(self.resources)
        made.jinja_env.bytecode_cache = COMPILED
        return made

    @contextmanager
    def work(self, actor: Actor = NOBODY, *, writes: bool = True) -> Iterator[UnitOfWork]:
        """A unit of work of the test's own; commit it yourself."""
        with begin(self.resources, actor=actor, writes=writes) as uow:
            yield uow

    def person(self, name: str, *roles: Role) -> str:
        """Somebody with an account and these roles; the identifier. Their address is `<first name>@example.org`."""
        with self.work() as uow:
            row = add_person(uow, email=address_of(name), name=name, password=None, confirmed=True)
            row.password = _kept_password()
            for role in roles:
                assert grant_at_set_up(uow, row, role) is None
            identifier = row.id
            uow.commit()
        self.people[name] = identifier
        return identifier

    def actor(self, name: str) -> Actor:
        """The person as the rules see them."""
        with self.work(writes=False) as uow:
            row = uow.session.get_one(Person, self.people[name])
            return row.actor

    def visitor(self) -> Visitor:
        """Somebody who is not signed in."""
        return Visitor(self.requests(), self.config.editorial_url)

    def requests(self) -> InProcess:
        """The bare requests of a browser of its own."""
        return InProcess(self.app.test_client())

    def signed_in(self, name: str, *, requests: InProcess | None = None) -> Visitor:
        """`name`, made if need be, signed in through the page, in the browser of `requests` if that is given.

        They do not wait for the page that they would be sent on to: every story opens its own.
        """
        if name not in self.people:
            self.person(name)
        browser = requests or self.requests()
        visitor = Visitor(browser, self.config.editorial_url)
        token, *_ = visitor.open("/sign-in").tree.xpath("//input[@name='csrf_token']/@value")
        typed = {"csrf_token": token, "email": address_of(name), "password": PASSWORD}
        answer = browser.send("POST", "/sign-in", body=urlencode(typed).encode(), media_type=FORM)
        assert answer.status == SENT_ON, answer.body
        return visitor

    def run_jobs(self) -> int:
        """Run everything that is due in the outbox, in this process, until nothing is left; how many jobs ran."""
        return run_due_jobs(self.resources)

    def mails(self, to: str | None = None) -> list[dict[str, str]]:
        """The mails in the mail folder, oldest first: `to`, `subject`, `text`."""
        found = [json.loads(path.read_text()) for path in sorted(self.config.mail.folder.glob("*.json"))]
        return [mail for mail in found if to is None or mail["to"] == to]


def address_of(name: str) -> str:
    """The mail address of somebody in a world."""
    return f"{name.split(maxsplit=1)[0].lower()}@example.org"


@cache
def _kept_password() -> str:
    """The password of everybody in a world, kept with argon2id as the journal keeps it, but made to be verified in no
    time: its parameters stand in what is kept.
    """
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@cache
def _empty_database() -> bytes:
    """An SQLite file, migrated, without rows."""
    with TemporaryDirectory() as folder:
        place = Path(folder, "empty.sqlite")
        migrate(f"sqlite:///{place}")
        return place.read_bytes()


def make_tables(database_url: str) -> None:
    """Migrate a database; one on SQLite that is not there yet becomes a copy of one that was migrated before."""
    if not database_url.startswith("sqlite:///"):
        migrate(database_url)
        return
    place = Path(database_url.removeprefix("sqlite:///"))
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_empty_database())


def make_world(folder: Path, *, seed: bytes = b"world", **environment: str) -> World:
    """A world in `folder`."""
    clock = Clock()
    config = from_environment({"NULLIUS_HOME": str(folder), "NULLIUS_DEMO": "1", **environment})
    make_tables(config.database_url)
    resources = open_resources(config, clock=clock, randomness=LabelledRandomness(seed), make=True)
    share_statements(resources.engine)
    return World(folder=folder, clock=clock, config=config, resources=resources)


def stage_of(world: World, report_id: str) -> Stage:
    """Where the report stands."""
    with world.work(writes=False) as uow:
        return uow.session.get_one(Report, report_id).stage
