"""The published schema of public records: every record keeps to it, and it describes every key there is."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from journal.formats.data import record_json
from journal.formats.report_schema import schema, schema_text
from tests.journal.production.material import FACTS, published
from tests.journal.public import library
from tests.journal.public.material import RECORDS
from tests.workflows.any_protocol import any_protocol
from workflows.declassify import Face, PublicRecord
from workflows.protocol import Protocol

DOCUMENT = Path(__file__).parents[3] / "docs" / "report.schema.json"
EVERY = (*RECORDS, *library.records(), library.closed())
LABELS = st.text(alphabet="HRQ123", min_size=1, max_size=3)


def strict(part: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """The schema as it would be if no key might be added: so nothing stands in a record that it does not describe."""
    if isinstance(part, list):
        return [strict(each) for each in part]
    if not isinstance(part, dict):
        return part
    closed = {key: strict(value) for key, value in part.items()}
    return closed | {"additionalProperties": False} if "required" in part else closed


VALIDATOR = Draft202012Validator(strict(schema()))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("record", EVERY, ids=lambda record: record.identity.public_id)
def test_every_record_keeps_to_it_and_has_no_key_beside(record: PublicRecord) -> None:
    VALIDATOR.validate(record_json(record))


def test_all_faces_were_looked_at() -> None:
    assert {record.face for record in EVERY} == set(Face)


@given(any_protocol(LABELS))
@settings(max_examples=50)
def test_whatever_was_registered_keeps_to_it(plan: Protocol) -> None:
    VALIDATOR.validate(record_json(published(replace(FACTS, protocol=plan))))


@pytest.mark.parametrize("key", ["parts", "deviations", "results", "id"])
def test_a_record_without_a_key_would_be_noticed(key: str) -> None:
    told = {name: value for name, value in record_json(RECORDS[0]).items() if name != key}
    with pytest.raises(ValidationError):
        VALIDATOR.validate(told)


def test_a_key_that_nobody_described_would_be_noticed_and_stays_valid_for_readers() -> None:
    told = record_json(RECORDS[0]) | {"reviewers": ["Rolf"]}
    with pytest.raises(ValidationError):
        VALIDATOR.validate(told)
    Draft202012Validator(schema()).validate(told)


def test_an_outcome_that_is_none_would_be_noticed() -> None:
    told = json.loads(json.dumps(record_json(RECORDS[0])))
    told["results"][0]["outcome"] = "failed"
    with pytest.raises(ValidationError):
        VALIDATOR.validate(told)


def test_the_published_schema_is_this_one() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == schema_text()
