"""The redline of `journal compare`: on the page always, in JSON and text where it is asked for."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from journal.cli import main
from journal.reading.comparison import compare_files, lay_side_by_side, redline_files
from tests.conformance.mutators import PAIRS, converted, harmless, pairs
from workflows.comparing.redline import Fate, Redline

pytestmark = pytest.mark.children

BACKGROUND = """Flattery is cheap to produce and pleasant to read, which is why assistants drift towards it.
Careful people notice praise that is not earned. Whoever notices it begins to doubt other sentences of the assistant,
true ones included. Pleasant rounds hide this doubt for a while. Nobody has followed the doubt over several rounds."""
PLAN = f"""# Flattery between rounds

## Introduction

Models that flatter are said to lose the trust of careful readers. Whether they do was never measured.

{BACKGROUND}

## Hypotheses

H1. Readers trust a flattering model less after five rounds than after one.

## Methods

We will recruit 240 readers through the panel of the university. Every reader talks to one model for five rounds.

Replies will be rated by two coders who do not know the condition. Coders who disagree will talk it over.

Trust is measured with the seven items of the Careful Trust Scale. Readers who answer in under 90 seconds will be
excluded.

## Analysis

H1 will be tested with a mixed model with readers as random intercepts, two-sided, alpha = .05.
"""
REPORT = f"""# Flattery and trust

## 1. Introduction

Models that flatter are said to lose the trust of careful readers. Whether they do was never
measured.

{BACKGROUND}

## 2. Methods

Trust was measured with the seven items of the Careful Trust Scale. We recruited 212 readers through the panel of the
university. Every reader talked to one model for five rounds. Coders who disagreed talked it over.

Payment was 9 euros for each reader, whatever they said of the model.

H1 was tested with a mixed model with readers as random intercepts, two-sided, alpha = .05.

## 3. Results

Readers trusted the flattering model less, b = -0.31, p = .02. H1 is supported.
"""


def redline_of(plan: str, report: str) -> Redline:
    found = lay_side_by_side({"plan.md": plan.encode()}, {"report.md": report.encode()}).redline
    assert found is not None
    return found


def line_with(redline: Redline, words: str) -> Fate:
    lines = [line for section in redline.sections for line in section.lines]
    return next(line.fate for line in lines if words in " ".join(segment.words for segment in line.segments))


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("never measured", Fate.SAME),
        ("through the panel", Fate.CHANGED),
        ("talked to one model", Fate.SAME),
        ("Careful Trust Scale", Fate.MOVED),
        ("under 90 seconds", Fate.GONE),
        ("rated by two coders", Fate.GONE),
        ("9 euros", Fate.NEW),
        ("random intercepts", Fate.SAME),
        ("after five rounds than after one", Fate.GONE),
    ],
)
def test_each_sentence_has_its_fate(words: str, fate: Fate) -> None:
    assert line_with(redline_of(PLAN, REPORT), words) is fate


def test_a_text_against_itself_is_unchanged_and_loses_no_sentence() -> None:
    counts = redline_of(PLAN, REPORT.replace("## 3. Results", "")).counts()
    assert counts[Fate.NEW]
    alone = redline_of(REPORT, REPORT).counts()
    assert alone == {Fate.SAME: 13, Fate.CHANGED: 0, Fate.GONE: 0, Fate.NEW: 0, Fate.MOVED: 0}


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)
def test_reflow_titles_numbering_and_signs_change_no_line(pair: object) -> None:
    from tests.conformance.mutators import Pair

    assert isinstance(pair, Pair)
    before = redline_of(pair.protocol, pair.manuscript).counts()
    for mutation in harmless(pair):
        if mutation.kind in {"reflow", "retitling", "renumbering", "quotation marks", "tense"}:
            assert redline_of(pair.protocol, mutation.pair.manuscript).counts() == before, mutation.kind


@pytest.mark.parametrize("form", ["docx", "tex"])
def test_other_formats_make_the_same_redline(form: str, tmp_path: Path) -> None:
    report = converted(REPORT, form, tmp_path)
    found = redline_files({"plan.md": PLAN.encode()}, {report.name: report.read_bytes()})
    assert found is not None
    assert found.counts() == redline_of(PLAN, REPORT).counts()


def test_one_reading_gives_the_same_findings_as_comparing_alone() -> None:
    ours, theirs = {"plan.md": PLAN.encode()}, {"report.md": REPORT.encode()}
    assert lay_side_by_side(ours, theirs).comparison == compare_files(ours, theirs)


def test_another_study_has_no_redline() -> None:
    ours, theirs = (PAIRS / "refusal_steering" / "protocol.md", PAIRS / "judge_position" / "manuscript.md")
    assert lay_side_by_side({"p.md": ours.read_bytes()}, {"m.md": theirs.read_bytes()}).redline is None
    assert redline_files({"p.md": ours.read_bytes()}, {"m.md": theirs.read_bytes()}) is None


def compared(tmp_path: Path, *options: str, plan: str = PLAN) -> str:
    (tmp_path / "plan.md").write_text(plan, "utf-8")
    (tmp_path / "report.md").write_text(REPORT, "utf-8")
    words = ["compare", str(tmp_path / "plan.md"), str(tmp_path / "report.md"), *options]
    return CliRunner().invoke(main, words).stdout


def test_json_has_it_only_where_it_is_asked_for(tmp_path: Path) -> None:
    assert set(json.loads(compared(tmp_path, "--json"))) == {"pairing", "findings", "unread"}
    redline = json.loads(compared(tmp_path, "--json", "--redline"))["redline"]
    line = next(line for section in redline["sections"] for line in section["lines"] if line["fate"] == "moved")
    assert line["protocol"]["section"][-1] == line["manuscript"]["section"][-1].removeprefix("2. ") == "Methods"
    assert line["protocol"]["line"] > line["manuscript"]["line"]
    assert all(set(segment) == {"mark", "words"} for segment in line["segments"])


def test_text_marks_words_in_brackets(tmp_path: Path) -> None:
    assert "[-240-] {+212+} readers" in compared(tmp_path, "--redline")
    assert "[-240-]" not in compared(tmp_path)


def test_the_page_marks_what_went_and_what_came_and_folds_what_stayed(tmp_path: Path) -> None:
    page = compared(tmp_path, "--html")
    assert "<del>240</del> <ins>212</ins> readers" in page
    assert re.search(r"moved: plan.md line \d+, Methods → report.md line \d+, 2. Methods", page)
    assert "<details><summary>7 unchanged</summary>" in page


def test_markup_in_either_text_stays_text(tmp_path: Path) -> None:
    page = compared(tmp_path, "--html", plan=PLAN.replace("Every reader", "Every <img src=x> & reader"))
    assert "<img" not in page
