"""What is decided about two documents: the pairing, the order of findings, p values, and rules on intervals."""

import dataclasses

import pytest

from workflows.comparing.deciding import decide
from workflows.comparing.finding import Evidence, Kind, Observation, Pairing, Place, Span, Wording
from workflows.comparing.pairing import Kinship, pair
from workflows.comparing.rules import Interval, IntervalRule, meets
from workflows.comparing.statistics import agrees, p_of
from workflows.reviewing import Severity

NEAR = Kinship(words_protocol=900, words_manuscript=900, forward=0.9, back=0.85, cosine=0.7, tops=0.5)
FAR = dataclasses.replace(NEAR, forward=0.6, back=0.4, cosine=0.3, tops=0.2)
PAIRINGS = {
    "shared words": (NEAR, Pairing.THIS),
    "few shared words": (FAR, Pairing.STUDY),
    "in between": (dataclasses.replace(FAR, back=0.45, cosine=0.36), Pairing.UNKNOWN),
    "in between, and named": (
        dataclasses.replace(FAR, named=("commit 5e1f0aa",)),
        Pairing.THIS,
    ),
    "another version cited": (dataclasses.replace(NEAR, versions=("version 2.0",)), Pairing.VERSION),
    "the protocol again": (dataclasses.replace(NEAR, copied=0.9, has_results=False), Pairing.VERSION),
    "whole sentences kept": (dataclasses.replace(NEAR, copied=0.9), Pairing.THIS),
    "another language": (dataclasses.replace(FAR, same_language=False), Pairing.UNKNOWN),
    "hardly a word": (dataclasses.replace(NEAR, words_manuscript=12), Pairing.UNKNOWN),
}


@pytest.mark.parametrize(("kinship", "expected"), PAIRINGS.values(), ids=PAIRINGS)
def test_the_pairing_follows_from_what_is_shared(kinship: Kinship, expected: Pairing) -> None:
    found, why = pair(kinship)
    assert found is expected
    assert why


# From the tables of R: 2 * pt(-abs(t), df), pf(..., lower.tail = FALSE), pchisq, pnorm.
PS = (
    ("z", 1.959964, 0, 0, 0.05),
    ("t", 2.085963, 20, 0, 0.05),
    ("t", -3.9, 19, 0, 0.000962810),
    ("t", 0.0, 7, 0, 1.0),
    ("F", 3.18261, 2, 50, 0.05),
    ("chi2", 3.841459, 1, 0, 0.05),
    ("chi2", 20.0, 10, 0, 0.029252688),
    ("r", 0.3, 98, 0, 0.002425734),
)


@pytest.mark.parametrize(("test", "statistic", "first", "second", "expected"), PS)
def test_p_values_are_exact(test: str, statistic: float, first: float, second: float, expected: float) -> None:
    assert p_of(test, statistic, first, second) == pytest.approx(expected, rel=1e-4)


def test_a_statistic_without_degrees_of_freedom_has_no_p() -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        p_of("t", 2.0)


@pytest.mark.parametrize(
    ("p", "sign", "claimed", "halved", "expected"),
    [
        (0.0104, "=", ".010", False, True),
        (0.0104, "=", ".01", False, True),
        (0.0204, "=", ".01", False, False),
        (0.0204, "=", ".01", True, True),
        (0.0004, "<", ".001", False, True),
        (0.23, "<", ".001", False, False),
        (0.06, ">", ".05", False, True),
    ],
)
def test_a_claimed_p_is_read_as_it_is_rounded(
    p: float, sign: str, claimed: str, *, halved: bool, expected: bool
) -> None:
    assert agrees(p, sign, claimed, halved=halved) is expected


@pytest.mark.parametrize(
    ("rule", "interval", "expected"),
    [
        (IntervalRule("above", 15), Interval(22.1, 32.9), True),
        (IntervalRule("above", 15), Interval(12.0, 32.9), False),
        (IntervalRule("at least", 0.8, "lower"), Interval(0.8, 0.9), True),
        (IntervalRule("below", 0.8, "upper"), Interval(0.69, 0.78), True),
        (IntervalRule("within", 0.05), Interval(-0.01, 0.03), True),
        (IntervalRule("within", 0.05), Interval(-0.06, 0.03), False),
        (IntervalRule("excludes", 0), Interval(-0.02, 0.01), False),
    ],
)
def test_an_interval_meets_a_rule_or_does_not(rule: IntervalRule, interval: Interval, *, expected: bool) -> None:
    assert meets(rule, interval) is expected


def _seen(kind: Kind, quote: str, strength: float = 0.9, declared: Span | None = None) -> Observation:
    span = Span(quote, Place("protocol.md", 1))
    return Observation(
        kind=kind,
        strength=strength,
        weight=0.9,
        about="H1",
        protocol=span,
        evidence=Evidence.TEXT,
        declared=declared,
    )


def test_the_gravest_and_surest_come_first_and_declared_ones_last() -> None:
    declared = Span("We dropped it.", Place("log.md", 3))
    found = decide(
        [
            _seen(Kind.ANALYSIS_MISSING, "a", 0.4),
            _seen(Kind.HYPOTHESIS_MISSING, "b", declared=declared),
            _seen(Kind.LABEL_REUSED, "c"),
            _seen(Kind.GATE_MISSING, "d", 0.6),
        ]
    )
    assert [one.protocol.quote for one in found if one.protocol] == ["c", "d", "a", "b"]
    assert [one.severity for one in found] == [Severity.MUST, Severity.SHOULD, Severity.SHOULD, Severity.NOTE]
    assert found[-1].declared
    assert found[-1].reason == declared


def test_one_stretch_of_the_protocol_is_missing_only_once() -> None:
    found = decide([_seen(Kind.HYPOTHESIS_MISSING, "same"), _seen(Kind.ANALYSIS_MISSING, "same")])
    assert [one.kind for one in found] == [Kind.HYPOTHESIS_MISSING]


def test_what_is_weak_is_left_out() -> None:
    assert decide([_seen(Kind.ANALYSIS_MISSING, "a", 0.05)]) == ()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_calm_sentence_and_one_of_three_wordings(kind: Kind) -> None:
    (found,) = decide([_seen(kind, "a")])
    assert found.wording in Wording
    assert found.why.endswith(".")
    assert not any(word in found.why.lower() for word in ("fraud", "fail", "violat", "wrong", "misconduct", "hid"))
