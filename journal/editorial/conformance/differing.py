"""What rows and texts of a draft bring up, before it is sent, and what its authors say of each."""

from dataclasses import replace

from journal.dossier.comparing import comparison_of
from journal.dossier.comparing_texts import found_in_texts
from journal.dossier.drafts import last_results, mark_of, save_results
from journal.dossier.protocols import frozen, words
from journal.dossier.results import Results, Said
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from workflows.conformance import Finding, compare
from workflows.conformance.todo import Task, as_deviation, tasks, with_declared
from workflows.machine import Refusal
from workflows.outcomes import Done, PartAnswer
from workflows.protocol import Protocol
from workflows.unanswered import asked_parts

GONE = Refusal("finding_gone", "This difference is not there any more. Look at the list again.")
_NO_REASON = Refusal("why_missing", "Say in a sentence why it is no deviation. Editors and reviewers read it.", "why")


def promised(uow: UnitOfWork, report: Report) -> Protocol:
    """The frozen protocol that the answers are about."""
    version = frozen(uow, report)
    return words(uow, report, version) if version else Protocol()


def everything_found(uow: UnitOfWork, report: Report, said: Results) -> tuple[Finding, ...]:
    """The findings of rows, and those of texts as far as they were compared, those declared that are."""
    rows = compare(promised(uow, report), said.outcomes, said.deviations)
    return with_declared((*rows, *found_in_texts(uow, report, comparison_of(uow, report))), said.deviations)


def left_to_do(uow: UnitOfWork, report: Report) -> tuple[Task, ...]:
    """The findings on the draft as it stands now, the cheapest first."""
    said = last_results(uow, report)
    answers = {each.mark: each.why for each in said.said}
    return tasks(promised(uow, report), everything_found(uow, report, said), answers)


def declare(uow: UnitOfWork, report: Report, mark: str) -> int | Refusal:
    """Begin a deviation from a finding, and return its position in the list. One that was begun is not begun twice."""
    said = last_results(uow, report)
    there = [at for at, each in enumerate(said.deviations) if each.finding == mark]
    found = _finding(uow, report, mark)
    if there or found is None:
        return there[0] if there else GONE
    begun = as_deviation(promised(uow, report), found)
    saved = _change(uow, report, replace(said, deviations=(*said.deviations, begun)))
    return saved if isinstance(saved, Refusal) else len(said.deviations)


def answer_finding(uow: UnitOfWork, report: Report, mark: str, why: str) -> str | Refusal:
    """Keep why a finding is no deviation; empty words take back what was said before."""
    said = last_results(uow, report)
    others = tuple(each for each in said.said if each.mark != mark)
    if not why.strip() and len(others) == len(said.said):
        return _NO_REASON
    if why.strip() and _finding(uow, report, mark) is None:
        return GONE
    kept = (*others, Said(mark=mark, why=why.strip())) if why.strip() else others
    return _change(uow, report, replace(said, said=kept))


def done_as_registered(uow: UnitOfWork, report: Report, mark: str) -> str | Refusal:
    """Answer the part that a finding is about: it was done as registered."""
    said, found = last_results(uow, report), _finding(uow, report, mark)
    labels = {part.label for part in asked_parts(promised(uow, report))}
    if found is None or found.place not in labels:
        return GONE
    given = {part.label: part for part in said.outcomes.parts}
    given[found.place] = replace(given.get(found.place) or PartAnswer(label=found.place), done=Done.AS_REGISTERED)
    return _change(uow, report, replace(said, outcomes=replace(said.outcomes, parts=tuple(given.values()))))


def _finding(uow: UnitOfWork, report: Report, mark: str) -> Finding | None:
    found = everything_found(uow, report, last_results(uow, report))
    return next((each for each in found if each.mark == mark), None)


def _change(uow: UnitOfWork, report: Report, changed: Results) -> str | Refusal:
    return save_results(uow, report, lambda _: changed, was=mark_of(last_results(uow, report)))
