"""What is looked for in free text. Each finds only what it is sure of: a false alarm costs more than a miss.

Words are English; in a text of another language they find nothing.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

_SAME_AS = re.compile(
    r"(?:the )?(?:same )?(?:as|see|like)(?: (?:in|for|under))? ([A-Za-z]{1,4}\d\w*(?:\.\w+)*)\.?", re.IGNORECASE
)
_FIGURES = 15
_WRITTEN = {
    word: position
    for position, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBA|FIXME|XXX+|N=\?+)\b|\?{3,}|\blorem ipsum\b|\[(?:insert|fill in|to be (?:added|"
    r"completed|decided))[^\]]*\]"
    r"|\bto be (?:determined|decided)\b|\b[Nn] ?= ?[Xx?]{1,3}\b"
)
PLACEHOLDER_HINTS = (
    "todo",
    "tbd",
    "tba",
    "fixme",
    "xxx",
    "???",
    "lorem",
    "[insert",
    "[fill",
    "to be de",
    "[to be",
    "=?",
    "= ?",
    "=x",
    "= x",
)
# What leaves the decision to somebody who has seen the data, whatever else the sentence says.
_OPEN = (
    r"(?:as|if|where|when) (?:appropriate|needed|necessary|warranted)|in our judge?ment|if the data allow|if possible|"
    r"(?:an |the )?appropriate (?:test|model|method|correction|transformation|threshold|cut-?off|statistic)|"
    r"at our discretion|case[- ]by[- ]case|subjective (?:decision|judge?ment|impression)|subjectively|"
    r"we will decide|will be decided|trend(?:s|ing)? towards?|approach(?:es|ing)? significance|"
    r"(?:marginal|borderline) significance|(?:marginally|borderline) significant|marginal results?"
)
# What is vague only as long as no number says how much.
_UNMEASURED = (
    r"substantial(?:ly)?|notabl[ye]|marginal(?:ly)?(?! (?:mean|effect|likelihood|distribution|model|r2|"
    r"probabilit|densit))|"
    r"meaningful(?:ly)?|considerabl[ye]|reasonabl[ye]|sufficient(?:ly)?|adequate(?:ly)?|acceptabl[ye]|poor(?:ly)?|"
    r"non-?trivial(?:ly)?|negligibl[ye]|roughly|large enough|small enough|high enough|low enough|obviously|clearly"
)
_VAGUE = re.compile(rf"\b(?:({_OPEN})|({_UNMEASURED}))\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]{0,200}\"|“[^“”]{0,200}”|`[^`]{0,200}`")
_SENTENCE = re.compile(r"[^.;!?\n]+(?:[.](?=\d)[^.;!?\n]+)*")
_LEAVES_CHOICE = re.compile(
    r"\b(?:may (?:instead )?(?:use|be|drop|add|switch|change)|might (?:use|be|drop|add)|could (?:use|instead)|"
    r"another (?:test|model|method|analysis)|an alternative (?:test|model|method|analysis)|some other|"
    r"whichever|whatever)\b",
    re.IGNORECASE,
)
ABSENCE = re.compile(
    r"\b(?:(?:there (?:is|are|will be)|has|have|shows?|will (?:have|show)) no (?:\w+ ){0,3}?(?:difference|"
    r"effect|change|influence|"
    r"association|relationship)s?|(?:does|do|will|did) not (?:differ|change|affect|influence|depend on|vary)|"
    r"(?:is|are) not affected|"
    r"(?:is|are|will be) (?:equivalent|unaffected)|no worse than|as (?:often|accurate) as|(?:no|"
    r"without) difference between)\b",
    re.IGNORECASE,
)
_EQUIVALENCE = (
    "equivalen",
    "tost",
    "bayes",
    "rope",
    "non-inferior",
    "noninferior",
    "smallest effect",
    "region of practical",
    "within ±",
    "lies between",
    "lies within",
    "wholly within",
    "upper bound",
    "bf",
)
_UNDIRECTED = re.compile(
    r"\b(?:differs?|differences? (?:between|in)|depends? on|affects?|influences?|varies with|related to)\b",
    re.IGNORECASE,
)
_DIRECTED = re.compile(
    r"\b(?:more|less|fewer|most|least|high(?:er|est)?|low(?:er|est)?|great(?:er|est)|larg(?:er|est)|small(?:er|"
    r"est)|above|below|"
    r"exceed\w*|increas\w*|decreas\w*|reduc\w*|rais\w*|drop\w*|fall\w*|ris\w+|grow\w*|shrink\w*|lengthen\w*|"
    r"improv\w*|worse\w*|"
    r"better|best|outperform\w*|declin\w*|degrad\w*|strong(?:er|est)|weak(?:er|est)|fast\w*|slow\w*|"
    r"positive(?:ly)?|negative(?:ly)?|"
    r"at least|at most|over|under|beyond|surpass\w*|longer|shorter|often|rarer|greater|minus|gain\w*|lose\w*|"
    r"harm\w*|help\w*)\b|[<>≤≥]",
    re.IGNORECASE,
)
_ALPHA = re.compile(
    r"(?:α|\balpha\b)\s*(?:=|of|is|:|level of)?\s*(0?\.\d+|\d{1,2}(?:\.\d+)? ?%)|\bp\s*[<≤]\s*(0?\.\d+)", re.IGNORECASE
)
_IMPOSSIBLE_P = re.compile(r"(?<![\w.-])p\s*[<≤]=?\s*([1-9]\d*(?:\.\d+)?)(?![\d.]*\s*%|\w)")
CORRECTIONS = (
    "bonferroni",
    "holm",
    "hochberg",
    "fdr",
    "false discovery",
    "family-wise",
    "familywise",
    "family wise",
    "multiplicity",
    "multiple comparison",
    "multiple test",
    "corrected",
    "correction",
    "hierarchical test",
    "gatekeep",
    "fixed sequence",
    "fixed-sequence",
    "alpha spending",
    "intersection-union",
    "šidák",
    "sidak",
    "tukey",
)
_FIGURE = r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d+|" + "|".join(list(_WRITTEN)[2:])
_NO_NAME = "of |the |in |to |and |or |per |by |for |than |with |on |at |from |are |is |were "
_COUNTED = re.compile(
    rf"(?<![\w.,/-])({_FIGURE}) ((?:(?!{_NO_NAME})[a-z][a-z-]* ){{0,2}}?[a-z][a-z-]{{2,}}s)\b", re.IGNORECASE
)
_NOT_COUNTED = re.compile(r"(?:points?|days|weeks|months|years|hours|minutes|seconds|times|percents?|levels)$")
_PRODUCT = re.compile(
    r"(?<![\w.,×])(\d[\d,]*(?: [a-z][\w-]*){0,3}(?: ?[×✕*] ?\d[\d,]*(?: [a-z][\w-]*){0,3})+) ?= ?(\d[\d,]*)(?![\d.]*\d|"
    r" ?[×✕*+/-] ?\d)",
    re.IGNORECASE,
)


def same_as(text: str) -> str | None:
    """The label that `text` does nothing but point to ("As H1."), or None."""
    found = _SAME_AS.fullmatch(text.strip())
    return found[1] if found else None


def placeholder(text: str) -> str | None:
    """A note to oneself that was left in `text`, or None."""
    lowered = text.lower()
    if not any(hint in lowered for hint in PLACEHOLDER_HINTS):
        return None
    found = _PLACEHOLDER.search(text)
    return found[0] if found else None


def vague(text: str) -> str | None:
    """The first words in `text` that leave a decision open, or None. Quoted words are names, and say nothing."""
    if not _VAGUE.search(text):
        return None
    for sentence in _SENTENCE.findall(_QUOTED.sub("", text)):
        has_number = any(letter.isdigit() for letter in sentence)
        for found in _VAGUE.finditer(sentence):
            if found[1] or not has_number:
                return str(found[0])
    return None


def open_choice(text: str) -> str | None:
    """The words by which a branch of the plan leaves its analysis open, or None."""
    found = _LEAVES_CHOICE.search(_QUOTED.sub("", text))
    return found[0] if found else vague(text)


def claims_absence(text: str) -> str | None:
    """The words of `text` that claim that something is not there, or None."""
    found = ABSENCE.search(text)
    return found[0] if found else None


def names_equivalence(text: str) -> bool:
    """Whether `text` names a way to find evidence for absence."""
    lowered = text.lower()
    return any(word in lowered for word in _EQUIVALENCE)


def is_undirected(text: str) -> bool:
    """Whether `text` speaks of a difference and gives it no direction."""
    return bool(_UNDIRECTED.search(text)) and not _DIRECTED.search(text)


def alphas(text: str) -> Iterator[Decimal]:
    """The levels of significance that `text` states, as shares of one; none where it speaks of corrections."""
    lowered = text.lower()
    if any(word in lowered for word in CORRECTIONS):
        return
    for share, bound in _ALPHA.findall(text):
        written = (share or bound).strip()
        yield Decimal(written.rstrip("% ")) / 100 if written.endswith("%") else Decimal(written)


def impossible_p(text: str) -> str | None:
    """A bound for p that is no share of one ("p < 2"), or None."""
    found = _IMPOSSIBLE_P.search(text)
    return found[0] if found and Decimal(found[1]) > 1 else None


def counted(text: str) -> Iterator[tuple[int, str]]:
    """What `text` counts: (1800, "prompts"), (44, "opinion items"). Numbers in words up to twelve are understood."""
    for figure, thing in _COUNTED.findall(text):
        name = thing.lower()
        if not _NOT_COUNTED.search(name):
            yield _WRITTEN.get(figure.lower()) or whole(figure) or 0, name


def whole(text: str) -> int | None:
    """The number of things that `text` states, with separators of thousands ("1,800"), or None."""
    plain = re.sub(r"(?<=\d)[, \u00a0\u202f](?=\d{3}\b)", "", text.strip())
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _FIGURES else None


def wrong_products(text: str) -> Iterator[tuple[str, int]]:
    """The products in `text` that do not come out ("2 models × 44 items = 90"), with what they come to."""
    if "=" not in text:
        return
    for factors, stated in _PRODUCT.findall(text):
        value = 1
        for figure in re.findall(r"(?:^|[×✕*] ?)(\d[\d,]*)", factors):
            value *= int(figure.replace(",", ""))
        if value != int(stated.replace(",", "")):
            yield f"{factors} = {stated}", value
