"""Cuts LaTeX into passages at its source lines, with the parts it takes in at their places.

Nothing is run and nothing is expanded: a document is cut at its sections, items, rows and empty lines.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from journal.reading.passages.gathering import Gathered
from journal.reading.passages.markup import Markup, plain
from journal.reading.passages.passage import Block, Passage
from journal.reading.passages.splitting import Span

DEEPEST = 20
_TAKES_IN = re.compile(
    r"^(?P<before>(?:[^%\n\\]|\\(?!input|include|subfile)[^\n])*?)\\(?:input|include|subfile)\s*\{(?P<wanted>[^{}\n]+)\}",
    re.MULTILINE,
)
_LEVELS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
    "subparagraph": 6,
}
_MARK = re.compile(
    r"(?P<comment>^[ \t]*%[^\n]*$|(?<=[.;!?}])[ \t]+%[^\n]*$)|(?P<gap>\n[ \t]*\n)"
    r"|\\(?P<heading>part|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?(?:\[[^\]\n]*\])?\{"
    r"|(?P<item>\\item\b(?:\[(?P<label>[^\]\n]*)\])?)"
    r"|\\(?P<edge>begin|end)\{(?P<name>[A-Za-z*]+)\}(?:\[(?P<named>[^\]\n]*)\])?"
    r"|(?P<row>\\\\(?:\[[^\]\n]*\])?)|(?P<rule>\\(?:hline|toprule|midrule|bottomrule|cline\{[^}]*\}|centering|maketitle))",
    re.MULTILINE,
)
_TABLES = frozenset({"tabular", "tabular*", "tabularx", "tabulary", "longtable", "array"})
_TITLED = {"abstract": "Abstract", "thebibliography": "References"}
_STATEMENTS = {
    **dict.fromkeys(("hypothesis", "hypotheses", "hyp"), "Hypothesis"),
    **dict.fromkeys(("question", "researchquestion", "rq"), "Research question"),
    **dict.fromkeys(("prediction", "conjecture"), "Prediction"),
}
_VERBATIM = frozenset({"verbatim", "lstlisting", "minted", "Verbatim", "alltt"})
_DATED = re.compile(r"\A(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one file: its lines from `line` on. `missing` names what it takes in next and nobody gave."""

    file: str
    line: int
    text: str
    missing: str = ""


def flatten(name: str, text: str, find: Callable[[str], tuple[str, str] | None], depth: int = 0) -> list[Part]:
    """The parts of a document in the order of its text. `find` gives the name and text of what is taken in, or None."""
    parts: list[Part] = []
    place = 0
    for match in _TAKES_IN.finditer(text):
        wanted = posixpath.normpath(match["wanted"].strip())
        inner = find(wanted) if depth < DEEPEST else None
        start = match.end("before")
        missing = wanted if inner is None else ""
        parts.append(Part(name, text.count("\n", 0, place) + 1, text[place:start], missing))
        parts += [] if inner is None else flatten(*inner, find, depth + 1)
        place = match.end()
    return [*parts, Part(name, text.count("\n", 0, place) + 1, text[place:])]


def gather_latex(parts: Sequence[Part]) -> list[Passage]:
    """The passages of a flattened document."""
    gathered = Gathered("", Markup.LATEX)
    cutting = _Cutting(gathered, in_preamble=any(r"\begin{document}" in part.text for part in parts))
    for part in parts:
        gathered.file = part.file
        cutting.cut(part)
    return gathered.passages


@dataclass
class _Cutting:
    gathered: Gathered
    in_preamble: bool
    within: list[str] = field(default_factory=list)
    label: str = ""
    counted: Counter[str] = field(default_factory=Counter)
    header: tuple[str, ...] = ()

    def cut(self, part: Part) -> None:
        """Cut one part at its marks."""
        place = 0
        for mark in _MARK.finditer(part.text):
            if mark.start() < place or (self._is("verbatim") and mark["edge"] != "end"):
                continue
            if mark["row"] and not self._is("table") and not part.text.startswith("\n", mark.end()):
                continue
            self._words(part, (place, mark.start()))
            place = self._take(part, mark)
        self._words(part, (place, len(part.text)))

    def _is(self, what: str) -> bool:
        names = {"verbatim": _VERBATIM, "table": _TABLES, "comment": frozenset({"comment"})}[what]
        return any(name in names for name in self.within)

    def _take(self, part: Part, mark: re.Match[str]) -> int:
        """Act on one mark and say where the text goes on."""
        if mark["comment"]:
            self.gathered.add(_cutout(part, Block.COMMENT, mark.span("comment")))
        elif mark["heading"]:
            return self._heading(part, mark)
        elif mark["item"]:
            self.label = plain(mark["label"] or "", Markup.LATEX)
        elif mark["edge"]:
            return self._edge(part, mark)
        return mark.end()

    def _heading(self, part: Part, mark: re.Match[str]) -> int:
        end = _closing(part.text, mark.end())
        heading = _cutout(part, Block.HEADING, (mark.end(), end))
        self.gathered.add(replace(heading, level=_LEVELS[mark["heading"]]))
        return end + 1

    def _edge(self, part: Part, mark: re.Match[str]) -> int:
        name = mark["name"]
        if mark["edge"] == "begin":
            self.within.append(name)
            if name in _TITLED:
                self._title(part, mark.start(), _TITLED[name])
            if name == "document":
                self.in_preamble = False
            self._announce(name.rstrip("*").lower(), mark["named"] or "")
            columns = _DATED.match(part.text[mark.end() :]) if name in _TABLES else None
            self.header = ()
            return mark.end() + (columns.end() if columns else 0)
        if name in self.within:
            del self.within[len(self.within) - 1 - self.within[::-1].index(name) :]
        self.label = ""
        return mark.end()

    def _title(self, part: Part, place: int, title: str) -> None:
        """The heading that LaTeX prints over an environment. No source says it, so its source is the name it bears."""
        self.gathered.add(Passage("", Block.HEADING, title, 0, line=_line(part, place), level=2))

    def _announce(self, name: str, named: str) -> None:
        """Label what an environment for hypotheses holds as it is printed: by its own label, or counted."""
        if name in _STATEMENTS:
            self.counted[name] += 1
            self.label = plain(named, Markup.LATEX) or f"{_STATEMENTS[name]} {self.counted[name]}"

    def _words(self, part: Part, span: Span) -> None:
        text = part.text[span[0] : span[1]]
        words = text.strip()
        if not words:
            return
        start = span[0] + text.index(words)
        bounds = (start, start + len(words))
        if self._is("table"):
            self._row(part, bounds)
        else:
            self.gathered.add(replace(_cutout(part, self._block(), bounds), lead=self.label))
        self.label = ""

    def _block(self) -> Block:
        if self.in_preamble:
            return Block.FRONT_MATTER
        if self._is("verbatim"):
            return Block.CODE
        if self._is("comment"):
            return Block.COMMENT
        if any(name in {"itemize", "enumerate", "description", "compactitem"} for name in self.within):
            return Block.ITEM
        return Block.QUOTE if any(name in {"quote", "quotation"} for name in self.within) else Block.PARAGRAPH

    def _row(self, part: Part, span: Span) -> None:
        source = part.text[span[0] : span[1]]
        cells = tuple(match.span() for match in re.finditer(r"(?:\\&|[^&\s])(?:(?:\\&|[^&])*(?:\\&|[^&\s]))?", source))
        if not self.header:
            self.header = tuple(plain(source[a:b], Markup.LATEX) for a, b in cells)
            return
        self.gathered.add(replace(_cutout(part, Block.ROW, span), cells=cells, header=self.header))


def _cutout(part: Part, block: Block, span: Span) -> Passage:
    return Passage("", block, part.text[span[0] : span[1]], 0, line=_line(part, span[0]))


def _line(part: Part, place: int) -> int:
    return part.line + part.text.count("\n", 0, place)


def _closing(text: str, place: int) -> int:
    """Where the brace that was opened before `place` closes, or the end of its line."""
    depth = 1
    for match in _braces(text, place):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _braces(text: str, place: int) -> Iterator[re.Match[str]]:
    return re.compile(r"(?<!\\)[{}]").finditer(text, place, place + 1000)
