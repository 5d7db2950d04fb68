"""The protocol: the plan of a study as data."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeAlias

from workflows.protocol.answered import Answered
from workflows.protocol.design import (
    Analysis,
    Contingency,
    Dates,
    Exclusion,
    Measure,
    Paper,
    Part,
    Pin,
    Promises,
    Sample,
)
from workflows.protocol.rows import Check, Row

TITLE_LIMIT = 300
ABSTRACT_LIMIT = 5000
TEXT_LIMIT = 50_000
LABEL_LIMIT = 40

# What each bias-control level says, after PCI Registered Reports. Level 0 is listed so that it can be refused in words.
BIAS_LEVELS = {
    6: "The data do not exist yet and will not before in-principle acceptance.",
    5: "All data exist, but nobody on the team can reach them: a gatekeeper holds them.",
    4: "The data exist and could be reached; the authors certify that they have not looked.",
    3: "The data have been reached, but nothing in them has been observed.",
    2: "Parts have been observed, but no key variable; extra control of bias is in place.",
    1: "Key variables have been observed, but no planned analysis has been run; strict extra control is in place.",
    0: "Some planned analyses have already been run.",
}


class Setting(StrEnum):
    """What kind of study it is: a study may be several. It says what is asked for, and what is not."""

    LANGUAGE_MODELS = "language_models"
    OTHER_MODELS = "other_models"
    PARTICIPANTS = "participants"
    EXISTING_DATA = "existing_data"
    SIMULATION = "simulation"

    @property
    def words(self) -> str:
        """The setting as authors choose it."""
        return _SETTING_WORDS[self]


_SETTING_WORDS = {
    Setting.LANGUAGE_MODELS: "language models are run or judged",
    Setting.OTHER_MODELS: "other models are trained or run",
    Setting.PARTICIPANTS: "people take part or annotate",
    Setting.EXISTING_DATA: "data that exist already are analysed",
    Setting.SIMULATION: "a simulation or a proof",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What authors state beside the plan. Each is prose; a no is as good as a yes when it has a reason."""

    funding: str = ""
    ethics: str = ""
    competing_interests: str = ""
    data: str = ""
    code: str = ""
    materials: str = ""

    def else_as(self, planned: "Statements") -> "Statements":
        """These statements; what they leave empty stands as it was planned."""
        return Statements(
            **{each.name: getattr(self, each.name) or getattr(planned, each.name) for each in fields(self)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """A file that belongs to the protocol, by its neutral name, SHA-256 (hex) and size in bytes."""

    name: str
    sha256: str
    size: int


Labelled: TypeAlias = Row | Check | Measure | Sample | Exclusion | Analysis | Contingency | Pin | Paper

_NO_STATEMENTS, _NO_PROMISES, _NO_DATES = Statements(), Promises(), Dates()


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The stage-1 plan. What its canonical JSON contains is what the digest at acceptance binds.

    `contamination` says how test material is kept apart from what models were trained on; `exploratory` what will be
    explored; `papers` which rows become which stage-2 paper, where there are several; `answered` what the authors
    answer to the linter.
    """

    title: str = ""
    abstract: str = ""
    topics: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    checks: tuple[Check, ...] = ()
    bias_level: int | None = None
    bias_account: str = ""
    statements: Statements = _NO_STATEMENTS
    files: tuple[FileDigest, ...] = ()
    settings: tuple[Setting, ...] = ()
    measures: tuple[Measure, ...] = ()
    samples: tuple[Sample, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    pins: tuple[Pin, ...] = ()
    contamination: str = ""
    exploratory: str = ""
    papers: tuple[Paper, ...] = ()
    promises: Promises = _NO_PROMISES
    dates: Dates = _NO_DATES
    answered: tuple[Answered, ...] = ()

    def row(self, label: str) -> Row | None:
        """The row called `label`, if there is one."""
        return next((row for row in self.rows if row.label == label), None)

    def checks_of(self, label: str) -> tuple[Check, ...]:
        """The checks that bear on the row `label`."""
        return tuple(check for check in self.checks if check.concerns(label))

    def parts(self) -> tuple[Labelled, ...]:
        """Everything that has a label, in the order of the form. All labels are one set."""
        asked: tuple[Labelled, ...] = (*self.rows, *self.checks, *self.measures, *self.samples)
        return (*asked, *self.exclusions, *self.analyses, *self.contingencies, *self.pins, *self.papers)


def derived_level(protocol: Protocol) -> int | None:
    """The bias-control level that follows from what is known of each analysis; None while an answer is missing."""
    known = [analysis.known for analysis in protocol.analyses if analysis.part is not Part.EXPLORATORY]
    levels = [each.level for each in known if each is not None]
    return min(levels) if levels and len(levels) == len(known) else None
