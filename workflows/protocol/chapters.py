"""The chapters of a plan beside its rows and checks: what is in each, and which of them a kind of study needs."""

from collections.abc import Iterator
from enum import StrEnum

from workflows.machine import Refusal
from workflows.protocol.design import Dates, Part, Promises, Thing
from workflows.protocol.plan import Protocol, Setting


class Chapter(StrEnum):
    """A chapter, in the order of the task list."""

    KINDS = "kinds"
    SAMPLING = "sampling"
    ANALYSES = "analyses"
    PINS = "pins"
    PAPERS = "papers"

    @property
    def words(self) -> str:
        """What the chapter is called."""
        return _WORDS[self]


_WORDS = {
    Chapter.KINDS: "What kind of study it is",
    Chapter.SAMPLING: "Measures, samples, exclusions",
    Chapter.ANALYSES: "Analyses, and what is known already",
    Chapter.PINS: "Models, data, prompts, seeds: what is fixed",
    Chapter.PAPERS: "Dates, promises, and papers",
}
_HELPS = {
    Setting.LANGUAGE_MODELS: (Chapter.PINS, Chapter.SAMPLING),
    Setting.OTHER_MODELS: (Chapter.PINS, Chapter.SAMPLING),
    Setting.PARTICIPANTS: (Chapter.SAMPLING,),
    Setting.EXISTING_DATA: (Chapter.ANALYSES, Chapter.SAMPLING),
    Setting.SIMULATION: (Chapter.PINS,),
}


def in_order(plan: Protocol) -> tuple[Chapter, ...]:
    """The chapters, those first that the kind of study asks for."""
    first = dict.fromkeys(chapter for setting in plan.settings for chapter in _HELPS[setting])
    return tuple(dict.fromkeys((Chapter.KINDS, *first, *Chapter)))


def is_asked(plan: Protocol, chapter: Chapter) -> bool:
    """Whether the kind of study asks for `chapter`."""
    return any(chapter in _HELPS[setting] for setting in plan.settings)


def how_much(plan: Protocol, chapter: Chapter) -> int:
    """How many parts of `chapter` are written."""
    match chapter:
        case Chapter.KINDS:
            return len(plan.settings)
        case Chapter.SAMPLING:
            return len(plan.measures) + len(plan.samples) + len(plan.exclusions)
        case Chapter.ANALYSES:
            return len(plan.analyses) + len(plan.contingencies) + bool(plan.exploratory.strip())
        case Chapter.PINS:
            return len(plan.pins) + bool(plan.contamination.strip())
        case Chapter.PAPERS:
            return len(plan.papers) + (plan.dates != Dates()) + (plan.promises != Promises())


def chapter_gaps(plan: Protocol) -> Iterator[Refusal]:
    """What the kind of study needs beside its rows. A plan that names no kind needs nothing of this."""
    models = Setting.LANGUAGE_MODELS in plan.settings
    if models and not any(pin.thing is Thing.MODEL and pin.value.strip() for pin in plan.pins):
        words = "Language models are run or judged: name each model with its version, as something that is fixed."
        yield Refusal("model_unpinned", words, "pins")
    planned = [analysis for analysis in plan.analyses if analysis.part is not Part.EXPLORATORY]
    if Setting.EXISTING_DATA in plan.settings and (not planned or any(each.known is None for each in planned)):
        words = "Data that exist already are analysed: say of each planned analysis whether an outcome of it is known."
        yield Refusal("known_missing", words, "analyses")
