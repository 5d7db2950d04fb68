"""What a proposal would become: structure where numbers or names were read, else words of the rows it names."""

import pytest

from journal.dossier.proposals import Item
from journal.editorial.protocol.suggesting import Into, plain, suggested
from journal.editorial.protocol.taking import take, told
from workflows.protocol import Failing, Kind, Part, Protocol, Row, Sight, Thing

PLAN = Protocol(rows=(Row(label="H1", hypothesis="It rises."), Row(label="H2", sampling="Said already.")))


def item(kind: str, quote: str, label: str = "", **fields: str) -> Item:
    return Item(kind=kind, label=label, quote=quote, at=1, confidence=0.9, fields=fields)


@pytest.mark.parametrize(
    ("proposed", "into", "label"),
    [
        (item("hypothesis", "It falls.", "H3 (secondary)"), Into.ROW, "H3"),
        (item("hypothesis", "It falls.", "We expect that"), Into.ROW, ""),
        (item("sample", "We score 1,200 prompts.", n="1,200", of="prompts"), Into.SAMPLE, ""),
        (item("sample", "Sampling is stratified."), Into.SAMPLING, ""),
        (item("sample", "For H2 sampling is stratified."), Into.SAMPLING, "H2"),
        (item("sample", "We use tiny-7b.", model="tiny-7b"), Into.PIN, ""),
        (item("analysis", "H1 is tested by a paired bootstrap.", test="bootstrap"), Into.ANALYSIS, ""),
        (item("analysis", "Intervals are by bootstrap."), Into.ANALYSIS_PLAN, ""),
        (item("exclusion", "Refusals are left out."), Into.EXCLUSION, ""),
        (item("measure", "Accuracy."), Into.MEASURE, ""),
        (item("gate", "H1 is supported if the interval is above 0."), Into.RULE, "H1"),
        (item("gate", "If H2 fails, the effect is of the phrasing."), Into.MEANING, "H2"),
        (item("gate", "The smallest effect of interest is 0.2."), Into.SMALLEST, ""),
        (item("gate", "We will not add items after seeing results."), Into.SAMPLING, ""),
        (item("gate", "If the judge fails, humans label 200 answers."), Into.BRANCH, ""),
        (item("gate", "The positive control is found."), Into.CHECK, ""),
        (item("gate", "Kappa is 0.7.", metric="kappa", comparator=">=", threshold="0.7"), Into.CHECK, ""),
        (item("gate", "A flip counts when it is final."), Into.ANALYSIS_PLAN, ""),
    ],
)
def test_what_a_proposal_would_become(proposed: Item, into: Into, label: str) -> None:
    taking = suggested(proposed, PLAN)
    assert (taking.into, taking.label) == (into, label)


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("**gpt** has a *higher* rate\nthan `opus`", "gpt has a higher rate than opus"),
        ("snake_case_name and 2*3", "snake_case_name and 2*3"),
    ],
)
def test_a_quote_is_shown_without_marks(quote: str, shown: str) -> None:
    assert plain(quote) == shown


def taken(proposed: Item, plan: Protocol = PLAN) -> Protocol:
    return take(plan, suggested(proposed, plan))[0]


def test_a_sample_is_counted_and_gives_words_to_rows_that_have_none() -> None:
    plan = taken(item("sample", "We score 1,200 prompts.", n="1,200", of="prompts", alpha="0.05"))
    (sample,) = plan.samples
    assert (sample.label, sample.target, sample.unit, sample.alpha) == ("N1", "1200", "prompts", "0.05")
    assert [row.sampling for row in plan.rows] == ["We score 1,200 prompts.", "Said already."]


def test_what_one_press_accepts_is_all_given_to_a_row_without_words() -> None:
    plan = PLAN
    for words in ("We score 10 prompts.", "We score 20 answers."):
        plan, _ = take(plan, suggested(item("sample", words, n="10", of="things"), plan), before=PLAN)
    assert plan.rows[0].sampling == "We score 10 prompts.\n\nWe score 20 answers."
    assert plan.rows[1].sampling == "Said already."


def test_what_is_there_is_not_overwritten() -> None:
    plan = Protocol(rows=(Row(label="H1", hypothesis="Mine.", smallest_effect="3", unit="points"),))
    again = taken(item("hypothesis", "Theirs.", "H1", threshold="5", unit="pp"), plan)
    (row,) = again.rows
    assert row.hypothesis == "Mine.\n\nTheirs."
    assert (row.smallest_effect, row.unit, row.kind) == ("3", "points", Kind.DIRECTIONAL)
    assert taken(item("hypothesis", "Theirs.", "H1"), again) == again


def test_a_smallest_effect_goes_where_none_is_stated() -> None:
    plan = taken(item("gate", "The minimum effect of interest is 20 points.", threshold="20", unit="points"))
    assert [(row.smallest_effect, row.unit) for row in plan.rows] == [("20", "points")] * 2


@pytest.mark.parametrize(
    ("proposed", "name", "field", "value"),
    [
        (item("gate", "If the control fails H1 is not testable; the check is 0.9."), "checks", "failing", None),
        (item("gate", "The control is found, else H1 is not testable."), "checks", "failing", Failing.NOT_TESTABLE),
        (item("analysis", "H1 by a t-test."), "analyses", "part", Part.CONFIRMATORY),
        (item("analysis", "H1 by an exploratory model."), "analyses", "part", Part.EXPLORATORY),
        (item("exclusion", "Bots are removed before analysis."), "exclusions", "sight", Sight.BEFORE),
        (item("exclusion", "Outliers are removed."), "exclusions", "sight", None),
        (item("sample", "gpt-x-2026-04-23", model="gpt-x-2026-04-23"), "pins", "version", "2026-04-23"),
        (item("sample", "Seed 7.", seed="7"), "pins", "thing", Thing.SEED),
    ],
)
def test_cues_of_the_sentence_become_choices_that_the_page_shows(
    proposed: Item, name: str, field: str, value: object
) -> None:
    parts = getattr(taken(proposed), name)
    if not parts:
        assert value is None
        return
    assert getattr(parts[0], field) == value
    shown = dict(told(suggested(proposed, PLAN), PLAN))
    assert (field in shown) is (value is not None)
