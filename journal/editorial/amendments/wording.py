"""Changes of a protocol as pages show them: each field that differs, with the words that were removed and added."""

from dataclasses import dataclass

from journal.dossier.wording import Segment, compared
from workflows.changes import Change, Fate

MARKS = {
    Fate.CHANGED: "part",
    Fate.MOVED: "wait",
    Fate.ADDED: "done",
    Fate.REMOVED: "must",
    Fate.SAME: "wait",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A change with its mark, and of each field that differs its name and segments (same, removed, added)."""

    change: Change
    mark: str
    fields: list[tuple[str, list[Segment]]]


def side_by_side(change: Change) -> Shown:
    """The change, ready for a page."""
    fields = [(edit.field, compared(edit.before, edit.after)) for edit in change.differing]
    return Shown(change=change, mark=MARKS[change.fate], fields=fields)
