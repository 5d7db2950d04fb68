"""Between the rules' dataclasses and JSON: nothing is lost, old documents open, and the digest is of one exact text."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.documents import canonical, from_json, protocol_digest, to_json
from workflows.deviations import Deviation, When
from workflows.outcomes import OutcomeRow, Outcomes, Verdict
from workflows.protocol import Check, FileDigest, Kind, Protocol, Row, Statements

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_ROWS = st.builds(
    Row, label=_WORDS, question=_WORDS, kind=st.sampled_from(Kind), primary=st.booleans(), analysis=_WORDS
)
_PROTOCOLS = st.builds(
    Protocol,
    title=_WORDS,
    topics=st.lists(_WORDS, max_size=3).map(tuple),
    rows=st.lists(_ROWS, max_size=3).map(tuple),
    checks=st.lists(st.builds(Check, label=_WORDS, rows=st.lists(_WORDS, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
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
    assert protocol_digest(protocol) == hashlib.sha256(canonical(protocol)).hexdigest()
    assert canonical(protocol).startswith(b'{"abstract":')


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
