"""Labels of hypotheses, questions and conditions: where each is defined, and where it is spoken of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from journal.reading.comparison.document import Document, Unit
from journal.reading.comparison.sections import Part
from journal.reading.comparison.words import terms
from journal.reading.passages import Block

_LONG_NAMES = {
    "hypothesis": "H",
    "hypotheses": "H",
    "research question": "RQ",
    "question": "Q",
    "prediction": "Prediction",
    "claim": "Claim",
    "aim": "Aim",
    "branch": "Branch",
    "experiment": "Experiment",
    "study": "Study",
    "counterfactual": "Counterfactual",
    "condition": "Condition",
    "arm": "Arm",
    "intervention": "Intervention",
    "treatment": "Treatment",
    "phase": "Phase",
}
_NAMES = "|".join(sorted(_LONG_NAMES, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?<![\w.])(?:(?P<series>[A-Z]{{1,3}})[-_ ]?(?P<number>\d{{1,2}})(?P<sub>[a-z]?(?:\.[a-z]\w{{1,14}})?)(?![\w%])"
    rf"|(?P<name>{_NAMES})\s(?P<which>\d{{1,2}}[a-z]?|[A-Z])(?![\w.]*\w))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?<!\w)(?P<series>[A-Z]{1,3})(?P<first>\d{1,2})\s?(?:-|–|—|to|through)\s?(?P=series)?(?P<last>\d{1,2})(?!\w)"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_ORDINAL = re.compile(
    rf"\b(?:our|the|my) (?P<which>{'|'.join(_ORDINALS)}) (?:and (?:last|final) )?(?P<name>hypothesis|prediction)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:hypotheses|predictions) (?P<numbers>\d(?:, \d)*,? (?:and|or|to) \d)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\((?P<label>[A-Z]{1,3}\d{1,2}[a-z]?)\)")
_LEADING = re.compile(r"[\s|*_#>\[(\d.)-]*")
# What is only counted (`our first prediction`) has a label in small letters.
COUNTED = frozenset({"hypothesis", "prediction"})
_ASKED = frozenset({"H", "RQ", "Prediction", "Claim", "Hypothesis", *COUNTED})
_LONGEST_DEFINITION = 6
_LEAD_FITS = 60


@dataclass
class Labelled:
    """What a document says of one label: the stretches that define it, and every unit that names it."""

    label: str
    definitions: list[tuple[Unit, ...]] = field(default_factory=list)
    mentions: list[Unit] = field(default_factory=list)

    @property
    def series(self) -> str:
        """The letters before the number, or the word."""
        return series_of(self.label)

    @property
    def parent(self) -> str:
        """The label without its letter or ending: H4 of H4a, H2 of H2.industry."""
        return re.sub(r"(?<=\d)(?:[a-z]|\..*)$", "", self.label)

    def stated(self) -> tuple[Unit, ...]:
        """The definition to show: the first that stands among hypotheses, or the first."""
        among = [units for units in self.definitions if units[0].part is Part.HYPOTHESES] or self.definitions
        headed = [units for units in among if units[0].block is Block.HEADING or units[0].passage.lead]
        return (headed or among or [tuple(self.mentions[:1])])[0]

    def all_terms(self) -> frozenset[str]:
        """The terms of everything that is said of it."""
        units = [*self.mentions, *(unit for stretch in self.definitions for unit in stretch)]
        return frozenset(term for unit in units for term in content_terms(unit.plain))


def series_of(label: str) -> str:
    """The letters or the word that a label begins with."""
    return re.split(r"[\s\d]", label, maxsplit=1)[0]


@lru_cache(maxsize=20_000)
def labels_in(text: str) -> tuple[str, ...]:
    """The labels that a text names, in order; of a range (H1 to H4) all."""
    return tuple(_labels_in(text))


def _labels_in(text: str) -> Iterator[str]:
    for ordinal in _ORDINAL.finditer(text):
        yield f"{ordinal['name'].lower()} {_ORDINALS.index(ordinal['which'].lower()) + 1}"
    for match in _LABEL.finditer(text):
        if (label := _label(match)) is not None:
            yield label
    for several in _SEVERAL.finditer(text):
        name = "H" if several[0].lower().startswith("h") else "Prediction "
        yield from (f"{name}{number}" for number in re.findall(r"\d", several["numbers"]))
    for match in _RANGE.finditer(text):
        for number in range(int(match["first"]) + 1, min(int(match["last"]), int(match["first"]) + 12)):
            yield f"{match['series']}{number}"


def _label(match: re.Match[str]) -> str | None:
    if match["name"]:
        name, which = _LONG_NAMES[match["name"].lower()], match["which"]
        if which.isalpha() and (
            which.islower()
            or not match["name"][0].isupper()
            or (which in {"A", "I"} and name not in _ASKED and match["name"].islower())
        ):
            return None
        return f"{name}{which}" if name.isupper() else f"{name} {which}"
    series = match["series"]
    if not series.isupper():
        return None
    return f"{series}{match['number']}{match['sub'] or ''}"


@lru_cache(maxsize=20_000)
def content_terms(text: str) -> frozenset[str]:
    """The terms of a text without its labels and its verdict."""
    return frozenset(terms(_VERDICT_WORDS.sub(" ", _LABEL.sub(" ", text))))


_VERDICT_WORDS = re.compile(
    r"\b(?:hypothes[ie]s|predict\w*|(?:not |fully |partially |un)?(?:support|confirm|reject|refut|contradict|falsif)\w*"
    r"|inconclusive|primary|secondary|significan\w*|tested|test|p ?[<=>] ?[\d.]+)\b",
    re.IGNORECASE,
)


def labelled(document: Document) -> dict[str, Labelled]:
    """All labels of a document with what is said of them."""
    found: dict[str, Labelled] = defaultdict(lambda: Labelled(""))
    units = [unit for unit in document.said() if unit.part is not Part.DEVIATIONS]
    for place, unit in enumerate(units):
        leading = _leading(unit)
        for label in dict.fromkeys(labels_in(unit.plain)):
            entry = found[label]
            entry.label = label
            entry.mentions.append(unit)
            if label == leading:
                entry.definitions.append(_definition(units, place))
    _number_items(units, found)
    return dict(found)


def _number_items(units: list[Unit], found: dict[str, Labelled]) -> None:
    """Items of a list of hypotheses that have no label of their own, where the text calls them by their number."""
    items = [u for u in units if u.part is Part.HYPOTHESES and u.block is Block.ITEM and _begins_passage(u)]
    if any(_leading(unit) for unit in items) or len(items) < 2:  # noqa: PLR2004
        return
    if not any(f"H{number}" in found for number in range(1, len(items) + 1)):
        return
    for number, unit in enumerate(items, 1):
        entry = found.setdefault(f"H{number}", Labelled(f"H{number}"))
        entry.mentions.insert(0, unit)
        entry.definitions.insert(0, (unit,))


def _leading(unit: Unit) -> str | None:
    """The label that a unit begins with, as a heading, a lead, a list item or a first cell does."""
    start = _LEADING.match(unit.plain)
    rest = unit.plain[start.end() if start else 0 :]
    ordinal = _ORDINAL.match(rest)
    if ordinal:
        return next(iter(labels_in(ordinal[0])))
    match = _LABEL.match(rest) or _IN_BRACKETS.search(unit.passage.lead[:_LEAD_FITS])
    if match is None or (unit.passage.lead and not _begins_passage(unit)):
        return None
    return _label(match) if match.re is _LABEL else match["label"]


def _begins_passage(unit: Unit) -> bool:
    source = unit.passage.source.lstrip()
    return source.startswith(unit.text[:20]) or (
        bool(unit.passage.cells) and unit.passage.sentences[0].text == unit.text
    )


def _definition(units: list[Unit], place: int) -> tuple[Unit, ...]:
    """A unit that begins with a label and what belongs to it: its paragraph, or what stands below its heading."""
    first = units[place]
    following = units[place + 1 : place + _LONGEST_DEFINITION]
    taken = [first]
    for unit in following:
        below = first.block is Block.HEADING and unit.block is not Block.HEADING
        if _leading(unit) not in {None, _leading(first)}:
            break
        if not (unit.passage is first.passage or (below and unit.passage.section[-1:] == (first.plain,))):
            break
        taken.append(unit)
    return tuple(taken)


def asked(found: dict[str, Labelled]) -> dict[str, Labelled]:
    """The labels of what is asked or predicted: of a series that hypotheses use, or defined among hypotheses."""
    kept: dict[str, Labelled] = {}
    for label, entry in found.items():
        among = any(stretch[0].part is Part.HYPOTHESES for stretch in entry.definitions)
        if entry.definitions and (entry.series in _ASKED or among):
            kept[label] = entry
    return kept
