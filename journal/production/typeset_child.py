"""The typesetter, run in the confined child: `python -m journal.production.typeset_child`.

Reads `given/task.json` (see `task.Task`) and the files it names, writes `written/paper.pdf` and `written/told.json`.
Here, and nowhere else, formulas, figures and text that strangers wrote meet mathra, Pillow and WeasyPrint.
"""

import logging
import mimetypes
import os
import sys
import unicodedata
import warnings
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import html

from journal.production.fetching import OnlyGiven
from journal.production.finishing import finish
from journal.production.mathematics import draw_formulas
from journal.production.task import PAGE, PDF, TASK, TOLD, TOO_LONG, Task, Told

GIVEN, WRITTEN = Path("given"), Path("written")
# No folder of fonts; what drawings commonly ask for is answered with what is carried.
FAMILIES = {
    "Source Sans 3": ("sans-serif", "Arial", "Helvetica", "Helvetica Neue", "Verdana", "Liberation Sans", "Open Sans"),
    "Source Serif 4": (
        "serif",
        "Times",
        "Times New Roman",
        "Georgia",
        "DejaVu Serif",
        "Liberation Serif",
        "STIXGeneral",
    ),
    "Source Code Pro": ("monospace", "Courier", "Courier New", "Consolas", "DejaVu Sans Mono", "Liberation Mono"),
}
FONT_FILES = ("SourceSerif4-Regular.otf", "SourceSans3-Regular.otf", "SourceCodePro-Regular.otf", "DejaVuSans.ttf")


def main() -> int:
    """Typeset what is in `given/`; the exit code is 0, or TOO_LONG when there are more pages than allowed."""
    _use_nothing_of_the_machine()
    task = Task.from_json(_given(TASK))
    page = html.document_fromstring(_given(PAGE).decode())
    drawings = draw_formulas(page)
    fetcher = OnlyGiven({**drawings, **{address: _given(name) for address, name in task.pictures.items()}})
    document = _laid_out(page, fetcher)
    told = _told(page, pages=len(document.pages), refused=fetcher.refused)
    (WRITTEN / TOLD).write_bytes(told.as_json())
    if told.pages > task.page_limit:
        return TOO_LONG
    (WRITTEN / PDF).write_bytes(finish(_written(document, task)))
    return 0


def _given(name: str) -> bytes:
    return (GIVEN / name).read_bytes()


def _use_nothing_of_the_machine() -> None:
    """No fonts and no media types of the machine, or two machines would print two papers. Before WeasyPrint loads."""
    mimetypes.knownfiles.clear()
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    configuration = Path("fonts.conf").absolute()
    configuration.write_text(_font_configuration())
    os.environ["FONTCONFIG_FILE"] = str(configuration)


def _font_configuration() -> str:
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
    aliases = "".join(
        f'<alias binding="same"><family>{asked}</family><prefer><family>{given}</family></prefer></alias>'
        for given, wanted in FAMILIES.items()
        for asked in wanted
    )
    return f"{head}<fontconfig>{aliases}</fontconfig>"


def _laid_out(page: html.HtmlElement, fetcher: OnlyGiven) -> Any:  # noqa: ANN401 (WeasyPrint carries no types)
    from weasyprint import HTML

    logging.getLogger("weasyprint").addHandler(logging.StreamHandler(sys.stderr))
    text = html.tostring(page, encoding="unicode", doctype="<!doctype html>")
    return HTML(string=text, url_fetcher=fetcher).render(pdf_variant="pdf/a-3a")


def _written(document: Any, task: Task) -> bytes:  # noqa: ANN401
    from weasyprint import Attachment

    at = datetime.fromisoformat(task.dated).replace(tzinfo=UTC)
    document.metadata.attachments = [
        Attachment(
            string=_given(each.name),
            name=each.name,
            description=each.description,
            relationship=each.relationship,
            created=at,
            modified=at,
        )
        for each in task.attached
    ]
    return bytes(document.write_pdf(pdf_variant="pdf/a-3a"))


def _told(page: html.HtmlElement, *, pages: int, refused: Iterable[str]) -> Told:
    return Told(pages=pages, refused=tuple(sorted(set(refused))), unprinted=_unprinted(page))


def _unprinted(page: html.HtmlElement) -> str:
    """The characters for which no carried font has a sign, in the order of their numbers."""
    from importlib.resources import as_file, files

    from fontTools.ttLib import TTFont

    wanted = {ord(sign) for sign in page.text_content() if not sign.isspace() and unicodedata.category(sign) != "Cf"}
    for name in FONT_FILES:
        with as_file(files("templates") / "paper" / "fonts" / name) as path:
            wanted -= set(TTFont(path, lazy=True).getBestCmap())
    return "".join(map(chr, sorted(wanted)))


if __name__ == "__main__":
    sys.exit(main())
