"""The two words every rule answers with: a transition that may happen, or a refusal that says how to go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

FactsT = TypeVar("FactsT")
StageT = TypeVar("StageT")
ActionT = TypeVar("ActionT")
CapacityT = TypeVar("CapacityT")
FollowT = TypeVar("FollowT")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no, in words fit for the person who asked. `code` is for programs and tests, `field` names a form field."""

    code: str
    words: str
    field: str | None = None


Guard = Callable[[FactsT], Refusal | None]


@dataclass(frozen=True, slots=True)
class Transition(Generic[StageT, ActionT, CapacityT, FactsT, FollowT]):
    """One row of a table of transitions: from, action, to, by whom, guards, and what follows."""

    source: StageT
    action: ActionT
    target: StageT
    by: frozenset[CapacityT]
    guards: tuple[Guard[FactsT], ...] = ()
    follow: tuple[FollowT, ...] = ()

    def first_refusal(self, facts: FactsT) -> Refusal | None:
        """The first guard that says no to `facts`, in the order of the table."""
        return next((refusal for guard in self.guards if (refusal := guard(facts)) is not None), None)
