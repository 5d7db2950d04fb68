"""Writes a typeset manuscript into a folder, and says what could not be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from journal.production.manuscript import TypesetManuscript

PDF, HTML, JATS = "paper.pdf", "paper.html", "paper.xml"
UNREAD, UNREAD_JSON = "unread.txt", "unread.json"


def write_paper(folder: Path, paper: TypesetManuscript) -> None:
    """Put the three forms, the figures that JATS names, and the list of what was not read into `folder`."""
    for name, body in ((PDF, paper.pdf), (HTML, paper.html), (JATS, paper.jats)):
        (folder / name).write_bytes(body)
    for figure in paper.figures:
        (folder / figure.name).parent.mkdir(exist_ok=True)
        (folder / figure.name).write_bytes(figure.body)
    (folder / UNREAD).write_text("\n".join([*_listed(paper), ""]), encoding="utf-8")
    _write_json(folder, paper=True, unread=paper.unread, remarks=paper.remarks)


def write_refusal(folder: Path, words: str) -> None:
    """Say in the folder why there is no paper; one of an earlier run is taken away, so that none is taken for this."""
    for name in (PDF, HTML, JATS):
        (folder / name).unlink(missing_ok=True)
    (folder / UNREAD).write_text(f"No paper was made.\n\n{words}\n", encoding="utf-8")
    _write_json(folder, paper=False, unread=(words,), remarks=())


def say(folder: Path, paper: TypesetManuscript) -> Iterator[str]:
    """What the command prints."""
    pages = "1 page" if paper.pages == 1 else f"{paper.pages} pages"
    yield f"{folder / PDF}: {pages}. Beside it {HTML}, {JATS}, {UNREAD}, {UNREAD_JSON}."
    yield from _listed(paper)


def _listed(paper: TypesetManuscript) -> Iterator[str]:
    yield "Not read:" if paper.unread else "All was read."
    yield from (f"- {sentence}" for sentence in paper.unread)
    if paper.remarks:
        yield "To look at:"
        yield from (f"- {sentence}" for sentence in paper.remarks)


def _write_json(folder: Path, *, paper: bool, unread: tuple[str, ...], remarks: tuple[str, ...]) -> None:
    told = {"paper": paper, "unread": list(unread), "remarks": list(remarks)}
    (folder / UNREAD_JSON).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
