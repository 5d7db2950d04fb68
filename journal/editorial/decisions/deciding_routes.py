"""Proposing a decision and confirming it."""

from datetime import datetime

from flask import request
from flask.typing import ResponseReturnValue

from journal.dossier import deciding
from journal.dossier.access import Opened
from journal.dossier.answers import is_settled
from journal.dossier.letters import newest_letter
from journal.editorial import work
from journal.editorial.decisions import confirming, proposing
from journal.editorial.decisions.evidence import evidence
from journal.editorial.decisions.forms import Confirm, Proposal
from journal.editorial.decisions.pages import REFUSED, done, name_of, pages, seen_as, shown
from journal.editorial.saving import rearrange
from storage.rows.decisions import Decision
from storage.rows.reports import LetterKind
from workflows.deadlines import ANYWHERE
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import PROPOSED, Stage

_RECORDED = "Your judgements are recorded. The rest of this page is as you left it, and not sent."


# ---------------------------------------------------------------- proposing


@pages.route("/reports/<report_id>/propose", methods=["GET", "POST"])
def propose(report_id: str) -> ResponseReturnValue:
    """The evidence on one screen, and the proposal below it. Once proposed, it can be taken back here."""
    opened = seen_as(report_id, Capacity.HANDLING_EDITOR)
    form = _proposal_form(opened)
    if form.is_submitted():
        return _sent(opened, form)
    if opened.report.stage in PROPOSED:
        return _proposed(opened, Confirm(formdata=None))
    if opened.report.stage not in proposing.KINDS:
        return done(report_id, "There is no decision to propose on this report now.")
    return _composing(opened, form)


def _sent(opened: Opened, form: Proposal) -> ResponseReturnValue:
    """The proposal form came in: rows moved, judgements recorded, or all of it proposed."""
    if rearrange(form, ["conditions"]):
        return _composing(opened, form)
    if request.form.get("act") == "judge":
        refused = proposing.judge(work.uow(), opened, form.typed().judgements)
        form.refuse(refused)
        return _composing(opened, form, news="" if refused else _RECORDED), REFUSED if refused else 200
    step = proposing.propose(work.uow(), opened, form.typed())
    if isinstance(step, list):
        form.refuse(step)
        return _composing(opened, form), REFUSED
    second = name_of(opened.report.second_editor_id)
    return done(opened.report.id, f"Proposed. {second} confirms it or sends it back, and is told by letter.")


@pages.post("/reports/<report_id>/propose/recall")
def recall(report_id: str) -> ResponseReturnValue:
    """Take one's proposal back. What it said comes back into the form."""
    opened = seen_as(report_id, Capacity.HANDLING_EDITOR)
    form = Confirm()
    step = proposing.recall(work.uow(), opened, decision=form.decision.data or "")
    if isinstance(step, Refusal):
        form.refuse(step)
        return _proposed(opened, form), REFUSED
    return done(report_id, "Taken back. Nobody but the editors knows of it.", "decisions.propose")


def _proposal_form(opened: Opened) -> Proposal:
    """The form, with what was last proposed and not confirmed in it."""
    uow, report = work.uow(), opened.report
    inside = deciding.deciding_round(uow, report)
    form = Proposal(data=_begun(opened))
    left = deciding.left_to_editor(inside) if inside else ()
    return form.ask(proposing.KINDS.get(report.stage, ()), left)


def _begun(opened: Opened) -> dict[str, object]:
    uow, report = work.uow(), opened.report
    inside = deciding.deciding_round(uow, report)
    if inside is None:
        return {}
    own = [
        {"criterion": row.criterion.value, "verdict": row.verdict.value, "reason": _reason(opened, row)}
        for row in deciding.editors_judgements(inside)
        if row.criterion in deciding.left_to_editor(inside)
    ]
    earlier = [
        each for each in deciding.decisions(uow, report) if each.sent_back_at and each.round_id == inside.round.id
    ]
    return {"judgements": own, **(_words(opened, earlier[-1]) if earlier else {})}


def _reason(opened: Opened, row: object) -> str:
    return work.uow().cabinet.get(opened.report, row, "reason", str)  # type: ignore[arg-type]  # a judgement's row


def _words(opened: Opened, decision: Decision) -> dict[str, object]:
    words = deciding.words_of(work.uow(), opened.report, decision)
    day = decision.stage_2_due.astimezone(ANYWHERE).date() if decision.stage_2_due else None
    said = {"kind": decision.kind.value, "letter": words.letter, "conditions": _parts(words)}
    return {**said, "stage_2_due": day}


def _parts(words: deciding.DecisionWords) -> list[dict[str, str]]:
    return [{"text": condition} for condition in words.conditions]


def _composing(opened: Opened, form: Proposal, *, news: str = "") -> str:
    uow, report = work.uow(), opened.report
    past = [
        each for each in deciding.decisions(uow, report) if each.for_stage == deciding.stage_under_review(report.stage)
    ]
    sent_back = newest_letter(uow, report, LetterKind.SENT_BACK)
    fresh = sent_back if past and sent_back and sent_back[0].written_at == past[-1].sent_back_at else None
    return shown(
        "propose",
        opened,
        form,
        evidence=evidence(uow, opened),
        sent_back=fresh,
        first=report.stage is Stage.IN_REVIEW,
        proposes=report.stage in proposing.KINDS,
        answers_due=_answers_due(opened),
        news=news,
    )


def _answers_due(opened: Opened) -> datetime | None:
    """Until when the authors answer the reviews, while they do."""
    inside = deciding.deciding_round(work.uow(), opened.report)
    waits = inside is not None and not is_settled(work.uow(), opened.report, inside.round)
    return inside.round.answers_due if inside is not None and waits else None


# ---------------------------------------------------------------- confirming


@pages.get("/reports/<report_id>/confirm")
def confirm(report_id: str) -> ResponseReturnValue:
    """The proposal with all it rests on, for the second editor."""
    opened = seen_as(report_id, Capacity.SECOND_EDITOR)
    if opened.report.stage not in PROPOSED:
        return done(report_id, "No decision waits to be confirmed on this report now.")
    return _proposed(opened, Confirm())


@pages.post("/reports/<report_id>/confirm")
def decide(report_id: str) -> ResponseReturnValue:
    """The second editor confirms what they read, or sends it back with what should change."""
    opened = seen_as(report_id, Capacity.SECOND_EDITOR)
    form, uow, backwards = Confirm(), work.uow(), request.form.get("act") == "send_back"
    read, reason = form.decision.data or "", form.reason.data or ""
    step = (
        confirming.send_back(uow, opened, decision=read, reason=reason)
        if backwards
        else confirming.confirm(uow, opened, decision=read)
    )
    if isinstance(step, Refusal):
        form.refuse(step)
        return _proposed(opened, form), REFUSED
    return done(report_id, "Sent back to the handling editor." if backwards else "Confirmed. The authors are told.")


def _proposed(opened: Opened, form: Confirm) -> str:
    uow, report = work.uow(), opened.report
    decision = deciding.open_proposal(uow, report)
    return shown(
        "confirm",
        opened,
        form,
        decision=decision,
        words=deciding.words_of(uow, report, decision) if decision else None,
        proposer=name_of(decision.proposed_by) if decision else "",
        exception=_exception(opened, decision) if decision else "",
        evidence=evidence(uow, opened),
        may_confirm=Capacity.SECOND_EDITOR in opened.acting_as,
    )


def _exception(opened: Opened, decision: Decision) -> str:
    """Why fewer reviews were enough, if that was said with this proposal."""
    found = newest_letter(work.uow(), opened.report, LetterKind.REVIEW_EXCEPTION)
    return found[1] if found and found[0].written_at == decision.proposed_at else ""
