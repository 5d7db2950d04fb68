"""A review as a text file: written, filled in, read back; and files that are something else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.dossier.drafts import mark_of
from journal.dossier.offline import LARGEST, mark_in, read, write
from journal.dossier.rounds import ReviewDraft
from workflows.machine import Refusal
from workflows.reviewing import Answer, Judgement, Point, Severity, criteria

_LINE = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40),
    st.sampled_from(["=== Point, on criterion === 1A", "\\=== a", "\\\\=== b", "=== ", "===", "=== Reason ==="]),
)
_TEXT = st.lists(_LINE, max_size=5).map(lambda lines: "\n".join(lines).strip())
_PLACE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=20).map(
    lambda text: " ".join(text.split())
)


@st.composite
def drafts(draw: st.DrawFn, stage: int) -> ReviewDraft:
    judgements = tuple(
        Judgement(criterion=each, answer=draw(st.sampled_from([None, *Answer])), reason=draw(_TEXT))
        for each in criteria(stage)
    )
    points = st.builds(
        Point,
        criterion=st.sampled_from([None, *criteria(stage)]),
        place=_PLACE,
        claim=_TEXT,
        why=_TEXT,
        settles=_TEXT,
        severity=st.sampled_from([None, *Severity]),
    ).filter(lambda point: point != Point())
    return ReviewDraft(
        judgements=judgements,
        points=tuple(draw(st.lists(points, max_size=3))),
        confidential=draw(_TEXT),
        disclosure=draw(_TEXT),
        signed=draw(st.booleans()),
    )


@pytest.mark.parametrize("stage", [1, 2])
@given(data=st.data())
def test_what_is_written_is_read_again(stage: int, data: st.DataObject) -> None:
    draft = data.draw(drafts(stage))
    text = write(draft, stage=stage)
    assert read(text.encode(), stage=stage) == draft
    assert mark_in(text.encode()) == mark_of(draft)
    assert read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), stage=stage) == draft, "as Windows saves it"


EMPTY = write(ReviewDraft(), stage=2)
FILLED = (
    EMPTY.replace("Answer (met, not met or cannot judge) === \n", "Answer (met, not met or cannot judge) === Met\n", 1)
    .replace("Point, on criterion === ", "Point, on criterion === 2c")
    .replace("Weight (must, should or note) === ", "Weight (must, should or note) === MUST")
    .replace("=== Claim ===\n", "=== Claim ===\nThe seed differs.\n\nIn two places.\n")
)


def test_a_form_filled_in_by_hand_is_understood() -> None:
    draft = read(FILLED.encode(), stage=2)
    assert isinstance(draft, ReviewDraft)
    assert draft.judgements[0].answer is Answer.MET
    assert [judgement.answer for judgement in draft.judgements[1:]] == [None] * 4
    point = Point(criterion=criteria(2)[2], severity=Severity.MUST, claim="The seed differs.\n\nIn two places.")
    assert draft.points == (point,)


def test_a_second_point_is_a_copy_of_the_first() -> None:
    begin, end = FILLED.index("=== Point"), FILLED.index("=== For the editors")
    twice = FILLED[:end] + FILLED[begin:end] + FILLED[end:]
    draft = read(twice.encode(), stage=2)
    assert isinstance(draft, ReviewDraft)
    assert len(draft.points) == 2


def test_an_empty_form_is_an_empty_draft() -> None:
    none = tuple(Judgement(criterion=each) for each in criteria(1))
    assert read(write(ReviewDraft(), stage=1).encode(), stage=1) == replace(ReviewDraft(), judgements=none)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "not the form of a review of stage 2"),
        (b"PK\x03\x04 a docx", "not the form"),
        (b"\xff\xfe", "plain text in UTF-8"),
        (write(ReviewDraft(), stage=1).encode(), "not the form of a review of stage 2"),
        (EMPTY.encode() + b"x" * LARGEST, "larger than a million bytes"),
        (FILLED.replace("=== Met", "=== yes, mostly").encode(), "Write met, not met or cannot judge"),
        (FILLED.replace("=== 2c", "=== 1A").encode(), "one of 2A, 2B, 2C, 2D, 2E"),
        (FILLED.replace("=== MUST", "=== grave").encode(), "Write must, should or note"),
        (EMPTY.replace("=== no", "=== perhaps").encode(), "Write yes or no"),
        ((EMPTY + "=== Anything else ===\n").encode(), "no heading of this form"),
        (EMPTY.replace("=== Point, on criterion === \n", "").encode(), "stands under no point"),
        (EMPTY.replace(EMPTY[EMPTY.index("=== 2A") : EMPTY.index("=== Answer")], "", 1).encode(), "under no criterion"),
    ],
)
def test_what_is_not_understood_is_refused_in_words(body: bytes, words: str) -> None:
    refusal = read(body, stage=2)
    assert isinstance(refusal, Refusal)
    assert words in refusal.words
