"""The list before results are sent: the cheapest first, what is declared, and a deviation begun from a finding."""

from dataclasses import replace

import pytest

from tests.workflows.examples import OUTCOMES, PROTOCOL, with_answer
from workflows.comparing.finding import Kind, Wording
from workflows.conformance import Finding, Found, State, beginning, compare
from workflows.conformance.todo import Effort, as_deviation, effort_of, tasks, with_declared
from workflows.deviations import Departure, Deviation
from workflows.outcomes import Done
from workflows.protocol import Pin, Sample
from workflows.reviewing import Severity

PLAN = replace(PROTOCOL, samples=(Sample(label="S1", target="480"),), pins=(Pin(label="P1", value="4711"),))
TEXT = Finding(
    kind=Found.TEXT_DIFFERS,
    severity=Severity.MUST,
    place="Analysis",
    promised="The seed is 4711.",
    reported="The seed was 1234.",
    sentence="The number differs.",
    topic=Kind.PIN_DIFFERS.value,
    sureness=0.8,
)
NOTE = replace(TEXT, severity=Severity.NOTE, promised="Six models.", reported="Six.")


def test_what_one_press_answers_comes_first_and_what_asks_nothing_last() -> None:
    differently = with_answer(OUTCOMES, "H1", done=Done.DIFFERENTLY, account="Two models.")
    found = (NOTE, TEXT, *compare(PLAN, differently, ()))
    listed = tasks(PLAN, found, {})
    assert [(task.effort, task.finding.place) for task in listed] == [
        (Effort.ONE_PRESS, "S1"),
        (Effort.ONE_PRESS, "P1"),
        (Effort.DECLARING, "H1"),
        (Effort.READING, "Analysis"),
        (Effort.NONE, "Analysis"),
    ]
    assert [task.is_open for task in listed] == [False, False, True, True, False]
    assert [task.is_gap for task in listed] == [True, True, False, False, False]


def test_the_surer_comes_first_among_texts_and_what_is_answered_goes_down() -> None:
    surer = replace(TEXT, sureness=0.9, promised="Alpha is .05.")
    assert [task.finding for task in tasks(PLAN, (TEXT, surer), {})] == [surer, TEXT]
    listed = tasks(PLAN, (TEXT, surer), {surer.mark: "It is a typing error of the protocol."})
    assert [(task.finding, task.is_open) for task in listed] == [(TEXT, True), (surer, False)]


def test_a_deviation_begun_from_a_finding_names_its_row_and_kind() -> None:
    row = next(each for each in compare(PLAN, OUTCOMES, ()) if each.place == "P1")
    begun = as_deviation(PLAN, row)
    assert (begun.row, begun.kind, begun.finding) == ("P1", Departure.MATERIALS, row.mark)
    assert begun.what == "Not done as registered: 4711"
    of_text = as_deviation(PLAN, TEXT)
    assert (of_text.row, of_text.kind, of_text.what) == ("", Departure.MATERIALS, "The seed was 1234.")
    gone = as_deviation(PLAN, replace(TEXT, wording=Wording.NOT_FOUND))
    assert gone.what == "Not done as registered: The seed is 4711."


@pytest.mark.parametrize(("what", "state"), [("Another seed.", State.DECLARED), ("", State.OPEN)])
def test_a_finding_is_declared_while_the_deviation_made_from_it_says_something(what: str, state: State) -> None:
    told = with_declared((TEXT,), (Deviation(what=what, finding=TEXT.mark),))
    assert [beginning(each) for each in told] == [state]
    assert told[0].mark == TEXT.mark


def test_a_deviation_of_another_finding_declares_nothing() -> None:
    assert with_declared((TEXT,), (Deviation(what="Other.", finding=NOTE.mark),)) == (TEXT,)
    assert effort_of(PLAN, TEXT) is Effort.READING
