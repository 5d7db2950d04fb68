"""The page of what was promised and what was done: every part of the plan, with its answer and the evidence."""

import json
from dataclasses import replace

import pytest

from journal.public.baking import bake_pages
from storage.snapshot import Page
from tests.journal.production.material import FACTS, published
from tests.journal.public.material import NULL, SITE
from tests.journal.public.reading import tree, words_of
from workflows.comparing.redline import Chapter, Fate, Line, Mark, Redline, Section, Segment
from workflows.declassify import PublicRecord
from workflows.narrowing import SENTENCE
from workflows.promised import Settled

PAGE = "/reports/kq7w3fhe/promised"


def said_of(record: PublicRecord) -> str:
    return words_of({page.path: page for page in bake_pages([record], SITE)}, PAGE)


@pytest.mark.parametrize(
    "words",
    [
        "13 as registered 2 differently 1 replaced 2 by a branch of the plan 1 not done 3 deviations declared",
        "H4 secondary Differently",
        "By the registered rule, inconclusive",
        "3 of 3 registered checks passed 90% interval from −0.01 to 0.07 AUC above chance Smallest effect of",
        "Smallest effect of interest 0.15 AUC above chance: effects as large are excluded",
        "In the paper: Section 3.1, Table 2",
        "S1 sample 10,800 labelled answers; 1,800 for each model; collection stops there. Differently 160 prompts of",
        "Reported: 9,840",
        "P2 model, fixed Aspen-7B, 2026-01-12, sha256:41ab9f2c By a branch of the plan Branch B1 of the plan",
        "Exclusion of units or observations They are reported and marked",
        "Unclear. H4 carries no information. Limits the claim: H4 must be called uninformative.",
        "Not registered Analyses that the plan does not have.",
        "Which layer carries the retrained direction",
        "4 declared by the authors, as a deviation or as unregistered 2 corrected by the authors 1 dismissed",
    ],
)
def test_the_page_says(baked: dict[str, Page], words: str) -> None:
    assert words in words_of(baked, PAGE)


def test_the_article_leads_there_and_back(baked: dict[str, Page]) -> None:
    article = tree(baked["/reports/kq7w3fhe"].body.decode())
    page = tree(baked[PAGE].body.decode())
    assert PAGE in {link.get("href") for link in article.iter("a")}
    assert "/reports/kq7w3fhe" in {link.get("href") for link in page.iter("a")}


def test_an_announced_protocol_shows_every_part_and_no_answer(baked: dict[str, Page]) -> None:
    said = words_of(baked, "/reports/g9promis")
    assert "10,800" in said
    assert "labelled answers" in said
    assert "9,840" not in said
    assert "/reports/g9promis/promised" not in baked
    told = json.loads(baked["/reports/g9promis.json"].body)
    assert {part["done"] for part in told["parts"]} == {None}
    assert (told["unregistered"], told["findings"]) == ([], None)


def test_a_narrowed_article_claims_nothing_of_deviations() -> None:
    said = said_of(replace(NULL, narrowed=True, deviations=()))
    assert said.count(SENTENCE) == 2
    assert "declare none" not in said


def test_findings_that_nobody_made_are_not_spoken_of() -> None:
    assert "comparing found" not in said_of(replace(published(replace(FACTS, settled=Settled()))))
    assert "comparing found" not in said_of(published(replace(FACTS, settled=None)))


REDLINE = Redline(
    sections=(
        Section(
            chapter=Chapter.METHODS,
            protocol="Sample",
            manuscript="2.2 Sample",
            lines=(
                Line(
                    fate=Fate.CHANGED,
                    segments=(
                        Segment(Mark.SAME, "We scored"),
                        Segment(Mark.GONE, "1,800"),
                        Segment(Mark.NEW, "1,640"),
                        Segment(Mark.SAME, "prompts <b>."),
                    ),
                ),
                Line(fate=Fate.MOVED, segments=(Segment(Mark.SAME, "Labels were fixed first."),)),
                *(Line(fate=Fate.SAME, segments=(Segment(Mark.SAME, "word " * 30),)) for _ in range(3)),
            ),
        ),
    )
)


def test_both_texts_stand_folded_as_one() -> None:
    facts = replace(FACTS, redline=REDLINE)
    said = said_of(published(facts))
    assert "3 unchanged, 1 changed, 1 moved" in said
    assert "Sample 2.2 Sample We scored 1,800 1,640 prompts <b>. Labels were fixed first. (moved)" in said
    page = {page.path: page.body.decode() for page in bake_pages([published(facts)], SITE)}[PAGE]
    assert page.count("<ins>1,640</ins>") == 1
    assert [each.text for each in tree(page).iter("summary")][-2:] == ["Show both texts, word by word", "3 unchanged"]


def test_without_a_redline_no_text_is_promised(baked: dict[str, Page]) -> None:
    assert "word by word" not in words_of(baked, PAGE)
