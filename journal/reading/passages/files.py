"""Reads files into passages by what their names say they are; what cannot be read is said and the rest goes on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath

from journal.reading.passages.gathering import Gathered
from journal.reading.passages.latex import flatten, gather_latex
from journal.reading.passages.markdown import gather_markdown
from journal.reading.passages.markup import Markup
from journal.reading.passages.passage import Block, Passage, Passages
from journal.reading.passages.word import gather_word

MARKDOWN = frozenset({".md", ".markdown", ".rmd", ".qmd", ".rmarkdown", ".mdx"})
PLAIN = frozenset({".txt", ".text", ""})
SCRIPTS = frozenset(
    {".r", ".py", ".jl", ".do", ".sas", ".sps", ".json", ".yaml", ".yml", ".toml", ".stan", ".inp", ".sh"}
)
NOT_READ = {
    ".pdf": "{name} is a PDF. Give the file it was made from (Markdown, Word or LaTeX): a PDF keeps no structure.",
    ".doc": "{name} is a Word file of the old kind. In Word, save it as .docx.",
    ".odt": "{name} is no Word file. In your word processor, save it as .docx.",
    ".rtf": "{name} is no Word file. In your word processor, save it as .docx.",
    ".ipynb": "{name} is a notebook. Export it as Markdown first (`jupyter nbconvert --to markdown`).",
}
FIGURES = frozenset({".png", ".jpg", ".jpeg", ".svg", ".gif", ".pdf"})
PASSED_OVER = FIGURES | {".bib", ".bbl", ".bst", ".cls", ".sty", ".csl", ".css", ".lua", ".csv", ".tsv", ".aux", ".log"}
LONGEST = 3_000_000
UNKNOWN = "{name} was not read: this kind of file is not known here."
TOO_LONG = "{name} is longer than 3 million bytes and was not read. Give the protocol without its data."
NOT_TEXT = "{name} is no text in UTF-8 and was not read. Save it as UTF-8."
NOT_GIVEN = "{name} takes in {wanted}, which was not given."
EMPTY = "{name} has no text in it."
CHANGED = (
    "{name} has {count} tracked changes; they were read as {how}. Choose with --changes accept or --changes reject."
)


class Changes(StrEnum):
    """How tracked changes of a Word file are read: as if all were accepted, or as if all were rejected."""

    ACCEPT = "accept"
    REJECT = "reject"


def read_passages(files: Mapping[str, bytes], *, changes: Changes | None = None) -> Passages:
    """Read files, by name (with `/` between folders), into passages; the first file is the document.

    LaTeX files that the first one takes in are read in their place, and only once; figures and data are passed over.
    `changes` None reads tracked changes as accepted and says so; how many there are stands in `facts` as "changes".
    Raises `ConfinementFailed` when the machine cannot run the confined child; everything else that goes wrong is a
    sentence in `unread`.
    """
    passages: list[Passage] = []
    unread: list[str] = []
    taken: set[str] = set()
    facts: dict[str, int] = {}
    for place, name in enumerate(files):
        if name not in taken and not (place and PurePosixPath(name).suffix.lower() in PASSED_OVER):
            passages += _read(name, files, changes=changes, unread=unread, taken=taken, facts=facts)
    return Passages(tuple(passages), tuple(dict.fromkeys(unread)), facts)


def _read(  # noqa: PLR0913 - a file, how it is read, and what is gathered beside its passages
    name: str,
    files: Mapping[str, bytes],
    *,
    changes: Changes | None,
    unread: list[str],
    taken: set[str],
    facts: dict[str, int],
) -> list[Passage]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".docx":
        return _word(name, files[name], changes=changes, unread=unread, facts=facts)
    if suffix in NOT_READ or suffix not in MARKDOWN | PLAIN | SCRIPTS | {".tex", ".latex"}:
        unread.append(NOT_READ.get(suffix, UNKNOWN).format(name=name))
        return []
    text = _text(name, files[name], unread)
    if text is None:
        return []
    if suffix in {".tex", ".latex"}:
        return _latex(name, text, files, unread=unread, taken=taken)
    gathered = Gathered(name, Markup.NONE if suffix in SCRIPTS else Markup.MARKDOWN)
    if suffix in SCRIPTS:
        gathered.add(Passage("", Block.CODE, text, 0, line=1, language=suffix[1:]))
    else:
        gather_markdown(text, gathered, is_plain=suffix in PLAIN)
    return gathered.passages


def _text(name: str, body: bytes, unread: list[str]) -> str | None:
    if len(body) > LONGEST:
        unread.append(TOO_LONG.format(name=name))
        return None
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        unread.append(NOT_TEXT.format(name=name))
        return None
    if not text.strip():
        unread.append(EMPTY.format(name=name))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _latex(name: str, text: str, files: Mapping[str, bytes], *, unread: list[str], taken: set[str]) -> list[Passage]:
    parts = flatten(name, text, lambda wanted: _part(wanted, files, unread))
    taken.update(part.file for part in parts)
    unread += [NOT_GIVEN.format(name=name, wanted=part.missing) for part in parts if part.missing]
    return gather_latex(parts)


def _part(wanted: str, files: Mapping[str, bytes], unread: list[str]) -> tuple[str, str] | None:
    for name in (wanted, f"{wanted}.tex"):
        if name in files:
            text = _text(name, files[name], unread)
            return None if text is None else (name, text)
    return None


def _word(
    name: str, body: bytes, *, changes: Changes | None, unread: list[str], facts: dict[str, int]
) -> list[Passage]:
    gathered = Gathered(name, Markup.NONE)
    tracked = gather_word(body, gathered, reject=changes is Changes.REJECT)
    if isinstance(tracked, str):
        unread.append(f"{name}: {tracked}")
        return gathered.passages
    facts["changes"] = facts.get("changes", 0) + tracked
    if tracked and changes is None:
        unread.append(CHANGED.format(name=name, count=tracked, how="accepted"))
    return gathered.passages
