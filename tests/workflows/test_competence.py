"""What a null would be worth before the data says the same as the rule that judges it afterwards."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.any_protocol import any_protocol
from tests.workflows.faults.sound import (
    ABOVE,
    BELOW,
    CONTRADICTED,
    INCONCLUSIVE,
    SOUND,
    SUPPORTED,
    analysis,
    clause,
    interval,
    sample,
)
from workflows.competence import Worth, prospect
from workflows.outcomes import CheckResult, Done, Outcome, OutcomeRow, Outcomes, Passed, conclude
from workflows.protocol import Basis, Kind, Protocol, Row, Rule, Sides
from workflows.verdicts import Verdict

POWERED = sample(basis=Basis.POWER, alpha="0.05", power="0.9", effect="2", test="A1")
(ROW,) = SOUND.rows
PLANNED = replace(
    SOUND,
    rows=(replace(ROW, smallest_effect="2", unit="points"),),
    samples=(POWERED,),
    analyses=(analysis(sides=Sides.TWO),),
)


def planned(**changes: object) -> Protocol:
    """The plan whose null could inform, with changes to its row."""
    return replace(PLANNED, rows=(replace(PLANNED.rows[0], **changes),))  # type: ignore[arg-type]


def test_a_plan_with_checks_a_smallest_effect_and_power_for_it_can_inform() -> None:
    found = prospect(PLANNED, "H1")
    assert (found.worth, found.registered, found.missing, found.doubts) == (Worth.CAN_INFORM, 1, (), ())


@pytest.mark.parametrize(
    ("protocol", "worth", "words"),
    [
        (replace(PLANNED, checks=()), Worth.CANNOT_INFORM, "No outcome-neutral check"),
        (planned(smallest_effect=""), Worth.CANNOT_INFORM, "No smallest effect"),
        (planned(smallest_effect="-1"), Worth.CANNOT_INFORM, "above 0"),
        (planned(smallest_effect="1"), Worth.DOUBTFUL, "powered for 2"),
        (replace(PLANNED, samples=()), Worth.DOUBTFUL, "Plan power or precision"),
        (replace(PLANNED, samples=(sample(basis=Basis.RESOURCES),)), Worth.DOUBTFUL, "Plan power or precision"),
        (
            replace(PLANNED, checks=(replace(SOUND.checks[0], threshold=""),)),
            Worth.DOUBTFUL,
            "C1 does not say when it passes",
        ),
        (
            planned(rule=Rule(clauses=(clause(SUPPORTED, interval(ABOVE, "0", level="80")),), otherwise=INCONCLUSIVE)),
            Worth.DOUBTFUL,
            "below 90 per cent",
        ),
        (
            planned(rule=Rule(clauses=(clause(SUPPORTED, interval(ABOVE, "0")),), otherwise=CONTRADICTED)),
            Worth.DOUBTFUL,
            "nothing is inconclusive",
        ),
    ],
)
def test_what_is_missing_or_doubtful_is_said_with_what_to_do(protocol: Protocol, worth: Worth, words: str) -> None:
    found = prospect(protocol, "H1")
    assert found.worth is worth
    assert words in " ".join((*found.missing, *found.doubts))


def test_power_said_in_words_is_taken_as_planned() -> None:
    assert (
        prospect(replace(planned(sensitivity="90 % power for 2 points."), samples=()), "H1").worth is Worth.CAN_INFORM
    )


def test_a_row_without_a_hypothesis_has_no_null() -> None:
    assert prospect(planned(kind=Kind.ESTIMATION), "H1").worth is Worth.NO_NULL


def test_a_row_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(KeyError):
        prospect(PLANNED, "H2")


@pytest.mark.parametrize(
    ("changes", "chance"),
    [
        # Error = 2 / (1.960 + 1.282) = 0.617; 2 / 0.617 - 1.960 = 1.282, and 2 Phi(1.282) - 1 = 0.80.
        ({}, 80),
        # The same with the interval of a one-sided test: 3.242 - 1.645 = 1.597, 2 Phi - 1 = 0.89.
        ({"rule": Rule(clauses=(clause(SUPPORTED, interval(BELOW, "0", level="90")),), otherwise=INCONCLUSIVE)}, 89),
        ({"smallest_effect": "1"}, 0),
        ({"smallest_effect": "4"}, 100),
        ({"smallest_effect": ""}, None),
    ],
)
def test_how_often_no_effect_would_be_an_informative_null(changes: dict[str, object], chance: int | None) -> None:
    assert prospect(planned(**changes), "H1").chance == chance


@pytest.mark.parametrize("changes", [{"alpha": "5"}, {"power": "0.9x"}, {"effect": ""}, {"basis": Basis.PRECISION}])
def test_without_a_power_calculation_in_numbers_no_chance_is_given(changes: dict[str, object]) -> None:
    protocol = replace(PLANNED, samples=(replace(POWERED, **changes),))  # type: ignore[arg-type]
    assert prospect(protocol, "H1").chance is None


_TEXTS = st.sampled_from(("", "H1", "0", "0.05", "0.9", "2", "-1", "95", "90 %", "x", "1e99", "1e-99"))


def null(protocol: Protocol, row: Row) -> Outcome:
    """What becomes of the best null there can be: every check passed, an interval as narrow as any."""
    answer = OutcomeRow(label=row.label, verdict=Verdict.INCONCLUSIVE, done=Done.AS_REGISTERED, low="0", high="0")
    checks = tuple(CheckResult(label=check.label, passed=Passed.PASSED) for check in protocol.checks)
    return conclude(protocol, Outcomes(rows=(answer,), checks=checks), row.label).outcome


@given(any_protocol(_TEXTS))
def test_what_cannot_inform_is_uninformative_afterwards_and_what_can_may_be_informative(protocol: Protocol) -> None:
    for row in protocol.rows:
        if protocol.row(row.label) is not row:
            continue
        worth = prospect(protocol, row.label).worth
        expected = {
            Worth.NO_NULL: Outcome.ESTIMATED,
            Worth.CANNOT_INFORM: Outcome.UNINFORMATIVE,
            Worth.DOUBTFUL: Outcome.NULL_INFORMATIVE,
            Worth.CAN_INFORM: Outcome.NULL_INFORMATIVE,
        }
        assert null(protocol, row) is expected[worth]
