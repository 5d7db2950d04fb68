"""Numbers with what they count: value, unit, comparator, and the words on either side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from journal.reading.comparison.words import SMALL, is_number, terms, value_of

_NUMBER = re.compile(
    r"(?<![\w.$§#/-])(?P<value>[-−+±]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-−+]?\d+)?|[-−+±]?\.\d+)"
    r"(?P<unit>\s?%|\s?(?:pp|percentage[- ]points?|percent|points?|per cent)\b|×|x(?=\s)|k\b|M\b)?(?![\w/]"
    r"|-\d|\.\d|,\d)",
)
_WORD_NUMBER = re.compile(
    rf"\b(?P<word>{'|'.join(word for word, value in SMALL.items() if value > 1)})\b(?!-)", re.IGNORECASE
)
_BEFORE = re.compile(
    r"(?P<at_least>≥|>=|\bat least|\bno (?:less|fewer) than|\bminimum of|\bor more)|(?P<at_most>≤|<="
    r"|\bat most|\bno more than|\bup to|\bmaximum of)"
    r"|(?P<above>>|\babove|\bmore than|\bexceed(?:s|ed|ing)?|\bover|\bgreater than|\bhigher than|\blonger than"
    r"|\bslower than|\bolder than|\blater than|\bbeyond)"
    r"|(?P<below><|\bbelow|\bless than|\bfewer than|\bunder|\blower than|\bshorter than|\bsmaller than|\bfaster than"
    r"|\byounger than|\bearlier than)",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?P<alpha>\balpha\b|α|\bsignificance (?:level|threshold)|\btype I error)"
    r"|(?P<temperature>\btemperature\b)|(?P<top_p>\btop-?p\b)"
    r"|(?P<seed>\bseeds?\b|set\.seed)|(?P<rate>\blearning rate|\blr\b)|(?P<epochs>\bepochs?\b)|(?P<rank>\brank\b)"
    r"|(?P<power>\bpower\b)|(?P<kappa>\bkappa\b|κ)|(?P<bf>\bBF_?\{?\d*\}?|\bBayes factor)|(?P<batch>\bbatch size)"
    r"|(?P<iterations>\bB(?=\s?=)|\b(?:bootstrap|permutation)\w*\s(?:iterations|resamples|samples|replicates)\b)"
    r"|(?P<p>\bp(?=\s?[<≤=>]))|(?P<n>\bn(?=\s?[=<>≤≥]))|(?P<fold>\bfolds?\b)",
    re.IGNORECASE,
)
_HUNDREDS = re.compile(
    r"\b(?P<many>one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?P<unit>hundred|thousand)\b", re.IGNORECASE
)
_OR_MORE = re.compile(
    r"\s?(?:%|\w+)?\s?\bor (?:(?P<more>more|higher|greater|above|larger|better|longer)"
    r"|less|fewer|lower|below|smaller)\b",
    re.IGNORECASE,
)
_POWER = re.compile(r"(?P<value>\d+(?:\.\d+)?)\s?[×·x*]\s?10\s?\^?\{?(?P<power>[-−]\d+)\}?")
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = re.compile(
    rf"\b(?P<tens>{'|'.join(_TENS_WORDS)})(?:[- ](?P<ones>one|two|three|four|five|six|seven|eight|nine)\b|\b(?!-))",
    re.IGNORECASE,
)
_RULES = re.compile(r"\b(?:if|when|iff|criterion|threshold|count(?:s|ed)? as|at the)\b[^.;]*$", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"\s?(?:(?:bootstrap|permutation|\w+)[ -])?(?P<iterations>iterations|resamples|resamplings"
    r"|permutations|replicates|bootstrap samples)\b"
    r"|\s?(?:[\w-]+[ -]){0,2}(?P<level>CIs?|confidence|credible|intervals?)\b"
    r"|\s?(?P<seeds>seeds?)\b|\s?(?P<epochs>epochs?)\b|[- ]?(?P<folds>folds?)\b",
    re.IGNORECASE,
)
_OF_RATERS = re.compile(r"(?:krippendorff|cronbach|lora)\W{0,2}s?\s?$", re.IGNORECASE)
_NUMBER_OF_SECTION = re.compile(r"^\s*\d+(?:\.\d+)+\.?\s+(?=[A-Z])")
_REACH, _NEXT = 26, 14
_CUT = re.compile(r"[.;:!?]\s|[()|]|\b(?:and|or|while|whereas|but|versus|vs)\b|,\s|\s(?=[\d.]*\d)")
_GENERIC_NOUN = frozenset({"percentage-point", "percent", "point", "time", "level", "case", "differ", "valu", "#2"})
_YEAR = range(1900, 2101)


@dataclass(frozen=True)
class Quantity:
    """A number and what it is of: `name` is a known key (alpha, seed, n), `nouns` the words that follow it."""

    value: float
    unit: str
    comparator: str
    name: str
    nouns: tuple[str, ...]
    text: str
    left: str = ""

    @cached_property
    def before(self) -> frozenset[str]:
        """The terms of the words that stand before it."""
        return frozenset(term for term in terms(self.left) if not is_number(term))

    @cached_property
    def telling(self) -> frozenset[str]:
        """The nouns after it that say what it counts."""
        return frozenset(noun for noun in self.nouns if noun not in _GENERIC_NOUN)

    @cached_property
    def readings(self) -> tuple[float, ...]:
        """The values it can mean: a percentage as a share too, minutes as seconds."""
        value = abs(self.value)
        if self.unit in {"%", "points"}:
            return (value, value / 100)
        return (value, value * 60) if "minut" in self.nouns[:1] else (value,)


@lru_cache(maxsize=8000)
def quantities(plain: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence, in order. Years, section numbers and parts of names are none."""
    return tuple(_quantities(plain))


def _quantities(plain: str) -> Iterator[Quantity]:
    plain = spelled_out(_NUMBER_OF_SECTION.sub("", plain))
    for match in _NUMBER.finditer(plain):
        value = value_of(match["value"].replace("±", ""))
        unit = _unit(match["unit"])
        if not unit and value in _YEAR and "," not in match["value"]:
            continue
        yield _quantity(plain, match.start(), match.end(), value, unit)
    for match in _WORD_NUMBER.finditer(plain):
        yield _quantity(plain, match.start(), match.end(), SMALL[match["word"].lower()], "")


@lru_cache(maxsize=8000)
def spelled_out(plain: str) -> str:
    """Words and powers in figures: `ninety-six` -> `96`, `five hundred` -> `500`, `3 × 10^-5` -> `3e-5`."""
    many = {"hundred": 100, "thousand": 1000}
    plain = _POWER.sub(lambda match: f"{match['value']}e{match['power'].replace('−', '-')}", plain)
    plain = _TENS.sub(lambda match: str(_tens(match["tens"], match["ones"])), plain)
    return _HUNDREDS.sub(lambda match: str(SMALL[match["many"].lower()] * many[match["unit"].lower()]), plain)


def _tens(tens: str, ones: str | None) -> int:
    return 10 * (2 + _TENS_WORDS.index(tens.lower())) + int(SMALL[ones.lower()] if ones else 0)


def _unit(text: str | None) -> str:
    word = (text or "").strip().lower()
    if word in {"%", "percent", "per cent"}:
        return "%"
    if word in {"pp", "point", "points"} or word.startswith("percentage"):
        return "points"
    return {"k": "k", "m": "M"}.get(word, "")


def _quantity(plain: str, start: int, end: int, value: float, unit: str) -> Quantity:
    left = plain[max(0, start - _REACH) : start]
    right = plain[end : end + 60]
    scaled = value * {"k": 1e3, "M": 1e6}.get(unit, 1)
    name = _name(plain, start, end)
    nouns = tuple(term for term in terms(_CUT.split(right, maxsplit=1)[0]) if not is_number(term))[:3]
    comparator = ""
    for found in _BEFORE.finditer(left):
        between = left[found.end() :]
        if len(between) < _NEXT and not re.search(r"\d", between):
            comparator = found.lastgroup or ""
    if "±" in plain[start:end]:
        comparator = "within"
    if after := _OR_MORE.match(right):
        comparator = "at_least" if after["more"] else "at_most"
    return Quantity(
        scaled,
        unit if unit in {"%", "points"} else "",
        comparator,
        name,
        nouns,
        plain[start:end],
        plain[max(0, start - 70) : start],
    )


def _name(plain: str, start: int, end: int) -> str:
    left = plain[max(0, start - _REACH) : start]
    found = ""
    for match in NAMED.finditer(left):
        between = left[match.end() :]
        if re.search(r"\d\s$", left[: match.start()]) or (
            match.lastgroup == "alpha" and _OF_RATERS.search(left[: match.start()])
        ):
            continue
        if not re.search(r"\d|[.;()]", between) or (
            match.lastgroup == "seed" and re.fullmatch(r"[\s\d,=:()and]*", between)
        ):
            found = match.lastgroup or ""
    if found == "p" and _RULES.search(plain[:start]):
        return "p_rule"
    if found:
        return found
    follows = _FOLLOWS.match(plain[end : end + 40])
    return (follows.lastgroup or "") if follows else ""


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are the same number, a share as a percentage included."""
    return any(_close(a, b) for a in one.readings for b in other.readings)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 + 1e-6 * max(abs(one), abs(other))
