"""Files of an author's own desk, gathered for the commands: nothing from outside the folder they stand in."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

LARGEST = 60_000_000
MOST_FILES, MOST_BYTES = 300, 60 * 1024 * 1024
MOST_LOOKED_AT, DEEPEST = 20_000, 6
_NOT_LOOKED_INTO = frozenset({"node_modules", "__pycache__", "venv", "renv", "site-packages"})


class TooMuch(Exception):
    """Raised where a folder holds more than a manuscript does."""


def inside(folder: Path, wanted: str, kinds: Iterable[str] = ("",)) -> Path | None:
    """A file of a folder by what a document calls it, with one of the endings; none outside the folder."""
    root = folder.resolve()
    for kind in kinds:
        path = (folder / f"{wanted}{kind}").resolve()
        if path.is_relative_to(root) and path.is_file():
            return folder / path.relative_to(root)
    return None


def plain_files(paths: Iterable[Path]) -> dict[str, bytes]:
    """Files by their names; a folder stands for the files in it."""
    every = (inner for path in paths for inner in (sorted(path.iterdir()) if path.is_dir() else [path]))
    return {path.name: path.read_bytes() for path in every if path.is_file() and path.stat().st_size <= LARGEST}


def below(folder: Path, suffixes: Collection[str]) -> list[Path]:
    """Files below a folder, by their endings in small letters; links out of it and hidden folders are passed over.

    Raises `TooMuch`.
    """
    found = [path for path in _files_below(folder) if path.suffix.lower() in suffixes]
    if len(found) > MOST_FILES or sum(path.stat().st_size for path in found) > MOST_BYTES:
        raise TooMuch(folder)
    return found


def _files_below(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    looked_at = 0
    for at, folders, names in os.walk(folder):
        depth = len(Path(at).relative_to(folder).parts)
        folders[:] = sorted(
            name for name in folders if depth < DEEPEST and not name.startswith(".") and name not in _NOT_LOOKED_INTO
        )
        for name in sorted(names):
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                raise TooMuch(folder)
            path = Path(at, name)
            if path.is_file() and path.resolve().is_relative_to(root):
                yield path


def beside(main: Path, *, texts: Collection[str], figures: Collection[str], lists: Collection[str]) -> dict[str, bytes]:
    """A document and what belongs to it, by path from its folder, the document first.

    Of `texts` and bibliographies (`lists`) all below its folder; of `figures` those whose name the texts say. Raises
    `TooMuch`.
    """
    folder = main.parent
    found = {main.name: main.read_bytes()}
    for path in below(folder, {*texts, *lists}):
        if path != main:
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    said = _names_said(found, texts)
    for path in _files_below(folder):
        if path.suffix.lower() in figures and path.stem.lower() in said and path.stat().st_size <= LARGEST:
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _names_said(files: Mapping[str, bytes], texts: Collection[str]) -> set[str]:
    """The last parts of all paths that the document, the first of the files, and the texts with it say."""
    words: set[str] = set()
    for number, (name, body) in enumerate(files.items()):
        if number == 0 or PurePosixPath(name).suffix.lower() in texts:
            text = body.decode("utf-8", "replace").lower().replace("%20", " ")
            for path in re.findall(r"[({\"'<=]\s*([^(){}\"'<>\n]{1,300})", text):
                last = path.strip().rpartition("/")[2]
                words |= {last, last.rpartition(".")[0], last.split()[0] if last.split() else ""}
    return words | {word.rpartition(".")[0] for word in words}
