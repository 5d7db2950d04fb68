"""A protocol written as a file is read as the same protocol, whatever it says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.protocol_file.reading import ProtocolFile, read_protocol_file
from journal.protocol_file.writing import protocol_file
from storage.documents import protocol_bytes
from tests.workflows.any_protocol import any_protocol
from tests.workflows.examples import PROTOCOL
from workflows.protocol import Protocol

_CHARACTERS = st.characters(exclude_categories=["Cs"])
_AWKWARD = st.sampled_from(
    (
        "",
        " ",
        "null",
        "~",
        "NaN",
        ".inf",
        "yes",
        "no",
        "0.05",
        "1e3",
        "2027-01-01",
        "- a",
        "a: b",
        "#",
        "'",
        '"',
        "|",
        "*a",
    )
) | st.sampled_from(
    ("&a", "!x", "H₁", "−2", "H1\u2032", "a\nb", "a\r\nb", " a\n b", "\n", "a\n", "a\n\n", "\ta", "%", "<<", "?")
)
_TEXTS = _AWKWARD | st.text(_CHARACTERS, max_size=30)


def read(text: str) -> Protocol:
    found = read_protocol_file(text.encode())
    assert isinstance(found, ProtocolFile), found
    return found.protocol


@given(any_protocol(_TEXTS))
def test_what_is_written_is_read_again(protocol: Protocol) -> None:
    assert read(protocol_file(protocol)) == protocol


@pytest.mark.parametrize(
    "text", ["~", "NaN", "a\r\nb", "\u2028", "\x85", "\x00", "a\n b \n", "H₁ − H1\u2032", "\ufeffx"]
)
def test_awkward_texts_are_kept_as_they_are(text: str) -> None:
    assert read(protocol_file(Protocol(title=text, topics=(text,)))) == Protocol(title=text, topics=(text,))


def test_the_json_form_is_read_as_well() -> None:
    assert read(protocol_bytes(PROTOCOL).decode()) == PROTOCOL
    assert read(json.dumps(json.loads(protocol_bytes(PROTOCOL)), indent="\t")) == PROTOCOL


def test_a_written_file_is_for_people() -> None:
    text = protocol_file(PROTOCOL)
    assert text.startswith("title: Do probes find lies?\nabstract: We ask")
    assert "\n  - label: H1\n" in text
    assert ": ''" not in text
    assert "[]" not in text


def test_an_empty_protocol_is_an_empty_file_of_fields() -> None:
    assert protocol_file(Protocol()) == "{}\n"
    assert read("{}\n") == Protocol()
