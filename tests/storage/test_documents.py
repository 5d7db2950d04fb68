"""Between the rules' dataclasses and JSON: nothing is lost, old documents open, and the digest is of one exact text."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.documents import canonical, from_json, protocol_bytes, protocol_digest, to_json
from workflows.deviations import Deviation, When
from workflows.outcomes import OutcomeRow, Outcomes
from workflows.protocol import (
    Analysis,
    Check,
    Clause,
    Comparison,
    FileDigest,
    Kind,
    Known,
    Opening,
    Pin,
    Promise,
    Promises,
    Protocol,
    Row,
    Rule,
    Setting,
    Statements,
    Statistic,
    Thing,
)
from workflows.verdicts import Verdict

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_COMPARISONS = st.builds(
    Comparison, metric=_WORDS, statistic=st.sampled_from(Statistic), value=_WORDS, negated=st.booleans()
)
_CLAUSES = st.builds(
    Clause, verdict=st.sampled_from(Verdict), when=st.lists(_COMPARISONS, max_size=2).map(tuple), name=_WORDS
)
_RULES = st.builds(
    Rule, clauses=st.lists(_CLAUSES, max_size=2).map(tuple), otherwise=st.none() | st.sampled_from(Verdict)
)
_ROWS = st.builds(
    Row,
    label=_WORDS,
    question=_WORDS,
    kind=st.sampled_from(Kind),
    primary=st.booleans(),
    analysis=_WORDS,
    rule=_RULES,
)
_PROTOCOLS = st.builds(
    Protocol,
    title=_WORDS,
    topics=st.lists(_WORDS, max_size=3).map(tuple),
    rows=st.lists(_ROWS, max_size=3).map(tuple),
    checks=st.lists(st.builds(Check, label=_WORDS, rows=st.lists(_WORDS, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
    analyses=st.lists(
        st.builds(Analysis, label=st.just("A1"), known=st.none() | st.sampled_from(Known)), max_size=2
    ).map(tuple),
    pins=st.lists(st.builds(Pin, label=st.just("P1"), thing=st.none() | st.sampled_from(Thing)), max_size=2).map(tuple),
    settings=st.lists(st.sampled_from(Setting), max_size=2).map(tuple),
    promises=st.builds(Promises, data=st.builds(Promise, opening=st.none() | st.sampled_from(Opening), place=_WORDS)),
    bias_level=st.none() | st.integers(0, 6),
    statements=st.builds(Statements, funding=_WORDS),
    files=st.lists(st.builds(FileDigest, name=_WORDS, sha256=_WORDS, size=st.integers(0, 2**40)), max_size=2).map(
        tuple
    ),
)


@given(_PROTOCOLS)
def test_a_protocol_comes_back_as_it_went(protocol: Protocol) -> None:
    assert from_json(Protocol, json.loads(canonical(protocol))) == protocol


def test_outcomes_and_deviations_come_back_as_they_went() -> None:
    outcomes = Outcomes(rows=(OutcomeRow(label="H1", verdict=Verdict.INCONCLUSIVE, low="−0.1"),))
    deviation = Deviation(row="H1", what="fewer items", when=When.DURING_DATA)
    assert from_json(Outcomes, to_json(outcomes)) == outcomes
    assert from_json(Deviation, to_json(deviation)) == deviation


def test_a_document_of_an_older_version_opens() -> None:
    assert from_json(Protocol, {"title": "Old", "forgotten_field": 1}) == Protocol(title="Old")


def test_the_digest_is_of_the_canonical_bytes() -> None:
    protocol = Protocol(title="Übertragung ≥ 0.15", rows=(Row(label="H1"),))
    assert protocol_digest(protocol) == hashlib.sha256(protocol_bytes(protocol)).hexdigest()
    assert protocol_bytes(protocol) == (
        b'{"rows":[{"kind":"directional","label":"H1","primary":true}],"title":"'
        + "Übertragung ≥ 0.15".encode()
        + b'"}'
    )


def test_what_a_later_version_asks_besides_changes_no_digest() -> None:
    """What is empty is left out, so a field with an empty default may be added at any time."""
    assert protocol_bytes(Protocol()) == b"{}"
    assert protocol_bytes(Protocol(bias_level=0)) == b'{"bias_level":0}'


@given(_PROTOCOLS)
def test_the_bytes_that_are_digested_hold_the_whole_protocol(protocol: Protocol) -> None:
    labelled = replace(protocol, rows=tuple(replace(row, label=f"H{row.label}") for row in protocol.rows))
    labelled = replace(labelled, checks=tuple(replace(check, label=f"C{check.label}") for check in labelled.checks))
    labelled = replace(labelled, files=tuple(replace(file, name="m", sha256="d") for file in labelled.files))
    assert from_json(Protocol, json.loads(protocol_bytes(labelled))) == labelled


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Another"},
        {"bias_level": 5},
        {"rows": (Row(label="H1", primary=False),)},
        {"files": (FileDigest(name="manuscript.md", sha256="0" * 64, size=1),)},
    ],
)
def test_any_change_is_another_digest(changed: dict[str, object]) -> None:
    protocol = Protocol(title="One", bias_level=6, rows=(Row(label="H1"),))
    assert protocol_digest(replace(protocol, **changed)) != protocol_digest(protocol)  # type: ignore[arg-type]
