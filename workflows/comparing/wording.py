"""Two sentences word by word: what is the same but for tense, numbering, spelling and signs is the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from workflows.comparing.redline import Mark, Segment

# Words that say when, not what: a plan "will be" what a report "was".
_TIMES = frozenset(
    "will shall would be been being is are was were am has have had do does did we'll it'll they'll".split()  # noqa: SIM905
)
_PASTS = {
    "run": "ran",
    "use": "used",
    "choose": "chose chosen",
    "draw": "drew drawn",
    "write": "wrote written",
    "give": "gave given",
    "take": "took taken",
    "make": "made",
    "find": "found",
    "hold": "held",
    "keep": "kept",
    "begin": "began begun",
    "show": "shown",
    "see": "saw seen",
    "meet": "met",
    "build": "built",
    "send": "sent",
    "tell": "told",
    "fall": "fell fallen",
    "rise": "rose risen",
    "know": "knew known",
    "get": "got",
    "come": "came",
    "do": "done",
    "think": "thought",
    "seek": "sought",
    "say": "said",
    "become": "became",
    "go": "went gone",
}
_IRREGULAR = {past: present for present, pasts in _PASTS.items() for past in pasts.split()}
_ALSO = {"percent": "%", "i": "we", "my": "our", "me": "us"}
_IDLE = frozenset("the a an of in on at to and or for by with from as that it its this these we our".split())  # noqa: SIM905
_INTENDS = re.compile(r"\b(?:plan|intend|propose)s? to\b", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_EDGES = "*_`\"'“”‘’()[]{}<>,.;:!?—–-|/\\"
_SIGNS = frozenset("<>=≤≥±×%+~≈≠")
_NUMBERED = frozenset("section sections table tables figure figures fig figs appendix appendices equation eq".split())  # noqa: SIM905
_NUMBER_OF_PLACE = re.compile(r"[A-Z]?\d+(?:\.\d+)*[a-z]?|[A-Z]")
_CITED = re.compile(r"\[[\d,;\s–-]+\]|\[?-?@[\w:.-]+\]?")
_ENUMERATES = re.compile(r"\(?(?:\d{1,2}(?:\.\d+)*[.)]|[a-z][.)]|[ivx]{1,4}[.)])")
_SHORTEST_PAST, _LEAST_SHARED = 4, 0.3


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that counts, with what follows it up to the next one; `key` is what is compared."""

    key: str
    start: int
    end: int
    bare: str


def marked_words(before: str, after: str) -> tuple[Segment, ...]:
    """The words of two sentences as one run of segments; if hardly any are shared, all of one, then all of the other.

    Tense, numbering of places, quotation marks, ways of writing a number and of spelling are no difference.
    """
    ours, theirs = _words(before), _words(after)
    if not ours and not theirs:
        return _kept(Segment(Mark.SAME, after or before))
    runs = list(_runs(ours, theirs))
    shared = sum(len(new) for mark, _old, new in runs if mark is Mark.SAME)
    if shared < _LEAST_SHARED * max(len(ours), len(theirs)):
        return _kept(Segment(Mark.GONE, before), Segment(Mark.NEW, after))
    return _kept(*_segments(before, after, runs))


def folded(text: str) -> tuple[str, ...]:
    """What of a text is compared: two texts with the same differ in tense, numbering or signs at most."""
    return tuple(word.key for word in _words(text))


def all_marked(text: str, mark: Mark) -> tuple[Segment, ...]:
    """A whole text with one mark."""
    return _kept(Segment(mark, text))


_Run = tuple[Mark, Sequence[_Word], Sequence[_Word]]


def _runs(ours: Sequence[_Word], theirs: Sequence[_Word]) -> Iterator[_Run]:
    """Runs of shared words and of changed ones; an idle word between two changes belongs to the change."""
    matcher = SequenceMatcher(None, [word.key for word in ours], [word.key for word in theirs], autojunk=False)
    waiting: tuple[list[_Word], list[_Word]] = ([], [])
    opcodes = matcher.get_opcodes()
    for place, (how, a, b, c, d) in enumerate(opcodes):
        old, new = ours[a:b], theirs[c:d]
        is_same = how == "equal" or _same_but_tense(old, new)
        is_idle = 0 < place < len(opcodes) - 1 and len(new) == 1 and new[0].bare in _IDLE and all(waiting)
        if is_same and not is_idle:
            if any(waiting):
                yield Mark.GONE, *waiting
                waiting = ([], [])
            yield Mark.SAME, old, new
        else:
            waiting[0].extend(old)
            waiting[1].extend(new)
    if any(waiting):
        yield Mark.GONE, *waiting


def _segments(before: str, after: str, runs: Sequence[_Run]) -> Iterator[Segment]:
    for mark, old, new in runs:
        if mark is Mark.SAME:
            yield Segment(Mark.SAME, _between(after, new))
        else:
            yield Segment(Mark.GONE, _between(before, old))
            yield Segment(Mark.NEW, _between(after, new))


def _between(text: str, words: Sequence[_Word]) -> str:
    return text[words[0].start : words[-1].end].strip() if words else ""


def _kept(*segments: Segment) -> tuple[Segment, ...]:
    """The segments that have words, neighbours with the same mark as one."""
    kept: list[Segment] = []
    for segment in segments:
        if kept and kept[-1].mark is segment.mark and segment.words:
            kept[-1] = Segment(segment.mark, f"{kept[-1].words} {segment.words}")
        elif segment.words:
            kept.append(segment)
    return tuple(kept)


def _same_but_tense(ours: Sequence[_Word], theirs: Sequence[_Word]) -> bool:
    return len(ours) == len(theirs) and all(_third_person(a, b) for a, b in zip(ours, theirs, strict=True))


def _third_person(one: _Word, other: _Word) -> bool:
    """Whether one is the present and the other the past of a verb: `predicts`, `predicted`."""
    for present, past in ((one, other), (other, one)):
        if present.bare.endswith("ies") and past.key == fold(f"{present.bare[:-3]}y"):
            return True
        is_past = past.bare.endswith("ed") or past.bare in _IRREGULAR
        if is_past and present.bare.endswith("s") and past.key in {fold(present.bare[:-1]), fold(present.bare[:-2])}:
            return True
    return False


@lru_cache(maxsize=8000)
def _words(text: str) -> tuple[_Word, ...]:
    """The words that count; what does not (times, signs, numbers of places) goes with the word before it."""
    found: list[_Word] = []
    intends = {place for match in _INTENDS.finditer(text) for place in range(*match.span())}
    start, last = 0, ""
    for match in _TOKEN.finditer(text):
        bare = match[0].strip(_EDGES).lower().replace("’", "'")
        key = "" if match.start() in intends or _is_place(match[0], last, first=not found) else _key(match[0])
        last = bare
        if key:
            found.append(_Word(key, match.start() if found else start, match.end(), bare))
        elif found:
            previous = found[-1]
            found[-1] = _Word(previous.key, previous.start, match.end(), previous.bare)
    return tuple(found)


def _is_place(token: str, last: str, *, first: bool) -> bool:
    """Whether a token numbers a place: `3.2` after `Section`, `[12]`, `(a)` at the beginning."""
    if _CITED.fullmatch(token.strip(".,;")) or (first and _ENUMERATES.fullmatch(token)):
        return True
    return last in _NUMBERED and bool(_NUMBER_OF_PLACE.fullmatch(token.strip(_EDGES)))


@lru_cache(maxsize=50_000)
def _key(token: str) -> str:
    if set(token) <= _SIGNS:
        return token
    kept = token.strip("*_`\"'“”‘’")
    if kept[:1] == "." and kept[1:2].isdigit():
        kept = f"0{kept}"
    bare = kept.strip(_EDGES)
    if not bare or bare.lower().replace("’", "'") in _TIMES:
        return ""
    sign = "-" if kept[:1] in "-−" and bare[:1].isdigit() else ""
    return sign + fold(bare.lower())


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in lower case without its tense and its way of spelling; a number without its way of writing."""
    word = word.replace("’", "'").replace("−", "-")
    if word[-1:].isdigit() and _NUMBER.fullmatch(word):
        return f"{float(word.replace(',', '')):.10g}"
    word = _ALSO.get(word, _IRREGULAR.get(word, word))
    if word.endswith("ied") and len(word) >= _SHORTEST_PAST:
        word = f"{word[:-3]}y"
    elif word.endswith("ed") and len(word) >= _SHORTEST_PAST:
        word = word[:-2]
    word = word.rstrip("e") if len(word) > 3 else word  # noqa: PLR2004 (shorter ones have no ending to lose)
    word = word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1].isalpha() else word  # noqa: PLR2004
    return word.replace("-", "").replace("z", "s").replace("our", "or") or word
