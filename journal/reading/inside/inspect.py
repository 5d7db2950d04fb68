"""Looks at one uploaded file: `python -m journal.reading.inside.inspect KIND`, on `given/upload`.

Answers one JSON object on standard output: `{"problem", "detail"}`, or `{"facts"}` with the cleaned file in
`written/clean` and a Word file's pictures in `written/media-N`.
"""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import magic

from journal.reading.inside.plain import readable_text
from journal.reading.problems import Problem, Unusable

if TYPE_CHECKING:  # what one kind needs would make every other kind start slower
    from journal.reading.inside.pictures import Clean

Facts = Mapping[str, object]
WRITTEN = Path("written")
SNIFFED = 1024 * 1024
NOT_PROSE = frozenset(
    {"application/pdf", "application/postscript", "text/rtf", "application/x-dosexec", "application/zip"}
)
MARKS_OF_WIDE_TEXT = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
DRAWING_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<")


def look_at_text(body: bytes) -> Facts:
    """Markdown, LaTeX or a bibliography: readable text that is not another format in text's clothing."""
    (WRITTEN / "clean").write_text(readable_file(body), encoding="utf-8")
    return {"media_type": "text/markdown"}


def readable_file(body: bytes) -> str:
    """The text of a file of text; raises `Unusable` for anything else."""
    has_zeros = b"\0" in body[:SNIFFED] and not body.startswith(MARKS_OF_WIDE_TEXT)
    if has_zeros or magic.from_buffer(body[:SNIFFED], mime=True) in NOT_PROSE:
        raise Unusable(Problem.NOT_TEXT, found=_description(body))
    return readable_text(body, found=_description(body))


def look_at_word(body: bytes) -> Facts:
    """Word: opened part by part and packed anew."""
    from journal.reading.inside.word import rebuild

    rebuilt = rebuild(body, found=_description(body))
    (WRITTEN / "clean").write_bytes(rebuilt.body)
    for number, content in enumerate(rebuilt.media.values()):
        (WRITTEN / f"media-{number}").write_bytes(content)
    media = {name: f"media-{number}" for number, name in enumerate(rebuilt.media)}
    return {"media": media, "changes": rebuilt.changes, "comments": rebuilt.comments}


def look_at_figure(body: bytes) -> Facts:
    """A picture or drawing, made anew."""
    clean = clean_picture(body)
    (WRITTEN / "clean").write_bytes(clean.body)
    return {"media_type": clean.media_type, "removed": clean.removed}


def clean_picture(body: bytes) -> Clean:
    """Choose by the first bytes, not by the name: a drawing is XML, a picture is not."""
    if body.startswith(b"%PDF"):
        from journal.reading.inside.pdf_figure import redraw_page

        return redraw_page(body)
    from journal.reading.inside.drawings import redraw_drawing
    from journal.reading.inside.pictures import redraw

    make_anew = redraw_drawing if body.lstrip().startswith(DRAWING_STARTS) else redraw
    return make_anew(body, found=_description(body))


def _description(body: bytes) -> str:
    return str(magic.from_buffer(body[:SNIFFED])).partition(",")[0]


LOOKS: Mapping[str, Callable[[bytes], Facts]] = {
    "markdown": look_at_text,
    "latex": look_at_text,
    "bibliography": look_at_text,
    "word": look_at_word,
    "figure": look_at_figure,
}


def answer(look: Callable[[bytes], Facts], body: bytes) -> dict[str, object]:
    """What the parent hears of one file."""
    try:
        return {"facts": look(body)} if body.strip() else {"problem": Problem.EMPTY, "detail": {}}
    except Unusable as unusable:
        return {"problem": unusable.problem, "detail": unusable.detail}
    except (MemoryError, RecursionError):
        return {"problem": Problem.TOO_BIG_TO_OPEN, "detail": {}}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(LOOKS[sys.argv[1]], Path("given/upload").read_bytes())))
