"""The letters of a report that its people may read again: decisions, and the words of other steps."""

from dataclasses import dataclass
from datetime import datetime

from journal.dossier.access import Opened
from journal.dossier.deciding import DecisionWords, confirmed_decisions
from journal.dossier.letters import letters
from journal.unit_of_work import UnitOfWork
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.reports import LetterKind
from workflows.people import EDITORS, Capacity
from workflows.reviewing import Criterion

_STEPS = {
    LetterKind.RETURNED: "Returned to the authors",
    LetterKind.DESK_REJECTED: "Not sent to review",
    LetterKind.EXTENDED: "More time for stage 2",
    LetterKind.PROOF_CHANGES: "What the authors ask to be changed in the proof",
    LetterKind.CORRECTION: "Correction",
    LetterKind.RETRACTION: "Retraction",
}
_DECIDED = {
    DecisionKind.REVISION: "Revision asked",
    DecisionKind.REJECTION: "Rejection",
    DecisionKind.IPA: "In-principle acceptance",
    DecisionKind.ACCEPTANCE: "Acceptance",
}
_READERS = EDITORS | {Capacity.AUTHOR, Capacity.OFFICER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One letter: what it is, when it went, its words; conditions of an acceptance, criteria a rejection rests on."""

    title: str
    at: datetime
    body: str
    conditions: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


def letters_for(uow: UnitOfWork, opened: Opened) -> list[Read]:
    """What the viewer may read again, the newest first: decisions also for reviewers, other letters not."""
    acting, report = opened.acting_as, opened.report
    if not acting & (_READERS | {Capacity.REVIEWER}):
        return []
    found = [_decided(decision, words) for decision, words in confirmed_decisions(uow, report)]
    if acting & _READERS:
        found += [
            Read(title=_STEPS[letter.kind], at=letter.written_at, body=body)
            for letter, body in letters(uow, report, _STEPS)
        ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _decided(decision: Decision, words: DecisionWords) -> Read:
    return Read(
        title=f"{_DECIDED[decision.kind]}, stage {decision.for_stage}",
        at=decision.confirmed_at or decision.proposed_at,
        body=words.letter,
        conditions=words.conditions,
        criteria=tuple(f"{code}: {Criterion(code).words}" for code in words.upheld),
    )
