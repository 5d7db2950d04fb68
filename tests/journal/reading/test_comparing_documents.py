"""What comparing two documents brings up, one thing at a time, on an invented pair that is otherwise clean."""

from datetime import date
from typing import TypeAlias

import pytest

from journal.reading.comparison.history import dates_in
from journal.reading.comparison.labels import labels_in
from journal.reading.comparison.pins import same_model
from journal.reading.comparison.quantities import quantities, same_value
from journal.reading.comparison.words import stem, terms
from tests.conformance.mutators import Pair, pairs
from tests.conformance.seeing import compared, news
from workflows.comparing.finding import Finding

Change: TypeAlias = tuple[str, str]
NAMED = {pair.name: pair for pair in pairs()}


def brought(name: str, *, protocol: Change = ("", ""), manuscript: Change = ("", "")) -> list[Finding]:
    """What comes up when words of a pair are replaced; both have to be there."""
    pair = NAMED[name]
    assert protocol[0] in pair.protocol
    assert manuscript[0] in pair.manuscript
    changed = Pair(name, pair.protocol.replace(*protocol, 1), pair.manuscript.replace(*manuscript, 1), ())
    return news(compared(pair), compared(changed))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("frozen 2026-05-02 and", [date(2026, 5, 2)]),
        ("on 3 February 2026", [date(2026, 2, 3)]),
        ("on February 3rd, 2026", [date(2026, 2, 3)]),
        ("on 31 February 2026", []),
        ("version 2026 of it", []),
    ],
)
def test_dates_are_read_as_they_are_written(text: str, expected: list[date]) -> None:
    assert list(dates_in(text)) == expected


def test_another_date_of_registration_is_laid_side_by_side() -> None:
    found = brought("polite_pushback", manuscript=("frozen on 2026-05-02", "frozen on 2026-06-20"))
    assert [one.kind.value for one in found] == ["history-differs"]
    assert found[0].protocol
    assert "2026-05-02" in found[0].protocol.quote


def test_a_day_of_difference_is_a_time_zone() -> None:
    assert brought("polite_pushback", manuscript=("frozen on 2026-05-02", "frozen on 2026-05-01")) == []


def test_data_that_were_there_already_stand_beside_the_claim_that_there_were_none() -> None:
    found = brought(
        "refusal_steering",
        protocol=("Whether the same", "The runs on English prompts were already collected. Whether the same"),
        manuscript=("before any confirmatory run (tag", "before any data were collected (tag"),
    )
    assert "history-differs" in [one.kind.value for one in found]


def test_a_table_that_disagrees_with_the_sentence_on_the_same_thing() -> None:
    sentence = "For mistral-large-2411 the share of first answer chosen was 51.0%.\n\n**RQ1.**"
    found = brought("judge_position", manuscript=("**RQ1.**", sentence))
    assert "inconsistent-within" in [one.kind.value for one in found]


def test_a_promised_section_that_is_not_there() -> None:
    found = brought("refusal_steering", manuscript=("## Deviations from the protocol\n\nThere were none.\n\n", ""))
    assert "promised-report-not-found" in [one.kind.value for one in found]


def test_a_part_of_the_plan_in_a_file_that_was_not_given() -> None:
    script = "For the model see the script `model.R`."
    found = brought("debate_oversight", protocol=("Covariates are not used.", script))
    assert "part-of-plan-not-given" in [one.kind.value for one in found]


def test_a_registered_interval_rule_is_applied_to_the_interval_reported() -> None:
    found = brought("polite_pushback", manuscript=("8 points: P1 is not confirmed.", "8 points. P1 is confirmed."))
    assert "verdict-differs" in [one.kind.value for one in found]


def test_a_departure_that_is_told_and_listed_nowhere() -> None:
    told = "We dropped the pairs of the travel topic, in both orders and under both prompts, because of cost. Ties"
    found = brought("judge_position", manuscript=("Ties", told))
    assert "departure-told-not-listed" in [one.kind.value for one in found]


def test_a_branch_that_the_protocol_foresees_is_no_departure() -> None:
    told = "As foreseen, the random slopes were dropped because the model did not converge. No covariates"
    assert brought("debate_oversight", manuscript=("No covariates", told)) == []


def test_p_values_without_the_label_that_the_protocol_asks_for() -> None:
    found = brought("polite_pushback", manuscript=("## 4.", "Warm questions drew more of it (p = .03).\n\n## 4."))
    assert "not-labelled-exploratory" in [one.kind.value for one in found]


def test_what_is_called_registered_and_has_no_trace() -> None:
    claim = "The preregistered eye-tracking calibration of pupils worked in all laboratories.\n\n## Discussion"
    found = brought("locked_models", manuscript=("## Discussion", claim))
    assert "called-registered" in [one.kind.value for one in found]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("gpt-5.5", "gpt-5.5-2026-04-23", True),
        ("gpt-4o-2024-08-06", "gpt-4o-2024-11-20", False),
        ("gemma-3-1b", "gemma-3-1b-it", True),
        ("qwen2.5-7b", "qwen2.5-72b", False),
        ("gpt-5", "gpt-5.5", False),
    ],
)
def test_a_model_is_the_same_under_a_shorter_name(one: str, other: str, *, expected: bool) -> None:
    assert same_model(one, other) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("5% of runs", "0.05 of runs", True),
        ("10,000 resamples", "10000 resamples", True),
        ("five hundred pairs", "500 pairs", True),
        ("8 minutes", "480 seconds", True),
        ("15 points", "5 points", False),
    ],
)
def test_quantities_are_compared_by_value(one: str, other: str, *, expected: bool) -> None:
    assert same_value(quantities(one)[0], quantities(other)[0]) is expected


def test_labels_are_told_from_codes_and_ranges_are_filled() -> None:
    assert list(labels_in("H1 and Hypothesis 2, H4 to H6")) == ["H1", "H2", "H4", "H6", "H5"]
    assert list(labels_in("a study of arms and a condition")) == []


def test_words_that_say_the_same_have_one_stem() -> None:
    assert stem("classified") == stem("classification")
    assert terms("Excluded two-tailed tests") == terms("removed two-sided tests")


def test_so_many_per_condition_are_so_many_in_all() -> None:
    found = brought(
        "polite_pushback",
        protocol=("A human grades 200 random conversations;", "A human grades 400 random conversations;"),
        manuscript=("A human graded 200 random conversations", "For each tone a human graded 200 random conversations"),
    )
    assert [one.kind.value for one in found if one.kind.value == "number-differs"] == []
