"""How pages and papers word what was promised and what was done."""

from collections import Counter
from collections.abc import Iterable

from workflows.comparing.redline import Fate, Redline
from workflows.deviations import Toward
from workflows.outcomes import Done, Passed
from workflows.promised import PartKind, PublicPart, Settled

# As readers read it: said of a row or part, and never as a fault.
DONE = {
    Done.AS_REGISTERED: "As registered",
    Done.DIFFERENTLY: "Differently",
    Done.REPLACED: "Replaced",
    Done.BRANCHED: "By a branch of the plan",
    Done.NOT_DONE: "Not done",
    None: "No answer",
}
TOWARD = {
    Toward.STRONGER: "Stronger",
    Toward.WEAKER: "Weaker",
    Toward.UNCHANGED: "Unchanged",
    Toward.UNCLEAR: "Unclear",
    None: "Not said",
}
# What says most of a part, in a line.
_IN_SHORT = {
    PartKind.SAMPLE: ("target", "unit", "stopping"),
    PartKind.MEASURE: ("what", "unit"),
    PartKind.EXCLUSION: ("what",),
    PartKind.ANALYSIS: ("test", "threshold", "correction"),
    PartKind.CONTINGENCY: ("condition", "then"),
    PartKind.PIN: ("value", "version", "digest"),
}
_NARROWED_BY = {PartKind.MEASURE: "role", PartKind.ANALYSIS: "part", PartKind.PIN: "thing"}


def in_short(part: PublicPart) -> str:
    """What was registered of a part, in a line; its text where its fields say little."""
    said = {each.field: each.text.strip() for each in part.registered}
    chosen = [said[field] for field in _IN_SHORT[part.kind] if field in said]
    match part.kind:
        case PartKind.SAMPLE:
            number = " ".join(said[field] for field in ("target", "unit") if field in said)
            return "; ".join(words for words in (number, said.get("stopping", "")) if words) or _any(part)
        case PartKind.CONTINGENCY:
            return f"If {', '.join(chosen)}" if chosen else _any(part)
        case _:
            return ", ".join(chosen) or _any(part)


def _any(part: PublicPart) -> str:
    return part.registered[-1].text if part.registered else ""


def kind_words(part: PublicPart) -> str:
    """What kind of part it is: "primary measure", "random seed, fixed"."""
    said = {each.field: each.text for each in part.registered}
    narrower = said.get(_NARROWED_BY.get(part.kind, ""), "")
    if part.kind is PartKind.PIN and narrower:
        return f"{narrower}, {part.kind.one}"
    return f"{narrower} {part.kind.one}".strip()


def says_more(part: PublicPart) -> bool:
    """Whether more was registered than what stands in a line and with the kind."""
    shown = {*_IN_SHORT[part.kind], _NARROWED_BY.get(part.kind, "")}
    return any(each.field not in shown for each in part.registered)


def how_many(done: Iterable[Done | None]) -> list[tuple[str, int]]:
    """How many rows and parts were done in which way, in the order of the choices; none that nothing was."""
    counted = Counter(done)
    return [(words, counted[each]) for each, words in DONE.items() if counted[each]]


def of_check(passed: Passed | None) -> Done | None:
    """A check that was run was done as registered, however it came out."""
    return None if passed is None else Done.NOT_DONE if passed is Passed.NOT_RUN else Done.AS_REGISTERED


def redline_counts(redline: Redline) -> str:
    """How many sentences stayed, changed, moved, went and came."""
    counts = redline.counts()
    return ", ".join(words.format(counts[fate]) for fate, words in _COUNTED.items() if counts[fate])


_COUNTED = {
    Fate.SAME: "{} unchanged",
    Fate.CHANGED: "{} changed",
    Fate.MOVED: "{} moved",
    Fate.GONE: "{} in the plan only",
    Fate.NEW: "{} in the report only",
}


def settled_words(settled: Settled | None) -> list[tuple[int, str]]:
    """How the findings of the comparison ended, in words; none where there was no finding."""
    if settled is None:
        return []
    told = (
        (settled.declared, "declared by the authors, as a deviation or as unregistered"),
        (settled.corrected, "corrected by the authors"),
        (settled.dismissed, "dismissed by an editor, with a reason"),
    )
    return [(count, words) for count, words in told if count]
