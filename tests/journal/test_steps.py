"""Moving a report on: stage, ledger and letters come together or not at all, and a letter is sent once."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from journal.dossier.access import open_report
from journal.dossier.steps import facts_of, take_step
from journal.unit_of_work import UnitOfWork
from journal.work_off import run_due_jobs
from storage.ledger import Verified, verify
from storage.rows.notices import Delivery
from storage.rows.outbox import OutboxRow
from tests.stories.reports import TITLE, draft_report
from tests.stories.worlds import World, address_of, make_world, stage_of
from workflows.machine import Refusal
from workflows.people import Actor, Role
from workflows.report import Advanced
from workflows.stages import Action, Stage

AUTHOR, CHIEF = "Ada Marwick", "Carla Voss"


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = make_world(tmp_path)
    made.person(AUTHOR)
    made.person(CHIEF, Role.EDITOR_IN_CHIEF)
    return made


def submit(world: World, report_id: str, *, who: str = AUTHOR) -> Advanced | Refusal | None:
    with world.work(world.actor(who)) as uow:
        opened = open_report(uow, report_id)
        if opened is None:
            return None
        known = replace(facts_of(uow, opened), bias_level=6)
        answer = take_step(uow, opened, Action.SUBMIT, facts=known)
        if isinstance(answer, Advanced):
            uow.commit()
        return answer


def count(uow: UnitOfWork, table: type[OutboxRow | Delivery]) -> int:
    return uow.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_step_moves_the_stage_writes_the_ledger_and_asks_for_letters(world: World) -> None:
    report_id = draft_report(world, AUTHOR)
    with world.work(writes=False) as uow:
        before = verify(uow.session)
    assert isinstance(submit(world, report_id), Advanced)
    assert stage_of(world, report_id) is Stage.SUBMITTED
    with world.work(writes=False) as uow:
        after = verify(uow.session)
        assert isinstance(before, Verified)
        assert isinstance(after, Verified)
        assert after.count == before.count + 1
        assert count(uow, OutboxRow) == 2


def test_a_refused_step_leaves_nothing(world: World) -> None:
    report_id = draft_report(world, AUTHOR, coauthor="Ben Okafor")
    answer = submit(world, report_id)
    assert isinstance(answer, Refusal)
    assert answer.code == "consent_missing"
    assert stage_of(world, report_id) is Stage.DRAFT
    with world.work(writes=False) as uow:
        assert count(uow, OutboxRow) == 0


def test_a_step_that_is_not_committed_leaves_nothing(world: World) -> None:
    report_id = draft_report(world, AUTHOR)
    with world.work(world.actor(AUTHOR)) as uow:
        opened = open_report(uow, report_id)
        assert opened is not None
        known = replace(facts_of(uow, opened), bias_level=6)
        assert isinstance(take_step(uow, opened, Action.SUBMIT, facts=known), Advanced)
    assert stage_of(world, report_id) is Stage.DRAFT
    assert run_due_jobs(world.resources) == 0


def test_a_report_that_is_not_theirs_is_not_there(world: World) -> None:
    report_id = draft_report(world, AUTHOR)
    world.person("Dov Lindqvist")
    assert submit(world, report_id, who="Dov Lindqvist") is None
    assert submit(world, "a" * 26) is None
    with world.work(Actor(person=None), writes=False) as uow:
        assert open_report(uow, report_id) is None


def test_letters_are_sent_once_and_only_authors_read_the_title(world: World) -> None:
    report_id = draft_report(world, AUTHOR)
    submit(world, report_id)
    assert world.run_jobs() == 2
    assert world.run_jobs() == 0
    to_author, to_chief = world.mails(address_of(AUTHOR)), world.mails(address_of(CHIEF))
    assert [mail["subject"] for mail in to_author] == ["Your submission has arrived"]
    assert [mail["subject"] for mail in to_chief] == ["A submission has arrived"]
    assert TITLE in to_author[0]["text"]
    assert TITLE not in to_chief[0]["text"]
    assert f"/reports/{report_id}" in to_chief[0]["text"]


def test_a_letter_that_was_delivered_is_not_delivered_again_after_a_crash(world: World) -> None:
    submit(world, draft_report(world, AUTHOR))
    world.run_jobs()
    with world.work() as uow:
        for row in uow.session.scalars(select(OutboxRow)):
            row.done_at = None  # as if the worker was killed before it could finish the row
        uow.commit()
    assert world.run_jobs() == 2
    assert len(world.mails()) == 2


def test_a_letter_that_cannot_be_delivered_waits_and_is_tried_again(world: World) -> None:
    submit(world, draft_report(world, AUTHOR))
    folder = world.config.mail.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    assert world.run_jobs() == 0
    with world.work(writes=False) as uow:
        assert {row.attempts for row in uow.session.scalars(select(OutboxRow))} == {1}
        assert count(uow, Delivery) == 0
    folder.unlink()
    world.clock.advance(minutes=1)
    assert world.run_jobs() == 2
    assert len(world.mails()) == 2
