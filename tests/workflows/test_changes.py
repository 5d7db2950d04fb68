"""What differs between two versions of a protocol: parts are known by their labels, and no difference is missed."""

from dataclasses import fields, replace

import pytest

from tests.workflows.examples import PROTOCOL
from workflows.changes import Change, Fate, changed, compare, only_adds
from workflows.protocol import (
    Analysis,
    Answered,
    Clause,
    Comparison,
    Contingency,
    Dates,
    Exclusion,
    Known,
    Measure,
    Opening,
    Paper,
    Pin,
    Promise,
    Promises,
    Protocol,
    Row,
    Rule,
    Sample,
    Setting,
    Statements,
)
from workflows.verdicts import Verdict

H1, RQ1 = PROTOCOL.rows
H2 = Row(label="H2", question="And in Welsh?")
RULE = Rule(clauses=(Clause(verdict=Verdict.SUPPORTED, when=(Comparison(value="2"),)),))

OTHERWISE: dict[str, object] = {
    "title": "Another title",
    "abstract": "Another abstract.",
    "topics": ("honesty",),
    "rows": (replace(H1, rule=RULE), RQ1),
    "checks": (replace(PROTOCOL.checks[0], rows=("H1", "RQ1")), PROTOCOL.checks[1]),
    "bias_level": 3,
    "bias_account": "Ten prompts were seen.",
    "statements": Statements(funding="A grant."),
    "files": (),
    "settings": (Setting.SIMULATION,),
    "measures": (Measure(label="M1", what="Accuracy"),),
    "samples": (Sample(label="S1", target="40"),),
    "exclusions": (Exclusion(label="X1", what="Refusals"),),
    "analyses": (Analysis(label="A1", known=Known.NO_DATA),),
    "contingencies": (Contingency(label="B1", condition="If it fails"),),
    "pins": (Pin(label="P1", value="a model"),),
    "contamination": "Held out.",
    "exploratory": "Layers.",
    "papers": (Paper(label="First", rows=("H1",)),),
    "promises": Promises(data=Promise(opening=Opening.YES, place="Zenodo")),
    "answered": (Answered(rule="SAM1", place="H1/sampling", reason="It is a census."),),
    "dates": Dates(collection_end="2027-06-01"),
}


def fates(changes: tuple[Change, ...]) -> dict[str, Fate]:
    return {change.place: change.fate for change in changes}


def test_a_protocol_does_not_differ_from_itself() -> None:
    assert changed(PROTOCOL, PROTOCOL) == ()
    assert {change.fate for change in compare(PROTOCOL, PROTOCOL)} == {Fate.SAME}


@pytest.mark.parametrize("field", [field.name for field in fields(Protocol)])
def test_no_field_of_a_protocol_changes_unseen(field: str) -> None:
    other = replace(PROTOCOL, **{field: OTHERWISE[field]})  # type: ignore[arg-type]
    assert changed(PROTOCOL, other)
    assert changed(other, PROTOCOL)


def test_both_texts_of_what_changed_are_there() -> None:
    (change,) = changed(PROTOCOL, replace(PROTOCOL, rows=(replace(H1, sampling="2,400 prompts."), RQ1)))
    assert (change.place, change.heading, change.fate) == ("rows/H1", "Row H1", Fate.CHANGED)
    (edit,) = change.differing
    assert (edit.field, edit.before, edit.after) == ("Sampling", H1.sampling, "2,400 prompts.")


def test_a_rule_is_read_back_as_a_sentence() -> None:
    (change,) = changed(PROTOCOL, replace(PROTOCOL, rows=(replace(H1, rule=RULE), RQ1)))
    assert [edit.after for edit in change.differing] == ["H1 is supported if the estimate is above 2."]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((RQ1, H1), {Fate.MOVED}),
        ((H1, H2, RQ1), {Fate.ADDED}),
        ((RQ1,), {Fate.REMOVED}),
        ((H2, RQ1), {Fate.ADDED, Fate.REMOVED}),
        ((), {Fate.REMOVED}),
    ],
)
def test_rows_are_recognised_by_their_labels(rows: tuple[Row, ...], expected: set[Fate]) -> None:
    assert set(fates(changed(PROTOCOL, replace(PROTOCOL, rows=rows))).values()) == expected


def test_a_row_that_moved_and_changed_counts_as_changed() -> None:
    other = replace(PROTOCOL, rows=(RQ1, replace(H1, theory="None.")))
    assert fates(changed(PROTOCOL, other))["rows/H1"] is Fate.CHANGED


def test_what_was_removed_stands_where_it_was() -> None:
    before = replace(PROTOCOL, rows=(H1, H2, RQ1))
    places = [change.place for change in compare(before, PROTOCOL) if change.place.startswith("rows/")]
    assert places == ["rows/H1", "rows/H2", "rows/RQ1"]


def test_labels_that_are_missing_or_twice_hide_nothing() -> None:
    plan = replace(PROTOCOL, rows=(H1, replace(H2, label="H1"), replace(H2, label="")))
    assert len([change for change in compare(plan, plan) if change.place.startswith("rows/")]) == 3


@pytest.mark.parametrize(
    ("after", "adds"),
    [
        (replace(PROTOCOL, rows=(*PROTOCOL.rows, H2)), True),
        (replace(PROTOCOL, rows=(*PROTOCOL.rows, H2), bias_level=5), True),
        (replace(PROTOCOL, rows=(*PROTOCOL.rows, H2), analyses=(Analysis(label="A1"),)), True),
        (replace(PROTOCOL, rows=(replace(H1, theory="None."), RQ1, H2)), False),
        (replace(PROTOCOL, rows=(RQ1, H1, H2)), False),
        (replace(PROTOCOL, rows=(RQ1, H2)), False),
        (replace(PROTOCOL, title="Another title"), False),
    ],
)
def test_what_only_adds_leaves_the_accepted_part_alone(after: Protocol, adds: bool) -> None:  # noqa: FBT001
    assert only_adds(compare(PROTOCOL, after)) is adds
