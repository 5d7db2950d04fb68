"""Deviations: departures from the protocol that the authors declare, after Willroth and Atherton (2024)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One declared departure. `row` is the label of the row or check it concerns, empty for the whole study."""

    row: str = ""
    what: str = ""
    why: str = ""
    when: When | None = None
    effect: str = ""
    answer: str = ""


_NEEDS = (("what", "what was done instead"), ("why", "why"), ("effect", "how it bears on the conclusion"))


def gaps(deviations: tuple[Deviation, ...]) -> Iterator[Refusal]:
    """What the declared deviations still lack: each says what, why, when, and with what effect on inference."""
    for index, deviation in enumerate(deviations):
        place = f"deviations-{index}"
        for field, question in _NEEDS:
            if not getattr(deviation, field).strip():
                yield Refusal(f"{field}_missing", f"Say of deviation {index + 1}: {question}.", f"{place}-{field}")
        if deviation.when is None:
            yield Refusal("when_missing", f"Say of deviation {index + 1} when it was decided.", f"{place}-when")
