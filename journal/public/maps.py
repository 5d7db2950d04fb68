"""The map of what was tried: how many hypotheses of each topic came to each outcome, public ones only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.declassify import PublicRecord
from workflows.outcomes import Outcome
from workflows.topics import TOPICS

COLUMNS = (
    Outcome.NULL_INFORMATIVE,
    Outcome.SUPPORTED,
    Outcome.CONTRADICTED,
    Outcome.UNINFORMATIVE,
    Outcome.NO_RESULT_YET,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The table: its columns, and for each topic that has any, how many hypotheses stand in each.

    `hypotheses` and `reports` count each once, however many topics it has; `beside` are those in no column.
    """

    columns: tuple[Outcome, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    hypotheses: int
    reports: int
    beside: int


def map_of(records: Sequence[PublicRecord]) -> Map:
    """The map of `records`. A report with two topics stands in both rows."""
    found = Counter(
        (topic, result.outcome) for record in records for topic in record.topics for result in record.results
    )
    outcomes = [result.outcome for record in records for result in record.results]
    inside = [outcome for outcome in outcomes if outcome in COLUMNS]
    return Map(
        columns=COLUMNS,
        rows=tuple((topic, tuple(found[topic, outcome] for outcome in COLUMNS)) for topic in _topics(records)),
        hypotheses=len(inside),
        reports=len(records),
        beside=len(outcomes) - len(inside),
    )


def _topics(records: Sequence[PublicRecord]) -> list[str]:
    """The topics that any record has, in the order of the vocabulary, others after it."""
    have = {topic for record in records for topic in record.topics}
    return [topic for topic in TOPICS if topic in have] + sorted(have.difference(TOPICS))
