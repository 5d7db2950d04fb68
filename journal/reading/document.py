"""Reads a manuscript into structure: sections, figures, references, and the forms it is shown and kept in.

Nothing is guessed silently: what was left out, inferred or not found is said in `warnings`, for the author to look at.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from journal.reading.allowlist import clean, clean_again
from journal.reading.bibliography import Bibliography, bibliography_from
from journal.reading.captions import join_captions
from journal.reading.chunks import join_letters, show_code
from journal.reading.citations import (
    cite,
    cited_keys,
    drop_lost_links,
    link_cross_references,
    say_what_is_not_found,
)
from journal.reading.front import Front, front_of
from journal.reading.hand_references import cite_by_hand, keep_keys
from journal.reading.illustrations import Figure, count_figures, number_captions, place_figures
from journal.reading.inspection import Inspected, Kind, Refused, inspect
from journal.reading.labelled import keep_labelled_lines
from journal.reading.latex import MAIN, Entry, Source, made_whole, say_what_latex_lost, words_with_place
from journal.reading.outline import Heading, even_headings, infer_headings, take_title, with_abstract
from journal.reading.pandoc import SECONDS, Converted, Unreadable, convert
from journal.reading.pipes import say_what_tables_lose
from journal.reading.places import number_places
from journal.reading.plain_text import plain_text
from journal.reading.sentences import Remarks
from journal.reading.tree import TOO_DEEP, Node, walk, why_too_large
from journal.reading.wrapped import keep_wrapped_lines
from journal.reading.writing import Written, write

MARKDOWN = "markdown-blank_before_header+lists_without_preceding_blankline+autolink_bare_uris"
READERS = {
    Kind.MARKDOWN: ("-f", MARKDOWN),
    Kind.WORD: ("-f", "docx", "--track-changes=accept"),
    Kind.LATEX: ("-f", "latex"),
}
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
    (`figures/figure-1.png`); `figure_count` is how many figures the text has, of however many pictures. `lost` are
    those of the warnings that tell of something that is not in the text; `front` is what its head says of its authors.
    """

    title: str
    headings: tuple[Heading, ...]
    figures: tuple[Figure, ...]
    warnings: tuple[str, ...]
    written: Written
    figure_count: int = 0
    lost: tuple[str, ...] = ()
    front: Front = field(default_factory=Front)

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


def read_document(  # noqa: PLR0913 (a document, what stands beside it, and how it is wanted)
    body: bytes,
    kind: Literal[Kind.MARKDOWN, Kind.WORD, Kind.LATEX],
    *,
    figures: Mapping[str, bytes],
    bibliography: str | None = None,
    parts: Mapping[str, bytes] | None = None,
    main: str = MAIN,
    keeps_head: bool = False,
    seconds: float = SECONDS,
) -> Document | Unreadable:
    """Read a manuscript as uploaded, with the figures by the names its author gave them and a bibliography's text.

    `parts` are the texts beside a LaTeX document called `main`, by name. `keeps_head` keeps the abstract that
    stands in the head of a file, as its first section; else a form asks for it. `seconds` of wall clock for each step.
    Raises `ConfinementFailed` when the machine cannot run the child.
    """
    remarks = Remarks()
    given = _given({main: body, **(parts or {})}, kind, remarks, has_bibliography=bool(bibliography), seconds=seconds)
    if isinstance(given, Unreadable):
        return given
    tree = _parsed(given, READERS[kind], remarks, seconds=seconds)
    if isinstance(tree, Unreadable):
        return tree
    keep_labelled_lines(tree["blocks"])
    if kind is Kind.LATEX:
        number_places(tree["blocks"], remarks)
        keep_keys(tree["blocks"])
    title, blocks = take_title(tree["meta"], clean(tree["blocks"], remarks), remarks, keeps_head=keeps_head)
    if not plain_text(blocks) and not any(node["t"] == "Image" for node in walk(blocks)):
        return Unreadable(NO_TEXT)
    if kind is Kind.WORD:
        title, blocks = infer_headings(title, blocks, remarks)
    if keeps_head:
        blocks = with_abstract(tree["meta"], blocks, lambda abstract: clean(abstract, remarks))
    blocks = join_captions(blocks, remarks)
    shown = place_figures(blocks, {**figures, **given.media}, remarks)
    by_hand = given.source.entries if given.source else ()
    references = by_hand or _references(bibliography, remarks)
    finished = _with_citations({**tree, "meta": {}, "blocks": blocks}, references, shown, remarks, seconds=seconds)
    if isinstance(finished, Unreadable):
        return finished
    apart, keywords = (given.source.authors, given.source.keywords) if given.source else ((), ())
    return _document(title, finished, shown, remarks, front=front_of(tree["meta"], apart, keywords), seconds=seconds)


@dataclass(frozen=True, slots=True)
class _Given:
    """What pandoc is given, the pictures in it, and what LaTeX said beside it."""

    text: bytes
    media: Mapping[str, bytes] = field(default_factory=dict)
    source: Source | None = None


def _given(
    texts: Mapping[str, bytes], kind: Kind, remarks: Remarks, *, has_bibliography: bool, seconds: float
) -> _Given | Unreadable:
    """The first of the texts is the document."""
    body = next(iter(texts.values()))
    if kind is Kind.LATEX:
        source = made_whole(texts, has_bibliography=has_bibliography, seconds=seconds)
        return Unreadable(source.words) if isinstance(source, Refused) else _Given(source.text, source=source)
    inspected = inspect(kind, body, seconds=seconds)
    if isinstance(inspected, Refused):
        return Unreadable(inspected.words)
    if kind is Kind.WORD:
        _say_what_word_held(inspected, remarks)
        return _Given(inspected.clean, inspected.media)
    text = inspected.clean.decode("utf-8", "replace")
    say_what_tables_lose(text, remarks)
    return _Given(show_code(join_letters(keep_wrapped_lines(text)), remarks).encode())


def _parsed(given: _Given, reader: tuple[str, ...], remarks: Remarks, *, seconds: float) -> Tree | Unreadable:
    """The tree as pandoc reads it, without citations set and within the limits."""
    converted = convert(given.text, [*reader, "-t", "json"], seconds=seconds)
    if not isinstance(converted, Converted):
        return Unreadable(words_with_place(converted.words, given.source)) if given.source else converted
    try:
        tree: Tree = json.loads(converted.text)
    except RecursionError:
        return Unreadable(TOO_DEEP)
    too_large = why_too_large([*tree["blocks"], tree["meta"]])
    if too_large:
        return Unreadable(too_large)
    if given.source:
        say_what_latex_lost(given.source, converted.log, remarks)
    return tree


def _say_what_word_held(inspected: Inspected, remarks: Remarks) -> None:
    for what, words in (("changes", CHANGES), ("comments", COMMENTS)):
        if count := int(inspected.facts.get(what, 0)):
            remarks.say(words.format(count=count))


def _with_citations(
    tree: Tree,
    references: Bibliography | tuple[Entry, ...] | None,
    shown: tuple[Figure, ...],
    remarks: Remarks,
    *,
    seconds: float,
) -> Tree | Unreadable:
    link_cross_references(tree["blocks"], number_captions(tree["blocks"]), remarks)
    keys = cited_keys(tree["blocks"])
    say_what_is_not_found(keys, _keys_of(references), remarks)
    blocks: list[Node] | Unreadable = tree["blocks"]
    if isinstance(references, tuple):
        cite_by_hand(tree["blocks"], references)
    elif references is not None and keys:
        blocks = cite(tree, references, seconds=seconds)
    if isinstance(blocks, Unreadable):
        return blocks
    blocks = clean_again(blocks, remarks, pictures=frozenset(figure.name for figure in shown))
    drop_lost_links(blocks, remarks)
    return {**tree, "blocks": blocks}


def _keys_of(references: Bibliography | tuple[Entry, ...] | None) -> Collection[str] | None:
    if isinstance(references, Bibliography):
        return references.keys
    return None if references is None else [entry.key for entry in references]


def _references(bibliography: str | None, remarks: Remarks) -> Bibliography | None:
    if bibliography is None or not bibliography.strip():
        return None
    references = bibliography_from(bibliography)
    if isinstance(references, Refused):
        remarks.lose(f"The bibliography was left out. {references.words}")
        return None
    return references


def _document(  # noqa: PLR0913 (all that a document is made of)
    title: str, tree: Tree, shown: tuple[Figure, ...], remarks: Remarks, *, front: Front, seconds: float
) -> Document | Unreadable:
    headings = even_headings(tree["blocks"])
    written = write(tree, remarks, seconds=seconds)
    if isinstance(written, Unreadable):
        return written
    return Document(
        title=title,
        headings=tuple(headings),
        figures=shown,
        warnings=remarks.told(),
        written=written,
        figure_count=count_figures(tree["blocks"]),
        lost=remarks.lost(),
        front=front,
    )
