"""Which findings an editor may dismiss, and when."""

import pytest

from workflows.conformance import State
from workflows.conformance.ruling import NONE_MARKED, NOT_NOW, RULING, UPHELD, may_dismiss, may_rule
from workflows.reviewing import Severity
from workflows.stages import PROPOSED_2, Stage


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("state", State)
def test_only_what_bars_acceptance_is_dismissed(severity: Severity, state: State) -> None:
    expected = None if severity is not Severity.NOTE and state is State.OPEN else NONE_MARKED
    assert may_dismiss(severity, state, upheld=False) == expected


def test_what_is_upheld_is_not_dismissed() -> None:
    assert may_dismiss(Severity.MUST, State.OPEN, upheld=True) == UPHELD


@pytest.mark.parametrize("stage", Stage)
def test_it_is_done_while_results_are_weighed_and_no_decision_waits(stage: Stage) -> None:
    assert (may_rule(stage, clocks_stopped=False) is None) == (stage in RULING)
    assert may_rule(stage, clocks_stopped=True) == NOT_NOW


def test_a_proposal_closes_it() -> None:
    assert not set(PROPOSED_2) & set(RULING)
