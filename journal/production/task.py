"""What the typesetter is asked and what it tells: the files that pass between `typesetting` and `typeset_child`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Self

TOO_LONG = 3
PAGE, TASK, PDF, TOLD = "paper.html", "task.json", "paper.pdf", "told.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that travels inside the PDF under its name, and how it relates to the paper (`AFRelationship`)."""

    name: str
    description: str
    relationship: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to typeset beside the page: `pictures` maps addresses to given files; `dated` is an ISO date."""

    pictures: Mapping[str, str]
    attached: tuple[Attached, ...]
    dated: str
    page_limit: int

    def as_json(self) -> bytes:
        """The task as the child reads it."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, body: bytes) -> Self:
        """The task that `as_json` wrote."""
        raw = json.loads(body)
        return cls(**{**raw, "attached": tuple(Attached(**each) for each in raw["attached"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the child says of its work: pages, addresses denied, characters that no carried font has."""

    pages: int
    refused: tuple[str, ...] = ()
    unprinted: str = ""

    def as_json(self) -> bytes:
        """The answer as the parent reads it."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, body: bytes) -> Self:
        """The answer that `as_json` wrote, each part made what it must be: the child may be in anybody's hands."""
        raw = json.loads(body)
        return cls(pages=int(raw["pages"]), refused=tuple(map(str, raw["refused"])), unprinted=str(raw["unprinted"]))
