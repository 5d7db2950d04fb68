"""Which of several files is the manuscript, and what the others are to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from journal.confinement import Completed, Limits, run_module_confined
from journal.reading.document import Document, read_document
from journal.reading.inspection import MEBIBYTE, SECONDS_TO_OPEN, Kind, Refused, answer_of, refusal_in
from journal.reading.latex import TEXTS, is_latex
from journal.reading.pandoc import SECONDS, Unreadable
from journal.reading.problems import Problem, words_for

DOCUMENTS: Mapping[str, Literal[Kind.MARKDOWN, Kind.WORD, Kind.LATEX]] = {
    ".tex": Kind.LATEX,
    ".latex": Kind.LATEX,
    **dict.fromkeys((".md", ".markdown", ".rmd", ".qmd", ".txt"), Kind.MARKDOWN),
    ".docx": Kind.WORD,
}
FIGURES = frozenset({".png", ".jpg", ".jpeg", ".svg", ".pdf", ".gif", ".eps", ".tif", ".tiff"})
BIBLIOGRAPHIES = (".bib", ".json", ".ris")
MAIN_NAMES = ("main", "manuscript", "paper", "article", "report", "ms", "stage2", "stage-2", "protocol", "stage1")
_ASIDE = re.compile(
    r"(?:readme|licen[cs]e|notice|contributing|changelog|cover|response|deviat|supplement|todo)", re.IGNORECASE
)
_NAMED = re.compile(
    r"^\s*bibliography:\s*\[?[\"']?([^\s\"'\],]+)|\\(?:bibliography|addbibresource)\s*(?:\[[^\]]*\])?\{([^{},]+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Package:
    """A manuscript among files by name: the main document, and beside it texts, figures and a bibliography's text."""

    main: str
    kind: Literal[Kind.MARKDOWN, Kind.WORD, Kind.LATEX]
    body: bytes
    parts: Mapping[str, bytes] = field(default_factory=dict)
    figures: Mapping[str, bytes] = field(default_factory=dict)
    bibliography: str | None = None

    def files(self) -> dict[str, bytes]:
        """What `propose` reads: the document first, then the texts it takes in."""
        return {self.main: self.body, **self.parts}


def opened_archive(body: bytes, *, seconds: float = SECONDS_TO_OPEN) -> dict[str, bytes] | Refused:
    """The files of a zip that a manuscript can be made of, by name. Raises `ConfinementFailed`."""
    limits = Limits(seconds=seconds, memory=1536 * MEBIBYTE, output=256 * MEBIBYTE)
    ended = run_module_confined("journal.reading.inside.archive", files={"upload": body}, limits=limits)
    answer = answer_of(ended, seconds=seconds)
    if isinstance(answer, Refused):
        return answer
    refusal = refusal_in(answer)
    if not isinstance(ended, Completed) or refusal is not None:
        return refusal or Refused(words_for(Problem.UNOPENED, {}))
    names = answer["facts"]["names"]
    return {name: ended.outputs.get(written, b"") for name, written in names.items()}


def package_in(files: Mapping[str, bytes], *, main: str | None = None) -> Package | Refused:
    """The package that files make; `main` names the document where that is known."""
    name = main or _main_of(files)
    if name is None:
        shown = ", ".join(sorted(files)[:5]) or "it is empty"
        return Refused(words_for(Problem.NO_MANUSCRIPT, {"found": shown}))
    kind = DOCUMENTS[_suffix(name)]
    parts = {other: text for other, text in files.items() if _suffix(other) in TEXTS and other != name}
    return Package(
        main=name,
        kind=kind,
        body=files[name],
        parts=parts if kind is Kind.LATEX else {},
        figures={other: body for other, body in files.items() if _suffix(other) in FIGURES and other != name},
        bibliography=_bibliography(files, name, parts),
    )


def read_package(
    package: Package, *, figures: Mapping[str, bytes] | None = None, keeps_head: bool = False, seconds: float = SECONDS
) -> Document | Unreadable:
    """The document of a package; `figures` come before its own. As `read_document`."""
    return read_document(
        package.body,
        package.kind,
        figures={**package.figures, **(figures or {})},
        bibliography=package.bibliography,
        parts=package.parts,
        main=package.main,
        keeps_head=keeps_head,
        seconds=seconds,
    )


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _main_of(files: Mapping[str, bytes]) -> str | None:
    """One LaTeX document that begins as one; else one document; of several the one whose name says so."""
    documents = [name for name in sorted(files) if _suffix(name) in DOCUMENTS]
    documents = [name for name in documents if not _ASIDE.match(PurePosixPath(name).stem)]
    whole = [name for name in documents if DOCUMENTS[_suffix(name)] is Kind.LATEX and is_latex(files[name])]
    texts = [name for name in documents if DOCUMENTS[_suffix(name)] is not Kind.LATEX]
    lone = [name for name in documents if DOCUMENTS[_suffix(name)] is Kind.LATEX]
    for candidates in (whole, texts, lone):
        if candidates:
            return _one_of(candidates)
    return None


def _one_of(names: list[str]) -> str | None:
    """The one whose name says most clearly that it is the manuscript, then the one in the outermost folder."""
    if len(names) == 1:
        return names[0]
    ranked = sorted((_rank(name), name) for name in names)
    return ranked[0][1] if ranked[0][0] < ranked[1][0] else None


def _rank(name: str) -> tuple[int, int]:
    path = PurePosixPath(name)
    begins = (place for place, said in enumerate(MAIN_NAMES) if path.stem.lower().startswith(said))
    return next(begins, len(MAIN_NAMES)), len(path.parts)


def _bibliography(files: Mapping[str, bytes], main: str, parts: Mapping[str, bytes]) -> str | None:
    """The one that the document names; else the one there is, BibTeX before RIS. Data are no bibliography."""
    texts = [] if DOCUMENTS[_suffix(main)] is Kind.WORD else [files[main], *parts.values()]
    wanted = {
        PurePosixPath(match[1] or match[2]).stem
        for text in texts
        for match in _NAMED.finditer(text.decode("utf-8", "replace"))
    }
    all_of_them = [
        name for name in sorted(files) if _suffix(name) in BIBLIOGRAPHIES and PurePosixPath(name).stem in wanted
    ]
    others = [name for name in sorted(files) if _suffix(name) in (".bib", ".ris")]
    found = all_of_them or (others if len(others) == 1 else [])
    return "\n\n".join(files[name].decode("utf-8-sig", "replace") for name in found[:5]) or None
