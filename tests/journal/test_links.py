"""A link opens one page, for one purpose, until it is used or its time is over."""

from datetime import timedelta
from pathlib import Path

import pytest

from journal.links import Purpose, end_link, end_links, find_link, make_link
from storage.rows.links import Link
from tests.stories.worlds import World, make_world

SUBJECT = "a" * 26
DAY = timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def _made(world: World, purpose: Purpose = Purpose.CONSENT) -> str:
    with world.work() as uow:
        token = make_link(uow, purpose, SUBJECT, DAY)
        uow.commit()
    return token


def _opens(world: World, token: str, purpose: Purpose = Purpose.CONSENT) -> bool:
    with world.work(writes=False) as uow:
        found = find_link(uow, purpose, token)
        return found is not None and found.subject_id == SUBJECT


def test_a_link_opens_its_subject_as_often_as_it_is_followed(world: World) -> None:
    token = _made(world)
    assert _opens(world, token)
    assert _opens(world, token)


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.CONSENT])
def test_a_link_opens_nothing_for_another_purpose(world: World, purpose: Purpose) -> None:
    assert not _opens(world, _made(world), purpose)


@pytest.mark.parametrize("token", ["", "x", "\x00", "ü" * 1000])
def test_what_nobody_made_opens_nothing(world: World, token: str) -> None:
    _made(world)
    assert not _opens(world, token)


def test_a_link_opens_until_the_moment_it_expires(world: World) -> None:
    token = _made(world)
    world.clock.advance(hours=23, minutes=59)
    assert _opens(world, token)
    world.clock.advance(minutes=1)
    assert not _opens(world, token)


def test_an_ended_link_opens_nothing_and_others_still_do(world: World) -> None:
    ended, other = _made(world), _made(world)
    with world.work() as uow:
        link = find_link(uow, Purpose.CONSENT, ended)
        assert link is not None
        end_link(uow, link)
        uow.commit()
    assert not _opens(world, ended)
    assert _opens(world, other)


def test_all_links_of_a_purpose_end_together(world: World) -> None:
    consents, review = [_made(world), _made(world)], _made(world, Purpose.REVIEW)
    with world.work() as uow:
        end_links(uow, Purpose.CONSENT, SUBJECT)
        uow.commit()
    assert [_opens(world, token) for token in consents] == [False, False]
    assert _opens(world, review, Purpose.REVIEW)


def test_the_database_does_not_know_the_token(world: World) -> None:
    token = _made(world)
    with world.work(writes=False) as uow:
        row = uow.session.query(Link).one()
        kept = {str(getattr(row, column.key)) for column in Link.__table__.columns}
    assert not any(token in text for text in kept)
    assert any(row.token_digest == text for text in kept)
    assert len(token) == 43
