"""What a path stands for: a document with what is beside it, the files of a zip, or those of a folder."""

from __future__ import annotations

from pathlib import Path

from journal.gathering import LARGEST, TooMuch, below, beside
from journal.reading.inspection import Refused
from journal.reading.latex import TEXTS
from journal.reading.package import BIBLIOGRAPHIES, DOCUMENTS, FIGURES, Package, opened_archive, package_in

TOO_LARGE = "{name} is larger than 60 million bytes. Make its pictures smaller."
TOO_MUCH = (
    "{name} holds far more files than a manuscript has. Put the manuscript with its figures in a folder of its own."
)
NOT_KNOWN = (
    "{name} is no kind of manuscript that is known here: Markdown (.md), R Markdown, Quarto, Word (.docx), LaTeX"
    " (.tex), a .zip of these, or a folder."
)


def opened(path: Path) -> Package | Refused:
    """The manuscript at a path. Raises `ConfinementFailed` where a zip cannot be opened safely."""
    try:
        if path.is_dir():
            return _of_folder(path)
        if path.stat().st_size > LARGEST:
            return Refused(TOO_LARGE.format(name=path.name))
        if path.suffix.lower() == ".zip":
            files = opened_archive(path.read_bytes())
            return files if isinstance(files, Refused) else package_in(files)
        if path.suffix.lower() not in DOCUMENTS:
            return Refused(NOT_KNOWN.format(name=path.name))
        return _of_file(path)
    except TooMuch:
        return Refused(TOO_MUCH.format(name=path.name))


def _of_folder(folder: Path) -> Package | Refused:
    """The main document of a folder is looked for in the folder itself, then with all below it."""
    here = {path.name: path for path in sorted(folder.iterdir()) if path.is_file()}
    documents = {name: path.read_bytes() for name, path in here.items() if path.suffix.lower() in DOCUMENTS}
    found = package_in(documents)
    if isinstance(found, Refused) and not documents:
        deeper = {path.relative_to(folder).as_posix(): path for path in below(folder, set(DOCUMENTS))}
        found = package_in({name: path.read_bytes() for name, path in deeper.items()})
    return found if isinstance(found, Refused) else _of_file(folder / found.main)


def _of_file(path: Path) -> Package | Refused:
    files = beside(path, texts=TEXTS, figures=FIGURES, lists=BIBLIOGRAPHIES)
    return package_in(files, main=path.name)
