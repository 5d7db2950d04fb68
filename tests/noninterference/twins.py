"""A world of a pair: a journal that begins like its twin, with the same people, the same open works and the same draws.

What every world begins with is made once for a process and copied; the journal is then opened over the copy. How a
statement is written for the database is found out once, too: that is a quarter of what a short history costs.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Dialect, Engine
from werkzeug.test import Client

from journal.config import Config, from_environment
from journal.demonstration import editing, refereeing
from journal.demonstration.company import Company
from journal.demonstration.postbox import Postbox
from journal.demonstration.transports import InProcess
from journal.demonstration.visitor import Page, Visitor
from journal.dossier.clock import run_clock
from journal.production.building import site_of
from journal.production.release import make_release
from journal.production.schedule import ask_for_due_release
from journal.public.application import create_public_application
from journal.public.config import PublicConfig
from journal.unit_of_work import open_resources
from journal.work_off import run_due_jobs
from storage.randomness import ScopedRandomness
from tests.noninterference import cast
from tests.noninterference.tokens import without_tokens
from tests.storage.postgresql import PostgreSQL
from tests.stories.accepted import accepted_report, ready_report, registered_report, staff, written_report
from tests.stories.second_factors import give_app
from tests.stories.worlds import START, Clock, World, address_of, make_world

SEED = b"two worlds"
NOBODY = "a" * 26
_NEVER = 3000.0


@dataclass
class Twin:
    """One of two worlds. `works` are the open reports by name; `hidden` is the withheld one, while there is one."""

    world: World
    randomness: ScopedRandomness
    works: dict[str, str]
    hidden: str = ""
    rumour: str = NOBODY
    """The identifier that adversaries have heard of, in the world where nothing has it."""
    visitors: dict[str, Visitor] = field(default_factory=dict)
    heard: dict[str, bytes] = field(default_factory=dict)
    """What adversaries were answered, by the operation in which they asked."""

    def hear(self, *pages: Page) -> None:
        """Keep the answers to what an adversary sent."""
        said = b"\n".join(f"{page.status} ".encode() + without_tokens(page.answer.body) for page in pages)
        for asked_for in (self.hidden, self.rumour, NOBODY):
            said = said.replace(asked_for.encode() or b"nothing", b"what was asked for")
        self.heard[f"heard {self.randomness.scope}"] = said

    @contextmanager
    def operation(self, name: str) -> Iterator[None]:
        """Draw for the operation `name` while it is done."""
        before, self.randomness.scope = self.randomness.scope, name
        try:
            yield
        finally:
            self.randomness.scope = before

    def visitor(self, name: str) -> Visitor:
        """`name` at the desk, signed in when first needed."""
        if name not in self.visitors:
            with self.operation(f"sign-in of {name}"):
                self.visitors[name] = self.world.signed_in(name)
        return self.visitors[name]

    @cached_property
    def postbox(self) -> Postbox:
        """The mail of everybody."""
        return Postbox(self.world.config.mail.folder)

    @cached_property
    def guests(self) -> Company:
        """Browsers of people without an account."""
        return Company(lambda: InProcess(self.world.app.test_client()), self.world.config.editorial_url)

    @cached_property
    def public(self) -> Client:
        """Somebody who reads the public site. It follows a release when `look` is called."""
        config = PublicConfig(
            store=self.world.config.public_store,
            site=site_of(self.world.config),
            cache=self.world.folder / "follower",
            follow_seconds=_NEVER,
        )
        self._application = create_public_application(config)
        return Client(self._application)

    def look(self) -> None:
        """What a follower does every few seconds."""
        client = self.public
        client.get("/")
        self._application.following.look()

    def work_off(self) -> None:
        """What the worker does at each of its turns."""
        run_clock(self.world.resources)
        ask_for_due_release(self.world.resources)
        run_due_jobs(self.world.resources)


@dataclass(frozen=True)
class House:
    """A journal at rest: its folder, its people and works; `database` is its name on a server."""

    folder: Path
    people: dict[str, str]
    works: dict[str, str]
    database: str
    dialect: Dialect
    compiled: dict[object, object]

    def lend(self, engine: Engine) -> None:
        """Let `engine` use what was compiled for the others."""
        engine.dialect = self.dialect
        engine.update_execution_options(compiled_cache=self.compiled)


@dataclass
class Ground:
    """Where worlds have their databases: SQLite in their own folders, or this server. `made` are the worlds' there."""

    server: PostgreSQL | None = None
    made: list[str] = field(default_factory=list)

    def environment(self, *, template: str) -> dict[str, str]:
        """What tells a journal to use a new database made from `template`; nothing, if it lies in its folder."""
        if self.server is None:
            return {}
        self.made.append(self.server.make_database(template=template))
        return {"DATABASE_URL": self.server.address_of(self.made[-1])}

    def clear(self) -> None:
        """Delete the worlds' databases."""
        while self.made and self.server is not None:
            self.server.drop(self.made.pop())


ground = Ground()


@contextmanager
def on(server: PostgreSQL) -> Iterator[None]:
    """While this lasts, worlds have their databases on `server`."""
    global ground  # noqa: PLW0603 - where everything stands, and no argument of any history
    before, ground = ground, Ground(server)
    house_of_both.cache_clear()
    try:
        house_of_both()
        yield
    finally:
        ground = before
        house_of_both.cache_clear()


def twin(folder: Path) -> Twin:
    """A world in the empty or missing folder `folder`, with everything that both begin with."""
    house = house_of_both()
    shutil.copytree(house.folder, folder, dirs_exist_ok=True)
    clock, randomness = Clock(START), ScopedRandomness(SEED)
    randomness.scope = "afterwards"
    config = _config(folder, **ground.environment(template=house.database))
    resources = open_resources(config, clock=clock, randomness=randomness)
    house.lend(resources.engine)
    world = World(folder=folder, clock=clock, config=config, resources=resources, people=dict(house.people))
    return Twin(world=world, randomness=randomness, works=dict(house.works))


def _config(folder: Path, **environment: str) -> Config:
    return from_environment({"NULLIUS_HOME": str(folder), **environment})


@cache
def house_of_both() -> House:
    """What both worlds begin with: a published work, an announced one, one in review, one that the next release
    publishes.
    """
    folder = Path(mkdtemp(prefix="nullius-house-"))
    randomness = ScopedRandomness(SEED)
    made = make_world(folder, seed=SEED, NULLIUS_DEMO="0", **ground.environment(template="template0"))
    resources = open_resources(made.config, clock=made.clock, randomness=randomness)
    world = World(folder=folder, clock=made.clock, config=made.config, resources=resources)
    built = Twin(world=world, randomness=randomness, works={})
    _people(world)
    built.works["published"] = ready_report(world, cast.PUBLISHED)
    built.works["announced"] = registered_report(world, cast.ANNOUNCED, announced=True)
    built.works["in review"] = written_report(world, cast.IN_REVIEW)
    _send_to_review(built, built.works["in review"])
    make_release(world.resources)
    built.works["next out"] = ready_report(world, cast.NEXT_OUT)
    built.works["accepted"] = accepted_report(world, cast.IN_PRESS)
    run_due_jobs(world.resources)
    world.resources.engine.dispose()
    return House(
        folder=folder,
        people=world.people,
        works=built.works,
        database=ground.made.pop() if ground.made else "",
        dialect=world.resources.engine.dialect,
        compiled={},
    )


def _people(world: World) -> None:
    staff(world)
    for name, roles in cast.ROLES.items():
        world.person(name, *roles)
    for name in (cast.FIRST_OFFICER, cast.SECOND_OFFICER):
        give_app(world, name)


def _send_to_review(built: Twin, report_id: str) -> None:
    """Through the pages: two reviewers are invited, and both agree by the links in their letters."""
    editor = built.visitor(cast.ANOTHER_EDITOR)
    reviewers = (cast.ANOTHER_REVIEWER, cast.REFEREE)
    send_to_review(editor, report_id, tuple(map(address_of, reviewers)))
    run_due_jobs(built.world.resources)
    for name in reviewers:
        refereeing.accept(built.guests.guest(), link_to(built, name, "/review/"))


def send_to_review(editor: Visitor, report_id: str, addresses: Sequence[str]) -> None:
    """The editor, who said before that they are free to judge it, screens it and invites these addresses."""
    editor.open(f"/reports/{report_id}/start")
    editor.do("Send to review", {"hazard_screen": "Nothing here calls for an officer."})
    for address in addresses:
        editing.invite(editor, report_id, address)


def link_to(of: Twin, name: str, path: str) -> str:
    """The link to `path` in the newest letter to `name` that has one."""
    found = of.postbox.link(address_of(name), path)
    assert found is not None, f"{name} got no letter with {path}"
    return found
