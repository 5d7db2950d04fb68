"""Lines of Markdown as people and programs type them, and who wrote a manuscript as its head says it."""

from typing import Any

import pytest

from journal.reading.chunks import join_letters
from journal.reading.front import Contributor, front_of
from journal.reading.labelled import keep_labelled_lines
from journal.reading.wrapped import keep_wrapped_lines


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("three questions: (i) one,\n(ii) two,\n(iii) three", "three questions: (i) one,\n(ii\\) two,\n(iii\\) three"),
        ("as it was in\n2019. We then", "as it was in\n2019\\. We then"),
        ("we name\n1. one\n2. two", "we name\n1. one\n2. two"),
        ("we name\n- one\n- two\n3. three", "we name\n- one\n- two\n3. three"),
        ("\n(ii) two\n(iii) three", "\n(ii) two\n(iii) three"),
        ("# Heading\n2. two", "# Heading\n2. two"),
        ("```\nx\n2. y\n```", "```\nx\n2. y\n```"),
        ("1. one\n   goes on\n2. two", "1. one\n   goes on\n2. two"),
    ],
)
def test_a_line_of_prose_is_no_item(typed: str, kept: str) -> None:
    assert keep_wrapped_lines(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("*R*<sub>*o**o**b*</sub>", "*R*<sub>*oob*</sub>"),
        ("*C**I* = 1", "*CI* = 1"),
        ("**bold** and *a*", "**bold** and *a*"),
        ("0.25 \\* \\* \\*", "0.25 \\* \\* \\*"),
    ],
)
def test_letters_set_one_by_one_are_one_word(typed: str, kept: str) -> None:
    assert join_letters(typed) == kept


def strong(words: str) -> dict[str, Any]:
    return {"t": "Strong", "c": [{"t": "Str", "c": words}]}


def test_lines_that_begin_with_a_label_stay_lines() -> None:
    soft = {"t": "SoftBreak"}
    labelled = [strong("Status:"), {"t": "Str", "c": "locked"}, soft, strong("By"), {"t": "Str", "c": ":"}]
    prose = [strong("Status:"), {"t": "Str", "c": "locked"}, soft, {"t": "Str", "c": "and"}]
    blocks: list[dict[str, Any]] = [{"t": "Para", "c": list(labelled)}, {"t": "Para", "c": list(prose)}]
    keep_labelled_lines(blocks)
    assert [labelled[2]["t"], blocks[0]["c"][2]["t"], blocks[1]["c"][2]["t"]] == ["SoftBreak", "LineBreak", "SoftBreak"]


def inlines(*words: str) -> dict[str, Any]:
    lines: list[dict[str, Any]] = []
    for word in words:
        lines += [{"t": "Str", "c": word}, {"t": "LineBreak"}]
    return {"t": "MetaInlines", "c": lines[:-1]}


def mapped(**parts: dict[str, Any]) -> dict[str, Any]:
    return {"t": "MetaMap", "c": parts}


def listed(*items: dict[str, Any]) -> dict[str, Any]:
    return {"t": "MetaList", "c": list(items)}


@pytest.mark.parametrize(
    ("meta", "authors"),
    [
        ({"author": inlines("Ines Okafor")}, [Contributor(name="Ines Okafor")]),
        (
            {"author": inlines("Ines Okafor and Tomas Lind", "A University", "i@example.org")},
            [Contributor(name=name, places=("A University",)) for name in ("Ines Okafor", "Tomas Lind")],
        ),
        (
            {"author": inlines("Ines Okafor, Tomas Lind")},
            [Contributor(name="Ines Okafor"), Contributor(name="Tomas Lind")],
        ),
        ({"author": inlines("Okafor, Ines")}, [Contributor(name="Okafor, Ines")]),
        (
            {
                "author": listed(mapped(name=inlines("Ines Okafor"), affiliation=inlines("1,2"))),
                "affiliation": listed(
                    mapped(id=inlines("1"), institution=inlines("A")), mapped(id=inlines("2"), institution=inlines("B"))
                ),
            },
            [Contributor(name="Ines Okafor", places=("A", "B"))],
        ),
        (
            {
                "author": listed(
                    mapped(
                        name=mapped(given=inlines("Ines"), family=inlines("Okafor")),
                        orcid=inlines("0000-0002-1825-0097"),
                    )
                )
            },
            [Contributor(name="Ines Okafor", orcid="https://orcid.org/0000-0002-1825-0097")],
        ),
        ({}, []),
    ],
)
def test_authors_are_read_from_every_form_of_head(meta: dict[str, Any], authors: list[Contributor]) -> None:
    assert list(front_of(meta).authors) == authors
