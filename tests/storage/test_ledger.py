"""The ledger: a chain that never forks, that nobody changes, that shows when somebody did; and who writes a stage."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage import ledger
from storage.database import DatabaseTrouble, connect, reading, writing
from storage.ledger import BEFORE_THE_FIRST, Broken, Verified, append, verify
from storage.rows.ledger import LedgerRow
from tests.storage.entries import FACTS, NOON, entry
from tests.storage.kinds import on_sqlite
from tests.storage.together import together


def write(engine: Engine, count: int = 3) -> None:
    with writing(engine) as session:
        for number in range(1, count + 1):
            append(session, entry(number))
        session.commit()


def check(engine: Engine) -> Verified | Broken:
    with reading(engine) as session:
        return verify(session)


def test_an_empty_ledger_is_whole(engine: Engine) -> None:
    assert check(engine) == Verified(BEFORE_THE_FIRST, 0)


def test_every_row_names_the_one_before_it(engine: Engine) -> None:
    write(engine)
    with reading(engine) as session:
        rows = session.scalars(select(LedgerRow).order_by(LedgerRow.n)).all()
    assert [row.n for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == [BEFORE_THE_FIRST, rows[0].digest, rows[1].digest]
    assert check(engine) == Verified(rows[2].digest, 3)


def test_the_digest_is_what_anybody_can_compute_from_the_row(engine: Engine) -> None:
    """Without our code: canonical JSON of plain ASCII is sorted keys and no blanks."""
    write(engine, 1)
    with reading(engine) as session:
        row = session.scalars(select(LedgerRow)).one()
    fields = {
        "n": 1,
        "id": f"{1:026}",
        "at": "2026-11-24T12:00:00.000001+00:00",
        "report_id": "r" * 26,
        "actor_id": "p" * 26,
        "capacity": "handling_editor",
        "action": "propose_ipa",
        "facts": FACTS,
        "previous": BEFORE_THE_FIRST,
    }
    assert row.digest == hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.from_regex(r"[a-z0-9_.:+-]{0,20}", fullmatch=True),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z_]{1,9}", fullmatch=True), inner)
        ),
        max_leaves=8,
    ),
    hours=st.integers(-12, 14),
)
def test_whatever_is_written_can_be_verified_when_it_is_read_again(engine: Engine, facts: object, hours: int) -> None:
    with writing(engine) as session:
        append(session, entry(at=NOON.astimezone(timezone(timedelta(hours=hours))), facts={"fact": facts}))
        session.expire_all()
        assert isinstance(verify(session), Verified)


@pytest.mark.parametrize(
    "fact",
    [
        "the title of a report",
        "somebody@example.org",
        "Zürich",
        "line\nbreak",
        0.5,
        ["a b"],
        {"a": "b c"},
        {"b c": 1},
        b"x",
    ],
)
def test_prose_does_not_get_into_the_ledger(engine: Engine, fact: object) -> None:
    with writing(engine) as session:
        with pytest.raises(ValueError, match="no code, identifier, digest") as refused:
            append(session, entry(facts={"fact": fact}))
        assert str(fact) not in str(refused.value)
        assert verify(session) == Verified(BEFORE_THE_FIRST, 0)


CHANGES = [
    "UPDATE ledger SET action = 'publish' WHERE n = 2",
    "UPDATE ledger SET digest = digest WHERE n = 2",
    "DELETE FROM ledger WHERE n = 3",
    "DELETE FROM ledger",
    "UPDATE ledger_head SET digest = 'x'",
    "UPDATE ledger_head SET n = n - 1",
    "DELETE FROM ledger_head",
]
ON_SQLITE = [
    "REPLACE INTO ledger SELECT n, id, at, report_id, actor_id, 'x', action, facts, previous, digest FROM ledger",
    "REPLACE INTO ledger SELECT n + 9, id, at, report_id, actor_id, 'x', action, facts, previous, digest FROM ledger",
    "REPLACE INTO ledger_head SELECT id, n - 1, digest FROM ledger_head",
]
ON_POSTGRESQL = [
    "TRUNCATE ledger",
    "TRUNCATE ledger_head",
    "INSERT INTO ledger SELECT * FROM ledger ON CONFLICT (n) DO UPDATE SET action = 'publish'",
]


def test_the_database_refuses_to_change_what_was_written(engine: Engine) -> None:
    write(engine)
    before = check(engine)
    for statement in [*CHANGES, *(ON_SQLITE if engine.dialect.name == "sqlite" else ON_POSTGRESQL)]:
        with writing(engine) as session, pytest.raises(DBAPIError, match=r"append-only|the head of the ledger"):
            session.execute(text(statement))
    assert check(engine) == before


@on_sqlite
def test_sqlites_own_shell_cannot_replace_rows_either(engine: Engine) -> None:
    """It does not switch on recursive_triggers, without which REPLACE deletes past every DELETE trigger."""
    write(engine)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA recursive_triggers=OFF"))
    for statement in ON_SQLITE:
        with writing(engine) as session, pytest.raises(DBAPIError, match=r"append-only|the head of the ledger"):
            session.execute(text(statement))
    assert isinstance(check(engine), Verified)


# Needs more than the application ever does: the database in one's hands.
FORGERIES = [
    ("UPDATE ledger SET action = 'publish' WHERE n = 2", 2, "digest does not fit"),
    ("UPDATE ledger SET actor_id = NULL WHERE n = 1", 1, "digest does not fit"),
    ("UPDATE ledger SET facts = '{}' WHERE n = 3", 3, "digest does not fit"),
    ("DELETE FROM ledger WHERE n = 2", 2, "missing"),
    ("DELETE FROM ledger WHERE n = 3", 3, "rows are missing at the end"),
    ("UPDATE ledger SET n = 7 WHERE n = 3", 3, "missing"),
    ("DELETE FROM ledger", 1, "rows are missing at the end"),
    ("DELETE FROM ledger_head", 4, "rows are missing at the end"),
    ("UPDATE ledger SET previous = 'x' WHERE n = 2", 2, "does not follow"),
]


def take_down_the_guard(engine: Engine) -> None:
    """Do what only somebody with the database in their hands can do."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("DROP FUNCTION ledger_refuses() CASCADE"))


@pytest.mark.parametrize(("forgery", "n", "why"), FORGERIES)
def test_a_forgery_is_found_with_its_place(engine: Engine, forgery: str, n: int, why: str) -> None:
    write(engine)
    take_down_the_guard(engine)
    with engine.begin() as connection:
        connection.execute(text(forgery))
    found = check(engine)
    assert isinstance(found, Broken)
    assert (found.n, why in found.why) == (n, True), found


@on_sqlite
def test_a_row_that_cannot_be_read_is_broken_and_no_crash(engine: Engine) -> None:
    write(engine)
    take_down_the_guard(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE ledger SET at = 'yesterday' WHERE n = 2"))
    assert isinstance(check(engine), Broken)


def test_the_whole_ledger_is_read_in_pieces(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_AT_A_TIME", 7)
    write(engine, 50)
    found = check(engine)
    assert isinstance(found, Verified)
    assert found.count == 50


def test_what_is_rolled_back_leaves_no_gap(engine: Engine) -> None:
    write(engine, 1)
    with writing(engine) as session:
        append(session, entry(2))
    with writing(engine) as session:
        assert append(session, entry(3)).n == 2


@pytest.mark.parametrize("begin", [writing, Session], ids=["in turn", "without a turn"])
def test_a_chain_written_by_many_at_once_does_not_fork(engine: Engine, begin: Callable[[Engine], Session]) -> None:
    people, times = 6, 10
    write(engine, 1)

    def record(person: int) -> int:
        own = connect(engine.url, patience=60)
        written = 0
        while written < times:
            with begin(own) as session:
                try:
                    append(session, entry(100 * (person + 1) + written))
                    session.commit()
                except DatabaseTrouble:
                    assert begin is Session, "who takes turns is never in another's way"
                else:
                    written += 1
        own.dispose()
        return written

    assert together(people, record) == [times] * people
    found = check(engine)
    assert isinstance(found, Verified), found
    assert found.count == 1 + people * times
