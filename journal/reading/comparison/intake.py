"""Files of every kind into a document: Markdown, Word, LaTeX, PDF text, YAML and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from journal.reading.comparison.document import Document, document_of
from journal.reading.comparison.keyed import passages_of_keyed
from journal.reading.comparison.printed import text_of_pdf
from journal.reading.comparison.scripts import NO_NOTEBOOK, READ_SCRIPT, is_script, named_scripts, text_of_notebook
from journal.reading.comparison.sections import Part
from journal.reading.passages import Block, Passage, read_passages

_KEYED = frozenset({".yaml", ".yml", ".json"})
_PARTS = frozenset({".tex", ".latex", ".md", ".markdown", ".rmd", ".qmd", ".r", ".py", ".jl", ".txt"})
_INLINE_CODE = re.compile(r"`r\s[^`]+`|`\{(?:r|python)\}[^`]+`")
_UNRESOLVED = re.compile(r"\?\?|\[\?\]|Error! (?:Reference source|Bookmark) not")
_FEW_WORDS, _MANY_LETTERS = 40, 2000
NO_SPACES = "{name} has no spaces between words, as Chinese and Japanese have none; its words were not told apart."
CODE_FOR_NUMBERS = (
    "{name}: {count} numbers are code that was not run, so they could not be compared. Give the rendered text."
)
ONLY_FIGURES = "{name} has hardly any text besides its figures; what figures show was not read."


@dataclass(frozen=True)
class Taken:
    """A document, and what could not be read of it."""

    document: Document
    unread: tuple[str, ...]


def take(files: Mapping[str, bytes], *, is_log: bool = False) -> Taken:
    """Read files into one document; the first is the document, others are its parts."""
    texts: dict[str, str] = {}
    unread: list[str] = []
    passages: list[Passage] = []
    main = next(iter(files), "")
    scripts = {name: body for name, body in files.items() if is_script(name) and name != main}
    files = {name: body for name, body in files.items() if name not in scripts}
    plain = dict(files)
    for name, body in files.items():
        kind = PurePosixPath(name).suffix.lower()
        if kind == ".pdf" and name == next(iter(files)):
            passages += _of_pdf(name, body, texts, unread)
            plain.pop(name)
        elif kind in _KEYED:
            passages += _of_keyed(name, body, texts, unread)
            plain.pop(name)
        elif kind in _PARTS:
            texts[name] = body.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if plain:
        read = read_passages(plain)
        passages += read.passages
        unread += read.unread
    named = named_scripts(scripts, " ".join(passage.plain for passage in passages if passage.block.says))
    passages += _of_scripts(named, texts, unread)
    unread += _remarks(files, passages, is_log=is_log)
    document = document_of(passages, texts, part=Part.DEVIATIONS if is_log else None)
    return Taken(document, tuple(dict.fromkeys(unread)))


def _of_scripts(scripts: Mapping[str, bytes], texts: dict[str, str], unread: list[str]) -> list[Passage]:
    passages: list[Passage] = []
    for name, body in scripts.items():
        text = text_of_notebook(body) if name.lower().endswith(".ipynb") else body.decode("utf-8-sig", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if text.strip():
            texts[name] = text
            passages.append(Passage(name, Block.CODE, text, len(passages), line=1))
        unread.append((READ_SCRIPT if text.strip() else NO_NOTEBOOK).format(name=name))
    return passages


def _of_pdf(name: str, body: bytes, texts: dict[str, str], unread: list[str]) -> list[Passage]:
    read = text_of_pdf(name, body)
    unread += read.unread
    if not read.text.strip():
        return []
    texts[name] = read.text
    given = read_passages({f"{name}.txt": read.text.encode("utf-8")})
    return [_renamed(passage, name) for passage in given.passages]


def _renamed(passage: Passage, name: str) -> Passage:
    from dataclasses import replace

    return replace(passage, file=name)


def _of_keyed(name: str, body: bytes, texts: dict[str, str], unread: list[str]) -> list[Passage]:
    try:
        text = body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        unread.append(f"{name} is no text in UTF-8 and was not read. Save it as UTF-8.")
        return []
    texts[name] = text
    found = list(passages_of_keyed(name, text))
    if not found:
        unread.append(f"{name} has no fields that could be read.")
    return found


def _remarks(files: Mapping[str, bytes], passages: list[Passage], *, is_log: bool) -> Iterator[str]:
    first = next(iter(files), "")
    code = sum(len(_INLINE_CODE.findall(passage.source)) for passage in passages if passage.block is not Block.CODE)
    if code:
        yield CODE_FOR_NUMBERS.format(name=first, count=code)
    words = sum(len(passage.plain.split()) for passage in passages if passage.block.says)
    if 0 < words < _FEW_WORDS and not is_log:
        letters = sum(len(passage.plain) for passage in passages)
        yield (NO_SPACES if letters > _MANY_LETTERS else ONLY_FIGURES).format(name=first)
    lost = sum(len(_UNRESOLVED.findall(passage.plain)) for passage in passages if passage.block.says)
    if lost:
        yield f"{first} has references that lead nowhere ({lost}: ??, [?]); what they point to was not read."
