"""A backup made before a hold is restored: nothing is released before the hold is back and an officer agrees."""

import shutil
from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.cli import main
from journal.doctor import examine
from journal.dossier.heartbeats import Behind
from journal.dossier.reconciling import ALREADY_BEGUN, NOT_BEHIND, Restored, reconcile
from journal.jobs import Job, ask_for
from journal.production.release import make_release
from journal.unit_of_work import begin
from storage.heartbeats import KEPT, SIZE, HeldThen
from storage.rows.holds import HoldRow
from storage.rows.outbox import OutboxRow
from tests.stories.accepted import HANDLING, OFFICER, Study, ready_report
from tests.stories.public_shelf import shelf_of
from tests.stories.withheld import hold
from tests.stories.worlds import NOBODY, World, address_of

pytestmark = pytest.mark.children

SECRET = Study(title="A quokka nobody may hear of")
OPEN = Study(title="An open question about monitors")
WORD = b"quokka"
PAGE = "/holds/restored"


def back_up(world: World) -> Path:
    world.resources.engine.dispose()
    return Path(shutil.copy(world.folder / "journal.sqlite", world.folder / "backup.sqlite"))


def restore(world: World, backup: Path) -> None:
    world.resources.engine.dispose()
    for left in world.folder.glob("journal.sqlite*"):
        left.unlink()
    shutil.copy(backup, world.folder / "journal.sqlite")


def seen(world: World) -> bytes:
    return shelf_of(world).everything()


def wrongs(world: World) -> str:
    return "\n".join(finding.words for finding in examine(world.config) if finding.is_wrong)


def beats(world: World) -> list[str]:
    return [path.name for path in (world.folder / "vault" / "h1").iterdir() if path.is_file()]


@pytest.fixture
def forgetful(world: World) -> tuple[World, str, str]:
    """A journal whose database was restored to before a hold; the report and the hold."""
    report_id = ready_report(world, SECRET)
    ready_report(world, OPEN)
    backup = back_up(world)
    hold_id = hold(world, report_id)
    world.clock.advance(hours=1)
    assert make_release(world.resources) is not None
    assert WORD not in seen(world)
    restore(world, backup)
    world.clock.advance(hours=1)
    return world, report_id, hold_id


def test_without_a_heartbeat_the_restored_backup_would_publish_it(forgetful: tuple[World, str, str]) -> None:
    world, _, _ = forgetful
    shutil.rmtree(world.folder / "vault" / "h1")
    make_release(world.resources)
    assert WORD in seen(world)


def test_nothing_is_released_until_the_hold_is_back_and_an_officer_confirms(forgetful: tuple[World, str, str]) -> None:
    world, report_id, hold_id = forgetful
    with pytest.raises(Behind):
        make_release(world.resources)
    assert "behind its own heartbeat" in wrongs(world)
    with world.work() as uow:
        assert reconcile(uow) == Restored(1, 0)
        uow.commit()
    with world.work() as uow:
        assert reconcile(uow) == ALREADY_BEGUN
    with pytest.raises(Behind):
        make_release(world.resources)
    world.run_jobs()
    letter = world.mails(address_of(OFFICER))[-1]
    assert letter["subject"] == "A backup was restored: please look at the holds"
    assert f"{world.config.editorial_url}{PAGE}" in letter["text"]
    assert SECRET.title not in letter["text"]

    assert world.signed_in(HANDLING).open(PAGE).status == 404
    officer = world.signed_in(OFFICER)
    assert "A backup was restored" in officer.open("/holds").text
    page = officer.open(PAGE)
    assert SECRET.title in page.text
    officer.press("The holds are complete")
    assert officer.open(PAGE).status == 404
    world.run_jobs()
    with world.work(writes=False) as uow:
        row = uow.session.get_one(HoldRow, hold_id)
        assert (row.report_id, row.ended_at) == (report_id, None)
    assert WORD not in seen(world)
    assert OPEN.title.encode() in seen(world)
    assert "behind" not in wrongs(world)
    with world.work() as uow:
        assert reconcile(uow) == NOT_BEHIND


def test_the_same_backup_restored_again_is_behind_again(forgetful: tuple[World, str, str]) -> None:
    world, _, hold_id = forgetful
    backup = back_up(world)
    for _ in range(2):
        with world.work() as uow:
            assert reconcile(uow) == Restored(1, 0)
            uow.commit()
        world.signed_in(OFFICER).open(PAGE)
        officer = world.signed_in(OFFICER)
        officer.open(PAGE)
        officer.press("The holds are complete")
        world.clock.advance(hours=1)
        make_release(world.resources)
        with world.work(writes=False) as uow:
            assert uow.session.get(HoldRow, hold_id) is not None
        restore(world, backup)
        with pytest.raises(Behind):
            make_release(world.resources)


def test_the_worker_asks_in_vain_and_gives_up_nothing(forgetful: tuple[World, str, str]) -> None:
    world, _, _ = forgetful
    with world.work() as uow:
        ask_for(uow, Job.RELEASE, {}, key="release")
        uow.commit()
    world.run_jobs()
    with begin(world.resources, actor=NOBODY, writes=False) as uow:
        rows = uow.session.scalars(select(OutboxRow).where(OutboxRow.job == Job.RELEASE)).all()
        assert [row.dead_at for row in rows] == [None] * len(rows)
    assert WORD not in seen(world)


def test_every_time_of_a_release_has_one_heartbeat_of_one_size(world: World) -> None:
    report_id = ready_report(world, SECRET)
    make_release(world.resources)
    make_release(world.resources)
    assert len(beats(world)) == 1
    hold(world, report_id)
    for count in range(2, KEPT + 4):
        world.clock.advance(hours=1)
        make_release(world.resources)
        assert len(beats(world)) == min(count, KEPT)
    sizes = {(world.folder / "vault" / "h1" / name).stat().st_size for name in beats(world)}
    assert len(sizes) == 1
    assert max(sizes) >= SIZE


def test_the_command_says_what_to_do(forgetful: tuple[World, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    world, _, _ = forgetful
    monkeypatch.setenv("NULLIUS_HOME", str(world.folder))
    refused = CliRunner().invoke(main, ["release"])
    assert refused.exit_code == 1
    assert "journal reconcile" in refused.output
    done = CliRunner().invoke(main, ["reconcile"])
    assert (done.exit_code, "Holds placed again: 1." in done.output) == (0, True)


def test_a_heartbeat_carries_every_column_of_a_hold_in_force() -> None:
    """A column that somebody adds must come back with the backup, or be named here with its reason."""
    of_the_end = {"ended_at", "lifted_by", "seconded_by", "became_id", "event_at"}
    sealed_under_a_key_of_the_report = {"reason"}
    counted_anew = {"version"}
    columns = {column.key for column in HoldRow.__table__.columns}
    assert {each.name for each in fields(HeldThen)} == (
        columns - of_the_end - sealed_under_a_key_of_the_report - counted_anew
    )
