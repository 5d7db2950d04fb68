"""Saving the answers to a frozen protocol as typed, submitting them, and comparing them with what was promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from journal.dossier import answers as points
from journal.dossier import findings
from journal.dossier import results as dossier
from journal.dossier.access import Opened
from journal.dossier.amending import open_amendment
from journal.dossier.drafts import last_results, results_for_editing, save_results
from journal.dossier.manuscripts import files_of, newest_files
from journal.dossier.protocols import frozen, words
from journal.dossier.results import Results
from journal.dossier.rounds import open_round
from journal.dossier.steps import facts_of, take_step
from journal.editorial.conformance import short
from journal.unit_of_work import UnitOfWork
from storage.rows.manuscripts import FileKind
from storage.rows.outcomes import ResultsVersion
from storage.rows.reports import Report
from workflows import deviations as departures
from workflows import guards, unanswered
from workflows.conformance import compare
from workflows.deviations import Deviation, as_typed
from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.outcomes import CheckResult, Done, OutcomeRow, Passed
from workflows.protocol import Protocol
from workflows.report import Advanced
from workflows.stages import Action, Stage
from workflows.verdicts import Verdict

Typed = Mapping[str, str | None]
DEVIATIONS_LIMIT = 200
_TEXTS = ("claim", "abstract", "data", "code", "materials", "cited_digest")
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
_FIELDS = {"data": "data_now", "code": "code_now", "materials": "materials_now"}


def promised(uow: UnitOfWork, report: Report) -> Protocol:
    """The frozen protocol that the answers are about."""
    version = frozen(uow, report)
    return words(uow, report, version) if version else Protocol()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The form as filled in. Answers and checks stand in the order of the protocol's."""

    texts: Typed
    answers: Sequence[Typed]
    checks: Sequence[Typed]
    deviations: Sequence[Typed]


def save_answers(uow: UnitOfWork, report: Report, filled: Filled, *, was: str) -> str | Refusal:
    """Keep everything as typed, complete or not, and return the new mark. What has no row is not kept."""
    plan = promised(uow, report)
    rows = tuple(_answer(row.label, typed) for row, typed in zip(plan.rows, filled.answers, strict=False))
    checks = tuple(_check(check.label, typed) for check, typed in zip(plan.checks, filled.checks, strict=False))

    def change(before: Results) -> Results:
        texts: dict[str, Any] = {name: filled.texts.get(name) or "" for name in _TEXTS}
        return replace(
            before,
            **texts,
            **short.kept(filled.texts),
            outcomes=replace(before.outcomes, rows=rows, checks=checks),
            deviations=tuple(_deviation(typed, before) for typed in filled.deviations[:DEVIATIONS_LIMIT]),
        )

    return save_results(uow, report, change, was=was)


def _answer(label: str, typed: Typed) -> OutcomeRow:
    names = ("estimate", "low", "high", "level", "sample", "why", "account")
    done, verdict = typed.get("done") or "", typed.get("verdict") or ""
    texts: dict[str, Any] = {name: typed.get(name) or "" for name in names}
    return OutcomeRow(
        label=label,
        done=Done(done) if done in set(Done) else None,
        verdict=Verdict(verdict) if verdict in set(Verdict) else None,
        **texts,
    )


def _check(label: str, typed: Typed) -> CheckResult:
    passed = typed.get("passed") or ""
    return CheckResult(
        label=label, passed=Passed(passed) if passed in set(Passed) else None, found=typed.get("found") or ""
    )


def _deviation(typed: Typed, before: Results) -> Deviation:
    said = as_typed(typed)
    return replace(said, answer=next((each.answer for each in before.deviations if each.what == said.what), ""))


def gaps_of(uow: UnitOfWork, report: Report) -> tuple[Refusal, ...]:
    """What the results still lack, but for the citation, consents and answers, in the order of the form."""
    results = last_results(uow, report)
    files = newest_files(uow, report, for_stage=2)
    missing = [
        Refusal(f"{name}_missing", words_, _FIELDS.get(name, name))
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
    said = dossier.words(uow, report, version)
    found = compare(promised(uow, report), said.outcomes, said.deviations)
    findings.keep(uow, report, version, found)


def _facts(uow: UnitOfWork, opened: Opened) -> Facts:
    return replace(
        facts_of(uow, opened),
        gaps=gaps_of(uow, opened.report),
        cited_digest=short.cited_by(last_results(uow, opened.report), opened.report),
        answers_missing=len(points.unanswered(uow, opened.report)) if _revises(opened) else 0,
    )


def _revises(opened: Opened) -> bool:
    return opened.report.stage is Stage.STAGE_2_REVISION


def shown(plan: Protocol, results: Results) -> dict[str, object]:
    """The results as the form shows them: a cell for every row and check of the plan."""
    answers = [results.outcomes.row(row.label) or OutcomeRow(label=row.label) for row in plan.rows]
    checks = [results.outcomes.check(check.label) or CheckResult(label=check.label) for check in plan.checks]
    texts = {_FIELDS.get(name, name): getattr(results, name) for name in _TEXTS}
    return {
        **texts,
        **short.shown(results),
        "outcomes": [_plainly(answer) for answer in answers],
        "checks": [_plainly(check) for check in checks],
        "deviations": [_plainly(deviation) for deviation in results.deviations],
    }


def _plainly(content: OutcomeRow | CheckResult | Deviation) -> dict[str, object]:
    """The fields of `content` as a form takes them: choices by their value, None where nothing was chosen."""
    return {name: getattr(content, name) for name in content.__dataclass_fields__ if name not in ("label", "answer")}
