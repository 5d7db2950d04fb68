"""Labels that were changed in one place of a plan, and what still names them by the old one.

A changed label changes nothing else by itself (docs/adr/0021): which of the labels there are is meant now, an author
says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from workflows.lint.words import same_as
from workflows.protocol import Labelled, Protocol, Row, Sample

MOST_OFFERED = 6
GROUPS = ("rows", "measures", "analyses")
_LISTS = ("rows", "checks", "measures", "samples", "exclusions", "analyses", "contingencies", "pins", "papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A label that parts name and nothing has. `group` is where it is looked for, `named_by` are the labels of the
    parts that name it, `candidates` the labels that it could be now, those first that nothing names.
    """

    label: str
    group: str
    named_by: tuple[str, ...]
    candidates: tuple[str, ...]


def orphans(plan: Protocol) -> tuple[Orphan, ...]:
    """Every label that is named and not there, in the order of the plan; of those that something could be meant by."""
    there = {part.label for part in plan.parts()}
    found: dict[tuple[str, str], list[str]] = {}
    for by, label, group in _named(plan):
        if label not in there:
            found.setdefault((label, group), []).append(by)
    made = (
        Orphan(label=label, group=group, named_by=tuple(dict.fromkeys(by)), candidates=_candidates(plan, group))
        for (label, group), by in found.items()
    )
    return tuple(each for each in made if each.candidates)


def relabelled(plan: Protocol, old: str, new: str, *, group: str) -> Protocol:
    """`plan` in which whatever named `old` in `group` names `new`; of rows, words that name it too."""
    changes: dict[str, Any] = {
        name: tuple(_renamed(part, old, new, group) for part in getattr(plan, name)) for name in _LISTS
    }
    return replace(plan, **changes)


def _named(plan: Protocol) -> Iterator[tuple[str, str, str]]:
    """What is named: by which part, the label, the group that it should be in. "As h1." names H1 well enough."""
    folded = {part.label.casefold() for part in plan.parts()}
    for part in plan.parts():
        by = part.label
        yield from ((by, label, "rows") for label in getattr(part, "rows", ()))
        yield from ((by, label, "measures") for label in getattr(part, "measures", ()))
        if isinstance(part, Sample) and part.test.strip():
            yield by, part.test, "analyses"
        if isinstance(part, Row):
            words = (same_as(getattr(part, each.name)) for each in fields(part) if each.type is str)
            yield from ((by, label, "rows") for label in words if label and label.casefold() not in folded)


def _candidates(plan: Protocol, group: str) -> tuple[str, ...]:
    named = {label for _, label, at in _named(plan) if at == group}
    labels = [part.label for part in getattr(plan, group) if part.label.strip()]
    return tuple(sorted(labels, key=lambda label: label in named))[:MOST_OFFERED]


def _renamed(part: Labelled, old: str, new: str, group: str) -> Labelled:
    changes: dict[str, Any] = {}
    for each in fields(part):
        value = getattr(part, each.name)
        if each.name == group and isinstance(value, tuple):
            changes[each.name] = tuple(dict.fromkeys(new if label == old else label for label in value))
        elif each.name == "test" and group == "analyses" and isinstance(part, Sample):
            changes[each.name] = new if value == old else value
        elif group == "rows" and each.name != "label" and type(value) is str:
            changes[each.name] = _in_words(value, old, new)
    return replace(part, **changes)


def _in_words(text: str, old: str, new: str) -> str:
    """`text` with the label where it stands as a word: H1 in "as H1.", and not in H1a or H1.2."""
    return re.sub(rf"(?<![\w.]){re.escape(old)}(?!\w|\.\d)", lambda _: new, text)
