"""The rows of a protocol: questions with what is needed to conclude from their answers, and checks that must pass."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.protocol.rules import NO_RULE, Comparison, Rule


class Kind(StrEnum):
    """What a row of the protocol asks. `ESTIMATION` and `EXPLORATORY` rows have no hypothesis to support."""

    DIRECTIONAL = "directional"
    EQUIVALENCE = "equivalence"
    ESTIMATION = "estimation"
    EXPLORATORY = "exploratory"

    @property
    def words(self) -> str:
        """The kind as authors choose it."""
        return _KIND_WORDS[self]

    @property
    def tests(self) -> bool:
        """Whether a row of this kind can be supported or contradicted."""
        return self in (Kind.DIRECTIONAL, Kind.EQUIVALENCE)


_KIND_WORDS = {
    Kind.DIRECTIONAL: "directional: an effect in a stated direction",
    Kind.EQUIVALENCE: "equivalence: no effect worth caring about",
    Kind.ESTIMATION: "estimation: how large, without a hypothesis",
    Kind.EXPLORATORY: "exploratory: nothing is predicted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the study design table: a question, and everything needed to conclude from its answer.

    `smallest_effect` is the smallest effect of interest, a positive number as typed, in `unit`; `rationale` why it is
    the smallest. `decision_rule` is the rule in words, `rule` the same as structure; either may be empty.
    """

    label: str
    question: str = ""
    hypothesis: str = ""
    kind: Kind = Kind.DIRECTIONAL
    primary: bool = True
    sampling: str = ""
    analysis: str = ""
    sensitivity: str = ""
    decision_rule: str = ""
    smallest_effect: str = ""
    unit: str = ""
    interpretation: str = ""
    theory: str = ""
    rationale: str = ""
    rule: Rule = NO_RULE


class Gate(StrEnum):
    """What a check shows."""

    POSITIVE_CONTROL = "positive_control"
    MANIPULATION = "manipulation"
    POWER = "power"
    AGREEMENT = "agreement"
    FLOOR_CEILING = "floor_ceiling"
    QUALITY = "quality"

    @property
    def words(self) -> str:
        """The kind of check as authors choose it."""
        return _GATE_WORDS[self]


_GATE_WORDS = {
    Gate.POSITIVE_CONTROL: "positive control: an effect known to be there is found",
    Gate.MANIPULATION: "manipulation check: what was to differ does differ",
    Gate.POWER: "power gate: enough observations are left",
    Gate.AGREEMENT: "agreement: judges or annotators agree",
    Gate.FLOOR_CEILING: "floor and ceiling: there is room to differ",
    Gate.QUALITY: "quality threshold: data, parsing, compliance",
}


class Failing(StrEnum):
    """What follows when a check fails."""

    NOT_TESTABLE = "not_testable"
    STOPS = "stops"
    EXPLORATORY = "exploratory"
    REPORTED = "reported"

    @property
    def words(self) -> str:
        """The consequence as authors choose it."""
        return _FAILING_WORDS[self]


_FAILING_WORDS = {
    Failing.NOT_TESTABLE: "the hypothesis is not testable",
    Failing.STOPS: "the study stops",
    Failing.EXPLORATORY: "the analysis becomes exploratory",
    Failing.REPORTED: "it is reported, and the conclusions are as they would be",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An outcome-neutral check (gate): a positive control, a manipulation check, a quality threshold.

    `threshold` says in words when it passes, `passes` the same as structure (all of it must hold); `consequence` in
    words what follows if it fails, `failing` the same as a choice.
    """

    label: str
    what: str = ""
    threshold: str = ""
    consequence: str = ""
    rows: tuple[str, ...] = ()
    gate: Gate | None = None
    passes: tuple[Comparison, ...] = ()
    failing: Failing | None = None

    def concerns(self, label: str) -> bool:
        """Whether the check bears on the row `label`. A check that names no row bears on all."""
        return not self.rows or label in self.rows
