"""A release in which something drawn for withheld work stands is stopped; what is out stays, and nothing is named."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from journal.cli import main
from journal.doctor import examine
from journal.jobs import Job, ask_for
from journal.links import Purpose, make_link
from journal.production.release import make_release
from journal.production.stopping import Stopped
from storage.rows.links import Link
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.outbox import OutboxRow
from storage.rows.releases import PublicIdentity
from storage.rows.reports import Report
from storage.rows.safeguards import ReleaseStop
from tests.stories.accepted import OFFICER, Study, accepted_report, registered_report, with_manuscript
from tests.stories.public_shelf import snapshot_of
from tests.stories.withheld import hold
from tests.stories.worlds import World, address_of, make_world
from tests.thorough import few_of
from workflows.people import Role

SECRET = Study(title="A quokka nobody may hear of")
OPEN = Study(title="An open question about monitors")
MACHINE = "Mona Machine"
SUBJECT = "A release was stopped"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, str, str]:
    """A journal with an announced protocol that is out, and withheld work; their reports."""
    world = make_world(tmp_path_factory.mktemp("guarded"))
    world.person(MACHINE, Role.ADMINISTRATOR)
    hidden = accepted_report(world, with_manuscript(SECRET))
    hold(world, hidden)
    shown = registered_report(world, OPEN, announced=True)
    assert make_release(world.resources) is not None
    return world, hidden, shown


def planted(world: World, words: str) -> World:
    """The same journal, with `words` in what every page is made from."""
    config = replace(world.config, journal_name=f"Nullius {words}")
    return replace(world, config=config, resources=replace(world.resources, config=config))


def row_of(world: World, hidden: str) -> Report:
    with world.work(writes=False) as uow:
        return uow.session.get_one(Report, hidden)


def hold_id(world: World, hidden: str) -> str:
    return hold(world, hidden)


def key_name(world: World, hidden: str) -> str:
    return row_of(world, hidden).key_name


def secret(world: World, hidden: str) -> bytes:
    return world.resources.keyring.open(key_name(world, hidden)).secret


def vault_name(world: World, hidden: str) -> str:
    with world.work(writes=False) as uow:
        wanted = select(ManuscriptFile.vault_name).where(ManuscriptFile.report_id == hidden)
        return uow.session.scalars(wanted).first() or ""


def token_of_a_link(world: World, hidden: str) -> str:
    with world.work() as uow:
        token = make_link(uow, Purpose.CONSENT, hidden, timedelta(days=9))
        uow.commit()
    return token


def name_for_later(world: World, hidden: str) -> str:
    """What it will be called in public once it is."""
    name = "a7" * 13
    with world.work() as uow:
        if uow.session.get(PublicIdentity, hidden) is None:
            uow.session.add(PublicIdentity(report_id=hidden, public_id=name, minted_at=uow.now))
        uow.commit()
    return name


PRIVATE: dict[str, Callable[[World, str], str]] = {
    "its identifier": lambda _, hidden: hidden,
    "in capitals": lambda _, hidden: hidden.upper(),
    "among letters": lambda _, hidden: f"data/abc{hidden}xyz",
    "in base64": lambda _, hidden: base64.b64encode(b"id=" + hidden.encode()).decode(),
    "in hexadecimal": lambda _, hidden: hidden.encode().hex(),
    "as drawn": lambda _, hidden: base64.b32decode(f"{hidden.upper()}======").hex(),
    "a hold": hold_id,
    "a person": lambda world, _: world.people[OFFICER],
    "the name of its key": key_name,
    "a file in the vault": vault_name,
    "its key in hexadecimal": lambda world, hidden: secret(world, hidden).hex(),
    "its key in base64": lambda world, hidden: base64.b64encode(secret(world, hidden)).decode(),
    "the master key": lambda world, _: world.config.key_file.read_text().strip(),
    "a link of a letter": token_of_a_link,
    "its name before its day": name_for_later,
}


@pytest.mark.parametrize("what", few_of(PRIVATE, first=4))
def test_what_was_drawn_for_withheld_work_stops_a_release(guarded: tuple[World, str, str], what: str) -> None:
    world, hidden, _ = guarded
    before = snapshot_of(world)
    with pytest.raises(Stopped) as stopped:
        make_release(planted(world, PRIVATE[what](world, hidden)).resources)
    assert stopped.value.places
    assert snapshot_of(world) == before


NO_LEAKS: dict[str, Callable[[World, str], str]] = {
    "its title": lambda _, __: SECRET.title,
    "what looks drawn and is not": lambda _, __: "k7wq" * 7,
    "the identifier of what is public": lambda _, shown: shown,
    "a digest": lambda _, __: "0f" * 32,
}


@pytest.mark.parametrize("what", few_of(NO_LEAKS, first=2))
def test_words_and_what_is_nobodys_stop_nothing(tmp_path: Path, what: str) -> None:
    world = make_world(tmp_path)
    hold(world, accepted_report(world, SECRET))
    shown = registered_report(world, OPEN, announced=True)
    words = NO_LEAKS[what](world, shown)
    assert make_release(planted(world, words).resources) is not None
    assert words.encode() in gunzipped(world)


def gunzipped(world: World) -> bytes:
    from tests.stories.public_shelf import pages_of

    return b"".join(pages_of(snapshot_of(world)))


def test_one_letter_tells_of_it_until_it_is_mended(guarded: tuple[World, str, str]) -> None:
    world, hidden, shown = guarded
    assert token_of_a_link(world, hidden), "there is a link that a letter could give away"
    with world.work() as uow:
        for link in uow.session.scalars(select(ReleaseStop)):
            link.ended_at = uow.now
        for row in uow.session.scalars(select(OutboxRow)):
            row.done_at = uow.now
        uow.commit()
    leaking = planted(world, hidden)
    for _ in range(2):
        world.clock.advance(hours=1)
        with world.work() as uow:
            ask_for(uow, Job.RELEASE, {}, key="release")
            uow.commit()
        leaking.run_jobs()
    letters = {name: world.mails(address_of(name)) for name in (OFFICER, MACHINE)}
    assert {name: [mail["subject"] for mail in found] for name, found in letters.items()} == {
        OFFICER: [SUBJECT],
        MACHINE: [SUBJECT],
    }
    # The letters are signed with the journal's name, in which the leak was planted.
    texts = [mail["text"].replace(leaking.config.journal_name, "") for found in letters.values() for mail in found]
    assert not any(hidden in text or shown in text for text in texts)
    with world.work(writes=False) as uow:
        assert uow.session.scalars(select(OutboxRow).where(OutboxRow.dead_at.is_not(None))).all() == []
        assert uow.session.scalars(select(Link)).first() is not None
    assert [f.words for f in examine(world.config) if f.is_wrong and "Releases are stopped" in f.words]
    registered_report(world, Study(title="Another open question"), announced=True)
    assert make_release(world.resources) is not None
    assert not [f.words for f in examine(world.config) if "Releases are stopped" in f.words]


def test_the_command_says_where(guarded: tuple[World, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    world, hidden, _ = guarded
    monkeypatch.setenv("NULLIUS_HOME", str(world.folder))
    monkeypatch.setenv("NULLIUS_NAME", f"Nullius {hidden}")
    refused = CliRunner().invoke(main, ["release"])
    assert refused.exit_code == 1
    assert "\n  /about" in refused.output
    assert hidden not in refused.output
