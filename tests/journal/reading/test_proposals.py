"""What the reader proposes of protocols in many styles, and what it must not take for plan."""

import time

import pytest

from journal.reading.passages import Changes
from journal.reading.proposals import Kind, Proposal, propose
from tests.journal.reading.invented import Study, covers, recall, studies, study, words
from tests.journal.reading.mutators import FORMATS, TEXT_MUTATORS, with_a_comment
from tests.journal.reading.samples import word
from tests.thorough import few_of

STUDIES = [each for each in studies() if each.items]
IN_MARKDOWN = [each for each in STUDIES if next(iter(each.files)).endswith(".md")]
NAMES = [each.name for each in STUDIES]


def proposed(study: Study) -> tuple[Proposal, ...]:
    return propose(study.files).proposals


@pytest.mark.parametrize("study", STUDIES, ids=NAMES)
def test_most_of_what_a_careful_reader_lists_is_proposed(study: Study) -> None:
    missed = recall([proposal.quote for proposal in proposed(study)], study.items)
    assert len(missed) <= 0.2 * len(study.items), missed
    assert not [item for item in missed if item.kind == "hypothesis"]


@pytest.mark.parametrize("study", STUDIES, ids=NAMES)
def test_the_list_is_short_enough_to_be_read(study: Study) -> None:
    assert len(proposed(study)) <= 2 * len(study.items)


@pytest.mark.parametrize("study", STUDIES, ids=NAMES)
def test_quotes_stand_in_the_file_at_their_line(study: Study) -> None:
    for proposal in proposed(study):
        lines = study.files[proposal.location.file].decode().split("\n")
        assert proposal.location.line is not None
        assert "\n".join(lines[proposal.location.line - 1 :]).find(proposal.quote) in range(
            len(lines[proposal.location.line - 1])
        )
        assert len(words(proposal.quote)) <= 60


@pytest.mark.parametrize("study", studies(), ids=lambda each: each.name)
def test_questions_of_forms_and_comments_and_background_are_not_plan(study: Study) -> None:
    silent = {quote: [each.quote for each in proposed(study) if covers(each.quote, quote)] for quote in study.silent}
    assert not {quote: found for quote, found in silent.items() if found}


def test_the_kind_is_mostly_the_readers() -> None:
    right = listed = 0
    for each in STUDIES:
        proposals = proposed(each)
        for item in each.items:
            kinds = [proposal.kind for proposal in proposals if covers(proposal.quote, item.quote)]
            listed += bool(kinds)
            right += Kind(item.kind) in kinds
    assert right >= 0.75 * listed, (right, listed)


@pytest.mark.parametrize("mutator", TEXT_MUTATORS.values(), ids=TEXT_MUTATORS)
@pytest.mark.parametrize("study", few_of(IN_MARKDOWN), ids=lambda each: each.name)
def test_the_form_of_a_text_changes_nothing(study: Study, mutator: object) -> None:
    assert callable(mutator)
    [(name, body)] = study.files.items()
    before = [" ".join(words(each.quote)) for each in proposed(study)]
    after = [" ".join(words(each.quote.replace("__", ""))) for each in propose({name: mutator(body)}).proposals]
    assert after == before


@pytest.mark.children
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("study", IN_MARKDOWN, ids=lambda each: each.name)
def test_another_format_loses_little(study: Study, name: str) -> None:
    [body] = study.files.values()
    missed = recall([each.quote for each in propose({name: FORMATS[name](body)}).proposals], study.items)
    assert len(missed) <= 0.25 * len(study.items), missed


def test_another_language_gives_an_empty_list_and_says_so() -> None:
    reading = propose(study("andere-sprache").files)
    assert reading.proposals == ()
    assert any("English" in sentence for sentence in reading.unread)


TABLE = """
| ID | Hypothesis | Threshold | Test |
|---|---|---|---|
| H1 | Steering lowers refusals | 10 points | McNemar, .01 |
"""
BOTH = {"H1": "hypothesis", "H2": "hypothesis"}


@pytest.mark.parametrize(
    ("name", "text", "kinds"),
    [
        ("a.md", f"# Plan\n{TABLE}", {"H1": "hypothesis"}),
        ("a.md", "# Plan\n\n**H1:** Dogs sleep more than cats do.\n**H2:** Cats eat less.", BOTH),
        ("a.tex", "\\textbf{H1.} Dogs sleep more than cats.\\\\\n\\textbf{H2.} Cats eat much less.", BOTH),
        (
            "a.md",
            "**H₁′.** Dogs sleep more than cats.\n\n$H_2$: Cats eat much less.",
            {"H1′": "hypothesis", "H_2": "hypothesis"},
        ),
        ("a.txt", "Exclusions:\n- finishing in under 4 minutes\n", {"finishing in under 4 minutes": "exclusion"}),
        ("a.md", "## Tests\n\n**H1.** A t-test of the two groups, two-sided.\n", {"H1": "analysis"}),
        ("a.md", "## Rules\n\nH1 is supported if p < .01 for both.\n", {"H1 is supported if p < .01 for": "gate"}),
        ("a.md", "## Setup\n\nTemperature = 0.\n\nSeeds: 0, 1.\n", {"Temperature = 0.": "sample", "Seeds": "sample"}),
        ("a.md", "## References\n\nLee (2024). We excluded 3 of n = 40. Press.\n", {}),
        ("a.md", "## Results\n\nH1 was supported: n = 40 adults, p < .01.\n", {}),
    ],
)
def test_short_plans_of_many_styles(name: str, text: str, kinds: dict[str, str]) -> None:
    assert {each.label: each.kind.value for each in propose({name: text.encode()}).proposals} == kinds


def test_a_study_without_hypothesis_is_welcome() -> None:
    reading = propose(
        {"plan.md": b"# Plan\n\n## Sample\n\nWe will recruit 40 adults at the clinic and measure the weight of each.\n"}
    )
    assert [each.kind for each in reading.proposals] == [Kind.SAMPLE]
    assert any("without one is welcome" in sentence for sentence in reading.unread)


def test_fields_are_read_as_they_are_written() -> None:
    by_quote = {each.quote: each.fields for each in proposed(study("refusal-probing"))}
    rule = next(fields for quote, fields in by_quote.items() if quote.startswith("Back-translation check"))
    assert (rule["comparator"], rule["threshold"], rule["unit"]) == ("<", "85", "%")
    seeds = next(fields for quote, fields in by_quote.items() if "training seeds" in quote)
    assert seeds["seed"] == "11, 12, 13, 14, 15"
    assert next(fields for quote, fields in by_quote.items() if "qwen" in quote)["model"] == "qwen-2.5-7b-instruct"


def test_code_gives_seeds_and_models_with_little_confidence() -> None:
    found = {each.quote: each for each in proposed(study("sleep-form"))}
    model = next(each for quote, each in found.items() if quote.startswith("fit <- glmer"))
    assert (found["set.seed(4471)"].kind, found["set.seed(4471)"].fields["seed"]) == (Kind.SAMPLE, "4471")
    assert (model.kind, model.confidence < 0.5) == (Kind.ANALYSIS, True)


@pytest.mark.children
def test_a_word_form_of_two_columns_is_answered_beside_its_questions() -> None:
    row = "<w:tr>{}</w:tr>"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    answers = (
        "Agents that are praised will report fewer faults than others. ",
        "We will run 400 episodes. ",
    )
    questions = ("What hypotheses will be tested?", "How will the sample size be determined?")
    rows = [(question, answer * 8) for question, answer in zip(questions, answers, strict=True)]
    table = "<w:tbl>" + "".join(row.format("".join(map(cell.format, each))) for each in rows) + "</w:tbl>"
    proposals = propose({"form.docx": word(table)}).proposals
    assert [each.kind for each in proposals] == [Kind.HYPOTHESIS, Kind.SAMPLE]


def test_numbers_in_comments_are_said_to_be_unread() -> None:
    [(name, body)] = study("refusal-probing").files.items()
    assert any("Comments" in sentence for sentence in propose({name: with_a_comment(body)}).unread)
    assert not propose({name: body}).unread


def test_no_more_is_read_than_a_protocol_has() -> None:
    text = b"# Plan\n\nWe will recruit 40 adults.\n\n" + (b"the words of a very long supplement " * 300 + b"\n\n") * 26
    reading = propose({"protocol.md": text})
    assert any("first 50,000 words" in sentence for sentence in reading.unread)


@pytest.mark.thorough
def test_reading_is_quick_and_the_same_twice() -> None:
    text = b"\n\n".join(body for each in STUDIES for name, body in each.files.items() if name.endswith(".md"))
    started = time.process_time()
    first = propose({"protocol.md": text * 4})
    assert time.process_time() - started < 4
    assert propose({"protocol.md": text * 4}, changes=Changes.REJECT) == first
