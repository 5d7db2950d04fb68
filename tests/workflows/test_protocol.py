"""What a protocol must say before it can be submitted: each single fault has its refusal, at its place."""

from dataclasses import fields, replace

import pytest

from tests.workflows.examples import PROTOCOL
from workflows.protocol import (
    ABSTRACT_LIMIT,
    BIAS_LEVELS,
    LABEL_LIMIT,
    TITLE_LIMIT,
    Analysis,
    Check,
    Kind,
    Known,
    Part,
    Protocol,
    Statements,
    derived_level,
    gaps,
)

H1, RQ1 = PROTOCOL.rows
C1, C2 = PROTOCOL.checks


def with_row(**changes: object) -> Protocol:
    """The protocol with changes to H1."""
    return replace(PROTOCOL, rows=(replace(H1, **changes), RQ1))  # type: ignore[arg-type]


def with_check(**changes: object) -> Protocol:
    """The protocol with changes to C1."""
    return replace(PROTOCOL, checks=(replace(C1, **changes), C2))  # type: ignore[arg-type]


def test_a_complete_protocol_lacks_nothing() -> None:
    assert gaps(PROTOCOL) == ()


@pytest.mark.parametrize(
    ("protocol", "code", "field"),
    [
        (replace(PROTOCOL, title=" "), "title_missing", "title"),
        (replace(PROTOCOL, title="x" * (TITLE_LIMIT + 1)), "title_long", "title"),
        (replace(PROTOCOL, abstract=""), "abstract_missing", "abstract"),
        (replace(PROTOCOL, abstract="x" * (ABSTRACT_LIMIT + 1)), "abstract_long", "abstract"),
        (replace(PROTOCOL, topics=()), "topics_missing", "topics"),
        (replace(PROTOCOL, rows=(), checks=(C2,)), "rows_missing", "rows"),
        (replace(with_row(label=" "), checks=(C2,)), "label_missing", "rows-0-label"),
        (replace(with_row(label="H" * (LABEL_LIMIT + 1)), checks=(C2,)), "label_long", "rows-0-label"),
        (replace(PROTOCOL, rows=(H1, replace(RQ1, label="H1"))), "label_twice", "rows-1-label"),
        (replace(PROTOCOL, rows=(H1, replace(RQ1, label=" h1 "))), "label_twice", "rows-1-label"),
        (with_row(hypothesis=" "), "hypothesis_missing", "rows-0-hypothesis"),
        (replace(PROTOCOL, rows=(H1, replace(RQ1, question=" "))), "question_missing", "rows-1-question"),
        *((with_row(**{name: " "}), f"{name}_missing", f"rows-0-{name}") for name in ("sampling", "analysis")),
        *(
            (with_row(**{name: ""}), f"{name}_missing", f"rows-0-{name}")
            for name in ("decision_rule", "interpretation")
        ),
        *(
            (with_row(smallest_effect=text), "smallest_effect_invalid", "rows-0-smallest_effect")
            for text in ("some", "0", "-0.1", "1_0", "0,1")
        ),
        (with_check(label=""), "label_missing", "checks-0-label"),
        (with_check(label="C" * (LABEL_LIMIT + 1)), "label_long", "checks-0-label"),
        (with_check(label="c2"), "label_twice", "checks-1-label"),
        (with_check(label="H1"), "label_twice", "checks-0-label"),
        (with_check(what=""), "what_missing", "checks-0-what"),
        (with_check(consequence=" "), "consequence_missing", "checks-0-consequence"),
        (with_check(rows=("H1", "H7")), "check_row_unknown", "checks-0-rows"),
        *(
            (replace(PROTOCOL, statements=replace(PROTOCOL.statements, **{f.name: ""})), f"{f.name}_missing", f.name)
            for f in fields(Statements)
        ),
        (replace(PROTOCOL, files=()), "manuscript_missing", "manuscript"),
    ],
)
def test_a_single_fault_has_its_own_refusal_at_its_place(protocol: Protocol, code: str, field: str) -> None:
    assert [(gap.code, gap.field) for gap in gaps(protocol)] == [(code, field)]


@pytest.mark.parametrize("kind", Kind)
def test_a_hypothesis_is_asked_for_only_where_something_is_tested(kind: Kind) -> None:
    codes = {gap.code for gap in gaps(with_row(kind=kind, hypothesis=""))}
    assert codes == ({"hypothesis_missing"} if kind.tests else set())


def test_a_smallest_effect_a_threshold_and_checks_are_not_demanded() -> None:
    assert gaps(with_row(smallest_effect="")) == ()
    assert gaps(with_check(threshold="")) == ()
    assert gaps(replace(PROTOCOL, checks=())) == ()


def test_the_longest_title_label_and_abstract_still_pass() -> None:
    longest = replace(PROTOCOL, title="x" * TITLE_LIMIT, abstract="y" * ABSTRACT_LIMIT, checks=(C2,))
    assert gaps(replace(longest, rows=(replace(H1, label="H" * LABEL_LIMIT),))) == ()


def test_an_empty_protocol_is_told_everything_in_the_order_of_the_form() -> None:
    places = [gap.field for gap in gaps(Protocol(checks=(Check(label=""),)))]
    assert places[:4] == ["title", "abstract", "topics", "rows"]
    assert places[4:7] == ["checks-0-label", "checks-0-what", "checks-0-consequence"]
    assert places[-1] == "manuscript"


def test_a_check_that_names_no_row_bears_on_every_row() -> None:
    assert PROTOCOL.checks_of("H1") == (C1, C2)
    assert PROTOCOL.checks_of("RQ1") == (C2,)


def test_a_row_is_found_by_its_label() -> None:
    assert PROTOCOL.row("RQ1") == RQ1
    assert PROTOCOL.row("H2") is None


def test_every_bias_level_from_six_to_none_has_its_words() -> None:
    assert list(BIAS_LEVELS) == [6, 5, 4, 3, 2, 1, 0]


def test_the_level_of_bias_control_follows_from_what_is_known_of_each_analysis() -> None:
    first = Analysis(label="A1", known=Known.NO_DATA)
    second = Analysis(label="A2", known=Known.NOT_OBSERVED)
    explored = Analysis(label="A3", part=Part.EXPLORATORY, known=Known.RUN)
    assert derived_level(Protocol(analyses=(first,))) == 6
    assert derived_level(Protocol(analyses=(first, second, explored))) == 3
    assert derived_level(Protocol(analyses=(first, Analysis(label="A2")))) is None
    assert derived_level(Protocol(analyses=(Analysis(label="A1", known=Known.RUN),))) == 0
    assert derived_level(Protocol()) is None
