"""Reads a manuscript into structure: sections, figures, references, and the forms it is shown and kept in.

Nothing is guessed silently: what was left out, inferred or not found is said in `warnings`, for the author to look at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from journal.reading.allowlist import clean, clean_again
from journal.reading.bibliography import Bibliography, bibliography_from
from journal.reading.captions import join_captions
from journal.reading.chunks import show_code
from journal.reading.citations import (
    cite,
    cited_keys,
    drop_lost_links,
    link_cross_references,
    say_what_is_not_found,
)
from journal.reading.illustrations import Figure, count_figures, number_captions, place_figures
from journal.reading.inspection import Inspected, Kind, Refused, inspect
from journal.reading.outline import Heading, even_headings, infer_headings, take_title
from journal.reading.pandoc import SECONDS, Converted, Unreadable, convert
from journal.reading.pipes import say_what_tables_lose
from journal.reading.plain_text import plain_text
from journal.reading.sentences import Remarks
from journal.reading.tree import TOO_DEEP, Node, walk, why_too_large
from journal.reading.writing import Written, write

MARKDOWN = "markdown-blank_before_header+lists_without_preceding_blankline+autolink_bare_uris"
READERS = {Kind.MARKDOWN: ("-f", MARKDOWN), Kind.WORD: ("-f", "docx", "--track-changes=accept")}
NO_TEXT = "No text was found in the manuscript. Check that the right file was uploaded."
CHANGES = (
    "The Word file has {count} tracked changes; all were accepted for reading. Accept or reject them in Word if this is"
    " not what you want."
)
COMMENTS = "The Word file has {count} comments; they are left out."

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A manuscript as read. The same files give the same document, byte for byte.

    `title` is empty where the manuscript shows none; `headings` carry the identifiers that `html()` uses; `figures` are
    the pictures the text shows, made anew, under the names that `html()` and `jats_body()` use
    (`figures/figure-1.png`); `figure_count` is how many figures the text has, of however many pictures.
    """

    title: str
    headings: tuple[Heading, ...]
    figures: tuple[Figure, ...]
    warnings: tuple[str, ...]
    written: Written
    figure_count: int = 0

    def text(self) -> str:
        """The words alone, one paragraph a line, for search and comparison."""
        return self.written.text

    def html(self) -> str:
        """The article's body for the web: headings from h2, MathML, identifiers that begin with `ms-`."""
        return self.written.html

    def html_for_paper(self) -> str:
        """The same for the typesetter: formulas as `data-tex`, footnotes inline as `<span class="fn">`."""
        return self.written.html_for_paper

    def jats_body(self) -> str:
        """What belongs inside `<body>`; uses the prefixes `xlink:` and `mml:`."""
        return self.written.jats_body

    def jats_back(self) -> str:
        """What belongs inside `<back>`: the list of references and the notes; empty where there are none."""
        return self.written.jats_back


def read_document(
    body: bytes,
    kind: Literal[Kind.MARKDOWN, Kind.WORD],
    *,
    figures: Mapping[str, bytes],
    bibliography: str | None = None,
    seconds: float = SECONDS,
) -> Document | Unreadable:
    """Read a manuscript as uploaded, with the figures by the names its author gave them and BibTeX text.

    `seconds` of wall clock for each step. Raises `ConfinementFailed` when the machine cannot run the child.
    """
    inspected = inspect(kind, body, seconds=seconds)
    if isinstance(inspected, Refused):
        return Unreadable(inspected.words)
    remarks = Remarks()
    source = _source(kind, inspected, remarks)
    tree = _parsed(source, READERS[kind], seconds=seconds)
    if isinstance(tree, Unreadable):
        return tree
    title, blocks = take_title(tree["meta"], clean(tree["blocks"], remarks), remarks)
    if not plain_text(blocks) and not any(node["t"] == "Image" for node in walk(blocks)):
        return Unreadable(NO_TEXT)
    if kind is Kind.WORD:
        title, blocks = infer_headings(title, blocks, remarks)
    blocks = join_captions(blocks, remarks)
    shown = place_figures(blocks, {**figures, **inspected.media}, remarks)
    finished = _with_citations({**tree, "meta": {}, "blocks": blocks}, bibliography, shown, remarks, seconds=seconds)
    return finished if isinstance(finished, Unreadable) else _document(title, finished, shown, remarks, seconds=seconds)


def _parsed(body: bytes, reader: tuple[str, ...], *, seconds: float) -> Tree | Unreadable:
    """The tree as pandoc reads it, without citations set and within the limits."""
    converted = convert(body, [*reader, "-t", "json"], seconds=seconds)
    if not isinstance(converted, Converted):
        return converted
    try:
        tree: Tree = json.loads(converted.text)
    except RecursionError:
        return Unreadable(TOO_DEEP)
    too_large = why_too_large([*tree["blocks"], tree["meta"]])
    return Unreadable(too_large) if too_large else tree


def _source(kind: Kind, inspected: Inspected, remarks: Remarks) -> bytes:
    """What pandoc is given, and what is said of it."""
    if kind is not Kind.MARKDOWN:
        _say_what_word_held(inspected, remarks)
        return inspected.clean
    text = inspected.clean.decode("utf-8", "replace")
    say_what_tables_lose(text, remarks)
    return show_code(text, remarks).encode()


def _say_what_word_held(inspected: Inspected, remarks: Remarks) -> None:
    for what, words in (("changes", CHANGES), ("comments", COMMENTS)):
        if count := int(inspected.facts.get(what, 0)):
            remarks.say(words.format(count=count))


def _with_citations(
    tree: Tree, bibliography: str | None, shown: tuple[Figure, ...], remarks: Remarks, *, seconds: float
) -> Tree | Unreadable:
    link_cross_references(tree["blocks"], number_captions(tree["blocks"]), remarks)
    keys = cited_keys(tree["blocks"])
    references = _references(bibliography, remarks)
    say_what_is_not_found(keys, references, remarks)
    blocks: list[Node] | Unreadable = tree["blocks"]
    if references is not None and keys:
        blocks = cite(tree, references, seconds=seconds)
    if isinstance(blocks, Unreadable):
        return blocks
    blocks = clean_again(blocks, remarks, pictures=frozenset(figure.name for figure in shown))
    drop_lost_links(blocks, remarks)
    return {**tree, "blocks": blocks}


def _references(bibliography: str | None, remarks: Remarks) -> Bibliography | None:
    if bibliography is None or not bibliography.strip():
        return None
    references = bibliography_from(bibliography)
    if isinstance(references, Refused):
        remarks.say(f"The bibliography was left out. {references.words}")
        return None
    return references


def _document(
    title: str, tree: Tree, shown: tuple[Figure, ...], remarks: Remarks, *, seconds: float
) -> Document | Unreadable:
    headings = even_headings(tree["blocks"])
    written = write(tree, remarks, seconds=seconds)
    if isinstance(written, Unreadable):
        return written
    return Document(title, tuple(headings), shown, remarks.told(), written, count_figures(tree["blocks"]))
