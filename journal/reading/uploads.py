"""Says whether an uploaded file is taken, by what it is and not by what it is called, and if not, what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from journal.reading.bibliography import bibliography_from, format_of
from journal.reading.inspection import MEBIBYTE, Inspected, Kind, Refused, inspect
from journal.reading.package import opened_archive, package_in
from journal.reading.problems import Problem, words_for

LARGEST_UPLOAD = 50 * MEBIBYTE
# Kept in the neutral name, since they say that code in the text is code.
_WITH_CODE = {".rmd": "manuscript.Rmd", ".qmd": "manuscript.qmd"}
WORD_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ARCHIVE_MEDIA_TYPE = "application/zip"
LATEX_MEDIA_TYPE = "application/x-tex"
KINDS = {
    **dict.fromkeys((".md", ".markdown", ".txt", ".rmd", ".qmd"), Kind.MARKDOWN),
    ".docx": Kind.WORD,
    **dict.fromkeys((".tex", ".latex"), Kind.LATEX),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".svg"), Kind.FIGURE),
    **dict.fromkeys((".bib", ".ris", ".json"), Kind.BIBLIOGRAPHY),
    ".zip": Kind.ARCHIVE,
}
ASKED_FOR = {
    Kind.MARKDOWN: "Markdown (.md, .Rmd, .qmd)",
    Kind.WORD: "Word (.docx)",
    Kind.LATEX: "LaTeX (.tex)",
    Kind.FIGURE: "a figure as PNG, JPEG or SVG",
    Kind.ARCHIVE: "a zip of a manuscript with its parts",
    Kind.BIBLIOGRAPHY: "a bibliography (.bib, .ris, CSL-JSON)",
}
BIBLIOGRAPHIES = {
    "biblatex": ("references.bib", "application/x-bibtex"),
    "ris": ("references.ris", "application/x-research-info-systems"),
    "csljson": ("references.json", "application/vnd.citationstyles.csl+json"),
}
INSTEAD = {
    ".doc": "In Word, save it as .docx.",
    ".docm": "In Word, save it as .docx, without macros.",
    ".odt": "In your word processor, save it as .docx.",
    ".rtf": "In your word processor, save it as .docx.",
    ".pages": "In Pages, export it as Word (.docx).",
    ".ipynb": "Export it as Markdown first (`jupyter nbconvert --to markdown`).",
    ".pdf": "Upload the source that the PDF was made from.",
    ".gif": "Export the figure as PNG.",
    ".eps": "Export the figure as SVG or PNG.",
    ".tif": "Export the figure as PNG.",
    ".tiff": "Export the figure as PNG.",
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that is taken. The name is neutral, since names of files name people; the digest is of the bytes as sent.

    `notes` are sentences for the author about what was dropped from a drawing.
    """

    kind: Kind
    neutral_name: str
    media_type: str
    sha256: str
    size: int
    notes: tuple[str, ...] = ()


def check_upload(
    name: str, body: bytes, *, accepted: Collection[Kind], largest: int = LARGEST_UPLOAD
) -> Accepted | Refused:
    """Open the file in confinement and say whether it is taken as one of the accepted kinds; `largest` in bytes."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    kind = KINDS.get(suffix)
    if kind is None or kind not in accepted:
        return Refused(" ".join(filter(None, (_asking_for(accepted), INSTEAD.get(suffix, "")))))
    if len(body) > largest:
        return Refused(_too_large(len(body), largest))
    if not body:
        return Refused(words_for(Problem.EMPTY, {}))
    if kind is Kind.ARCHIVE:
        return _of_archive(body)
    inspected = inspect(kind, body)
    if isinstance(inspected, Refused):
        return inspected
    unlisted = _must_list_references(inspected) if kind is Kind.BIBLIOGRAPHY else None
    return unlisted or _accepted(kind, body, inspected, suffix)


def _of_archive(body: bytes) -> Accepted | Refused:
    """A zip is taken where one of its files is plainly the manuscript."""
    files = opened_archive(body)
    package = files if isinstance(files, Refused) else package_in(files)
    if isinstance(package, Refused):
        return package
    return Accepted(Kind.ARCHIVE, "manuscript.zip", ARCHIVE_MEDIA_TYPE, hashlib.sha256(body).hexdigest(), len(body))


def _asking_for(accepted: Collection[Kind]) -> str:
    return f"This kind of file is not taken here. Upload {' or '.join(ASKED_FOR[k] for k in Kind if k in accepted)}."


def _too_large(size: int, largest: int) -> str:
    return (
        f"This file has {size / MEBIBYTE:.0f} MB; at most {largest / MEBIBYTE:.0f} MB are taken. Save its pictures"
        " smaller (300 dots an inch are enough for print) and upload it again."
    )


def _must_list_references(inspected: Inspected) -> Refused | None:
    bibliography = bibliography_from(inspected.clean.decode("utf-8"))
    return bibliography if isinstance(bibliography, Refused) else None


def _accepted(kind: Kind, body: bytes, inspected: Inspected, suffix: str) -> Accepted:
    digest = hashlib.sha256(body).hexdigest()
    name, media_type = _neutral_name(kind, inspected, digest)
    removed = ", ".join(inspected.facts.get("removed", ()))
    notes = (f"These parts of the drawing are left out: {removed}. Look whether it still shows what it should.",)
    name = _WITH_CODE.get(suffix, name)
    return Accepted(kind, name, media_type, digest, len(body), notes if removed else ())


def _neutral_name(kind: Kind, inspected: Inspected, digest: str) -> tuple[str, str]:
    match kind:
        case Kind.MARKDOWN:
            return "manuscript.md", "text/markdown"
        case Kind.WORD:
            return "manuscript.docx", WORD_MEDIA_TYPE
        case Kind.ARCHIVE:
            return "manuscript.zip", ARCHIVE_MEDIA_TYPE
        case Kind.LATEX:
            return "manuscript.tex", LATEX_MEDIA_TYPE
        case Kind.BIBLIOGRAPHY:
            return BIBLIOGRAPHIES[format_of(inspected.clean.decode("utf-8"))]
        case Kind.FIGURE:
            media_type = str(inspected.facts["media_type"])
            suffix = {"image/png": "png", "image/jpeg": "jpg"}.get(media_type, "svg")
            return f"figure-{digest[:12]}.{suffix}", media_type
