"""Takes the parts of a LaTeX document to their places, from among the files that were given and from nowhere else."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from journal.reading.inside.latex.scanning import arguments
from journal.reading.problems import Problem, Unusable

DEEPEST, LONGEST, MOST_PARTS = 20, 6_000_000, 500
# What is taken as it stands: code, addresses (a % in them is a letter), and whatever a backslash escapes.
_KEPT = re.compile(
    r"(?P<comment>%[^\n]*(?:\n(?![ \t]*\n)[ \t]*)?)"
    r"|\\begin\{(?P<name>verbatim|Verbatim|lstlisting|minted|alltt|comment)\}.*?(?:\\end\{(?P=name)\}|\Z)"
    r"|\\(?:url|path|nolinkurl|href)\s*\{[^{}]*\}|\\(?:verb|lstinline)\*?(?P<mark>[^\w\s*{\[])[^\n]*?(?P=mark)|\\.",
    re.DOTALL,
)
_TAKES_IN = re.compile(
    r"\\(?:(?P<two>import|subimport)\*?\s*\{(?P<folder>[^{}\n]*)\}\s*\{(?P<file>[^{}\n]+)\}"
    r"|(?:input|include|subfile)\s*(?:\{(?P<wanted>[^{}\n]+)\}|\s(?P<bare>[\w./-]+)))"
)
_PACKAGES = re.compile(r"\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{(?P<names>[^{}]*)\}")
_DEFINES = re.compile(
    r"\\(?:newcommand|providecommand|DeclareMathOperator|DeclareRobustCommand|newenvironment|newtheorem)\*?"
    r"\s*\{?\\?(?P<name>[A-Za-z]+)\}?"
)
_INNER = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.DOTALL)
GROUPS = {"newenvironment": 2}
MISSING = "`{name}` takes in `{wanted}`, which is not among the files. Put it beside it, in one zip file or folder."


@dataclass(slots=True)
class Parts:
    """The texts of a document by name (with `/` between folders), and what was asked for in vain."""

    texts: Mapping[str, str]
    unread: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    length: int = 0

    def whole(self, main: str) -> str:
        """The document as one text, without comments; raises `Unusable` for one beyond the limits."""
        text = "".join(self._of(main, 0))
        return _PACKAGES.sub(lambda match: self._definitions(match) + match[0], text)

    def _of(self, name: str, depth: int) -> Iterator[str]:
        text = without_comments(self.texts[name])
        self.used.append(name)
        if depth and (inner := _INNER.search(text)):
            text = inner[1]
        place = 0
        for match in _TAKES_IN.finditer(text):
            yield self._counted(text[place : match.start()])
            wanted = f"{match['folder']}/{match['file']}" if match["two"] else (match["wanted"] or match["bare"])
            found = self._find(wanted, beside=name)
            if found is None or depth >= DEEPEST or len(self.used) > MOST_PARTS:
                self.unread.append(MISSING.format(name=name, wanted=wanted.strip()[:80]))
            else:
                yield from self._of(found, depth + 1)
            place = match.end()
        yield self._counted(text[place:])

    def _counted(self, text: str) -> str:
        self.length += len(text)
        if self.length > LONGEST:
            raise Unusable(Problem.TOO_LONG_WHOLE)
        return text

    def _find(self, wanted: str, *, beside: str, kinds: tuple[str, ...] = ("", ".tex", ".latex")) -> str | None:
        """By the path from the document or from the part that asks; else the one file of that name."""
        asked = posixpath.normpath(wanted.strip().strip('"').replace("\\", "/"))
        folders = ("", posixpath.dirname(beside))
        for name in (posixpath.normpath(f"{folder}/{asked}{kind}").lstrip("/") for folder in folders for kind in kinds):
            if name in self.texts:
                return name
        last = {f"{posixpath.basename(asked)}{kind}" for kind in kinds}
        alike = [name for name in self.texts if posixpath.basename(name) in last]
        return alike[0] if len(alike) == 1 else None

    def _definitions(self, match: re.Match[str]) -> str:
        """What the author's own packages define for the text. What they say of the layout of pages is left alone."""
        names = [name.strip() for name in match["names"].split(",")]
        own = [found for name in names if (found := self._find(name, beside="", kinds=(".sty",)))]
        return "".join(line for name in own for line in _defined_in(without_comments(self.texts[name])))


def without_comments(text: str) -> str:
    """`text` without comments and what an environment `comment` holds; code keeps its percent signs."""
    return _KEPT.sub(lambda match: "" if match["comment"] or match["name"] == "comment" else match[0], text)


def _defined_in(package: str) -> Iterator[str]:
    for match in _DEFINES.finditer(package):
        command = match[0].split("{")[0].strip("\\* ")
        taken = arguments(package, match.end(), GROUPS.get(command, 1))
        if taken is not None and "@" not in package[match.start() : taken[1]]:
            yield package[match.start() : taken[1]] + "\n"
