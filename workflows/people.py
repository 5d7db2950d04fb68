"""Who somebody is to the journal (roles) and to one report (capacities)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the journal, whatever the report. A person can hold several."""

    EDITOR = "editor"
    EDITOR_IN_CHIEF = "editor_in_chief"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"
    VETTED_READER = "vetted_reader"

    @property
    def words(self) -> str:
        """The role as people say it."""
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.EDITOR: "editor",
    Role.EDITOR_IN_CHIEF: "editor-in-chief",
    Role.OFFICER: "information-hazard officer",
    Role.ADMINISTRATOR: "administrator",
    Role.VETTED_READER: "vetted reader",
}


class Capacity(StrEnum):
    """What somebody may act as on one report. CLOCK and PRESS are the engine itself."""

    AUTHOR = "author"
    CORRESPONDING_AUTHOR = "corresponding_author"
    REVIEWER = "reviewer"
    HANDLING_EDITOR = "handling_editor"
    SECOND_EDITOR = "second_editor"
    EDITOR_IN_CHIEF = "editor_in_chief"
    OFFICER = "officer"
    CLOCK = "clock"
    PRESS = "press"

    @property
    def words(self) -> str:
        """The capacity as people say it, with its article."""
        return _CAPACITY_WORDS[self]


_CAPACITY_WORDS = {
    Capacity.AUTHOR: "an author",
    Capacity.CORRESPONDING_AUTHOR: "the corresponding author",
    Capacity.REVIEWER: "a reviewer",
    Capacity.HANDLING_EDITOR: "the handling editor",
    Capacity.SECOND_EDITOR: "the second editor",
    Capacity.EDITOR_IN_CHIEF: "the editor-in-chief",
    Capacity.OFFICER: "an information-hazard officer",
    Capacity.CLOCK: "the calendar",
    Capacity.PRESS: "the press",
}

EDITORS = frozenset({Capacity.HANDLING_EDITOR, Capacity.SECOND_EDITOR, Capacity.EDITOR_IN_CHIEF})
PEOPLE = frozenset(Capacity) - {Capacity.CLOCK, Capacity.PRESS}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: a person with roles, an invited reviewer without an account, or the engine."""

    person: str | None
    roles: frozenset[Role] = frozenset()
    engine: Capacity | None = None


CLOCK = Actor(person=None, engine=Capacity.CLOCK)
PRESS = Actor(person=None, engine=Capacity.PRESS)


@dataclass(frozen=True, slots=True)
class Involvement:
    """The people of one report, by identifier. `conflicted` declared, or were found, to be too close to it."""

    authors: frozenset[str] = frozenset()
    corresponding: str | None = None
    reviewers: frozenset[str] = frozenset()
    handling_editor: str | None = None
    second_editor: str | None = None
    conflicted: frozenset[str] = field(default_factory=frozenset)


def capacities(actor: Actor, involvement: Involvement) -> frozenset[Capacity]:
    """Everything `actor` may act as on a report.

    Nearness shuts the other doors: an author is only an author of the report, a reviewer only a reviewer, and
    somebody in conflict is nobody to it, whatever their roles at the journal.
    """
    if actor.engine is not None:
        return frozenset({actor.engine})
    person = actor.person
    if person is None:
        return frozenset()
    if person in involvement.authors:
        corresponding = {Capacity.CORRESPONDING_AUTHOR} if person == involvement.corresponding else set()
        return frozenset({Capacity.AUTHOR} | corresponding)
    if person in involvement.conflicted:
        return frozenset()
    if person in involvement.reviewers:
        return frozenset({Capacity.REVIEWER})
    return frozenset(_offices(actor, involvement))


def _offices(actor: Actor, involvement: Involvement) -> set[Capacity]:
    found: set[Capacity] = set()
    if Role.EDITOR in actor.roles and actor.person == involvement.handling_editor:
        found.add(Capacity.HANDLING_EDITOR)
    if Role.EDITOR in actor.roles and actor.person == involvement.second_editor:
        found.add(Capacity.SECOND_EDITOR)
    if Role.EDITOR_IN_CHIEF in actor.roles:
        found.add(Capacity.EDITOR_IN_CHIEF)
    if Role.OFFICER in actor.roles:
        found.add(Capacity.OFFICER)
    return found


@dataclass(frozen=True, slots=True)
class Profile:
    """What the conflict rules look at: a person, their address and where they work (ROR identifiers)."""

    person: str | None
    email: str
    affiliations: frozenset[str] = frozenset()


def conflict_between(candidate: Profile, author: Profile) -> str | None:
    """Why `candidate` stands too close to `author` to judge their work, in words, or None.

    These are the conflicts a machine can see; what people know of each other they declare themselves.
    """
    if candidate.person is not None and candidate.person == author.person:
        return "is an author of this report"
    if candidate.email and candidate.email.casefold() == author.email.casefold():
        return "is an author of this report"
    if (candidate.affiliations & author.affiliations) - {""}:
        return "works at the same institution as an author"
    return None
