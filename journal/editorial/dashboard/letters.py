"""The letters of a report that its people may read again: decisions, and the words of other steps."""

from journal.dossier.access import Opened
from journal.dossier.deciding import Read, decision_letters
from journal.dossier.letters import letters
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import LetterKind
from workflows.people import EDITORS, Capacity

_STEPS = {
    LetterKind.RETURNED: "Returned to the authors",
    LetterKind.DESK_REJECTED: "Not sent to review",
    LetterKind.EXTENDED: "More time for stage 2",
    LetterKind.PROOF_CHANGES: "What the authors ask to be changed in the proof",
    LetterKind.CORRECTION: "Correction",
    LetterKind.RETRACTION: "Retraction",
}
_READERS = EDITORS | {Capacity.AUTHOR, Capacity.OFFICER}


def letters_for(uow: UnitOfWork, opened: Opened) -> list[Read]:
    """What the viewer may read again, the newest first: decisions also for reviewers, other letters not."""
    acting, report = opened.acting_as, opened.report
    if not acting & (_READERS | {Capacity.REVIEWER}):
        return []
    found = decision_letters(uow, report)
    if acting & _READERS:
        found += [
            Read(title=_STEPS[letter.kind], at=letter.written_at, body=body)
            for letter, body in letters(uow, report, _STEPS)
        ]
    return sorted(found, key=lambda each: each.at, reverse=True)
