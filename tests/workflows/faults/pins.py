"""Faults of pins, dates, promises and papers: for each rule what breaks it alone, and its mended twin."""

from dataclasses import replace

from tests.workflows.faults.sound import H1, SOUND, also, changed, pin
from workflows.protocol import Dates, Kind, Opening, Paper, Pin, Promise, Promises, Protocol, Setting, Thing

_WORDS = "No task is excluded. All tasks were written after the cut-off dates of the models."
_PINS = (
    pin(),
    Pin(label="P2", thing=Thing.PARAMETER, value="temperature 0.7"),
    Pin(label="P3", thing=Thing.PROMPT, place="prompts.jsonl", digest="sha256:9f86d081884c7d65"),
    Pin(label="P4", thing=Thing.SEED, value="1 to 5"),
)
_PINNED = replace(SOUND, settings=(Setting.LANGUAGE_MODELS,), exploratory=_WORDS, pins=_PINS)
_RQ1 = replace(H1, label="RQ1", kind=Kind.ESTIMATION, hypothesis="", primary=False)
_DATES = Dates(collection_start="2027-02-01", collection_end="2027-03-01", results_due="2027-06-01")


def _without(thing: Thing) -> Protocol:
    return replace(_PINNED, pins=tuple(each for each in _PINS if each.thing is not thing))


PINS: dict[str, tuple[Protocol, Protocol]] = {
    "pins-unused": (replace(_PINNED, pins=()), _PINNED),
    "model-not-pinned": (_without(Thing.MODEL), _PINNED),
    "model-version-not-pinned": (
        changed(pins=(pin(version="latest"),)),
        changed(pins=(pin(version="", digest="ab12cd34ef"),)),
    ),
    "decoding-not-pinned": (
        _without(Thing.PARAMETER),
        replace(_without(Thing.PARAMETER), exploratory=f"{_WORDS} Greedy."),
    ),
    "prompts-not-pinned": (_without(Thing.PROMPT), _PINNED),
    "seeds-not-pinned": (_without(Thing.SEED), _PINNED),
    "judge-not-pinned": (
        replace(_PINNED, exploratory=f"{_WORDS} An LLM judge grades; humans agree with it."),
        replace(_PINNED, exploratory=f"{_WORDS} Graded by exact match."),
    ),
    "data-version-not-pinned": (
        changed(pins=(Pin(label="P1", thing=Thing.DATA, value="hint-tasks"),)),
        changed(pins=(Pin(label="P1", thing=Thing.DATA, value="hint-tasks", version="1.2"),)),
    ),
    "pin-without-value": (
        changed(pins=(Pin(label="P1", thing=Thing.SEED),)),
        changed(pins=(Pin(label="P1", thing=Thing.SEED, value="7"),)),
    ),
    "digest-is-no-hash": (changed(pins=(pin(digest="see README"),)), changed(pins=(pin(digest="SHA256:9f86d081"),))),
    "contamination-unsaid": (
        replace(_PINNED, exploratory="No task is excluded."),
        replace(_PINNED, exploratory="No task is excluded.", contamination="All tasks are new."),
    ),
    "split-unsaid": (
        changed(settings=(Setting.OTHER_MODELS,)),
        changed(settings=(Setting.OTHER_MODELS,), exploratory="Models are scored on held-out tasks."),
    ),
}

DATES: dict[str, tuple[Protocol, Protocol]] = {
    "date-impossible": (changed(dates=Dates(results_due="31.3.2027")), changed(dates=Dates(results_due="2027-03-31"))),
    "dates-out-of-order": (changed(dates=replace(_DATES, collection_end="2027-01-01")), changed(dates=_DATES)),
    "date-has-passed": (changed(dates=Dates(collection_start="2026-12-31")), changed(dates=_DATES)),
    "promise-without-place": (
        changed(promises=Promises(data=Promise(opening=Opening.YES))),
        changed(promises=Promises(data=Promise(opening=Opening.YES, place="Zenodo"))),
    ),
    "closed-without-reason": (
        changed(promises=Promises(code=Promise(opening=Opening.NO))),
        changed(promises=Promises(code=Promise(opening=Opening.NO, reason="It builds working attacks."))),
    ),
    "paper-without-rows": (
        changed(papers=(Paper(label="PA", rows=("H1",)), Paper(label="PB"))),
        also(_RQ1, papers=(Paper(label="PA", rows=("H1",)), Paper(label="PB", rows=("RQ1",)))),
    ),
    "row-in-no-paper": (
        also(_RQ1, papers=(Paper(label="PA", rows=("H1",)),)),
        changed(papers=(Paper(label="PA", rows=("H1",)),)),
    ),
    "row-in-two-papers": (
        changed(papers=(Paper(label="PA", rows=("H1",)), Paper(label="PB", rows=("H1",)))),
        also(_RQ1, papers=(Paper(label="PA", rows=("H1",)), Paper(label="PB", rows=("RQ1",)))),
    ),
}
