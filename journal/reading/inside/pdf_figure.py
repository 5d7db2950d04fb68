"""Draws the first page of a PDF as a picture: what papers in LaTeX take in as a figure. Nothing else of it is kept."""

from __future__ import annotations

import io

import pypdfium2

from journal.reading.inside.pictures import LONGEST_SIDE, Clean
from journal.reading.problems import Problem, Unusable

DOTS_AN_INCH, POINTS_AN_INCH = 300, 72
LOCKED = "incorrect password"


def redraw_page(body: bytes) -> Clean:
    """The first page at 300 dots an inch, as PNG; raises `Unusable`."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise Unusable(Problem.LOCKED_PDF if LOCKED in str(error).lower() else Problem.BROKEN_PDF) from None
    if len(document) == 0:
        raise Unusable(Problem.BROKEN_PDF)
    more = ("the pages after the first",) if len(document) > 1 else ()
    try:
        page = document[0]
        scale = min(DOTS_AN_INCH / POINTS_AN_INCH, LONGEST_SIDE / max(*page.get_size(), 1))
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, OSError):
        raise Unusable(Problem.BROKEN_PDF) from None
    out = io.BytesIO()
    picture.save(out, "PNG")
    return Clean(out.getvalue(), "image/png", picture.width, picture.height, more)
