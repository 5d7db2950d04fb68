"""The protocol: the plan of a study as data, and what it must say before it can be submitted."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from workflows.protocol.answered import Answered
from workflows.protocol.concluding import Value, came_out, holds, verdicts
from workflows.protocol.design import (
    Analysis,
    Basis,
    Contingency,
    Dates,
    Exclusion,
    Known,
    Level,
    Measure,
    Opening,
    Paper,
    Part,
    Pin,
    Promise,
    Promises,
    Role,
    Sample,
    Sides,
    Sight,
    Thing,
)
from workflows.protocol.gaps import gaps
from workflows.protocol.numbers import NUMBER_LIMIT, number
from workflows.protocol.plan import (
    ABSTRACT_LIMIT,
    BIAS_LEVELS,
    LABEL_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    FileDigest,
    Labelled,
    Protocol,
    Setting,
    Statements,
    derived_level,
)
from workflows.protocol.reading_back import read_back, sentence, subject
from workflows.protocol.rows import Check, Failing, Gate, Kind, Row
from workflows.protocol.rules import NO_RULE, Clause, Comparator, Comparison, Rule, Statistic

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

__all__ = [
    "ABSTRACT_LIMIT",
    "BIAS_LEVELS",
    "LABEL_LIMIT",
    "NO_RULE",
    "NUMBER_LIMIT",
    "TEXT_LIMIT",
    "TITLE_LIMIT",
    "Analysis",
    "Answered",
    "Basis",
    "Check",
    "Clause",
    "Comparator",
    "Comparison",
    "Contingency",
    "Dates",
    "Exclusion",
    "Failing",
    "FileDigest",
    "Gate",
    "Json",
    "Kind",
    "Known",
    "Labelled",
    "Level",
    "Measure",
    "Opening",
    "Paper",
    "Part",
    "Pin",
    "Promise",
    "Promises",
    "Protocol",
    "Role",
    "Row",
    "Rule",
    "Sample",
    "Setting",
    "Sides",
    "Sight",
    "Statements",
    "Statistic",
    "Thing",
    "Value",
    "came_out",
    "derived_level",
    "gaps",
    "holds",
    "number",
    "read_back",
    "sentence",
    "subject",
    "verdicts",
]
