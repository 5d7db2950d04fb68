"""Measures how two documents share their words, and which identifiers of the one the other cites."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from journal.reading.comparison.document import Document
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.similarity import GENERAL
from journal.reading.comparison.words import is_number
from journal.reading.passages import Block
from workflows.comparing.pairing import Kinship

_TOPS = 40
_NOT_COUNTED = frozenset({Part.ADMINISTRATIVE, Part.REFERENCES, Part.DEVIATIONS})
_REGISTRATION = re.compile(
    r"(?i)\b(?:pre-?)?regist\w*|\bprotocol\b|\bfrozen\b|\bfreeze\b|\blocked\b|\bplan\b|\bcommit\b|\btag\b"
)
_IDENTIFIERS = {
    "registration": re.compile(
        r"(?i)\bosf\.io/(?P<id>[a-z0-9]{5})\b|\baspredicted\.org/(?P<asp>[\w./-]{4,20})|\b(?P<nct>NCT\d{8})\b|#(?P<num>\d{5,6})\b"
    ),
    "commit": re.compile(r"(?i)\bcommit\b\W{0,3}`?(?P<id>[0-9a-f]{7,40})\b"),
    "version": re.compile(r"(?i)\b(?:version|v)\s?(?P<id>\d+\.\d+(?:\.\d+)?)\b"),
    "file": re.compile(
        r"(?<![\w/])(?P<id>[A-Za-z][\w-]*(?:PRE-?REG|prereg|protocol|PLAN|plan)[\w-]*\.(?:md|pdf|Rmd|docx|tex|qmd)|(?:PRE-?REG|prereg|protocol|PLAN)[\w-]*\.(?:md|pdf|Rmd|docx|tex|qmd))"
    ),
    "tag": re.compile(r"(?i)\btag\b\W{1,3}`?(?P<id>(?=[\w.-]*[\d-])[a-z][\w.-]{2,30})\b"),
}
_HASH_IN_NAME = re.compile(r"(?<![0-9a-f])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])(?P<id>[0-9a-f]{7,40})(?![0-9a-f])")
_RESULT = re.compile(r"\bp\s?[<=>]\s?0?\.\d|\b\d{2} ?% ?CI\b|\[\s?[-−+]?\d*\.?\d+\s?,|\bResults?\b")
_OF_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|that|for|with|we|was|were|are|by|as|on)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_HEAD = 30
_REGISTERED_CLOSE = re.compile(r"(?i)\bpre-?regist|\bregistration\b|\bprotocol\b|\bfrozen\b|\blocked\b")
_OWN = re.compile(r"(?i)\bregistered\b|\bthis (?:pre-?)?registration|\bdoi\b")
# What stands before an identifier that is not the protocol's: an archive of files, a program.
_ELSEWHERE = {
    "registration": re.compile(r"(?i)\b(?:project|data|materials?|component|preprint|code|wiki|available at)\b"),
    "version": re.compile(
        r"(?i)\b(?:r|python|pytorch|cuda|jasp|spss|stata|matlab|julia|package|software|library|model)\W{1,3}$"
    ),
}
_NOT_OWN = re.compile(r"(?i)\bproject\b|\btemplate\b|\bdata\b|\bmaterials\b")
_FOREIGN = 0.3
_FEWEST_TOPS, _TERMS_FOR_A_TOP = 15, 5


def kinship(sides: Sides) -> Kinship:
    """Measure both documents against each other."""
    ours, theirs = _counts(sides.protocol), _counts(sides.manuscript)
    tops = [_most_frequent(counts, min(len(ours), len(theirs))) for counts in (ours, theirs)]
    named, versions = _citations(sides)
    return Kinship(
        words_protocol=sum(ours.values()),
        words_manuscript=sum(theirs.values()),
        forward=sum(term in theirs for term in tops[0]) / max(len(tops[0]), 1),
        back=sum(term in ours for term in tops[1]) / max(len(tops[1]), 1),
        cosine=_cosine(ours, theirs),
        tops=len(set(tops[0]) & set(tops[1])) / max(len(tops[0]), 1),
        copied=_copied(sides),
        has_results=_tells_results(sides),
        same_language=_same_language(_english(sides.protocol), _english(sides.manuscript)),
        named=named,
        versions=versions,
    )


def _counts(document: Document) -> Counter[str]:
    return Counter(
        term
        for unit in document.said()
        if unit.part not in _NOT_COUNTED
        for term in unit.terms
        if not is_number(term) and term not in GENERAL and len(term) > 2  # noqa: PLR2004
    )


def _most_frequent(counts: Counter[str], terms: int) -> list[str]:
    """The most frequent terms: forty, or fewer where the shorter document has few terms in all."""
    many = max(_FEWEST_TOPS, min(_TOPS, terms // _TERMS_FOR_A_TOP))
    return [term for term, _count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:many]]


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(count * other[term] for term, count in one.items())
    length = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return shared / length if length else 0.0


def _copied(sides: Sides) -> float:
    """Of the sentences of the document with fewer, how many stand in the other."""
    one, other = ({u.terms for u in d.said() if len(u.terms) > 5} for d in (sides.protocol, sides.manuscript))  # noqa: PLR2004
    return len(one & other) / max(min(len(one), len(other)), 1)


def _tells_results(sides: Sides) -> bool:
    """Whether the manuscript has more to tell than the protocol: statistics, or a part called results."""
    if _title(sides.protocol) == _title(sides.manuscript) != frozenset():
        return False
    told, planned = (sum(bool(_RESULT.search(u.plain)) for u in d.said()) for d in (sides.manuscript, sides.protocol))
    return told > planned + 2 or (told > planned and any(u.part is Part.RESULTS for u in sides.manuscript.said()))


def _title(document: Document) -> frozenset[str]:
    """The terms of the first heading."""
    return next((unit.bag for unit in document.units[:5] if unit.block is Block.HEADING), frozenset())


def _english(document: Document) -> float:
    """The share of words that every English text is full of."""
    text = document.plain[:60_000]
    return len(_OF_ENGLISH.findall(text)) / max(len(_WORD.findall(text)), 1)


def _same_language(one: float, other: float) -> bool:
    return min(one, other) > _FOREIGN * max(one, other)


def _citations(sides: Sides) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the manuscript cites, where it speaks of registration: what is this protocol's, and the rest."""
    named: dict[str, str] = {}
    others: dict[str, str] = {}
    own_kinds: set[str] = set()
    own_text = sides.protocol.plain.lower()
    files = " ".join({unit.passage.file for unit in sides.protocol.units})
    for kind, cited, is_close in _cited(sides.manuscript):
        if _is_own(kind, cited, own_text, files):
            own_kinds.add(kind)
            if kind != "version":
                named.setdefault(cited, f"{kind} {cited}")
        elif is_close and _has_another(kind, sides.protocol, files):
            others.setdefault(cited, f"{kind} {cited}")
    told = tuple(words for words in others.values() if words.split()[0] not in own_kinds)
    return tuple(named.values()), told


def _is_own(kind: str, cited: str, own_text: str, files: str) -> bool:
    """Whether an identifier is this protocol's: it stands in its text, or in the name of its file."""
    if kind == "version":
        return bool(re.search(rf"\b(?:v|version)\s?{re.escape(cited)}(?![\d.]*\d)", own_text))
    return cited.lower() in own_text or cited.lower() in files.lower() or (kind == "commit" and cited[:7] in files)


def _cited(manuscript: Document) -> Iterator[tuple[str, str, bool]]:
    """Identifiers where registration is spoken of: kind, identifier, and whether it is spoken of close by."""
    for unit in manuscript.units:
        if unit.part is Part.REFERENCES or not _REGISTRATION.search(unit.plain):
            continue
        for kind, pattern in _IDENTIFIERS.items():
            for match in pattern.finditer(unit.plain):
                cited = next((group for group in match.groups() if group), "")
                is_close = bool(_REGISTERED_CLOSE.search(unit.plain[max(0, match.start() - 90) : match.end() + 30]))
                before = unit.plain[max(0, match.start() - 60) : match.start()]
                elsewhere = _ELSEWHERE[kind].search(before) if kind in _ELSEWHERE else None
                if cited and not elsewhere and (kind != "version" or is_close):
                    yield kind, cited.rstrip("."), is_close


def _has_another(kind: str, protocol: Document, files: str) -> bool:
    """Whether the protocol carries an identifier of that kind as its own: then the one cited is another."""
    if kind == "commit":
        return bool(_HASH_IN_NAME.search(files))
    if kind == "version":
        return any(_IDENTIFIERS[kind].search(unit.plain) for unit in protocol.units[:_HEAD])
    return kind == "registration" and any(
        _IDENTIFIERS[kind].search(unit.plain) and _OWN.search(unit.plain) and not _NOT_OWN.search(unit.plain)
        for unit in protocol.units[:_HEAD]
    )
