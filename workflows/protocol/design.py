"""The parts of the design beside its rows: measures, samples, exclusions, analyses, contingencies, pins, papers, dates.

Every field but the label may be empty: a protocol of half a page is as welcome as one of forty. Numbers are kept as
typed, and `account` of a part is free text for whatever its fields cannot say. Parts refer to rows, and to one another,
by label; all labels of a protocol are one set. A field that a later version of the engine adds must have an empty
default (no words, no entries, None), because the digest leaves out what is empty.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a measure is for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    NEUTRAL = "neutral"
    EXPLORATORY = "exploratory"

    @property
    def words(self) -> str:
        """The role as authors choose it."""
        return "outcome-neutral" if self is Role.NEUTRAL else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is measured or computed, in which unit."""

    label: str
    what: str = ""
    role: Role | None = None
    unit: str = ""
    rows: tuple[str, ...] = ()
    account: str = ""


class Basis(StrEnum):
    """What a sample size rests on."""

    POWER = "power"
    PRECISION = "precision"
    BAYES = "bayes"
    RESOURCES = "resources"
    ALL = "all"

    @property
    def words(self) -> str:
        """The basis as authors choose it."""
        return _BASIS_WORDS[self]


_BASIS_WORDS = {
    Basis.POWER: "power of a test",
    Basis.PRECISION: "width of an interval",
    Basis.BAYES: "Bayes factor design",
    Basis.RESOURCES: "what time or compute allows",
    Basis.ALL: "everything there is",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How many of what are collected, when that stops, and what the number rests on.

    `target` and `most` (where it stops at the latest) are counts of `unit` as typed; `groups` is how many conditions
    share them. `alpha` and `power` are shares of one, `effect` is the effect the calculation assumes, `test` the label
    of the analysis whose power it is, `method` how it was computed.
    """

    label: str
    unit: str = ""
    target: str = ""
    most: str = ""
    groups: str = ""
    stopping: str = ""
    basis: Basis | None = None
    method: str = ""
    test: str = ""
    alpha: str = ""
    power: str = ""
    effect: str = ""
    rationale: str = ""
    rows: tuple[str, ...] = ()
    account: str = ""


class Level(StrEnum):
    """What an exclusion takes out."""

    SAMPLE = "sample"
    DATA = "data"

    @property
    def words(self) -> str:
        """The level as authors choose it."""
        return {Level.SAMPLE: "whole units of the sample", Level.DATA: "single observations"}[self]


class Sight(StrEnum):
    """Whether somebody who excludes can see the outcome."""

    BEFORE = "before"
    AFTER = "after"

    @property
    def words(self) -> str:
        """The choice as authors make it."""
        return {
            Sight.BEFORE: "can be computed before any outcome is seen",
            Sight.AFTER: "needs the outcome to be seen",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """What is left out, in the order in which it is applied."""

    label: str
    what: str = ""
    level: Level | None = None
    sight: Sight | None = None
    rows: tuple[str, ...] = ()
    account: str = ""


class Part(StrEnum):
    """What an analysis is for."""

    CONFIRMATORY = "confirmatory"
    ROBUSTNESS = "robustness"
    EXPLORATORY = "exploratory"

    @property
    def words(self) -> str:
        """The part as authors choose it."""
        return self.value


class Sides(StrEnum):
    """On how many sides a test rejects."""

    ONE = "one"
    TWO = "two"

    @property
    def words(self) -> str:
        """The choice as authors make it."""
        return f"{self.value}-sided"


class Known(StrEnum):
    """What is already known of any outcome of an analysis, from nothing at all to everything.

    Source: the levels of bias control of PCI Registered Reports, one for each answer.
    """

    NO_DATA = "no_data"
    OUT_OF_REACH = "out_of_reach"
    NOT_REACHED = "not_reached"
    NOT_OBSERVED = "not_observed"
    PARTLY_OBSERVED = "partly_observed"
    OBSERVED = "observed"
    RUN = "run"

    @property
    def level(self) -> int:
        """The bias-control level that follows, 6 (no data exist) to 0 (the analysis has been run)."""
        return 6 - list(Known).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A planned analysis: the test or model, and what it decides.

    `rows` are the hypotheses it tests; `measures` what goes into it; `threshold` the alpha or other bound of the
    decision; `correction` what is done about multiplicity, over which family; `basis` on what `known` rests.
    """

    label: str
    part: Part | None = None
    rows: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    test: str = ""
    sides: Sides | None = None
    threshold: str = ""
    correction: str = ""
    software: str = ""
    version: str = ""
    known: Known | None = None
    basis: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingency:
    """A branch of the plan: if something stated turns out, then this is done. Taking it is no deviation."""

    label: str
    condition: str = ""
    then: str = ""
    rows: tuple[str, ...] = ()


class Thing(StrEnum):
    """What is pinned, so that somebody else runs the same."""

    MODEL = "model"
    DATA = "data"
    PROMPT = "prompt"
    SEED = "seed"
    PARAMETER = "parameter"
    JUDGE = "judge"
    HARNESS = "harness"
    COMPUTE = "compute"
    SOFTWARE = "software"

    @property
    def words(self) -> str:
        """The thing as authors choose it."""
        return _THING_WORDS[self]


_THING_WORDS = {
    Thing.MODEL: "model",
    Thing.DATA: "data set",
    Thing.PROMPT: "prompt",
    Thing.SEED: "random seed",
    Thing.PARAMETER: "decoding or training parameter",
    Thing.JUDGE: "judge or grader",
    Thing.HARNESS: "evaluation harness",
    Thing.COMPUTE: "compute budget",
    Thing.SOFTWARE: "software",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One thing that is fixed: `value` its name or number, `version` or `digest` (a hash) which one exactly."""

    label: str
    thing: Thing | None = None
    value: str = ""
    version: str = ""
    digest: str = ""
    place: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One stage-2 paper of a programmatic report: the rows it will report."""

    label: str
    title: str = ""
    rows: tuple[str, ...] = ()


class Opening(StrEnum):
    """Whether something will be open to everybody."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Whether data, code or materials will be open: yes with a place, or no with a legal or ethical reason."""

    opening: Opening | None = None
    place: str = ""
    reason: str = ""


NO_PROMISE = Promise()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What the authors promise to open."""

    data: Promise = NO_PROMISE
    code: Promise = NO_PROMISE
    materials: Promise = NO_PROMISE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When data collection begins and ends and the results are due: days as typed, year-month-day."""

    collection_start: str = ""
    collection_end: str = ""
    results_due: str = ""
