"""What names a label that is not there any more, and how it follows."""

import pytest

from workflows.protocol import Analysis, Check, Measure, Protocol, Row, Sample
from workflows.relabelling import Orphan, orphans, relabelled

PLAN = Protocol(
    rows=(
        Row(label="H1b", decision_rule="H1 is supported if p < .05, unlike H1a and H1.2."),
        Row(label="H2", sampling="As H1."),
    ),
    checks=(Check(label="C1", rows=("H1", "H2")),),
    measures=(Measure(label="M2", rows=("H2",)),),
    samples=(Sample(label="N1", test="A1"),),
    analyses=(Analysis(label="A2", rows=("H1",), measures=("M1",)),),
)


def test_a_label_that_nothing_has_is_found_with_what_names_it() -> None:
    assert orphans(PLAN) == (
        Orphan(label="H1", group="rows", named_by=("H2", "C1", "A2"), candidates=("H1b", "H2")),
        Orphan(label="A1", group="analyses", named_by=("N1",), candidates=("A2",)),
        Orphan(label="M1", group="measures", named_by=("A2",), candidates=("M2",)),
    )


def test_whatever_names_it_follows_and_its_words_too() -> None:
    after = relabelled(PLAN, "H1", "H1b", group="rows")
    assert [each.label for each in orphans(after)] == ["A1", "M1"]
    assert after.rows[0].decision_rule == "H1b is supported if p < .05, unlike H1a and H1.2."
    assert after.rows[1].sampling == "As H1b."
    assert (after.checks[0].rows, after.analyses[0].rows) == (("H1b", "H2"), ("H1b",))
    assert [row.label for row in after.rows] == ["H1b", "H2"]


@pytest.mark.parametrize(("old", "new", "group"), [("A1", "A2", "analyses"), ("M1", "M2", "measures")])
def test_analyses_and_measures_follow(old: str, new: str, group: str) -> None:
    after = relabelled(PLAN, old, new, group=group)
    assert old not in [each.label for each in orphans(after)]
    assert after.rows == PLAN.rows


def test_a_plan_whose_labels_are_all_there_is_offered_nothing() -> None:
    assert orphans(Protocol(rows=(Row(label="H1"),), checks=(Check(label="C1", rows=("H1",)),))) == ()


def test_where_nothing_could_be_meant_nothing_is_offered() -> None:
    assert orphans(Protocol(checks=(Check(label="C1", rows=("H1",)),))) == ()
