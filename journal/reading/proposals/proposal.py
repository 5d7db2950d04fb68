"""A proposal: one item that a protocol seems to register, with the words it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What is registered. A decision rule, a validity check, a stopping rule and a frozen threshold are gates."""

    HYPOTHESIS = "hypothesis"
    ANALYSIS = "analysis"
    GATE = "gate"
    EXCLUSION = "exclusion"
    SAMPLE = "sample"
    MEASURE = "measure"
    DEVIATION = "deviation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a quote stands: its file, the line it begins on or (of Word) the paragraph, both from 1, its section."""

    file: str
    line: int | None = None
    paragraph: int | None = None
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One item. `label` is what the manuscript calls it, or its first words; `quote` is verbatim.

    `fields` are what could be read out of the quote, as it is written there: metric, comparator (>, >=, <, <=, =,
    between), threshold, unit, n, of (what n counts), seed, model, alpha, test. `confidence` goes from 0 to 1.
    """

    kind: Kind
    label: str
    quote: str
    location: Location
    confidence: float
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All proposals in the order of the text, and sentences on what was not read and why.

    `was_read` says that some text could be read, with or without proposals.
    """

    proposals: tuple[Proposal, ...] = ()
    unread: tuple[str, ...] = ()
    was_read: bool = True
