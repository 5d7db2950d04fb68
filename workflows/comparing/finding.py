"""Findings: what lies side by side and differs, is missing, or cannot be verified. They never accuse."""

from dataclasses import dataclass, field
from enum import StrEnum

from workflows.reviewing import Severity


class Wording(StrEnum):
    """The three things a finding can say."""

    NOT_FOUND = "not-found"
    DIFFERS = "differs"
    CANNOT_BE_VERIFIED = "cannot-be-verified"


class Evidence(StrEnum):
    """What a finding rests on: rows and labels, numbers, words that need reading, or versions, dates and files."""

    STRUCTURE = "structure"
    NUMBERS = "numbers"
    TEXT = "text"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: file, line or (of Word) paragraph from 1, and the path of headings."""

    file: str
    line: int | None = None
    paragraph: int | None = None
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Words, verbatim, and where they stand."""

    quote: str
    location: Place


class Kind(StrEnum):
    """What was compared, and how it came out."""

    LABEL_REUSED = "label-with-other-content"
    HYPOTHESIS_MISSING = "hypothesis-not-found"
    PREDICTION_MISSING = "prediction-not-found"
    HYPOTHESIS_CHANGED = "hypothesis-differs"
    HYPOTHESIS_ADDED = "hypothesis-added"
    VERDICT_MISSING = "verdict-not-found"
    VERDICT_DIFFERS = "verdict-differs"
    ANALYSIS_MISSING = "analysis-not-found"
    ROWS_MISSING = "rows-not-found"
    GATE_MISSING = "gate-not-found"
    GATE_UNMET = "gate-value-differs"
    EXCLUSION_MISSING = "exclusion-not-found"
    SAMPLE_MISSING = "sample-not-found"
    PROMISE_MISSING = "promised-report-not-found"
    NUMBER_DIFFERS = "number-differs"
    RULE_DIFFERS = "rule-differs"
    DESIGN_DIFFERS = "definition-differs"
    PIN_DIFFERS = "pinned-item-differs"
    PIN_MISSING = "pinned-item-not-found"
    MEASURE_DIFFERS = "measure-differs"
    SOURCE_DIFFERS = "cited-ground-differs"
    CLAIM_UNFOUNDED = "called-registered"
    UNLABELLED = "not-labelled-exploratory"
    ANALYSIS_ADDED = "analysis-added"
    DEPARTURE_TOLD = "departure-told-not-listed"
    SHARE_DIFFERS = "share-differs"
    INCONSISTENT = "inconsistent-within"
    STATISTIC = "statistic-and-p"
    OVERCLAIM = "conclusion-beyond-rows"
    CLAIM_WIDER = "claim-wider-than-results"
    DEPARTURE_DECLARED = "departure-declared"
    STATUS_CLAIM = "status-claim"
    HISTORY_DIFFERS = "history-differs"
    FILE_NOT_GIVEN = "part-of-plan-not-given"
    SCRIPT_COMMENT = "script-comment-not-found"
    SCRIPT_NAMES = "script-names-not-found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What reading two documents brought up, before anybody decided whether it is worth a reader's time.

    `strength` is how strongly the texts speak for a difference and `weight` how much the item matters to the study,
    both from 0 to 1. `about` names the item, `words` says what was compared in half a sentence.
    """

    kind: Kind
    strength: float
    weight: float = 0.5
    about: str = ""
    words: str = ""
    protocol: Span | None = None
    manuscript: Span | None = None
    evidence: Evidence = Evidence.TEXT
    declared: Span | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference, with both spans. `sureness` goes from 0 to 1; `reason` is what the authors declare about it."""

    kind: Kind
    severity: Severity
    wording: Wording
    evidence: Evidence
    why: str
    sureness: float
    declared: bool = False
    protocol: Span | None = None
    manuscript: Span | None = None
    reason: Span | None = None


class Pairing(StrEnum):
    """Whether a manuscript reports a protocol."""

    THIS = "reports-this-protocol"
    VERSION = "another-version"
    STUDY = "another-study"
    UNKNOWN = "cannot-tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing gave: the pairing and why, the findings, most serious first, and what could not be read."""

    pairing: Pairing
    why: str
    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = field(default=())
