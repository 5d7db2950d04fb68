"""Saving the answers to a frozen protocol as typed, submitting them, and comparing them with what was promised."""

from dataclasses import replace

from journal.dossier import answers as points
from journal.dossier import findings
from journal.dossier import results as dossier
from journal.dossier.access import Opened
from journal.dossier.amending import open_amendment
from journal.dossier.comparing import ask_to_compare, comparison_of, proposed_by_manuscript
from journal.dossier.drafts import last_results, results_for_editing, save_results
from journal.dossier.manuscripts import files_of, newest_files
from journal.dossier.results import Results
from journal.dossier.rounds import open_round
from journal.dossier.steps import facts_of, take_step
from journal.editorial.conformance import short
from journal.editorial.conformance.differing import everything_found, promised
from journal.editorial.conformance.filling import FIELDS, Filled, filled_in, rest_as_registered
from journal.editorial.conformance.prefilling import take_over
from journal.unit_of_work import UnitOfWork
from storage.rows.comparisons import Progress
from storage.rows.manuscripts import FileKind
from storage.rows.outcomes import ResultsVersion
from storage.rows.reports import Report
from workflows import deviations as departures
from workflows import guards, unanswered
from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.report import Advanced
from workflows.stages import Action, Stage

_NEEDED = {
    "claim": "Give the answer in a sentence or two. It is what readers see first.",
    "abstract": "Write the abstract, with the results.",
    "data": "Say where the data are now, or why they cannot be shared.",
    "code": "Say where the code is now, or why it cannot be shared.",
    "materials": "Say where the materials are now, or why they cannot be shared.",
}
_AMENDMENT_OPEN = Refusal(
    "amendment_open",
    "An amendment of the protocol is open. Wait for the editor, or take it back and drop it, before you send results.",
    "amendment",
)


def save_answers(  # noqa: PLR0913 - what was typed, and what a button asked for
    uow: UnitOfWork, report: Report, filled: Filled, *, was: str, rest_done: bool = False, use: str = ""
) -> str | Refusal:
    """Keep everything as typed, complete or not, and return the new mark. `rest_done`: every part that has no answer
    was done as registered. `use`: which value of the manuscript is taken over, if any.
    """
    plan = promised(uow, report)
    proposed = proposed_by_manuscript(uow, report) if use else ()

    def change(before: Results) -> Results:
        said = filled_in(plan, before, filled)
        outcomes = rest_as_registered(plan, said.outcomes) if rest_done else said.outcomes
        return replace(said, outcomes=take_over(outcomes, proposed, use) if use else outcomes)

    return save_results(uow, report, change, was=was)


def gaps_of(uow: UnitOfWork, report: Report) -> tuple[Refusal, ...]:
    """What the results still lack, but for the citation, consents and answers, in the order of the form."""
    results = last_results(uow, report)
    files = newest_files(uow, report, for_stage=2)
    missing = [
        Refusal(f"{name}_missing", words_, FIELDS.get(name, name))
        for name, words_ in _NEEDED.items()
        if not getattr(results, name).strip()
    ]
    amended = [_AMENDMENT_OPEN] if open_amendment(uow, report) is not None else []
    has_manuscript = any(file.kind is FileKind.MANUSCRIPT for file in files)
    return (
        *amended,
        *unanswered.gaps(promised(uow, report), results.outcomes),
        *departures.gaps(results.deviations),
        *missing,
        *short.paper_gaps(results, has_manuscript=has_manuscript),
    )


def what_bars_submitting(uow: UnitOfWork, opened: Opened) -> tuple[Refusal, ...]:
    """Everything that stands between the draft and its submission."""
    facts = _facts(uow, opened)
    found = (
        guards.protocol_cited(facts),
        guards.coauthors_consented(facts),
        guards.answers_given(facts) if _revises(opened) else None,
    )
    return (*facts.gaps, *(refusal for refusal in found if refusal is not None))


def submit(uow: UnitOfWork, opened: Opened) -> Advanced | tuple[Refusal, ...]:
    """Submit the results, for the first time or revised, and compare them with the protocol."""
    barred = what_bars_submitting(uow, opened)
    if barred:
        return barred
    report = opened.report
    draft = results_for_editing(uow, report)
    uow.session.flush()
    facts = _facts(uow, opened)
    action = Action.RESUBMIT if _revises(opened) else Action.SUBMIT
    step = take_step(uow, opened, action, facts=facts, record={"results": draft.number, "cited": facts.cited_digest})
    if isinstance(step, Refusal):
        return (step,)
    draft.submitted_at, draft.cited_digest = uow.now, facts.cited_digest
    report.author_seen_at = uow.now
    for file in files_of(uow, report, for_stage=2, version_number=None):
        file.version_number = draft.number
    _keep_findings(uow, report, draft)
    if action is Action.RESUBMIT:
        open_round(uow, report, for_stage=2, version_number=draft.number)
    return step


def _keep_findings(uow: UnitOfWork, report: Report, version: ResultsVersion) -> None:
    """Keep what rows and texts brought up. Texts that are still being compared add to it when they are done."""
    ask_to_compare(uow, report)
    comparison = comparison_of(uow, report)
    said = dossier.words(uow, report, version)
    found = everything_found(uow, report, said)
    read = comparison is None or comparison.progress is Progress.DONE
    findings.keep(uow, report, version, found, texts_read=read)
    findings.answer(uow, report, version, {each.mark: each.why for each in said.said})


def _facts(uow: UnitOfWork, opened: Opened) -> Facts:
    return replace(
        facts_of(uow, opened),
        gaps=gaps_of(uow, opened.report),
        cited_digest=short.cited_by(last_results(uow, opened.report), opened.report),
        answers_missing=len(points.unanswered(uow, opened.report)) if _revises(opened) else 0,
    )


def _revises(opened: Opened) -> bool:
    return opened.report.stage is Stage.STAGE_2_REVISION
