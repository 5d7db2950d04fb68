"""Parts of a plan that stand in scripts: which scripts a plan names, and what of them the manuscript has no trace of.

No script is run. Comments are read as sentences, formulas and lists of covariates as names; both with little sureness.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from journal.reading.comparison.document import Unit
from journal.reading.comparison.registered import speaks_of_analysis
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import STOP, is_number, stem, terms
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation

SCRIPTS = frozenset({".r", ".py", ".jl", ".do", ".sas", ".ipynb"})
READ_SCRIPT = (
    "{name} is a script. Its comments and the names in its formulas were read; it was not run, and nothing else in it"
    " was compared."
)
NO_NOTEBOOK = "{name} is no notebook that could be read."
_COMMENT = re.compile(r"(?:^|\s)(?:#'?|//|--|%|\*(?!\*))\s*(?P<words>[^#/%*].*?)\s*;?$")
_FORMULAS = (
    re.compile(r"(?P<left>[A-Za-z][\w.]*|cbind\([^)]*\))\s*~\s*(?P<right>[^,;\"'~]+)"),
    re.compile(r"(?P<left>[A-Za-z]\w*)\s+ON\s+(?P<right>[^;@]+);"),
    re.compile(
        r"^\s*(?:xi:\s*)?(?:reg(?:ress)?|logit|logistic|probit|ologit|mixed|melogit|xtreg|areg|poisson|nbreg|anova)\s+"
        r"(?P<left>[a-z]\w*)\s+(?P<right>[\w.#|:\s]+)"
    ),
    re.compile(r"^\s*model\s+(?P<left>\w+)(?:\([^)]*\))?\s*=\s*(?P<right>[^/;]+)", re.IGNORECASE),
    re.compile(
        r"\b(?P<left>(?:covariates?|controls?|predictors?|outcomes?|moderators?|measures)\w*)\s*(?:=|<-)\s*"
        r"(?:c\(|\[|\()(?P<right>[^\])]+)",
        re.IGNORECASE,
    ),
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]*(?!\w*\()")
_PIECES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NOT_NAMES = frozenset({"data", "family", "factor", "scale", "true", "false", "c", "i", "by", "with"})
# Pieces of names that say how a thing was counted, not what it is.
_HOW = frozenset(
    {
        "score",
        "scores",
        "index",
        "mean",
        "total",
        "sum",
        "centered",
        "centred",
        "raw",
        "std",
        "log",
        "num",
        "count",
        "var",
    }
)
_PREFIX = re.compile(r"^[icbo]\.")
_SHORTEST_PIECE, _FEWEST_TERMS, _FOUND, _SHOWN = 3, 4, 0.55, 8
# Names are abbreviations as often as not: no finding of this kind is sure.
_LEAST_SURE, _MOST_SURE = 0.35, 0.49


def is_script(name: str) -> bool:
    """Whether a file is a script by its name."""
    return PurePosixPath(name).suffix.lower() in SCRIPTS


def named_scripts(files: Mapping[str, bytes], words: str) -> dict[str, bytes]:
    """The scripts among files that a text names: by their own name, or by what follows a prefix (`study.fit.R`)."""
    return {name: body for name, body in files.items() if is_script(name) and _is_named(name, words)}


def _is_named(name: str, words: str) -> bool:
    own = PurePosixPath(name).name
    parts = re.split(r"[._-]", PurePosixPath(own).stem)
    ends = {own, *(f"{'_'.join(parts[at:])}{PurePosixPath(own).suffix}" for at in range(1, len(parts)))}
    return any(re.search(rf"(?<![\w-]){re.escape(end)}\b", words) for end in ends)


def text_of_notebook(body: bytes) -> str:
    """The cells of a notebook as a script: what is prose as comments. Empty if it is no notebook."""
    try:
        cells = json.loads(body)["cells"]
        pieces = [(str(cell["cell_type"]), "".join(cell["source"])) for cell in cells]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return "\n".join(
        text if kind == "code" else "\n".join(f"# {line}" for line in text.split("\n")) for kind, text in pieces
    )


@dataclass(frozen=True)
class _Named:
    unit: Unit
    names: tuple[str, ...]


def comment_observations(sides: Sides) -> Iterator[Observation]:
    """Comments of scripts that tell of an analysis of which the manuscript has no trace."""
    for unit in _lines(sides):
        match = _COMMENT.search(unit.text)
        wanted = frozenset(term for term in terms(match["words"]) if not is_number(term)) if match else frozenset()
        if match is None or len(wanted) < _FEWEST_TERMS or not speaks_of_analysis(match["words"]):
            continue
        score = sides.in_manuscript.match(wanted).score
        if score < _FOUND:
            yield Observation(
                kind=Kind.SCRIPT_COMMENT,
                strength=min(_MOST_SURE, _LEAST_SURE + (_FOUND - score) / 4),
                weight=0.45,
                about=PurePosixPath(unit.passage.file).name,
                protocol=unit.span,
                evidence=Evidence.TEXT,
                declared=sides.declaration_of(wanted),
                group=f"script/{unit.passage.file}",
            )


def formula_observations(sides: Sides) -> Iterator[Observation]:
    """Names in formulas and lists of covariates that no word of the manuscript begins like; one for each script."""
    known = frozenset(term for unit in sides.manuscript.said() for term in unit.bag)
    by_file: dict[str, list[_Named]] = defaultdict(list)
    for unit in _lines(sides):
        if names := tuple(name for name in _names(unit.text) if _is_untraced(name, known)):
            by_file[unit.passage.file].append(_Named(unit, names))
    for file, found in by_file.items():
        every = list(dict.fromkeys(name for one in found for name in one.names))
        first = max(found, key=lambda one: len(one.names)).unit if len(found) > _SHOWN else found[0].unit
        yield Observation(
            kind=Kind.SCRIPT_NAMES,
            strength=min(_MOST_SURE, _LEAST_SURE + 0.05 * len(every)),
            weight=0.5,
            about=PurePosixPath(file).name,
            words=", ".join(every[:_SHOWN]) + (" and more" if len(every) > _SHOWN else ""),
            protocol=sides.protocol.stretch(first, found[-1].unit),
            evidence=Evidence.TEXT,
            group="script",
        )


def _lines(sides: Sides) -> Iterable[Unit]:
    """The lines of code of the protocol: of its scripts, and of what stands as code in its text."""
    return (unit for unit in sides.protocol.units if unit.block is Block.CODE)


def _names(line: str) -> Iterator[str]:
    """The names that a line of code puts into a model, each once."""
    found: dict[str, None] = {}
    code = line.split("#", 1)[0]
    for pattern in _FORMULAS:
        for match in pattern.finditer(code):
            lists = match["left"].lower().startswith(("covariate", "control", "predictor", "outcome", "moderator"))
            text = match["right"] if lists else f"{match['left']} {match['right']}"
            found.update(dict.fromkeys(_PREFIX.sub("", name) for name in _NAME.findall(text)))
    yield from (name for name in found if name.lower() not in _NOT_NAMES)


def _is_untraced(name: str, known: frozenset[str]) -> bool:
    pieces = [piece.lower() for piece in _PIECES.findall(name)]
    telling = [piece for piece in pieces if len(piece) >= _SHORTEST_PIECE and piece not in STOP | _NOT_NAMES | _HOW]
    return bool(telling) and not any(_begins(piece, known) for piece in telling)


def _begins(piece: str, known: frozenset[str]) -> bool:
    """Whether a word of the manuscript begins like a piece of a name, or the piece begins with the word."""
    start, stemmed = piece[:4], stem(piece)
    return any(
        term == stemmed or term.startswith(start) or (len(term) >= _SHORTEST_PIECE and piece.startswith(term))
        for term in known
    )


OBSERVERS = (comment_observations, formula_observations)
