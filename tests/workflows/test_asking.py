"""What stage 2 asks of a row: p-values, Bayes factors and further metrics, only where the row is about them."""

from dataclasses import replace

import pytest

from tests.workflows.examples import PROTOCOL
from workflows.asking import asks_bayes_factor, asks_p, metrics_asked
from workflows.protocol import Analysis, Clause, Comparator, Comparison, Protocol, Row, Rule, Statistic
from workflows.verdicts import Verdict


def asked(protocol: Protocol) -> tuple[bool, bool]:
    return asks_p(protocol, protocol.rows[0]), asks_bayes_factor(protocol, protocol.rows[0])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Supported if p < .05, two-sided.", (True, False)),
        ("Supported if the p-value is below alpha.", (True, False)),
        ("Supported if BF10 > 10.", (False, True)),
        ("Supported if the Bayes factor exceeds 10.", (False, True)),
        ("Supported if the interval lies above 0.15.", (False, False)),
        ("Top-p sampling; supported if the interval excludes 0.", (False, False)),
    ],
)
def test_words_of_the_rule_say_what_is_asked(words: str, expected: tuple[bool, bool]) -> None:
    row = replace(PROTOCOL.rows[0], decision_rule=words)
    assert asked(replace(PROTOCOL, rows=(row,))) == expected


def test_an_analysis_that_bears_on_the_row_counts_and_another_does_not() -> None:
    test = Analysis(label="A1", rows=("H1",), threshold="alpha = .05")
    assert asked(replace(PROTOCOL, analyses=(test,))) == (True, False)
    assert asked(replace(PROTOCOL, analyses=(replace(test, rows=("RQ1",)),))) == (False, False)


def test_a_built_rule_says_exactly_what_it_needs() -> None:
    interval = Comparison(metric="recall", statistic=Statistic.INTERVAL, comparator=Comparator.ABOVE, than="baseline")
    own = Comparison(metric="H1", statistic=Statistic.BAYES_FACTOR, comparator=Comparator.ABOVE, value="10")
    rule = Rule(clauses=(Clause(verdict=Verdict.SUPPORTED, when=(own, interval)),))
    row = Row(label="H1", decision_rule="p < .05", rule=rule)
    assert asked(replace(PROTOCOL, rows=(row,))) == (False, True)
    expected = (("recall", frozenset({Statistic.INTERVAL})), ("baseline", frozenset({Statistic.ESTIMATE})))
    assert metrics_asked(row) == expected
