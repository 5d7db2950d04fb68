"""Every rule of the linter: what breaks it breaks nothing else, and its mended twin breaks nothing. Notes count too."""

import pytest

from tests.workflows.faults import numbers, pins, plan
from tests.workflows.faults.sound import SOUND
from workflows.lint import RULES, lint
from workflows.protocol import Protocol
from workflows.reviewing import Criterion, criteria

TODAY = "2027-01-15"
FAULTS: dict[str, tuple[Protocol, Protocol]] = {
    **plan.LABELS,
    **plan.HYPOTHESES,
    **numbers.DECISIONS,
    **numbers.BOUNDS,
    **numbers.AGREEMENT,
    **numbers.SAMPLES,
    **plan.EXCLUSIONS,
    **plan.CHECKS,
    **plan.ANALYSES,
    **numbers.WORDS,
    **pins.PINS,
    **pins.DATES,
}


def broken(protocol: Protocol) -> list[str]:
    return list(dict.fromkeys(found.rule for found in lint(protocol, today=TODAY)))


def test_every_rule_is_broken_once() -> None:
    assert list(FAULTS) == [rule.name for rule in RULES]
    assert len(RULES) >= 40


def test_the_sound_protocol_breaks_none() -> None:
    assert broken(SOUND) == []


@pytest.mark.parametrize("rule", FAULTS)
def test_what_breaks_a_rule_breaks_it_alone(rule: str) -> None:
    assert broken(FAULTS[rule][0]) == [rule]


@pytest.mark.parametrize("rule", FAULTS)
def test_its_mended_twin_breaks_none(rule: str) -> None:
    assert broken(FAULTS[rule][1]) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_why_what_to_do_and_where_it_comes_from(rule: object) -> None:
    texts = [getattr(rule, name) for name in ("wrong", "why", "remedy", "source")]
    assert all(text.strip() for text in texts)
    assert all(text.endswith((".", ":")) for text in texts[:3])
    criterion: Criterion = rule.criterion  # type: ignore[attr-defined]
    assert criterion in criteria(1)
