"""Deviations: departures from the protocol that the authors declare.

What each says follows the template of Willroth and Atherton (2024), Best Laid Plans, AMPPS 7(1),
doi:10.1177/25152459231213802: what changed, of which kind, why, when relative to data and results, and what readers
should make of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from workflows.machine import Refusal


class When(StrEnum):
    """When the departure was decided, relative to the data."""

    BEFORE_DATA = "before_data"
    DURING_DATA = "during_data"
    AFTER_DATA = "after_data"
    AFTER_RESULTS = "after_results"

    @property
    def words(self) -> str:
        """The moment as authors choose it."""
        return _WHEN_WORDS[self]


_WHEN_WORDS = {
    When.BEFORE_DATA: "before any data were collected",
    When.DURING_DATA: "while data were being collected",
    When.AFTER_DATA: "after data collection, before results were known",
    When.AFTER_RESULTS: "after results were known",
}


class Departure(StrEnum):
    """What kind of thing was changed."""

    HYPOTHESIS = "hypothesis"
    DESIGN = "design"
    SAMPLE = "sample"
    EXCLUSION = "exclusion"
    MEASURE = "measure"
    PROCEDURE = "procedure"
    MATERIALS = "materials"
    ANALYSIS = "analysis"
    INFERENCE = "inference"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as authors choose it."""
        return _DEPARTURE_WORDS[self]


_DEPARTURE_WORDS = {
    Departure.HYPOTHESIS: "question or hypothesis",
    Departure.DESIGN: "design or conditions",
    Departure.SAMPLE: "sample size or sampling",
    Departure.EXCLUSION: "exclusion of units or observations",
    Departure.MEASURE: "measure or variable",
    Departure.PROCEDURE: "procedure",
    Departure.MATERIALS: "model, data set, prompt or software",
    Departure.ANALYSIS: "analysis",
    Departure.INFERENCE: "criterion of inference (alpha, threshold, correction)",
    Departure.OTHER: "something else",
}


class Toward(StrEnum):
    """What the departure does to the inference. A departure can make a test more severe (Lakens 2024)."""

    STRONGER = "stronger"
    WEAKER = "weaker"
    UNCHANGED = "unchanged"
    UNCLEAR = "unclear"

    @property
    def words(self) -> str:
        """The answer as authors choose it."""
        return {
            Toward.STRONGER: "it makes the conclusion stronger",
            Toward.WEAKER: "it makes the conclusion weaker",
            Toward.UNCHANGED: "it changes neither",
            Toward.UNCLEAR: "it is unclear",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One declared departure. `row` is the label of the row, check or part it concerns, empty for the whole study.

    `toward` says what it does to the inference and `effect` argues for that; `answer` is the editor's. `finding` is the
    mark of the finding that it was made from, if it was.
    """

    row: str = ""
    kind: Departure | None = None
    toward: Toward | None = None
    what: str = ""
    why: str = ""
    when: When | None = None
    effect: str = ""
    answer: str = ""
    finding: str = ""


ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


def as_typed(typed: Mapping[str, str | None]) -> Deviation:
    """A deviation as a form was filled in, complete or not; of choices what is none of them is no answer."""
    texts = {name: typed.get(name) or "" for name in ("row", "what", "why", "effect", "finding")}
    return Deviation(
        **texts,
        kind=_chosen(Departure, typed.get("kind")),
        toward=_chosen(Toward, typed.get("toward")),
        when=_chosen(When, typed.get("when")),
    )


def _chosen(choices: type[ChoiceT], value: str | None) -> ChoiceT | None:
    return next((choice for choice in choices if choice.value == value), None)


_NEEDS = (("what", "what was done instead"), ("why", "why"), ("effect", "how it bears on the conclusion, and why"))


def gaps(deviations: tuple[Deviation, ...]) -> Iterator[Refusal]:
    """What the declared deviations still lack: each says what, why, when, and with what effect on inference."""
    for index, deviation in enumerate(deviations):
        place = f"deviations-{index}"
        for field, question in _NEEDS:
            if not getattr(deviation, field).strip():
                yield Refusal(f"{field}_missing", f"Say of deviation {index + 1}: {question}.", f"{place}-{field}")
        if deviation.when is None:
            yield Refusal("when_missing", f"Say of deviation {index + 1} when it was decided.", f"{place}-when")
        if deviation.kind is None:
            yield Refusal("kind_missing", f"Choose what deviation {index + 1} changed.", f"{place}-kind")
        if deviation.toward is None:
            words = f"Choose what deviation {index + 1} does to the conclusion."
            yield Refusal("toward_missing", words, f"{place}-toward")
