"""Changes: what differs between two versions of a protocol, part by part. Parts are recognised by their labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from workflows.protocol import Answered, Comparison, FileDigest, Promise, Protocol, Rule, read_back, sentence

# Where a part of a protocol stands: the field of `Protocol`, and what a part of it is called on pages.
LISTS = {
    "rows": "Row",
    "checks": "Check",
    "measures": "Measure",
    "samples": "Sample",
    "exclusions": "Exclusion",
    "analyses": "Analysis",
    "contingencies": "Contingency",
    "pins": "Pin",
    "papers": "Paper",
    "files": "File",
    "answered": "Answer to the linter",
}
# What answers the linter explains itself: nobody asks for a reason of it.
EXPLAINS_ITSELF = "answered"
_TEXTS = {
    "study": ("Title, abstract and topics", ("title", "abstract", "topics")),
    "kind": ("What kind of study it is", ("settings",)),
    "bias": ("Data so far", ("bias_level", "bias_account")),
    "beside": ("Contamination and exploration", ("contamination", "exploratory")),
}
_NESTED = {"promises": "Promises", "dates": "Dates", "statements": "Statements"}
_NAMES = {
    "smallest_effect": "Smallest effect of interest",
    "bias_level": "Bias-control level",
    "bias_account": "What is known so far",
    "rows": "Bears on",
    "sha256": "SHA-256",
    "size": "Size in bytes",
    "rule": "Decision rule, as structure",
    "passes": "Passes, as structure",
}


_IN_THE_HEADING = ("label", "name")


class Fate(StrEnum):
    """What became of a part from one version to the other."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def words(self) -> str:
        """The fate as pages say it."""
        return {Fate.SAME: "Unchanged", Fate.MOVED: "Moved, words unchanged"}.get(self, self.value.capitalize())


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One field of a part, before and after, as people read it. Both are the same where nothing changed."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One part in two versions. `place` names it in both ("rows/H1"), `heading` as pages do ("Row H1")."""

    place: str
    heading: str
    fate: Fate
    edits: tuple[Edit, ...] = ()

    @property
    def kind(self) -> str:
        """The field of the protocol, or the group of fields, that it is of."""
        return self.place.partition("/")[0]

    @property
    def differing(self) -> tuple[Edit, ...]:
        """The fields that differ."""
        return tuple(edit for edit in self.edits if edit.before != edit.after)


_Part = Mapping[str, str]


def compare(before: Protocol, after: Protocol) -> tuple[Change, ...]:
    """Every part of the two versions, in the order of the later one; what was removed stands where it was."""
    return tuple(change for name in (*_TEXTS, *LISTS, *_NESTED) for change in _compared(name, before, after))


def changed(before: Protocol, after: Protocol) -> tuple[Change, ...]:
    """The parts that are not the same in both."""
    return tuple(change for change in compare(before, after) if change.fate is not Fate.SAME)


def only_adds(changes: Sequence[Change]) -> bool:
    """Whether what was accepted stays as it is, and parts are only added to it.

    What is known of the data may have changed meanwhile, and is stated anew for the whole.
    """
    free = ("bias", EXPLAINS_ITSELF)
    return all(change.fate in (Fate.SAME, Fate.ADDED) or change.kind in free for change in changes)


def _compared(name: str, before: Protocol, after: Protocol) -> Iterator[Change]:
    if name in LISTS:
        yield from _of_list(name, _entries(name, before), _entries(name, after))
        return
    was, now = _said(name, before), _said(name, after)
    if any(was.values()) or any(now.values()):
        heading = _TEXTS[name][0] if name in _TEXTS else _NESTED[name]
        yield _change(name, heading, was, now)


def _of_list(name: str, before: Mapping[str, _Part], after: Mapping[str, _Part]) -> Iterator[Change]:
    stayed = _in_place(list(before), list(after))
    for label in _merged(list(before), list(after)):
        heading = f"{LISTS[name]} {label}"
        found = _change(f"{name}/{label}", heading, before.get(label), after.get(label))
        moved = found.fate is Fate.SAME and label not in stayed
        yield Change(place=found.place, heading=heading, fate=Fate.MOVED, edits=found.edits) if moved else found


def _in_place(before: list[str], after: list[str]) -> set[str]:
    """The labels that keep their order among those of both versions."""
    both = set(before) & set(after)
    first, second = [each for each in before if each in both], [each for each in after if each in both]
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return {label for block in blocks for label in first[block.a : block.a + block.size]}


def _merged(before: list[str], after: list[str]) -> list[str]:
    """The labels of the later version, with each removed one after what it followed in the earlier."""
    merged = list(after)
    for index, label in enumerate(before):
        if label not in merged:
            merged.insert(merged.index(before[index - 1]) + 1 if index else 0, label)
    return merged


def _change(place: str, heading: str, was: _Part | None, now: _Part | None) -> Change:
    names = dict.fromkeys([*(was or {}), *(now or {})])
    edits = tuple(
        Edit(field=name, before=(was or {}).get(name, ""), after=(now or {}).get(name, ""))
        for name in names
        if (was or {}).get(name) or (now or {}).get(name)
    )
    fate = Fate.ADDED if was is None else Fate.REMOVED if now is None else Fate.CHANGED if was != now else Fate.SAME
    return Change(place=place, heading=heading, fate=fate, edits=edits)


def _entries(name: str, plan: Protocol) -> dict[str, _Part]:
    found: dict[str, _Part] = {}
    for number, part in enumerate(getattr(plan, name), 1):
        label = _label(part) or f"number {number}"
        while label in found:  # a draft may have a label twice
            label += " (again)"
        found[label] = _fields(part)
    return found


def _label(part: object) -> str:
    match part:
        case FileDigest():
            return part.name
        case Answered():
            return f"{part.rule} {part.place}".strip()
        case _:
            return str(getattr(part, "label", ""))


def _said(name: str, plan: Protocol) -> _Part:
    if name in _NESTED:
        return _fields(getattr(plan, name))
    return {_named(field): _words(getattr(plan, field), "") for field in _TEXTS[name][1]}


def _fields(part: object) -> _Part:
    label = str(getattr(part, "label", ""))
    names = [each.name for each in fields(part) if each.name not in _IN_THE_HEADING]  # type: ignore[arg-type]  # a dataclass
    return {_named(name): _words(getattr(part, name), label) for name in names}


def _named(field: str) -> str:
    return _NAMES.get(field) or field.replace("_", " ").capitalize()


def _words(value: object, label: str) -> str:  # noqa: PLR0911 - one answer for each kind of value
    """A value as people read it. Nothing said is no words."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Rule():
            return read_back(value, label)
        case Comparison():
            return sentence(value)
        case Promise():
            return "; ".join(said for said in (_words(value.opening, ""), value.place, value.reason) if said)
        case tuple():
            return ", ".join(_words(each, label) for each in value)
        case StrEnum():
            return str(getattr(value, "words", value.value))
        case _:
            return str(value)
