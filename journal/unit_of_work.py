"""The unit of work: one session, one actor, one moment. Here is the one commit and the one clock of the project."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from journal.config import Config
from storage.cabinet import Cabinet
from storage.database import connect, reading, writing
from storage.heartbeats import Heartbeats
from storage.keyring import Keyring, ensure_key_file
from storage.objects import ObjectStore, open_store
from storage.randomness import Randomness, SystemRandomness, opaque
from storage.vault import Vault
from workflows.people import Actor

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's time, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """What a process opens once and every unit of work uses."""

    config: Config
    engine: Engine
    keyring: Keyring
    vault: Vault
    heartbeats: Heartbeats
    public_store: ObjectStore
    randomness: Randomness
    clock: Clock


def open_resources(
    config: Config, *, clock: Clock = system_clock, randomness: Randomness | None = None, make: bool = False
) -> Resources:
    """Open database, stores and key file as `config` says; with `make` what is missing of them is made first.

    Only what sets a journal up makes them. Anything else would put an empty store in the place of one that is not
    mounted at the moment, and what is kept there meanwhile would be gone when it is back.

    Raises `storage.keyring.KeyFileRefused` when the key file cannot be trusted.
    """
    drawn = randomness or SystemRandomness()
    if make:
        config.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        ensure_key_file(config.key_file, drawn)
    keys, files = open_store(config.keyring, make=make), open_store(config.vault, make=make)
    keyring = Keyring(keys, config.key_file, drawn)
    return Resources(
        config=config,
        engine=connect(config.database_url),
        keyring=keyring,
        vault=Vault(files, drawn),
        heartbeats=Heartbeats(files, keyring, drawn),
        public_store=open_store(config.public_store, make=make),
        randomness=drawn,
        clock=clock,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfWork:
    """Everything one request or job does, at one moment, for one actor. Only `commit` makes it last."""

    session: Session
    actor: Actor
    now: datetime
    cabinet: Cabinet
    resources: Resources

    @property
    def config(self) -> Config:
        """The configuration of the process."""
        return self.resources.config

    def new_id(self, noun: str) -> str:
        """A new identifier for a row of the table `noun`."""
        return opaque(self.resources.randomness, f"id.{noun}")

    def acting_as(self, actor: Actor) -> "UnitOfWork":
        """The same work done by `actor`, for links that tell who somebody is only once they are read."""
        return replace(self, actor=actor)

    def commit(self) -> None:
        """Make the work last. Raises `DatabaseBusy` or `ChangedMeanwhile`, after which nothing of it lasts."""
        self.session.commit()


@contextmanager
def begin(resources: Resources, *, actor: Actor, writes: bool = True) -> Iterator[UnitOfWork]:
    """A unit of work that is rolled back at the end unless it was committed."""
    with writing(resources.engine) if writes else reading(resources.engine) as session:
        yield UnitOfWork(
            session=session,
            actor=actor,
            now=resources.clock(),
            cabinet=Cabinet(keyring=resources.keyring, vault=resources.vault, randomness=resources.randomness),
            resources=resources,
        )
