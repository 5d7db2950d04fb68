"""An entry for the ledger, for tests to vary."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.ledger import Entry
from workflows.people import Capacity
from workflows.stages import Action

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DIGEST = "9f" * 32
FACTS = {"digest": DIGEST, "round": 2, "sealed": True, "reviewers": ["a" * 26, "b" * 26], "due": None}


def entry(number: int = 1, **changes: Any) -> Entry:  # noqa: ANN401 - fields of an entry
    made = Entry(
        id=f"{number:026}",
        at=NOON + timedelta(microseconds=number),
        actor_id="p" * 26,
        capacity=Capacity.HANDLING_EDITOR,
        action=Action.PROPOSE_IPA,
        report_id="r" * 26,
        facts=FACTS,
    )
    return replace(made, **changes)
