"""The plan and the report as one text: what is marked, what is folded away, what counts as moved."""

import pytest

from storage.documents import from_json, to_json
from workflows.comparing.finding import Place
from workflows.comparing.layout import Couple, Sentence, laid_out
from workflows.comparing.redline import LONG, Chapter, Fate, Line, Mark, Redline, Section, Segment
from workflows.comparing.wording import marked_words

NO_DIFFERENCE = [
    ("We will exclude replies under 10 words.", "We excluded replies under 10 words."),
    ("Replies are excluded; the judge predicts a label.", "Replies were excluded; the judge predicted a label."),
    ("I will run 10,000 permutations.", "We ran 10000 permutations."),
    ("The rule of Section 3.2 applies [4].", "The rule of Section 5.1 applied [17]."),
    ('A "refusal" is coded.', "A “refusal” was coded."),
    ("(a) alpha = .05 is used", "alpha = 0.05 was used"),
    ("We analyze behavior.", "We analysed behaviour."),
    ("We plan to stop after\n  three  days.", "We stopped after three days."),
]


@pytest.mark.parametrize(("plan", "report"), NO_DIFFERENCE)
def test_tense_numbering_spelling_and_signs_are_no_difference(plan: str, report: str) -> None:
    assert [segment.mark for segment in marked_words(plan, report)] == [Mark.SAME]


DIFFERENCES = [
    ("Replies are excluded.", "Replies were not excluded.", "", "not"),
    ("H1 is tested with alpha .05.", "H1 was tested with alpha .10.", ".05.", ".10."),
    ("H1 is tested one-sided.", "H2 was tested one-sided.", "H1 is", "H2 was"),
    ("The effect is above -2 points.", "The effect was above 2 points.", "-2", "2"),
    ("Coders reject an item.", "Coders accept an item.", "reject", "accept"),
    ("One model is run.", "One models is run.", "model is", "models is"),
    ("p < .05 is needed", "p > .05 is needed", "<", ">"),
]


@pytest.mark.parametrize(("plan", "report", "gone", "new"), DIFFERENCES)
def test_what_means_another_thing_is_marked(plan: str, report: str, gone: str, new: str) -> None:
    segments = marked_words(plan, report)
    assert " ".join(one.words for one in segments if one.mark is Mark.GONE) == gone
    assert " ".join(one.words for one in segments if one.mark is Mark.NEW) == new


def test_sentences_with_hardly_a_word_in_common_are_not_mixed() -> None:
    segments = marked_words("Two judges read every reply.", "Coders were paid by the hour, as the law asks.")
    assert [one.mark for one in segments] == [Mark.GONE, Mark.NEW]


def sentences(text: str, title: str = "Methods", chapter: Chapter = Chapter.METHODS) -> list[Sentence]:
    place = Place("plan.md", section=(title,))
    return [Sentence(words=words, place=place, chapter=chapter) for words in text.split("/")]


def fates(redline: Redline) -> list[tuple[str, Fate]]:
    return [(line.segments[-1].words, line.fate) for section in redline.sections for line in section.lines]


def test_every_word_of_both_texts_stands_in_it_once() -> None:
    redline = laid_out(sentences("a b c/d e f/g h i"), sentences("a b c/x y z/g h j"), [Couple(0, 0), Couple(2, 2)])
    assert fates(redline) == [
        ("a b c", Fate.SAME),
        ("d e f", Fate.GONE),
        ("x y z", Fate.NEW),
        ("j", Fate.CHANGED),
    ]


def test_what_changes_its_place_moved_and_is_neither_gone_nor_new() -> None:
    plan, report = sentences("one/two/three/four"), sentences("two/three/four/one")
    redline = laid_out(plan, report, [Couple(0, 3), Couple(1, 0), Couple(2, 1), Couple(3, 2)])
    assert fates(redline) == [("two", Fate.SAME), ("three", Fate.SAME), ("four", Fate.SAME), ("one", Fate.MOVED)]


def test_what_moved_into_the_results_is_shown_where_the_plan_had_it() -> None:
    results = Sentence(words="two", place=Place("ms.md", section=("Results",)), shown=False)
    redline = laid_out(sentences("one/two/three"), [*sentences("one/three"), results], [
        Couple(0, 0), Couple(1, 2), Couple(2, 1),
    ])  # fmt: skip
    assert fates(redline) == [("one", Fate.SAME), ("two", Fate.MOVED), ("three", Fate.SAME)]


def test_a_section_of_the_plan_that_the_report_lacks_keeps_its_title() -> None:
    plan = [*sentences("one", "Sample"), *sentences("two/three", "Blinding")]
    redline = laid_out(plan, sentences("one", "Participants"), [Couple(0, 0)])
    assert [(section.protocol, section.manuscript) for section in redline.sections] == [
        ("Sample", "Participants"),
        ("Blinding", ""),
    ]


def test_long_unchanged_stretches_can_be_folded_and_changed_lines_cannot() -> None:
    same = Line(fate=Fate.SAME, segments=(Segment(Mark.SAME, "word " * LONG),))
    changed = Line(fate=Fate.CHANGED, segments=(Segment(Mark.NEW, "word " * LONG),))
    section = Section(chapter=Chapter.METHODS, lines=(same, changed, same))
    assert [can_fold for can_fold, _lines in section.stretches()] == [True, False, True]


def test_a_redline_can_be_kept() -> None:
    redline = laid_out(sentences("one/two"), sentences("two/one"), [Couple(0, 1), Couple(1, 0)])
    assert from_json(Redline, to_json(redline)) == redline
