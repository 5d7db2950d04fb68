"""A declared deviation says what, why, when and with what effect."""

from dataclasses import replace
from typing import Any

import pytest

from workflows.deviations import Departure, Deviation, Toward, When, as_typed, gaps

WHOLE = Deviation(
    row="H1",
    kind=Departure.SAMPLE,
    what="1,500 prompts.",
    why="Time.",
    when=When.DURING_DATA,
    toward=Toward.WEAKER,
    effect="Less precision.",
)


def test_a_whole_deviation_lacks_nothing() -> None:
    assert list(gaps((WHOLE,))) == []
    assert list(gaps(())) == []


@pytest.mark.parametrize("name", ["what", "why", "effect"])
def test_a_deviation_says_it_in_words(name: str) -> None:
    found = list(gaps((WHOLE, replace(WHOLE, **{name: "  "}))))  # type: ignore[arg-type]
    assert [(gap.code, gap.field) for gap in found] == [(f"{name}_missing", f"deviations-1-{name}")]


def test_a_deviation_says_when_it_was_decided() -> None:
    found = list(gaps((replace(WHOLE, when=None), WHOLE)))
    assert [(gap.code, gap.field) for gap in found] == [("when_missing", "deviations-0-when")]


def test_a_deviation_may_concern_the_whole_study_and_need_not_be_answered() -> None:
    assert list(gaps((replace(WHOLE, row="", answer=""),))) == []


@pytest.mark.parametrize("name", ["kind", "toward"])
def test_a_deviation_chooses_what_it_changed_and_what_it_does_to_the_conclusion(name: str) -> None:
    unsaid: dict[str, Any] = {name: None}
    found = list(gaps((replace(WHOLE, **unsaid),)))
    assert [(gap.code, gap.field) for gap in found] == [(f"{name}_missing", f"deviations-0-{name}")]


def test_what_was_typed_is_kept_and_no_choice_is_made_up() -> None:
    typed = {"row": "H1", "kind": "sample", "what": "1,500 prompts.", "why": "Time.", "when": "during_data"}
    assert as_typed({**typed, "toward": "weaker", "effect": "Less precision."}) == WHOLE
    assert as_typed({"kind": "anything", "when": None, "toward": ""}) == Deviation()
