"""The linter: order, answers, and that it never fails, whatever it is given."""

from dataclasses import replace

from tests.workflows.examples import PROTOCOL
from workflows.lint import lint
from workflows.protocol import Analysis, Answered, Part, Row


def test_a_small_protocol_in_prose_has_nothing_that_must_be_settled() -> None:
    assert [found.rule for found in lint(PROTOCOL) if found.severity == "must"] == []


def test_findings_come_in_the_order_of_the_form() -> None:
    untied = Analysis(label="A1", part=Part.CONFIRMATORY, test="t")
    empty = Row(label="H9")
    found = lint(replace(PROTOCOL, rows=(*PROTOCOL.rows, empty), analyses=(untied,), answered=(Answered(rule="x"),)))
    places = [each.place for each in found if each.severity == "must"]
    assert places == ["rows-2-analysis", "rows-2-hypothesis", "analyses-0-rows"]
    assert found[0].spot == "H9/analysis"
