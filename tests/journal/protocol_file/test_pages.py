"""The pages about protocol files and the linter, and the schema, say what the code says."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from journal.protocol_file.explained import EXPLAINED
from journal.protocol_file.reading import ProtocolFile, read_protocol_file
from journal.protocol_file.schema import schema
from storage.documents import protocol_bytes
from tests.journal.protocol_file.pages import COMMAND, PAGES
from tests.workflows.examples import PROTOCOL

FIXTURES = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "protocols").glob("*.yaml"))
SCHEMA = Draft202012Validator(schema())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_is_the_one_made_from_the_table(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == PAGES[page](), f"run `{COMMAND}` and read what it wrote"


@pytest.mark.parametrize("kind", EXPLAINED, ids=lambda kind: kind.__name__)
def test_every_field_is_explained(kind: type) -> None:
    assert list(EXPLAINED[kind]) == [each.name for each in fields(kind)]
    assert all(words and example for words, example in EXPLAINED[kind].values())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_what_is_read_fits_the_schema(path: Path) -> None:
    found = read_protocol_file(path.read_bytes())
    assert isinstance(found, ProtocolFile), found
    SCHEMA.validate(json.loads(protocol_bytes(found.protocol)))


def test_the_schema_takes_numbers_where_numbers_are_meant() -> None:
    SCHEMA.validate(json.loads(protocol_bytes(PROTOCOL)))
    SCHEMA.validate(yaml.safe_load("rows: [{label: H1, smallest_effect: 0.15}]"))


@pytest.mark.parametrize(
    "text",
    [
        "titel: x",
        "rows: [{question: why}]",
        "rows: [{label: H1, kind: odd}]",
        "bias_level: high",
        "bias_level: 7",
        "rows: H1",
        "rows: [{label: H1, rule: {clauses: [{when: []}]}}]",
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(text: str) -> None:
    assert not SCHEMA.is_valid(yaml.safe_load(text))
    assert isinstance(read_protocol_file(text.encode()), tuple)
