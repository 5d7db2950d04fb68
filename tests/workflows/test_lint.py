"""The linter: order, answers, half a page, and that it never fails, whatever it is given."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.any_protocol import any_protocol
from tests.workflows.examples import PROTOCOL
from tests.workflows.faults.sound import SOUND, also, changed, sample
from workflows.lint import RULES, lint
from workflows.protocol import Analysis, Answered, Dates, Part, Protocol, Row
from workflows.reviewing import Severity

# What people write, and what nobody should: it is drawn on where any protocol is made.
TEXTS = st.sampled_from(
    (
        "",
        " ",
        "H1",
        "As H1.",
        "0.05",
        "−2",
        "2e9",
        "1e99",
        "1,800",
        "x",
        "600 tasks",
        "p < 2",
        "α = .05",
        "TODO",
        "2027-02-30",
    )
) | st.text(max_size=12)


@given(any_protocol(TEXTS))
def test_it_says_something_of_any_protocol(protocol: Protocol) -> None:
    found = lint(protocol, today="2027-01-15")
    assert list(found) == list(lint(protocol, today="2027-01-15"))
    names = {rule.name for rule in RULES}
    assert all(each.rule in names and each.words and each.place for each in found)


def test_an_empty_protocol_has_nothing_wrong_in_it() -> None:
    assert lint(Protocol()) == ()


def test_a_small_protocol_in_prose_has_nothing_that_must_be_settled() -> None:
    assert [found.rule for found in lint(PROTOCOL) if found.severity is Severity.MUST] == []


def test_findings_come_in_the_order_of_the_form() -> None:
    protocol = also(
        Row(label="H9", decision_rule="TODO"),
        analyses=(Analysis(label="A1", part=Part.CONFIRMATORY, test="t", rows=("H9",)), Analysis(label="A1")),
        dates=Dates(results_due="soon"),
        abstract="TODO",
    )
    musts = [each for each in lint(protocol) if each.severity is Severity.MUST]
    assert [each.place for each in musts] == [
        "abstract",
        "dates-results_due",
        "rows-1-hypothesis",
        "rows-1-decision_rule",
        "analyses-1-label",
    ]


def test_at_one_place_what_must_be_settled_comes_first() -> None:
    found = lint(changed(samples=(sample(target="about 600 TODO"),)))
    assert [(each.place, each.severity) for each in found] == [
        ("samples-0-target", Severity.MUST),
        ("samples-0-target", Severity.SHOULD),
    ]


def test_an_answer_stands_beside_its_finding_wherever_the_row_moves() -> None:
    answered = Answered(rule="check-missing", place="H1/label", reason="A pilot showed it.")
    protocol = replace(SOUND, checks=(), answered=(answered,))
    (found,) = lint(protocol)
    assert (found.rule, found.answer) == ("check-missing", "A pilot showed it.")
    moved = replace(protocol, rows=(replace(SOUND.rows[0], label="H0", primary=False), *protocol.rows))
    assert [(each.place, each.answer) for each in lint(moved)] == [("rows-1-label", "A pilot showed it.")]


@pytest.mark.parametrize(("rule", "place"), [("label-missing", "/label"), ("check-missing", "C1/label")])
def test_only_a_should_can_be_answered_and_only_where_it_stands(rule: str, place: str) -> None:
    answered = Answered(rule=rule, place=place, reason="Never mind.")
    protocol = replace(SOUND, checks=(replace(SOUND.checks[0], label=""),), answered=(answered,))
    protocol = replace(protocol, rows=(*protocol.rows, replace(SOUND.rows[0], label="RQ1", primary=False)))
    assert {each.answer for each in lint(protocol)} == {""}


def test_days_that_have_passed_are_looked_at_only_when_the_day_is_known() -> None:
    protocol = changed(dates=Dates(collection_start="2020-01-01"))
    assert lint(protocol) == ()
    assert [each.rule for each in lint(protocol, today="2027-01-15")] == ["date-has-passed"]
