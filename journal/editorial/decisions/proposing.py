"""Proposing a decision: the editor's own judgements, the proposal, and taking it back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from journal.dossier import deciding
from journal.dossier.access import Opened
from journal.dossier.deciding import DecisionWords
from journal.dossier.letters import write_letter
from journal.dossier.rounds import RoundContents
from journal.dossier.steps import facts_of, take_step
from journal.unit_of_work import UnitOfWork
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.reports import LetterKind, Report
from storage.rows.reviewing import JudgementRow
from workflows.facts import Facts
from workflows.guards import letter_written
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.report import Advanced
from workflows.reviewing import Answer, Criterion
from workflows.stages import Action, Stage

KINDS = {
    Stage.IN_REVIEW: (DecisionKind.REVISION, DecisionKind.REJECTION, DecisionKind.IPA),
    Stage.STAGE_2_IN_REVIEW: (DecisionKind.REVISION, DecisionKind.REJECTION, DecisionKind.ACCEPTANCE),
}
_ACTIONS = {
    DecisionKind.REVISION: Action.PROPOSE_REVISION,
    DecisionKind.REJECTION: Action.PROPOSE_REJECTION,
    DecisionKind.IPA: Action.PROPOSE_IPA,
    DecisionKind.ACCEPTANCE: Action.PROPOSE_ACCEPTANCE,
}
MOVED_ON = Refusal(
    "not_possible", "This report has moved on since you opened the page, so nothing was changed. Look at its page."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An editor's own answer to a criterion, as typed; `place` is that of its fields in the form."""

    place: str
    criterion: Criterion | None
    verdict: Answer | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A proposal as typed."""

    kind: DecisionKind | None
    letter: str = ""
    conditions: tuple[str, ...] = ()
    stage_2_due: datetime | None = None
    review_exception: str = ""
    judgements: tuple[Judged, ...] = ()


def propose(uow: UnitOfWork, opened: Opened, typed: Typed) -> Advanced | list[Refusal]:
    """Propose a decision with everything it rests on, or say what is missing; then nothing was written."""
    inside = deciding.deciding_round(uow, opened.report)
    if opened.report.stage not in KINDS or inside is None or Capacity.HANDLING_EDITOR not in opened.acting_as:
        return [MOVED_ON]
    given = _given(inside, typed.judgements)
    refusals = list(_judgement_refusals(uow, opened.report, inside, given))
    if typed.kind not in KINDS[opened.report.stage]:
        refusals.insert(0, Refusal("kind_missing", "Choose what you propose.", "kind"))
    if (refusals or typed.kind is None) and (no_letter := letter_written(Facts(now=uow.now, letter=typed.letter))):
        refusals.append(no_letter)  # said together with the rest; the table says it when it is all that is missing
    if refusals or typed.kind is None:
        return refusals
    facts = _facts(uow, opened, inside, typed=typed, given=given)
    decision = _decision(uow, opened.report, inside, typed=typed, upheld=facts.upheld)
    record = {"decision": decision.id, "kind": decision.kind.value, "reviews": facts.reviews}
    step = take_step(uow, opened, _ACTIONS[typed.kind], facts=facts, record=record)
    if isinstance(step, Refusal):
        return [step]
    uow.session.add(decision)
    _keep_judgements(uow, opened.report, inside, given)
    if facts.reviews < facts.reviews_needed:
        write_letter(uow, opened.report, LetterKind.REVIEW_EXCEPTION, typed.review_exception.strip())
    return step


def _facts(uow: UnitOfWork, opened: Opened, inside: RoundContents, *, typed: Typed, given: Iterable[Judged]) -> Facts:
    beside = [each.criterion for each in given if each.criterion is not None]
    return replace(
        facts_of(uow, opened),
        reviews=len(inside.sent),
        review_exception=typed.review_exception,
        criteria_unjudged=deciding.unjudged_criteria(inside, beside=beside),
        upheld=deciding.upheld_criteria(uow, opened.report),
        letter=typed.letter,
        stage_2_due=typed.stage_2_due if typed.kind is DecisionKind.IPA else opened.report.stage_2_due,
    )


def _decision(
    uow: UnitOfWork, report: Report, inside: RoundContents, *, typed: Typed, upheld: tuple[str, ...]
) -> Decision:
    accepts, rejects = typed.kind is DecisionKind.IPA, typed.kind is DecisionKind.REJECTION
    decision = Decision(
        id=uow.new_id("decision"),
        report_id=report.id,
        round_id=inside.round.id,
        for_stage=inside.round.for_stage,
        kind=typed.kind,
        stage_2_due=typed.stage_2_due if accepts else None,
        proposed_by=uow.actor.person,
        proposed_at=uow.now,
    )
    words = DecisionWords(
        letter=typed.letter.strip(),
        conditions=typed.conditions if accepts else (),
        upheld=upheld if rejects else (),
    )
    uow.cabinet.put(report, decision, "body", words)
    return decision


# ---------------------------------------------------------------- the editor's own judgements


def judge(uow: UnitOfWork, opened: Opened, judgements: Iterable[Judged]) -> list[Refusal]:
    """Record the editor's own judgements ahead of a proposal, so that the authors can answer them."""
    inside = deciding.deciding_round(uow, opened.report)
    if opened.report.stage not in KINDS or inside is None or Capacity.HANDLING_EDITOR not in opened.acting_as:
        return [MOVED_ON]
    given = _given(inside, judgements)
    refusals = list(_judgement_refusals(uow, opened.report, inside, given))
    if not refusals:
        _keep_judgements(uow, opened.report, inside, given)
    return refusals


def _given(inside: RoundContents, judgements: Iterable[Judged]) -> list[Judged]:
    """Those that answer what no review answered; a criterion that a reviewer judged meanwhile is not the editor's."""
    left = deciding.left_to_editor(inside)
    return [each for each in judgements if each.criterion in left and (each.verdict or each.reason.strip())]


def _judgement_refusals(
    uow: UnitOfWork, report: Report, inside: RoundContents, given: Iterable[Judged]
) -> Iterator[Refusal]:
    known = {row.criterion: row for row in deciding.editors_judgements(inside)}
    for each in given:
        if each.verdict is None:
            yield Refusal("verdict_missing", f"Say whether {each.criterion} is met.", f"{each.place}-verdict")
        elif not each.reason.strip():
            yield Refusal(
                "reason_missing", f"Give the reason for your answer to {each.criterion}.", f"{each.place}-reason"
            )
        row = known.get(each.criterion) if each.criterion else None
        if row is not None and row.answer is not None and not _same(uow, report, row, each):
            words = f"The authors have answered what you said of {each.criterion}, so it stands as it is."
            yield Refusal("judgement_answered", words, f"{each.place}-reason")


def _same(uow: UnitOfWork, report: Report, row: JudgementRow, each: Judged) -> bool:
    return (row.verdict, uow.cabinet.get(report, row, "reason", str)) == (each.verdict, each.reason.strip())


def _keep_judgements(uow: UnitOfWork, report: Report, inside: RoundContents, given: Iterable[Judged]) -> None:
    known = {row.criterion: row for row in deciding.editors_judgements(inside)}
    for each in given:
        row = known.get(each.criterion) if each.criterion else None
        if row is None:
            row = JudgementRow(
                id=uow.new_id("judgement"),
                report_id=report.id,
                round_id=inside.round.id,
                criterion=each.criterion,
                verdict=each.verdict,
                given_by=uow.actor.person,
            )
            uow.cabinet.put(report, row, "reason", each.reason.strip())
            uow.session.add(row)
        elif not _same(uow, report, row, each):
            row.verdict, row.given_by = each.verdict or row.verdict, uow.actor.person
            uow.cabinet.put(report, row, "reason", each.reason.strip())


# ---------------------------------------------------------------- taking it back


def recall(uow: UnitOfWork, opened: Opened, *, decision: str) -> Advanced | Refusal:
    """Take the proposal back before it is confirmed. Its words come back into the form."""
    proposal = deciding.open_proposal(uow, opened.report)
    if proposal is None or proposal.id != decision:
        return MOVED_ON
    step = take_step(uow, opened, Action.RECALL, facts=facts_of(uow, opened), record={"decision": proposal.id})
    if isinstance(step, Advanced):
        proposal.sent_back_at = uow.now
    return step
