"""`journal protocol lint` and `journal protocol show`, as authors run them at their own desk."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import validate

from journal.cli import main
from storage.documents import protocol_bytes
from workflows.lint import RULES

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "protocols"
CLEAN = FIXTURES / "half-page.yaml"
BROKEN = "rows:\n  - label: H1\n    hypothesis: More.\n    sampling: TODO\nanswered: []\n"
ANSWERED = CLEAN.read_text(encoding="utf-8").partition("checks:")[0] + (
    "answered:\n  - {rule: check-missing, place: H1/label, reason: The pilot was the control.}\n"
)
# What SARIF 2.1.0 requires of what is used here, after its published schema.
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"type": "object", "required": ["uri"]},
                "region": {"type": "object", "properties": {"startLine": {"type": "integer", "minimum": 1}}},
            },
        },
        "logicalLocations": {"type": "array", "items": {"type": "object", "required": ["fullyQualifiedName"]}},
    },
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": _TEXT,
        "fullDescription": _TEXT,
        "help": _TEXT,
        "defaultConfiguration": {"type": "object", "properties": {"level": _LEVEL}},
        "properties": {"type": "object", "properties": {"tags": {"type": "array", "uniqueItems": True}}},
    },
    "additionalProperties": False,
}
_RESULT = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": _LEVEL,
        "message": _TEXT,
        "locations": {"type": "array", "items": _LOCATION},
        "suppressions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"enum": ["inSource", "external"]}},
            },
        },
    },
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {"rules": {"type": "array", "items": _RULE, "uniqueItems": True}},
                            }
                        },
                    },
                    "results": {"type": "array", "items": _RESULT},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["executionSuccessful"],
                            "properties": {
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {"type": "object", "required": ["message"]},
                                }
                            },
                        },
                    },
                },
                "additionalProperties": False,
            },
        },
    },
}


def run(*words: str, given: str | bytes = b"") -> Result:
    return CliRunner().invoke(main, ["protocol", *words], input=given)


def log(*words: str, given: str) -> Any:  # noqa: ANN401 - JSON
    printed = json.loads(run("lint", *words, "--sarif", "-", given=given).output)
    validate(printed, SARIF)
    return printed["runs"][0]


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.yaml")), ids=lambda path: path.stem)
def test_realistic_protocols_of_all_sizes_lint_clean(path: Path) -> None:
    result = run("lint", "--today", "2027-01-15", str(path))
    assert (result.exit_code, result.output) == (0, "Nothing was found.\n")


def test_there_are_at_least_ten_of_them() -> None:
    assert len(list(FIXTURES.glob("*.yaml"))) >= 10


def test_what_must_be_settled_ends_with_one_and_names_line_rule_and_remedy() -> None:
    result = run("lint", "-", given=BROKEN)
    assert result.exit_code == 1
    assert '-:4: must placeholder-left (1D)\n    "TODO" was left here.' in result.output
    assert result.output.endswith(" should.\n")


def test_a_should_alone_ends_with_nought_and_shows_its_answer() -> None:
    result = run("lint", "-", given=ANSWERED)
    assert result.exit_code == 0
    assert "    Answered: The pilot was the control.\n1 should.\n" in result.output


def test_a_file_that_cannot_be_read_ends_with_two_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text("titel: x\n")
    result = run("lint", str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path}:1: There is no field titel. Write title.\n" in result.stderr
    assert run("show", str(path)).exit_code == 2
    assert run("lint", str(tmp_path / "nowhere")).exit_code == 2


def test_json_is_for_programs() -> None:
    found = json.loads(run("lint", "--json", "-", given=BROKEN).output)["findings"]
    first = next(each for each in found if each["rule"] == "placeholder-left")
    assert (first["line"], first["place"], first["spot"], first["severity"]) == (
        4,
        "rows-0-sampling",
        "H1/sampling",
        "must",
    )
    unread = run("lint", "--json", "-", given="titel: x")
    assert unread.exit_code == 2
    assert json.loads(unread.output)["problems"][0]["line"] == 1


def test_sarif_has_every_rule_and_each_finding_at_its_line() -> None:
    found = log(given=BROKEN)
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == [rule.name for rule in RULES]
    result = next(each for each in found["results"] if each["ruleId"] == "placeholder-left")
    assert result["level"] == "error"
    assert found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "placeholder-left"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}


def test_sarif_shows_an_answer_as_a_suppression_and_a_broken_file_as_a_failed_run() -> None:
    (result,) = log(given=ANSWERED)["results"]
    assert result["suppressions"][0]["justification"] == "The pilot was the control."
    (failed,) = log(given="titel: x")["invocations"]
    assert failed["executionSuccessful"] is False


def test_the_document_reads_rules_back_and_leaves_out_what_is_empty() -> None:
    text = run("show", str(FIXTURES / "sandbagging-hints.yaml")).output
    assert "Rule: H1 is supported if the 95 % interval of M1 lies wholly below −3 percentage points;" in " ".join(
        text.replace("-3", "−3").split()
    )
    assert "Sensitivity: Simulated power" in text
    assert "Competing interests" not in text


def test_the_schema_is_printed_as_it_is_published() -> None:
    published = Path(__file__).resolve().parents[2] / "docs" / "protocol.schema.json"
    assert run("schema").output == published.read_text(encoding="utf-8")


def test_the_json_of_show_is_what_the_digest_is_about() -> None:
    from journal.protocol_file.reading import ProtocolFile, read_protocol_file

    found = read_protocol_file(CLEAN.read_bytes())
    assert isinstance(found, ProtocolFile)
    assert run("show", "--json", str(CLEAN)).output.encode() == protocol_bytes(found.protocol) + b"\n"
