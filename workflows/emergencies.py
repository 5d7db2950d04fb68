"""Breaking the glass: who may read, for hours, what a hold keeps from them. It lets nobody lift, decide or change."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from workflows.holds import Hold, stops_clocks
from workflows.machine import Refusal
from workflows.people import Actor, Involvement, Role

OPEN_FOR = timedelta(hours=4)
REVIEW_WITHIN = timedelta(days=1)
NOTHING_HERE = Refusal(
    "nothing_here", "Nothing that you could open is withheld at this address. Check it, or ask an officer."
)
_REASON_MISSING = Refusal("reason_missing", "Say what the emergency is. All officers will read it.", "reason")
_ANSWER_MISSING = Refusal("answer_missing", "Say whether it was right, and what follows.", "answer")


def may_ask(actor: Actor) -> bool:
    """Whether somebody is shown the way to open a report in an emergency, wherever they find none."""
    return bool(actor.roles & {Role.OFFICER, Role.EDITOR_IN_CHIEF})


def may_open(actor: Actor, involvement: Involvement, holds: Iterable[Hold], *, now: datetime) -> bool:
    """Whether `actor` may read a report in an emergency: a recused officer, or an editor-in-chief, while it is
    withheld. Its authors and reviewers read it as such, and officers free of conflict as officers.
    """
    if actor.person is None or not stops_clocks(holds, now=now):
        return False
    if actor.person in involvement.authors | involvement.reviewers:
        return False
    recused = actor.person in involvement.conflicted
    return Role.OFFICER in actor.roles if recused else _is_kept_out(actor)


def _is_kept_out(actor: Actor) -> bool:
    return Role.EDITOR_IN_CHIEF in actor.roles and Role.OFFICER not in actor.roles


def is_open(opened_at: datetime, *, now: datetime) -> bool:
    """Whether what was opened at `opened_at` may still be read. A clock that jumps back closes it."""
    return timedelta() <= now - opened_at < OPEN_FOR


def refuse_opening(*, reason: str) -> Refusal | None:
    """Why a report is not opened in an emergency for this reason, or None."""
    return None if reason.strip() else _REASON_MISSING


def refuse_review(*, opened_by: str, by: str, answer: str) -> Refusal | None:
    """Why `by` may not be the officer who looks at an opening afterwards, or None."""
    if opened_by == by:
        return Refusal("own_opening", "You opened it yourself. Another officer looks at that.")
    return None if answer.strip() else _ANSWER_MISSING
