"""A LaTeX document as pandoc is given it: one source, and what is said of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from journal.confinement import Completed, Limits, run_module_confined
from journal.reading.inspection import MEBIBYTE, SECONDS_TO_OPEN, Refused, answer_of, refusal_in
from journal.reading.problems import Problem, words_for
from journal.reading.sentences import Remarks

TEXTS = frozenset({".tex", ".latex", ".sty", ".bbl"})
MAIN = "main.tex"
# What lays out pages and holds no words, and what pandoc says although it reads what is inside.
_OF_PAGES = frozenset(
    (
        *(
            "maketitle",
            "centering",
            "noindent",
            "small",
            "footnotesize",
            "scriptsize",
            "tiny",
            "large",
            "Large",
            "LARGE",
        ),
        *(
            "huge",
            "Huge",
            "normalsize",
            "newblock",
            "vspace",
            "hspace",
            "vfill",
            "hfill",
            "medskip",
            "smallskip",
            "bigskip",
        ),
        *("clearpage", "newpage", "pagebreak", "linebreak", "nopagebreak", "raggedright", "raggedleft", "textwidth"),
        *("linewidth", "columnwidth", "textheight", "bibliographystyle", "setlength", "addtolength", "setcounter"),
        *("addtocounter", "captionsetup", "hypersetup", "graphicspath", "DeclareGraphicsExtensions", "pagestyle"),
        *("thispagestyle", "tableofcontents", "listoffigures", "listoftables", "titlespacing", "titleformat", "relax"),
        *("protect", "bgroup", "egroup", "par", "indent", "sloppy", "balance", "FloatBarrier", "par", "makeatletter"),
        *("makeatother", "ensuremath", "selectfont", "fontsize", "color", "arraystretch", "tabcolsep", "renewcommand"),
        *(
            "newcommand",
            "def",
            "let",
            "sisetup",
            "definecolor",
            "setcitestyle",
            "looseness",
            "enlargethispage",
            "phantomsection",
        ),
        *(
            "addcontentsline",
            "doublespacing",
            "singlespacing",
            "onehalfspacing",
            "linenumbers",
            "nolinenumbers",
            "today",
        ),
        *(
            "printbibliography",
            "endgroup",
            "begingroup",
            "item",
            "affil",
            "affiliation",
            "institute",
            "address",
            "keywords",
        ),
        *("keyword", "kwd", "email", "toprule", "midrule", "bottomrule", "hline", "extracolsep", "cmidrule", "usebox"),
        *("backmatter", "frontmatter", "mainmatter", "bfseries", "itshape", "rmfamily", "ttfamily", "sffamily", "null"),
        *("nocite", "vskip", "hskip", "kern", "baselineskip", "parskip", "parindent", "stretch", "unskip", "strut"),
    )
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_EDGE = re.compile(r"\\(?:begin|end)\{[^{}]*\}(?:\[[^\]]*\])*(?:\{[^{}]*\})*\s*")
_DRAWN = re.compile(r"\\begin\{(?:tikzpicture|pgfpicture|pspicture|picture|forest|circuitikz|tikzcd)\}")
_AT_LINE = re.compile(r"line (\d+), column \d+\):\s*(.*)", re.DOTALL)
SHOWN = 60
NOT_CLOSED = (
    "The LaTeX could not be read: at `{near}` the reader met {said}. A brace or an environment that is not closed does"
    " this. Look whether LaTeX itself takes the source, mend it and upload it again."
)
DRAWN = (
    "{count} drawn by LaTeX itself (TikZ or the like) cannot be drawn here. Compile each alone to PDF, or save it as"
    " SVG, and take it in with \\includegraphics."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference written by hand: its key, and what a citation of it says. `who` is empty where it is a number."""

    key: str
    who: str
    year: str


@dataclass(frozen=True, slots=True)
class Source:
    """One source of all that a LaTeX document takes in, with what was found on the way.

    `authors` are those whose affiliations stand apart from their names (`name`, `places`); `unread` are sentences.
    """

    text: bytes
    unread: tuple[str, ...]
    entries: tuple[Entry, ...]
    authors: tuple[Mapping[str, Any], ...]
    keywords: tuple[str, ...]
    drawn: int


def is_latex(text: bytes) -> bool:
    """Whether a text is the main document of its folder."""
    return re.search(rb"^[^%\n]*\\documentclass", text, re.MULTILINE) is not None


def made_whole(
    texts: Mapping[str, bytes],
    *,
    has_bibliography: bool,
    seconds: float = SECONDS_TO_OPEN,
) -> Source | Refused:
    """Make one source of a document, the first, and the texts beside it, in confinement. Raises `ConfinementFailed`."""
    files = {f"{number:04}": text for number, text in enumerate(texts.values())}
    files["names.json"] = json.dumps(list(texts)).encode()
    ended = run_module_confined(
        "journal.reading.inside.latex.whole",
        [] if has_bibliography else ["bbl"],
        files=files,
        limits=Limits(seconds=seconds, memory=1536 * MEBIBYTE, output=64 * MEBIBYTE),
    )
    answer = answer_of(ended, seconds=seconds)
    if isinstance(answer, Refused):
        return answer
    refusal = refusal_in(answer)
    if not isinstance(ended, Completed) or refusal is not None:
        return refusal or Refused(words_for(Problem.UNOPENED, {}))
    return _source(ended.outputs.get("clean", b""), answer["facts"])


def _source(text: bytes, facts: Mapping[str, Any]) -> Source:
    bad = [f"`{name}`: {_words(problem, detail)}" for name, problem, detail in facts["unreadable"]]
    return Source(
        text=text,
        unread=(*map(str, facts["unread"]), *bad),
        entries=tuple(Entry(str(each["key"]), str(each["who"]), str(each["year"])) for each in facts["entries"]),
        authors=tuple(facts["authors"]),
        keywords=tuple(map(str, facts["keywords"])),
        drawn=int(facts["drawn"]),
    )


def _words(problem: str, detail: Mapping[str, str]) -> str:
    return (refusal_in({"problem": problem, "detail": detail}) or Refused("")).words


def words_with_place(words: str, source: Source) -> str:
    """Why pandoc gave up, with the words at that place: its lines count in our one source, which no author knows."""
    found = _AT_LINE.search(words)
    lines = source.text.decode("utf-8", "replace").splitlines()
    if found is None or int(found[1]) > len(lines):
        return words
    near = " ".join(lines[max(0, int(found[1]) - 2) : int(found[1])]).strip()[-SHOWN:]
    return NOT_CLOSED.format(near=near, said=found[2].strip(" ^")[:100])


def say_what_latex_lost(source: Source, log: Iterable[Mapping[str, Any]], remarks: Remarks) -> None:
    """Tell of what is missing, and of what pandoc passed over that held words or drew something."""
    for sentence in source.unread:
        remarks.lose(sentence)
    if source.drawn:
        count = "1 figure" if source.drawn == 1 else f"{source.drawn} figures"
        remarks.lose(DRAWN.format(count=count))
    begins = source.text[: source.text.find(b"\\begin{document}")].count(b"\n") + 1
    for message in log:
        contents = str(message.get("contents", ""))
        if message.get("type") != "SkippedContent" or int(message.get("line", 0)) < begins:
            continue
        command = _COMMAND.match(contents)
        if _EDGE.fullmatch(contents) or _DRAWN.match(contents) or command is None or command[1] in _OF_PAGES:
            continue
        remarks.commands.append(contents.strip()[:SHOWN])
