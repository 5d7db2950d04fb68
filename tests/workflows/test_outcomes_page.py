"""The page docs/outcomes.md tells the rule as the code has it."""

import re
from pathlib import Path

import pytest

from tests.workflows.examples import OUTCOMES, PROTOCOL, with_answer, with_check
from workflows.outcomes import Outcome, Passed, conclude, verdicts_for
from workflows.protocol import Kind
from workflows.verdicts import Verdict

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "outcomes.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
CELLS = {verdict.strip(): (tested, untested) for verdict, tested, untested in LINES}
OUTCOME = re.compile("|".join(re.escape(outcome.words) for outcome in Outcome))
UNINFORMATIVE = with_check(OUTCOMES, "C1", Passed.FAILED)


def told(label: str, verdict: Verdict) -> list[Outcome]:
    """The outcomes of a row with all its evidence and without, each once."""
    both = [conclude(PROTOCOL, with_answer(each, label, verdict=verdict), label) for each in (OUTCOMES, UNINFORMATIVE)]
    return list(dict.fromkeys(concluded.outcome for concluded in both))


@pytest.mark.parametrize("verdict", Verdict)
def test_the_page_tells_what_becomes_of_each_verdict(verdict: Verdict) -> None:
    cells = zip(CELLS[verdict.words], ("H1", "RQ1"), (Kind.DIRECTIONAL, Kind.ESTIMATION), strict=True)
    for cell, label, kind in cells:
        if verdict not in verdicts_for(kind):
            assert cell == "not offered"
        else:
            assert OUTCOME.findall(cell) == [outcome.words for outcome in told(label, verdict)]


def test_the_page_has_no_verdict_that_the_rule_does_not_have() -> None:
    assert set(CELLS) == {verdict.words for verdict in Verdict} | {"Verdict", "none yet (an announced protocol)"}
