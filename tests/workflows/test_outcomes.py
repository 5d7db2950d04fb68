"""What a reader is told of a row: from its verdict, its kind and the evidence that the study could have found out."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import OUTCOMES, PROTOCOL, with_answer, with_check
from workflows.outcomes import Done, Outcome, Outcomes, Passed, conclude, is_null_result, verdicts_for
from workflows.protocol import Kind, Protocol, Row, number
from workflows.unanswered import gaps
from workflows.verdicts import Verdict

H1 = PROTOCOL.rows[0]
INFORMATIVE = OUTCOMES
UNINFORMATIVE = with_check(OUTCOMES, "C1", Passed.FAILED)


def with_kind(kind: Kind, protocol: Protocol = PROTOCOL) -> Protocol:
    """The protocol in which H1 is of `kind`."""
    return replace(protocol, rows=(replace(protocol.rows[0], kind=kind), *protocol.rows[1:]))


Told = dict[Verdict | None, tuple[Outcome, Outcome]]
TESTED: Told = {
    None: (Outcome.NO_RESULT_YET, Outcome.NO_RESULT_YET),
    Verdict.SUPPORTED: (Outcome.SUPPORTED, Outcome.SUPPORTED),
    Verdict.CONTRADICTED: (Outcome.CONTRADICTED, Outcome.CONTRADICTED),
    Verdict.INCONCLUSIVE: (Outcome.NULL_INFORMATIVE, Outcome.UNINFORMATIVE),
    Verdict.NOT_TESTABLE: (Outcome.UNINFORMATIVE, Outcome.UNINFORMATIVE),
    Verdict.NOT_TESTED: (Outcome.NOT_TESTED, Outcome.NOT_TESTED),
    Verdict.ESTIMATED: (Outcome.ESTIMATED, Outcome.ESTIMATED),
}
ESTIMATED: Told = {
    **dict.fromkeys(Verdict, (Outcome.ESTIMATED, Outcome.ESTIMATED)),
    **{verdict: TESTED[verdict] for verdict in (None, Verdict.NOT_TESTABLE, Verdict.NOT_TESTED)},
}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("verdict", [None, *Verdict])
def test_verdict_kind_and_competence_make_this_outcome(verdict: Verdict | None, kind: Kind) -> None:
    expected = (TESTED if kind.tests else ESTIMATED)[verdict]
    for outcomes, outcome in zip((INFORMATIVE, UNINFORMATIVE), expected, strict=True):
        answered = with_answer(outcomes, "H1", verdict=verdict)
        assert conclude(with_kind(kind), answered, "H1").outcome is outcome


def test_a_row_without_an_answer_has_no_result_yet() -> None:
    assert conclude(PROTOCOL, Outcomes(), "H1").outcome is Outcome.NO_RESULT_YET


def test_a_row_that_the_protocol_does_not_have_is_a_bug() -> None:
    with pytest.raises(KeyError):
        conclude(PROTOCOL, OUTCOMES, "H9")


@pytest.mark.parametrize(
    ("protocol", "outcomes", "missing"),
    [
        (PROTOCOL, OUTCOMES, ()),
        (PROTOCOL, with_check(OUTCOMES, "C1", Passed.FAILED), ("C1 did not pass",)),
        (PROTOCOL, with_check(OUTCOMES, "C2", Passed.NOT_RUN), ("C2 was not run",)),
        (PROTOCOL, with_check(OUTCOMES, "C2", None), ("C2 has no result yet",)),
        (PROTOCOL, replace(OUTCOMES, checks=OUTCOMES.checks[:1]), ("C2 has no result yet",)),
        (replace(PROTOCOL, checks=()), OUTCOMES, ("no outcome-neutral check was registered",)),
        (
            replace(PROTOCOL, rows=(replace(H1, smallest_effect=""),)),
            OUTCOMES,
            ("no smallest effect of interest was registered",),
        ),
        (PROTOCOL, with_answer(OUTCOMES, "H1", low=""), ("no interval is reported",)),
        (PROTOCOL, with_answer(OUTCOMES, "H1", high="about 1"), ("no interval is reported",)),
        (
            PROTOCOL,
            with_answer(OUTCOMES, "H1", high="0.15"),
            ("the interval does not exclude effects as large as the smallest of interest",),
        ),
        (
            PROTOCOL,
            with_answer(OUTCOMES, "H1", low="0.07", high="-0.05"),
            ("the interval does not exclude effects as large as the smallest of interest",),
        ),
        (PROTOCOL, with_answer(OUTCOMES, "H1", level="90"), ()),
        (PROTOCOL, with_answer(OUTCOMES, "H1", level="89.9"), ("the interval has a level below 90 per cent",)),
        (PROTOCOL, with_answer(OUTCOMES, "H1", level=""), ("the interval has a level below 90 per cent",)),
    ],
)
def test_a_null_says_what_it_lacks_to_be_informative(
    protocol: Protocol, outcomes: Outcomes, missing: tuple[str, ...]
) -> None:
    concluded = conclude(protocol, outcomes, "H1")
    assert concluded.competence.missing == missing
    assert concluded.outcome is (Outcome.UNINFORMATIVE if missing else Outcome.NULL_INFORMATIVE)


@pytest.mark.parametrize(
    ("low", "high", "excluded"),
    [
        ("-0.14", "0.14", True),
        ("\N{MINUS SIGN}0.14", "0.14", True),
        ("-0.149", "-0.01", True),
        ("0.01", "0.149", True),
        ("-0.15", "0.10", False),
        ("-0.10", "0.15", False),
        ("-0.10", "15e-2", False),
        ("-0.20", "0.20", False),
        ("0.16", "0.20", False),
        ("-0.20", "-0.16", False),
    ],
)
def test_an_interval_excludes_the_smallest_effect_on_both_sides(low: str, high: str, *, excluded: bool) -> None:
    outcome = conclude(PROTOCOL, with_answer(OUTCOMES, "H1", low=low, high=high), "H1").outcome
    assert outcome is (Outcome.NULL_INFORMATIVE if excluded else Outcome.UNINFORMATIVE)


@given(passed=st.lists(st.sampled_from([None, *Passed]), min_size=2, max_size=2))
def test_checks_are_counted_and_no_more_pass_than_were_registered(passed: list[Passed | None]) -> None:
    outcomes = with_check(with_check(OUTCOMES, "C1", passed[0]), "C2", passed[1])
    competence = conclude(PROTOCOL, outcomes, "H1").competence
    assert competence.registered == 2
    assert competence.passed == passed.count(Passed.PASSED)
    assert len(competence.missing) == 2 - competence.passed


def test_a_check_that_names_other_rows_does_not_bear_on_this_one() -> None:
    competence = conclude(PROTOCOL, with_check(OUTCOMES, "C1", Passed.FAILED), "RQ1").competence
    assert (competence.registered, competence.passed) == (1, 1)


DIRECTIONAL = Row(label="H1", kind=Kind.DIRECTIONAL)
EQUIVALENCE = Row(label="H2", kind=Kind.EQUIVALENCE)
SECONDARY = Row(label="H3", kind=Kind.DIRECTIONAL, primary=False)
ESTIMATION = Row(label="RQ1", kind=Kind.ESTIMATION)


@pytest.mark.parametrize(
    ("rows", "verdicts", "null"),
    [
        ([DIRECTIONAL], [Verdict.SUPPORTED], False),
        ([DIRECTIONAL], [Verdict.CONTRADICTED], True),
        ([DIRECTIONAL], [Verdict.INCONCLUSIVE], True),
        ([DIRECTIONAL], [Verdict.NOT_TESTABLE], True),
        ([DIRECTIONAL], [None], True),
        ([EQUIVALENCE], [Verdict.SUPPORTED], True),
        ([DIRECTIONAL, EQUIVALENCE], [Verdict.SUPPORTED, Verdict.SUPPORTED], False),
        ([DIRECTIONAL, DIRECTIONAL], [Verdict.INCONCLUSIVE, Verdict.SUPPORTED], False),
        ([DIRECTIONAL, SECONDARY], [Verdict.INCONCLUSIVE, Verdict.SUPPORTED], True),
        ([SECONDARY], [Verdict.INCONCLUSIVE], False),
        ([ESTIMATION], [Verdict.ESTIMATED], False),
        ([], [], False),
    ],
)
def test_a_report_is_a_null_result_when_no_primary_directional_hypothesis_is_supported(
    rows: list[Row], verdicts: list[Verdict | None], *, null: bool
) -> None:
    assert is_null_result(rows, verdicts) is null


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.3", "0.3"),
        (" -0.3 ", "-0.3"),
        ("\N{MINUS SIGN}0.3", "-0.3"),
        ("+1", "1"),
        (".5", "0.5"),
        ("5.", "5"),
        ("2e-4", "0.0002"),
        ("2E4", "20000"),
    ],
)
def test_these_are_numbers(text: str, value: str) -> None:
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "many", "0,3", "1 000", "1_000", "--1", "1e", "e5", ".", "NaN", "sNaN", "Infinity", "-inf", "0x10"),
        *("\N{ARABIC-INDIC DIGIT THREE}", "1e999999999", "9" * 41),
    ],
)
def test_these_are_no_numbers(text: str) -> None:
    assert number(text) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_as_an_interval_leads_to_an_outcome(text: str) -> None:
    outcomes = with_answer(OUTCOMES, "H1", low=text, high=text, level=text)
    assert conclude(PROTOCOL, outcomes, "H1").outcome in {Outcome.NULL_INFORMATIVE, Outcome.UNINFORMATIVE}
    list(gaps(PROTOCOL, outcomes))


def answer_of(label: str, **changes: object) -> Outcomes:
    """The outcomes with these changes to one answer."""
    return with_answer(OUTCOMES, label, **changes)


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        (OUTCOMES, []),
        (answer_of("H1", done=None), [("done_missing", "outcomes-0-done")]),
        (answer_of("H1", verdict=None), [("verdict_missing", "outcomes-0-verdict")]),
        (answer_of("RQ1", verdict=None), [("verdict_missing", "outcomes-1-verdict")]),
        (answer_of("H1", verdict=Verdict.NOT_TESTED), [("why_missing", "outcomes-0-why")]),
        (answer_of("H1", verdict=Verdict.NOT_TESTABLE, why=" "), [("why_missing", "outcomes-0-why")]),
        (answer_of("H1", verdict=Verdict.NOT_TESTED, why="Power cut."), []),
        (answer_of("H1", verdict=Verdict.ESTIMATED), [("verdict_unfit", "outcomes-0-verdict")]),
        (answer_of("RQ1", verdict=Verdict.SUPPORTED), [("verdict_unfit", "outcomes-1-verdict")]),
        (answer_of("H1", done=Done.NOT_DONE), [("verdict_without_test", "outcomes-0-verdict")]),
        (answer_of("H1", done=Done.NOT_DONE, verdict=Verdict.NOT_TESTED, why="Power cut."), []),
        (answer_of("H1", done=Done.DIFFERENTLY), [("account_missing", "outcomes-0-account")]),
        (answer_of("H1", done=Done.DIFFERENTLY, account="Fewer prompts."), []),
        (answer_of("H1", estimate="much"), [("number_invalid", "outcomes-0-estimate")]),
        (answer_of("H1", low="low"), [("number_invalid", "outcomes-0-low")]),
        (answer_of("H1", high="0,7"), [("number_invalid", "outcomes-0-high")]),
        (answer_of("H1", low="0.2", high="0.1"), [("interval_reversed", "outcomes-0-high")]),
        (answer_of("H1", level=""), [("level_invalid", "outcomes-0-level")]),
        (answer_of("H1", level="100"), [("level_invalid", "outcomes-0-level")]),
        (answer_of("H1", level="0"), [("level_invalid", "outcomes-0-level")]),
        (answer_of("RQ1", level=""), []),
        (with_check(OUTCOMES, "C2", None), [("check_missing", "checks-1-passed")]),
        (with_check(OUTCOMES, "C2", Passed.NOT_RUN), []),
        (replace(OUTCOMES, checks=()), [("check_missing", "checks-0-passed"), ("check_missing", "checks-1-passed")]),
    ],
)
def test_answers_lack_this_before_they_can_be_submitted(outcomes: Outcomes, found: list[tuple[str, str]]) -> None:
    assert [(gap.code, gap.field) for gap in gaps(PROTOCOL, outcomes)] == found


def test_every_row_and_every_check_wants_an_answer() -> None:
    places = {gap.field for gap in gaps(PROTOCOL, Outcomes())}
    assert places == {
        *("outcomes-0-done", "outcomes-0-verdict", "outcomes-1-done", "outcomes-1-verdict"),
        *("checks-0-passed", "checks-1-passed"),
    }


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_row_can_be_answered_and_can_fail(kind: Kind) -> None:
    verdicts = verdicts_for(kind)
    assert {Verdict.NOT_TESTABLE, Verdict.NOT_TESTED} < set(verdicts)
    assert (Verdict.ESTIMATED in verdicts) is not kind.tests
    assert (Verdict.SUPPORTED in verdicts) is kind.tests


def test_an_answer_is_found_by_its_label() -> None:
    assert OUTCOMES.row("RQ1") == OUTCOMES.rows[1]
    assert OUTCOMES.check("C2") == OUTCOMES.checks[1]
    assert OUTCOMES.row("C2") is None
    assert OUTCOMES.check("H1") is None
