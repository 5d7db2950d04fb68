"""What a manuscript's sentences propose for registered rows, and when they rather propose nothing."""

from collections.abc import Mapping

import pytest

from journal.reading.comparison.prefill import propose_values
from workflows.protocol import Kind, Protocol, Row

PLAN = Protocol(
    rows=(
        Row(label="H1", hypothesis="Warm prompts raise the refusal rate of small models."),
        Row(label="H2", hypothesis="Longer contexts lower the accuracy of retrieval."),
        Row(label="RQ1", question="How large is the spread between seeds?", kind=Kind.ESTIMATION),
    )
)


def proposed(sentence: str, heading: str = "Results") -> list[tuple[str, Mapping[str, str]]]:
    text = f"# A study\n\n## {heading}\n\n{sentence}\n"
    found = propose_values(PLAN, {"manuscript.md": text.encode()})
    return [(each.label, {k: v for k, v in each.values.items() if k != "where"}) for each in found]


@pytest.mark.parametrize(
    ("sentence", "label", "values"),
    [
        (
            "For H1 the rate rose by 4.2 points, 95% CI [1.1, 7.3], p = .008.",
            "H1",
            {"estimate": "4.2", "low": "1.1", "high": "7.3", "level": "95", "p": ".008"},
        ),
        ("H2 is contradicted.", "H2", {"verdict": "contradicted"}),
        (
            "Hypothesis 1 was supported (BF10 = 12.5, n = 1,640).",
            "H1",
            {"bayes_factor": "12.5", "sample": "1,640", "verdict": "supported"},
        ),
        (
            "RQ1: the spread was 0.3 (90% interval (0.1, 0.5)).",
            "RQ1",
            {"estimate": "0.3", "low": "0.1", "high": "0.5", "level": "90"},
        ),
        ("Longer contexts lowered the accuracy of retrieval (b = -0.2, p = .04).", "H2", {"p": ".04"}),
    ],
)
def test_a_plain_sentence_proposes_its_values(sentence: str, label: str, values: Mapping[str, str]) -> None:
    assert proposed(sentence) == [(label, values)]


@pytest.mark.parametrize(
    "sentence",
    [
        "H1 and H2 had effects of 0.2 [0.1, 0.3].",
        "H1 rose in one arm [0.1, 0.3] and fell in another [-0.3, -0.1].",
        "H1 is not supported.",
        "H1 is supported if the interval lies above 0.",
        "0 of 4 pairs confirmed H1.",
        "For H1 we found p < .001.",
        "The interval of H1 was [0.7, 0.2].",
        "H3 showed 0.2, 95% CI [0.1, 0.3].",
        "We report 95% intervals.",
    ],
)
def test_what_is_not_plain_proposes_nothing(sentence: str) -> None:
    assert proposed(sentence) == []


def test_methods_propose_nothing() -> None:
    assert proposed("For H1 we expect 4.2 points, 95% CI [1.1, 7.3].", heading="Sample size") == []


def test_a_section_under_a_hypothesis_speaks_of_it() -> None:
    assert proposed("The rate rose by 4.2 points, 95% CI [1.1, 7.3].", heading="Results for H2")[0][0] == "H2"
