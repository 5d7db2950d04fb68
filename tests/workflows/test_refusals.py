"""A refusal speaks to a person: whole sentences, short, at a field that exists, and nobody is told of a verdict."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflows.refusals import every_refusal
from workflows.machine import Refusal

WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"
REFUSALS = list(dict.fromkeys(every_refusal()))
LONGEST = 200

# A part of a form: `title`, `stage_2_due`, `rows-0-label`, `judgement-1A`, `judgement-1A-reason`, `uplift-answer`.
FIELD = re.compile(r"[a-z][a-z0-9_]*(-(\d+|[12][A-E]))?(-[a-z_]+)?")
CODE = re.compile(r"[a-z][a-z0-9_]*")


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: f"{refusal.code}-{refusal.field}")
def test_a_refusal_is_a_short_whole_sentence_and_names_its_field_as_forms_do(refusal: Refusal) -> None:
    assert refusal.words[0].isupper() or refusal.words[0].isdigit()
    assert refusal.words.endswith((".", "?"))
    assert len(refusal.words) < LONGEST
    assert "  " not in refusal.words
    assert "_" not in refusal.words
    assert CODE.fullmatch(refusal.code)
    assert refusal.field is None or FIELD.fullmatch(refusal.field)


@pytest.mark.parametrize("field", ["", "Rows-0-label", "rows[0].label", "rows-0-label-1", "rows.0.label", "rows-0-"])
def test_a_field_named_otherwise_would_be_seen(field: str) -> None:
    assert not FIELD.fullmatch(field)


def codes_written() -> Iterator[str]:
    """The code of each refusal in the source of the rules, a made one as the pattern of what it can be."""
    for path in sorted(WORKFLOWS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                yield pattern(node.args[0])


def pattern(code: ast.expr) -> str:
    """The code as a regular expression: a constant is itself, what is put in may be any word."""
    if isinstance(code, ast.Constant):
        return re.escape(str(code.value))
    parts = code.values if isinstance(code, ast.JoinedStr) else [code]
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in parts)


def test_every_refusal_in_the_source_was_called_forth() -> None:
    codes = set(codes_written())
    assert codes
    assert r"\w+" not in codes, "a code is written where the refusal is made"
    assert [code for code in sorted(codes) if not any(re.fullmatch(code, refusal.code) for refusal in REFUSALS)] == []
