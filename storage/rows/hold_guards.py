"""The triggers by which the database itself refuses to let a hold go, whatever the code above believes.

A CHECK sees one row. These look at the report's people as well: who agrees is an officer, no author or reviewer of the
report and not in conflict with it, and showed a second factor; and what two officers lift, two such agreements end.
"""

# ruff: noqa: S608 - these statements are made of this file's own words
from typing import Any

from sqlalchemy import Connection, MetaData, event, inspect

from storage.database import Row
from workflows.holds import OFFICERS_TO_LIFT, HoldKind
from workflows.people import Role

_BY_DATE = ", ".join(f"'{kind.value}'" for kind in HoldKind if kind.opens_by_date)
_ROLE = f"'{Role.OFFICER.value}'"


def _free(person: str, report: str) -> str:
    """SQL for: `person` is an officer who is nobody else to `report`."""
    near = (
        f"SELECT 1 FROM report_author AS a WHERE a.report_id = {report} AND a.person_id = {person}",
        f"SELECT 1 FROM conflict AS c WHERE c.report_id = {report} AND c.person_id = {person}",
        f"""SELECT 1 FROM invitation AS i WHERE i.report_id = {report} AND i.person_id = {person}
        AND i.accepted_at IS NOT NULL AND i.declined_at IS NULL AND i.cancelled_at IS NULL""",
    )
    officer = f"EXISTS (SELECT 1 FROM role_grant AS g WHERE g.person_id = {person} AND g.role = {_ROLE})"
    return " AND ".join([officer, *(f"NOT EXISTS ({each})" for each in near)])


_UNPROVEN = f"""EXISTS (SELECT 1 FROM hold AS h WHERE h.id = NEW.hold_id AND h.kind NOT IN ({_BY_DATE})
    AND NOT (NEW.reauthenticated_at IS NOT NULL AND {_free('NEW."by"', "h.report_id")}))"""
_TOO_FEW = f"""NEW.ended_at IS NOT NULL AND NEW.became_id IS NULL AND NEW.kind NOT IN ({_BY_DATE})
    AND (SELECT COUNT(*) FROM hold_lift AS l WHERE l.hold_id = NEW.id
    AND l."by" IN (NEW.lifted_by, NEW.seconded_by) AND l.reauthenticated_at IS NOT NULL
    AND {_free('l."by"', "NEW.report_id")}) < {OFFICERS_TO_LIFT}"""
_WORDS = {
    "hold_lift": "who agrees to lift is an officer without part in the report, and showed a second factor",
    "hold": "a hold ends by two officers who agreed to it",
}
_GUARDS = (
    ("hold_lift_proven_1", "INSERT", "hold_lift", _UNPROVEN),
    ("hold_lift_proven_2", "UPDATE", "hold_lift", _UNPROVEN),
    ("hold_ended_1", "INSERT", "hold", _TOO_FEW),
    ("hold_ended_2", "UPDATE", "hold", f"OLD.ended_at IS NULL AND {_TOO_FEW}"),
)


def guard_holds(connection: Connection) -> None:
    """Set the triggers; doing so again is no harm. Without the tables there is nothing to guard.

    Run after every run of migrations: SQLite changes a table by copying it, and drops its triggers with the old one.
    """
    if not {"hold", "hold_lift", "role_grant"} <= set(inspect(connection).get_table_names()):
        return
    for name, verb, table, offence in _GUARDS:
        make = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
        for statement in make(name, verb, table, offence):
            connection.exec_driver_sql(statement)


def _on_sqlite(name: str, verb: str, table: str, offence: str) -> tuple[str, ...]:
    refuses = f"SELECT RAISE(ABORT, '{_WORDS[table]}')"
    return (
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {offence} BEGIN {refuses}; END",
    )


def _on_postgresql(name: str, verb: str, table: str, offence: str) -> tuple[str, ...]:
    refuses = f"RAISE EXCEPTION USING MESSAGE = '{_WORDS[table]}', ERRCODE = 'check_violation'"
    body = f"$$ BEGIN IF {offence} THEN {refuses}; END IF; RETURN NEW; END $$"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


@event.listens_for(Row.metadata, "after_create")
def _guard_new_holds(_metadata: MetaData, connection: Connection, **_about: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
    """Guard holds that were made without a migration: in tests."""
    guard_holds(connection)
