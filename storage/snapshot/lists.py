"""Lists and searches of a release: its tables, and the two statements that answer a reader.

The rows are numbered in the order of lists (newest first), so that a list needs no sorting.
"""

import json
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.snapshot.contents import Listed

PAGE_SIZE = 25
NULL = "null"
LONGEST_QUERY = 300
MOST_WORDS = 12
# Ranking reads every match; a word that most reports have says nothing, so its matches come newest first instead.
RANKED_AT_MOST = 1_000

TABLES = """
CREATE TABLE listed (
  id INTEGER PRIMARY KEY, public_id TEXT NOT NULL UNIQUE, face TEXT NOT NULL, null_result INTEGER NOT NULL,
  row TEXT NOT NULL
);
CREATE INDEX listed_by_face ON listed (face);
CREATE INDEX listed_null ON listed (null_result) WHERE null_result;
CREATE TABLE topic (topic TEXT NOT NULL, listed INTEGER NOT NULL, PRIMARY KEY (topic, listed)) WITHOUT ROWID;
CREATE TABLE outcome (outcome TEXT NOT NULL, listed INTEGER NOT NULL, PRIMARY KEY (outcome, listed)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (
  title, authors, claim, words, content='', tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(10.0, 5.0, 5.0, 1.0)');
"""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_SIGNS = re.compile(r"[^\w\u0080-\U0010ffff]+")
# Both statements give one row: SQLite lets other threads run at each row, and taking the turn back costs milliseconds
# when these are busy. (Measured: 33 lists a second with a row for each count, many times that with one.)
_FACETS = """
SELECT json_group_array(json_array(kind, name, number)) FROM (
  SELECT 'total' AS kind, '' AS name, count(*) AS number FROM listed WHERE {all}
  UNION ALL SELECT 'topic', topic, count(*) FROM topic JOIN listed ON id = listed WHERE {topic} GROUP BY topic
  UNION ALL SELECT 'outcome', outcome, count(*) FROM outcome JOIN listed ON id = listed WHERE {outcome} GROUP BY outcome
  UNION ALL SELECT 'kind', face, count(*) FROM listed WHERE {kind} GROUP BY face
  UNION ALL SELECT 'kind', 'null', count(*) FROM listed WHERE null_result AND {kind}
  UNION ALL SELECT 'any ' || value, '', (SELECT count(*) FROM listed WHERE
    CASE value WHEN 'topic' THEN {topic} WHEN 'outcome' THEN {outcome} ELSE {kind} END)
  FROM json_each('["topic", "outcome", "kind"]')
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks of the list: words to search for, filters (empty: any), and the page, counted from 1.

    `kind` is a face ("article", "protocol") or "null": published reports whose result is null.
    """

    query: str = ""
    topic: str = ""
    outcome: str = ""
    kind: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many reports each choice would give, the other choices kept as they are; `any_…` for no choice."""

    topics: dict[str, int]
    outcomes: dict[str, int]
    kinds: dict[str, int]
    any_topic: int
    any_outcome: int
    any_kind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of reports, how many there are on all pages, and what other choices would give."""

    items: tuple[Listed, ...]
    total: int
    facets: Facets

    @property
    def pages(self) -> int:
        """On how many pages the reports stand; 1 when there is none."""
        return max(1, -(-self.total // PAGE_SIZE))


def find_among(listed: Iterable[Listed], asked: Asked) -> Found:
    """What a release of just these reports would answer."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(TABLES)
        write_lists(connection, listed)
        return find(connection, asked)
    finally:
        connection.close()


def write_lists(connection: sqlite3.Connection, listed: Iterable[Listed]) -> None:
    """Fill the tables, in an order that does not depend on the order of `listed`."""
    for number, report in enumerate(sorted(listed, key=_newest_first), start=1):
        connection.execute(
            "INSERT INTO listed VALUES (?, ?, ?, ?, ?)",
            (number, report.public_id, report.face, report.null_result, _packed(report)),
        )
        connection.executemany("INSERT INTO topic VALUES (?, ?)", ((each, number) for each in _each(report.topics)))
        connection.executemany("INSERT INTO outcome VALUES (?, ?)", ((each, number) for each in _each(report.outcomes)))
        connection.execute(
            "INSERT INTO search (rowid, title, authors, claim, words) VALUES (?, ?, ?, ?, ?)",
            (number, report.title, " · ".join(report.authors), report.claim, report.words),
        )
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")


def find(connection: sqlite3.Connection, asked: Asked) -> Found:
    """What the tables answer. Any words are fine as a query: none is an instruction."""
    match = _match(asked.query)
    filters = _filters(asked, match)
    values = {"topic": asked.topic, "outcome": asked.outcome, "kind": asked.kind, "match": match or ""}
    facets = _facets(connection, filters, values)
    total = facets["total", ""]
    items = _items(connection, filters, values, ranked=bool(match) and total <= RANKED_AT_MOST, page=asked.page)
    return Found(items=items, total=total, facets=_named(facets))


def _newest_first(report: Listed) -> tuple[int, str]:
    return -(report.on or date.min).toordinal(), report.public_id


def _each(names: Iterable[str]) -> list[str]:
    return sorted(set(names))


def _match(query: str) -> str | None:
    """The words of a query, each as a quoted string in the language of FTS5, all of which must be there."""
    typed = _CONTROLS.sub(" ", query[:LONGEST_QUERY]).split()[:MOST_WORDS]
    # A lone dash is no word: beside others it asks for nothing, by itself it finds nothing.
    words = [word for word in typed if not _SIGNS.fullmatch(word)] or typed
    return " ".join('"{}"'.format(word.replace('"', '""')) for word in words) or None


def _filters(asked: Asked, match: str | None) -> dict[str, str]:
    """The conditions that hold, by the facet they belong to."""
    chosen = {
        "query": ("id IN (SELECT rowid FROM search WHERE search MATCH :match)", match is not None),
        "topic": ("id IN (SELECT listed FROM topic WHERE topic = :topic)", bool(asked.topic)),
        "outcome": ("id IN (SELECT listed FROM outcome WHERE outcome = :outcome)", bool(asked.outcome)),
        "kind": ("null_result" if asked.kind == NULL else "face = :kind", bool(asked.kind)),
    }
    return {name: condition for name, (condition, holds) in chosen.items() if holds}


def _where(filters: dict[str, str], *, without: str = "") -> str:
    return " AND ".join(condition for name, condition in filters.items() if name != without) or "TRUE"


def _facets(
    connection: sqlite3.Connection, filters: dict[str, str], values: dict[str, Any]
) -> dict[tuple[str, str], int]:
    """Everything counted in one statement: a facet's counts keep all choices but its own."""
    parts = {name: _where(filters, without=name) for name in ("topic", "outcome", "kind")}
    (counted,) = connection.execute(_FACETS.format(all=_where(filters), **parts), values).fetchone()
    return {(kind, name): count for kind, name, count in json.loads(counted)}


def _named(counts: dict[tuple[str, str], int]) -> Facets:
    def of(wanted: str) -> dict[str, int]:
        return {name: count for (kind, name), count in counts.items() if kind == wanted}

    return Facets(
        topics=of("topic"),
        outcomes=of("outcome"),
        kinds=of("kind"),
        any_topic=counts["any topic", ""],
        any_outcome=counts["any outcome", ""],
        any_kind=counts["any kind", ""],
    )


def _items(
    connection: sqlite3.Connection, filters: dict[str, str], values: dict[str, Any], *, ranked: bool, page: int
) -> tuple[Listed, ...]:
    """The reports of one page: the best match first, else the newest."""
    # Only our own words are put together here; what the reader typed is bound.
    order = (
        f"SELECT row FROM search JOIN listed ON id = search.rowid WHERE search MATCH :match AND {_where(filters)} "  # noqa: S608
        "ORDER BY search.rank, id"
        if ranked
        else f"SELECT row FROM listed WHERE {_where(filters)} ORDER BY id"  # noqa: S608 (as above)
    )
    bounds = {"size": PAGE_SIZE, "offset": (page - 1) * PAGE_SIZE}
    statement = f"SELECT json_group_array(json(row)) FROM ({order} LIMIT :size OFFSET :offset)"  # noqa: S608 (as above)
    (rows,) = connection.execute(statement, values | bounds).fetchone()
    return tuple(_unpacked(row) for row in json.loads(rows))


def _packed(report: Listed) -> str:
    return json.dumps(
        {
            "public_id": report.public_id,
            "face": report.face,
            "title": report.title,
            "claim": report.claim,
            "authors": report.authors,
            "topics": report.topics,
            "outcomes": report.outcomes,
            "null_result": report.null_result,
            "retracted": report.retracted,
            "bias_level": report.bias_level,
            "on": report.on.isoformat() if report.on else None,
            "checks": report.checks,
            "deviations": report.deviations,
            "narrowed": report.narrowed,
        },
        ensure_ascii=False,
    )


def _unpacked(said: dict[str, Any]) -> Listed:
    passed, registered = said.pop("checks")
    said |= {name: tuple(said[name]) for name in ("authors", "topics", "outcomes")}
    on = said.pop("on")
    return Listed(**said, checks=(passed, registered), on=date.fromisoformat(on) if on else None, words="")
