"""The last look before a release is sealed: whether anything in it was drawn by the engine for work that is withheld.

Identifiers, names in the vault, tokens of links and keys are random: found in public, they came from here, by a mistake
in a template or worse. So a release that contains one is stopped. Words are another matter, see `overlapping`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, String, Table, literal, select

import storage.rows
from journal.production.apart import digest_of, parts_of_file, plain, rows_of_snapshot
from journal.production.building import Built
from journal.production.remembering import remember, remembered
from journal.production.shelving import OBJECTS
from journal.production.tokens import IDENTIFIER, Drawn, drawn_in
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.database import Row
from storage.rows.proofs import Typesetting
from storage.rows.releases import PublicIdentity, PublicObject
from storage.rows.reports import Report
from workflows.people import PRESS

assert storage.rows.__all__, "importing the package makes every table known"  # noqa: S101
_AT_A_TIME = 500
_FEW = 5_000
_NOT_OF_REPORTS = frozenset({"hold", "hold_lift"})
"""Tables whose rows nobody may read of, even where their report is public."""


@dataclass(frozen=True, slots=True)
class Screened:
    """The places, pages and files alike, where something private of withheld work stands: none, as it should be."""

    places: frozenset[str]


def screen(resources: Resources, built: Built) -> Screened:
    """Look through everything that would become public with `built`. Raises `apart.NotTakenApart`."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        bodies = dict(_new_files(uow, built))
    rows = _drawn_by_row(resources, built)
    found = _by_place([*((place, drawn) for place, _, drawn in rows), *_drawn_in_files(bodies)])
    whole = Drawn()
    for each in found.values():
        whole.add(each)
    with begin(resources, actor=PRESS, writes=False) as uow:
        private = _private(uow, whole, built)
        given_away = _keys_are_there(uow, whole, bodies, built)
    places = {place for place, each in found.items() if (each.identifiers | each.links) & private}
    if not given_away:
        remember(resources.config.home, ((digest, drawn) for place, digest, drawn in rows if place not in places))
    return Screened(frozenset(places | ({"a key"} if given_away else set())))


def _new_files(uow: UnitOfWork, built: Built) -> Iterator[tuple[str, bytes]]:
    """The files that the public store does not have yet, by their keys there."""
    present = set(uow.resources.public_store.keys(OBJECTS))
    for report_id, record in built.records.items():
        wanted = {(file.kind, file.name): file.key for file in record.files if file.key not in present}
        if not wanted:
            continue
        report = uow.session.get_one(Report, report_id)
        paper = uow.session.get_one(Typesetting, built.candidates[report_id].typesetting_id)
        for each in paper.renditions:
            if (each.kind, each.name) in wanted:
                yield wanted[each.kind, each.name], uow.cabinet.file(report, each.vault_name)


def _drawn_by_row(resources: Resources, built: Built) -> list[tuple[str, bytes, Drawn]]:
    """The rows of the snapshot: place, digest and what looks drawn, which is remembered where the row is an old one."""
    known = remembered(resources.config.home)
    rows = ((place, row, digest_of(row)) for place, row in rows_of_snapshot(built.path, shortest=IDENTIFIER))
    return [(place, digest, known.get(digest) or drawn_in(plain(row))) for place, row, digest in rows]


def _drawn_in_files(bodies: Mapping[str, bytes]) -> Iterator[tuple[str, Drawn]]:
    for key, body in bodies.items():
        for part in parts_of_file(body):
            yield key, drawn_in(part)


def _by_place(found: Iterable[tuple[str, Drawn]]) -> dict[str, Drawn]:
    places: dict[str, Drawn] = {}
    for place, drawn in found:
        places.setdefault(place, Drawn()).add(drawn)
    return places


def _private(uow: UnitOfWork, whole: Drawn, built: Built) -> set[str]:
    """Of what looks drawn, what is private: identifiers of withheld work, and whatever links were made."""
    named = {file.key.rpartition("/")[2] for record in built.records.values() for file in record.files}
    named |= {record.identity.public_id for record in built.records.values() if record.identity}
    wanted = whole.identifiers - named
    private = {
        digest for digest, _ in _among(uow, Row.metadata.tables["link"].c.token_digest, literal(None), whole.links)
    }
    worded = built.worded
    for table in Row.metadata.sorted_tables:
        shown = built.records.keys() if table is PublicIdentity.__table__ else worded
        for column, name in _identifying(table):
            found = _among(uow, column, _report_of(table), wanted, name)
            private |= {_token(each) for each, report_id in found if report_id not in shown}
    return private


def _identifying(table: Table) -> Iterator[tuple[Column[str], str]]:
    """The columns that the engine drew, and how what it drew is written there. Others only refer to them."""
    named = {"key_name": "{token}", "vault_name": "v1/{two}/{token}"}
    if table is PublicObject.__table__:
        named["key"] = f"{OBJECTS}{{token}}"
    for column in table.columns:
        is_short = isinstance(column.type, String) and column.type.length == IDENTIFIER
        if is_short and not column.foreign_keys and (column.primary_key or column.unique):
            yield column, "{token}"
        elif column.name in named:
            yield column, named[column.name]


def _report_of(table: Table) -> ColumnElement[str | None]:
    """The report that a row is of. What is of none, or nobody may know of, is never shown."""
    if table is Report.__table__:
        return table.c.id
    if "report_id" in table.c and table.name not in _NOT_OF_REPORTS:
        return table.c.report_id
    return literal(None)


def _among(
    uow: UnitOfWork, column: Column[str], of: ColumnElement[str | None], wanted: Collection[str], name: str = "{token}"
) -> Iterator[tuple[str, str | None]]:
    """Which of `wanted`, written as `name`, stand in `column`, and the report each is of. Of many, all rows are looked
    at, in one pass.
    """
    rows = select(column, of)
    if len(wanted) > _FEW:
        yield from ((each, report) for each, report in uow.session.execute(rows) if each and _token(each) in wanted)
        return
    ordered = sorted(name.format(two=each[:2], token=each) for each in wanted)
    for at in range(0, len(ordered), _AT_A_TIME):
        yield from uow.session.execute(rows.where(column.in_(ordered[at : at + _AT_A_TIME])))


def _token(name: str) -> str:
    """What was drawn of a name, without the folder before it."""
    return name.rpartition("/")[2]


def _keys_are_there(uow: UnitOfWork, whole: Drawn, bodies: Mapping[str, bytes], built: Built) -> bool:
    """Whether the master key, or the key of a withheld report, stands somewhere."""
    every, worded = uow.session.execute(select(Report.id, Report.key_name)), built.worded
    names = [key_name for report_id, key_name in every if report_id not in worded]
    return uow.resources.keyring.given_away(names, drawn=whole.keys, bodies=list(bodies.values()))
