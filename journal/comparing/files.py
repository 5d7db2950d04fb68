"""Which files a path stands for: a document with its parts, or the documents of a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from os import R_OK, access
from pathlib import Path

from journal.gathering import LARGEST, inside, plain_files
from journal.reading.comparison.scripts import is_script

_LARGEST_SCRIPT, _MOST_SCRIPTS = 500_000, 60
_DOCUMENTS = frozenset({".md", ".markdown", ".rmd", ".qmd", ".docx", ".tex", ".txt", ".pdf", ".yaml", ".yml", ".json"})
_MAIN = {
    "protocol": re.compile(r"^(?:.*protocol|.*pre-?_?reg|plan|stage[-_ ]?1|registration)", re.IGNORECASE),
    "manuscript": re.compile(r"^(?:main|paper|manuscript|article|report|writeup|stage[-_ ]?2|ms)", re.IGNORECASE),
}
_LOG = re.compile(r"deviat|amend|change|clarif|errat", re.IGNORECASE)
_LOG_WORD = re.compile(r"deviations?|departures?|amendments?|change(?:s|log)|clarifications?|errat(?:a|um)")
_OF_LOGS = frozenset(
    {"log", "list", "table", "notes", "protocol", "prereg", "preregistration", "plan", "methods", "study"}
)
_WORD_OF_NAME = re.compile(r"[\W_\d]+")
_ASIDE = re.compile(r"^(?:readme|license|licence|notice|contributing|cover)", re.IGNORECASE)
_TAKES_IN = re.compile(r"^[^%\n]*?\\(?:input|include|subfile)\s*\{(?P<wanted>[^{}\n]+)\}", re.MULTILINE)
_PICTURE = re.compile(r"\\includegraphics\*?(?:\[[^\]]*\])?\{(?P<tex>[^{}\n]+)\}|!\[[^\]]*\]\((?P<md>[^()\s:]+)\)")
_PICTURE_KINDS = ("", ".pdf", ".png", ".jpg", ".jpeg", ".eps", ".svg")
MISSING_PICTURE = "{name} shows the figure {wanted}, which is not there."
TOO_LARGE = "{name} is larger than 60 million bytes and was not read."
NO_DOCUMENT = "{name} has no document that could be read."


@dataclass
class Gathered:
    """Files by name, the document first; logs beside it; what could not be read."""

    files: dict[str, bytes] = field(default_factory=dict)
    beside: dict[str, bytes] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def gathered(path: Path, *, role: str) -> Gathered:
    """The document at a path with the parts it takes in, or that of a folder.

    `role` is protocol or manuscript: of a folder the document named like one is taken, else all of it that is not
    named like the other.
    """
    found = Gathered()
    if path.is_dir():
        _take_folder(path, found, role)
    else:
        _take(path, path.parent, found)
        found.beside.update(plain_files(_logs_beside(path) if role == "protocol" else ()))
    found.files.update(_scripts(path if path.is_dir() else path.parent) if found.files else {})
    return found


def _logs_beside(path: Path) -> Iterator[Path]:
    """Logs of deviations and amendments in the folder of a protocol: files that are called so and nothing else."""
    for beside in sorted(path.parent.iterdir()):
        words = [word for word in _WORD_OF_NAME.split(beside.stem.lower()) if word]
        is_log = any(_LOG_WORD.fullmatch(word) for word in words)
        rest = {word for word in words if not _LOG_WORD.fullmatch(word)}
        if (
            is_log
            and rest <= _OF_LOGS
            and beside != path
            and beside.suffix.lower() in _DOCUMENTS
            and access(beside, R_OK)
        ):
            yield beside


def _scripts(folder: Path) -> dict[str, bytes]:
    """The scripts of a folder and of those in it; which of them the plan names is seen when it is read."""
    paths = [
        path for path in sorted([*folder.iterdir(), *folder.glob("*/*")]) if is_script(path.name) and path.is_file()
    ]
    small = [path for path in paths[:_MOST_SCRIPTS] if path.stat().st_size <= _LARGEST_SCRIPT and access(path, R_OK)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in small}


def _take_folder(folder: Path, found: Gathered, role: str) -> None:
    documents = [
        path for path in sorted(folder.iterdir()) if path.suffix.lower() in _DOCUMENTS and not _ASIDE.match(path.name)
    ]
    logs = [path for path in documents if _LOG.search(path.stem)]
    others = [path for path in documents if path not in logs]
    named = [path for path in others if _MAIN[role].match(path.stem)]
    others = [path for path in others if not any(other.match(path.stem) for other in _MAIN.values())]
    whole = [path for path in others if path.suffix.lower() == ".tex" and "\\documentclass" in _text(path)]
    chosen = named[:1] or whole[:1] or others
    for path in chosen:
        _take(path, folder, found)
    found.beside.update(plain_files(logs))
    if not chosen:
        found.unread.append(NO_DOCUMENT.format(name=folder.name or str(folder)))


def _take(path: Path, folder: Path, found: Gathered) -> None:
    """Take one file, and of LaTeX what it takes in, wherever inside the folder."""
    if path.stat().st_size > LARGEST:
        found.unread.append(TOO_LARGE.format(name=path.name))
        return
    name = path.relative_to(folder).as_posix()
    if name in found.files:
        return
    found.files[name] = path.read_bytes()
    text = _text(path) if path.suffix.lower() in {".tex", ".md", ".rmd", ".qmd", ".markdown"} else ""
    found.unread += [
        MISSING_PICTURE.format(name=name, wanted=wanted) for wanted in _missing_pictures(text, path.parent, folder)
    ]
    if path.suffix.lower() != ".tex":
        return
    for match in _TAKES_IN.finditer(text):
        part = inside(folder, match["wanted"].strip(), (".tex", ""))
        if part is not None:
            _take(part, folder, found)


def _missing_pictures(text: str, beside: Path, folder: Path) -> Iterator[str]:
    wanted = dict.fromkeys(match["tex"] or match["md"] for match in _PICTURE.finditer(text))
    anywhere = {path.name for path in folder.rglob("*") if path.is_file()} if wanted else set()
    for name in wanted:
        short = Path(name).name
        if inside(beside, name, _PICTURE_KINDS) is None and not any(
            f"{short}{kind}" in anywhere for kind in _PICTURE_KINDS
        ):
            yield name


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
