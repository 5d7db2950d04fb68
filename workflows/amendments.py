"""Amendments: changes of an accepted protocol, asked for in the open while its data are still being collected.

Each changed part comes with its reason, with what was seen of the data when it was decided, and with its effect on
inference. An approved one makes the next version; what was accepted before is kept. An amendment that only adds
registers one more study (an increment), and may come later, for it leaves alone what data could have suggested.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.changes import EXPLAINS_ITSELF, Change, Edit, Fate, only_adds
from workflows.machine import Refusal
from workflows.protocol import Protocol


class Seen(StrEnum):
    """What its authors had seen of the data when they decided on a change."""

    NO_DATA = "no_data"
    NOTHING = "nothing"
    PARTS = "parts"
    OUTCOMES = "outcomes"

    @property
    def words(self) -> str:
        """The answer as authors choose it."""
        return _SEEN_WORDS[self]


_SEEN_WORDS = {
    Seen.NO_DATA: "no data existed",
    Seen.NOTHING: "data existed, none of them were seen",
    Seen.PARTS: "data were seen, no outcome of this part",
    Seen.OUTCOMES: "outcomes of this part were seen",
}


class Decided(StrEnum):
    """How an amendment ended."""

    APPROVED = "approved"
    REFUSED = "refused"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """The end as pages say it."""
        return {
            Decided.APPROVED: "Approved",
            Decided.REFUSED: "Not approved",
            Decided.DROPPED: "Dropped by the authors",
        }[self]


class Standing(StrEnum):
    """Where an amendment stands that has not ended."""

    WRITTEN = "written"
    ASKED = "asked"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What the authors say of one changed part. `place` is that of its `workflows.changes.Change`."""

    place: str
    why: str = ""
    seen: Seen | None = None
    effect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is asked for: the reasons, and from the moment of asking the protocol as it is and as it would be."""

    reasons: tuple[Reason, ...] = ()
    base: Protocol | None = None
    plan: Protocol | None = None

    def reason(self, place: str) -> Reason:
        """What was said of the part at `place`; nothing, if nothing was."""
        return next((reason for reason in self.reasons if reason.place == place), Reason(place=place))


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """An approved amendment as readers may be told of it: the version it made, when, and why each part changed."""

    version: int
    on: date
    changes: tuple[tuple[Change, Reason], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendedPart:
    """One changed part as readers are told of it. `edits` only of what a public record shows of a protocol at all."""

    part: str
    fate: Fate
    why: str
    seen: Seen | None
    effect: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """An approved amendment as published: the version it made, the day, and what changed."""

    version: int
    on: date
    parts: tuple[AmendedPart, ...]


# Files stay out altogether: digests of originals are never public.
_SHOWN = ("rows", "checks", "study", "bias", "statements")
_NEVER = ("files", EXPLAINS_ITSELF)


def as_published(approved: Sequence[Approved]) -> tuple[Amended, ...]:
    """What readers are told of the amendments of a protocol that they may read."""
    return tuple(Amended(version=each.version, on=each.on, parts=tuple(_parts(each))) for each in approved)


def _parts(approved: Approved) -> Iterator[AmendedPart]:
    for change, reason in approved.changes:
        if change.kind not in _NEVER:
            yield AmendedPart(
                part=change.heading,
                fate=change.fate,
                why=reason.why,
                seen=reason.seen,
                effect=reason.effect,
                edits=change.differing if change.kind in _SHOWN else (),
            )


def gaps(changes: Sequence[Change], amendment: Amendment, *, adds: bool) -> Iterator[Refusal]:
    """What an amendment still lacks before it can be asked for. `changes` are the parts that differ, `adds` says that
    it was begun to add a study.
    """
    if not changes:
        yield Refusal("nothing_changed", "Change the protocol first: it still says what was accepted.", "change")
    if adds and not only_adds(changes):
        words = "What was accepted stays as it is when a study is added. Undo the other changes, or ask for them alone."
        yield Refusal("accepted_changed", words, "change")
    for index, change in enumerate(changes):
        if change.kind != EXPLAINS_ITSELF:
            yield from _reason_gaps(change.heading, amendment.reason(change.place), f"reasons-{index}")


def _reason_gaps(heading: str, reason: Reason, place: str) -> Iterator[Refusal]:
    if not reason.why.strip():
        yield Refusal("why_missing", f"Say why it changes: {heading}.", f"{place}-why")
    if reason.seen is None:
        yield Refusal("seen_missing", f"Say what was seen of the data: {heading}.", f"{place}-seen")
    if not reason.effect.strip():
        yield Refusal("effect_missing", f"Say how it bears on the conclusions: {heading}.", f"{place}-effect")
