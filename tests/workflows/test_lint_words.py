"""What is looked for in free text: what is found, and what must not be."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.workflows.faults.sound import H1, changed, sample
from workflows.lint import lint
from workflows.lint.words import (
    alphas,
    claims_absence,
    counted,
    impossible_p,
    is_undirected,
    open_choice,
    placeholder,
    same_as,
    vague,
    whole,
    wrong_products,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Supported if the gain is notable.", "notable"),
        ("A correction is applied if needed (3 tests).", "if needed"),
        ("With an appropriate test.", "an appropriate test"),
        ("Marginally significant results count as support (p < .1).", "Marginally significant"),
        ("Items are dropped if the fit is poor; 0.9 is usual elsewhere.", "poor"),
        ("Notably better, that is by at least 3 points.", None),
        ("Poor fit (CFI below 0.9) drops the item.", None),
        ("Estimated marginal means lie above 2.", None),
        ('Answers that are labelled "reasonable" are kept.', None),
        ("The share of borderline requests refused is below 5.", None),
        ("Subjective well-being is above 3.", None),
        ("Unterstützt, falls das Intervall über 0 liegt.", None),
        ("", None),
    ],
)
def test_vague_words_are_found_unless_a_number_says_what_they_mean(text: str, found: str | None) -> None:
    assert vague(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There is no difference between the models.", True),
        ("The probe does not affect accuracy.", True),
        ("Both are equivalent, that is, are equivalent in AUROC.", True),
        ("The rate is higher, as well as the confidence.", False),
        ("No model differs by less than its noise.", False),
    ],
)
def test_claims_of_absence_are_found(text: str, *, found: bool) -> None:
    assert (claims_absence(text) is not None) is found


@pytest.mark.parametrize(
    ("text", "undirected"),
    [
        ("Accuracy differs between conditions.", True),
        ("The prompt affects the refusal rate.", True),
        ("Accuracy differs, being lower with a hint.", False),
        ("The difference A − B exceeds 2 points.", False),
        ("Hints raise the rate.", False),
        ("A > B, a difference that matters.", False),
    ],
)
def test_a_hypothesis_without_direction_is_found(text: str, *, undirected: bool) -> None:
    assert is_undirected(text) is undirected


def test_levels_of_significance_are_read_in_their_ways_of_writing() -> None:
    text = "α = .05, later p < .01, with an alpha of 0.1 and α: 5 %."
    assert list(alphas(text)) == [Decimal("0.05"), Decimal("0.01"), Decimal("0.1"), Decimal("0.05")]
    assert list(alphas("α = .05/3 after Bonferroni")) == []
    assert list(alphas("Krippendorff's alpha is at least 0.8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("p < 2", "p < 2"), ("p<5", "p<5"), ("p < 0.05", None), ("p < 5 %", None), ("top-p < 1.5", None)],
)
def test_a_bound_that_p_cannot_have_is_found(text: str, found: str | None) -> None:
    assert impossible_p(text) == found


def test_what_is_counted_is_read_with_its_name() -> None:
    text = (
        "1,800 prompts, 44 opinion items, two models, 10 000 draws; 95 % intervals, 3 of the items, 5 points, 0.5 units"
    )
    assert list(counted(text)) == [(1800, "prompts"), (44, "opinion items"), (2, "models"), (10_000, "draws")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,800", 1800),
        ("1 800", 1800),
        ("1\u202f800", 1800),
        ("1800", 1800),
        ("18,00", None),
        ("-3", None),
        ("x", None),
    ],
)
def test_numbers_of_things_are_read_with_their_separators(text: str, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2 models × 44 items × 2 orders × 5 seeds = 880 item-runs", []),
        ("2 models × 44 items = 90 runs", [("2 models × 44 items = 90", 88)]),
        ("3 * 4 = 12 and 1,000 × 3 = 3,000", []),
        ("0.5 × 3 = 2", []),
        ("2 × 3 = 6 × 1", []),
        ("≈ 2 × 3", []),
    ],
)
def test_products_are_calculated_again(text: str, wrong: list[tuple[str, int]]) -> None:
    assert list(wrong_products(text)) == wrong


@pytest.mark.parametrize(
    ("text", "label"),
    [("As H1.", "H1"), ("same as H2", "H2"), ("See RQ1", "RQ1"), ("As in H1.2", "H1.2"), ("As H1, but twice.", None)],
)
def test_a_text_that_only_points_elsewhere_is_known(text: str, label: str | None) -> None:
    assert same_as(text) == label


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TODO", "TODO"),
        ("N = ??? prompts", "???"),
        ("[insert power analysis]", "[insert power analysis]"),
        ("The threshold is to be determined.", "to be determined"),
        ("We do not know what is to be found.", None),
        ("Stop tokens: XX", None),
    ],
)
def test_notes_to_oneself_are_found(text: str, found: str | None) -> None:
    assert placeholder(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We may use a probit model.", "may use"),
        ("Another test is run.", "Another test"),
        ("A probit model is used.", None),
        ("The random slope is removed.", None),
    ],
)
def test_a_branch_that_opens_another_choice_is_found(text: str, found: str | None) -> None:
    assert open_choice(text) == found


@pytest.mark.parametrize("piece", ["“", '"', "once ", "1 × ", "there is no ", "95 % bootstrap ", "2 models × "])
def test_no_text_keeps_the_linter_busy(piece: str) -> None:
    """Fifty thousand characters is what one field may hold. A pattern that backtracks would take minutes here."""
    text = (piece * 50_000)[:50_000]
    found = lint(
        changed(samples=(sample(stopping=text, unit=""),), rows=(replace(H1, decision_rule=text, theory=text),))
    )
    assert "sample-without-unit" in {each.rule for each in found}
