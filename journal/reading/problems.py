"""Why a file cannot be taken, as the confined child reports it, and the sentences that people read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Problem(StrEnum):
    """One reason to refuse a file."""

    EMPTY = "empty"
    NOT_TEXT = "not-text"
    NOT_UTF8 = "not-utf8"
    CONTROL_CHARACTER = "control-character"
    NOT_WORD = "not-word"
    OLD_WORD = "old-word"
    BROKEN_WORD = "broken-word"
    LOCKED = "locked"
    MACROS = "macros"
    BOMB = "bomb"
    PATHS = "paths"
    ENTITIES = "entities"
    NOT_PICTURE = "not-picture"
    BROKEN_PICTURE = "broken-picture"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_INTRICATE = "too-intricate"
    TOO_LONG_WHOLE = "too-long-whole"
    NO_DOCUMENT = "no-document"
    NOT_ARCHIVE = "not-archive"
    LOCKED_ARCHIVE = "locked-archive"
    BOMB_ARCHIVE = "bomb-archive"
    PATHS_ARCHIVE = "paths-archive"
    NO_MANUSCRIPT = "no-manuscript"
    LOCKED_PDF = "locked-pdf"
    BROKEN_PDF = "broken-pdf"
    NOT_BIBLIOGRAPHY = "not-bibliography"
    TOO_SLOW = "too-slow"
    TOO_BIG_TO_OPEN = "too-big-to-open"
    UNOPENED = "unopened"


WORDS: Mapping[Problem, str] = {
    Problem.EMPTY: "The file has no text in it. Check that you saved it, and upload it again.",
    Problem.NOT_TEXT: "This is not a text file: it looks like {found}. Upload the Markdown source (.md), or a Word file"
    " under its own name (.docx).",
    Problem.NOT_UTF8: "Line {line} holds a character that is not UTF-8 (byte {byte}). Save the file as UTF-8 (in most"
    " editors: Save with encoding) and upload it again.",
    Problem.CONTROL_CHARACTER: "Line {line} holds a control character ({code}) that no text has. Delete it, save the"
    " file as plain UTF-8 text and upload it again.",
    Problem.NOT_WORD: "This is not a Word file, whatever its name says: it looks like {found}. Save the manuscript from"
    " your word processor as .docx and upload that.",
    Problem.OLD_WORD: "This is a Word file of the old kind (.doc). Open it, save it as .docx and upload that.",
    Problem.BROKEN_WORD: "This Word file is damaged and cannot be opened ({found}). Open it in your word processor,"
    " save it anew as .docx and upload that.",
    Problem.LOCKED: "This file is protected by a password. Remove the protection (in Word: File, Info, Protect"
    " Document), save it and upload it again.",
    Problem.MACROS: "This Word file holds macros. Save it as a plain document (.docx, not .docm) and upload that.",
    Problem.BOMB: "This file unpacks to far more than a manuscript can hold ({found}). Save it anew from your word"
    " processor, with smaller pictures, and upload it again.",
    Problem.PATHS: "This file is packed in a way no word processor packs it ({found}). Save it anew as .docx and upload"
    " that.",
    Problem.ENTITIES: "This file declares XML entities, which are not opened here. Save it anew, from a word processor"
    " or a drawing program, and upload it again.",
    Problem.NOT_PICTURE: "This is not a picture that can be used: it looks like {found}. Upload the figure as PNG, JPEG"
    " or SVG.",
    Problem.BROKEN_PICTURE: "This picture is damaged and cannot be opened ({found}). Export it again as PNG, JPEG or"
    " SVG.",
    Problem.TOO_MANY_PIXELS: "This picture has {found} pixels; 50 million are enough for print. Export it smaller.",
    Problem.TOO_INTRICATE: "This drawing is too intricate to show ({found}). Export it with fewer elements, or as PNG.",
    Problem.TOO_LONG_WHOLE: "With all that it takes in, the LaTeX source has more than 6 million letters. Move tables"
    " and appendices into supplementary files and upload it again.",
    Problem.NO_DOCUMENT: "The LaTeX source has no \\begin{{document}}. Upload the file that begins with"
    " \\documentclass, and what it takes in beside it in a zip file.",
    Problem.NOT_ARCHIVE: "This is not a zip file that can be opened ({found}). Pack the folder of the manuscript anew"
    " as .zip and upload that.",
    Problem.LOCKED_ARCHIVE: "This zip file is protected by a password. Pack it without one and upload it again.",
    Problem.BOMB_ARCHIVE: "This zip file unpacks to far more than a manuscript can hold ({found}). Pack only the"
    " manuscript, its figures and its bibliography, and upload that.",
    Problem.PATHS_ARCHIVE: "This zip file holds {found}. Pack the folder of the manuscript anew, with plain files only,"
    " and upload that.",
    Problem.NO_MANUSCRIPT: "No manuscript was found in the zip file ({found}). Put one main document in it, in LaTeX"
    " (.tex with \\documentclass), Markdown or Word; where there are several, call the main one main or manuscript.",
    Problem.LOCKED_PDF: "This PDF is protected by a password. Export the figure again without one, or as PNG or SVG.",
    Problem.BROKEN_PDF: "This PDF is damaged and cannot be opened. Export the figure again as PDF, PNG or SVG.",
    Problem.NOT_BIBLIOGRAPHY: "No references could be read from this bibliography ({found}). Correct that entry, or"
    " export the references again as BibTeX.",
    Problem.TOO_SLOW: "The file took more than {seconds} seconds to open and was given up. Nobody else has to wait for"
    " it. Make it simpler or smaller and upload it again.",
    Problem.TOO_BIG_TO_OPEN: "The file needs more memory to open than a manuscript may have. Make it smaller and upload"
    " it again.",
    Problem.UNOPENED: "This file could not be opened. Save it anew from the program that made it and upload it again.",
}


class Unusable(Exception):
    """Raised inside the confined child to report a problem; the parent makes words of it."""

    def __init__(self, problem: Problem, **detail: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.detail = detail


def words_for(problem: Problem, detail: Mapping[str, str]) -> str:
    """The sentence for a problem; a detail that is missing (the child may be in anybody's hands) reads as unknown."""
    known = {name: str(detail.get(name, "unknown"))[:120] for name in ("found", "line", "byte", "code", "seconds")}
    return WORDS[problem].format(**known)
