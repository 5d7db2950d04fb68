"""What became of registered files: the same, changed, missing, or none of them."""

import pytest

from workflows.protocol import FileDigest
from workflows.receipts import Sameness, all_same, judge


def file(name: str, content: str) -> FileDigest:
    return FileDigest(name=name, sha256=content * 64, size=10)


PAPER, FIGURE = file("manuscript.md", "a"), file("figure.png", "b")
REGISTERED = (PAPER, FIGURE)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((PAPER, FIGURE), {"manuscript.md": "same", "figure.png": "same"}),
        ((FIGURE, file("my paper.md", "a")), {"my paper.md": "same", "figure.png": "same"}),
        ((file("manuscript.md", "c"), FIGURE), {"manuscript.md": "changed", "figure.png": "same"}),
        ((PAPER,), {"manuscript.md": "same", "figure.png": "missing"}),
        ((PAPER, FIGURE, file("notes.md", "d")), {"manuscript.md": "same", "figure.png": "same", "notes.md": "extra"}),
        (
            (file("my paper.md", "a"), file("manuscript.md", "c"), FIGURE),
            {"my paper.md": "same", "manuscript.md": "extra", "figure.png": "same"},
        ),
        ((), {"manuscript.md": "missing", "figure.png": "missing"}),
    ],
)
def test_each_file_is_judged(found: tuple[FileDigest, ...], expected: dict[str, str]) -> None:
    judged = judge(REGISTERED, found)
    assert {each.name: each.sameness.value for each in judged} == expected
    assert all_same(judged) is (set(expected.values()) == {"same"})


def test_another_name_for_the_same_bytes_is_told() -> None:
    (judged, _) = judge(REGISTERED, (file("my paper.md", "a"), FIGURE))
    assert (judged.sameness, judged.registered) == (Sameness.SAME, "manuscript.md")
