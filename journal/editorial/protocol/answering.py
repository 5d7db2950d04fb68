"""Taking or rejecting what was proposed, one or many at once, and remembering it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from journal.dossier.drafts import draft_for_editing, last_written
from journal.dossier.proposals import REJECTED, TAKEN, Item, Proposals, answer_proposals, proposals_of
from journal.editorial.protocol.filling import MOST, with_level
from journal.editorial.protocol.suggesting import Into, Taking, suggested
from journal.editorial.protocol.taking import take, told
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from workflows.machine import Refusal
from workflows.protocol import Protocol

KINDS = {
    "hypothesis": "Hypotheses",
    "gate": "Decision rules, checks and thresholds",
    "measure": "Measures",
    "sample": "Samples, models and seeds",
    "exclusion": "Exclusions",
    "analysis": "Analyses",
}
Told: TypeAlias = tuple[tuple[str, str], ...]
_SURE = 0.5
_NONE_TICKED = Refusal("none_ticked", "Tick the proposals that are meant, then press again. Nothing was changed.")
_NOTHING = Refusal("nothing_answered", "Nothing was changed: the proposals were read anew meanwhile. Look again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a button asked: `verb` accept, reject or again; of one item by its number, of all of a kind, or of those
    that are `ticked`, also by number.
    """

    verb: str
    which: str
    typed: Mapping[str, str]
    ticked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, form: Mapping[str, str], ticked: Iterable[str] = ()) -> "Answer":
        """What was pressed (`accept:3`, `accept:hypothesis`, `accept:ticked`), and what was typed beside it."""
        verb, _, which = form.get("do", "").partition(":")
        return cls(verb=verb, which=which, typed=form, ticked=frozenset(ticked))

    def meant(self, at: int, item: Item) -> bool:
        """Whether it is about the item at `at`. All of a kind are those without an answer that seem sure."""
        if self.which == str(at) or (self.which == "ticked" and str(at) in self.ticked and not item.answer):
            return self.typed.get(f"key-{at}", item.key[:_KEY]) == item.key[:_KEY]
        return self.which == item.kind and not item.answer and (item.confidence >= _SURE or self.verb == "reject")

    def taking(self, at: int, item: Item, plan: Protocol) -> Taking:
        """The acceptance as it was edited."""
        as_read = suggested(item, plan)
        into = next((each for each in Into if each.value == self.typed.get(f"into-{at}")), as_read.into)
        label = self.typed.get(f"label-{at}", as_read.label)
        text = self.typed.get(f"text-{at}", as_read.text).replace("\r\n", "\n")
        return replace(as_read, into=into, label=label.strip(), text=text)


_KEY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A group of a page: the kind, its words, and the items without an answer. With each go its number, what it would
    become, and what that would set.
    """

    kind: str
    words: str
    items: tuple[tuple[int, Item, Taking, Told], ...]

    @property
    def sure(self) -> int:
        """How many seem sure."""
        return sum(item.confidence >= _SURE for _, item, *_ in self.items)


def suggestions(kept: Proposals, plan: Protocol) -> list[Offered]:
    """What waits for an answer, by kind, hypotheses first."""
    groups = [Offered(kind=kind, words=words, items=_of(kind, kept, plan)) for kind, words in KINDS.items()]
    return [group for group in groups if group.items]


def _of(kind: str, kept: Proposals, plan: Protocol) -> tuple[tuple[int, Item, Taking, Told], ...]:
    found = ((at, item) for at, item in enumerate(kept.items) if item.kind == kind and not item.answer)
    takings = ((at, item, suggested(item, plan)) for at, item in found)
    return tuple((at, item, taking, told(taking, plan)) for at, item, taking in takings)


def place_after(uow: UnitOfWork, report: Report, answer: Answer) -> str:
    """Where the page goes on after an answer: at the next proposal that waits, for one answered by itself."""
    kept = proposals_of(uow, report)
    if kept is None or not answer.which.isdecimal():
        return "waiting"
    at = int(answer.which)
    kind = kept.items[at].kind if at < len(kept.items) else ""
    following = (n for n, item in enumerate(kept.items) if n > at and item.kind == kind and not item.answer)
    return next((f"proposal-{n}" for n in following), "waiting")


def answered(uow: UnitOfWork, report: Report, answer: Answer) -> str | Refusal:
    """Do what a button asked, and say what became of it."""
    kept = proposals_of(uow, report)
    meant = [(at, item) for at, item in enumerate(kept.items) if answer.meant(at, item)] if kept else []
    if answer.which == "ticked" and not answer.ticked:
        return _NONE_TICKED
    if kept is None or not meant:
        return _NOTHING
    before, _ = last_written(uow, report)
    plan, items = before, list(kept.items)
    became: list[str] = []
    for at, item in meant:
        if answer.verb == "accept":
            plan, label = take(plan, answer.taking(at, item, plan), before=before)
            became.append(label)
            items[at] = replace(item, answer=TAKEN, into=label)
        else:
            items[at] = replace(item, answer=REJECTED if answer.verb == "reject" else "", into="")
    if any(len(getattr(plan, name)) > MOST for name in ("rows", "checks", "analyses", "exclusions", "samples")):
        return Refusal("parts_many", f"A plan has at most {MOST} parts of a kind. Nothing was changed.")
    if became:
        _keep(uow, report, with_level(plan))
    answer_proposals(uow, report, items)
    return _told(answer, became, len(meant))


def _keep(uow: UnitOfWork, report: Report, plan: Protocol) -> None:
    """Put the plan into the draft. Only what was accepted was added to what stands there now."""
    draft = draft_for_editing(uow, report)
    uow.cabinet.put(report, draft, "body", plan)
    draft.saved_at = uow.now


def _told(answer: Answer, became: list[str], count: int) -> str:
    if became:
        return f"Taken into the plan: {', '.join(dict.fromkeys(became))}."
    many = "1 proposal" if count == 1 else f"{count} proposals"
    return f"Rejected: {many}. It is remembered." if answer.verb == "reject" else f"Proposed again: {many}."
