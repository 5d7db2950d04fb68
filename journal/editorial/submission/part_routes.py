"""The parts that are one form each: title, data so far, statements, hazard questions. Each saves as one types."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.drafts import last_written, mark_of, save_hazard, save_protocol
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.saving import MOVED_ON, answer, is_open, own_report, saved_version, to_report
from journal.editorial.submission.actions import gaps_of, written_so_far
from journal.editorial.submission.forms import BiasForm, HazardForm, StatementsForm, TitleForm
from journal.editorial.submission.pages import pages
from journal.editorial.submission.parts import NAMES, Part, part_of
from workflows.hazard import HazardAnswer, HazardAnswers, Question
from workflows.machine import Refusal
from workflows.protocol import BIAS_LEVELS, Protocol, Statements, derived_level
from workflows.stages import PROTOCOL_OPEN

_YES = {"yes": True, "no": False}
_NOTHING_NOW = "There is nothing to write on this protocol now."


@dataclass(frozen=True, slots=True)
class Writing:
    """How one part is written: its form, what the form shows of the draft, and how the draft takes it."""

    part: Part
    form: type[Form]
    shown: Callable[[Protocol], Mapping[str, object]]
    taken: Callable[[Protocol, Form], Protocol]


def _take_title(plan: Protocol, form: Form) -> Protocol:
    return replace(plan, title=form.title.data, abstract=form.abstract.data, topics=tuple(form.topics.data or ()))


def _take_bias(plan: Protocol, form: Form) -> Protocol:
    typed, level = form.bias_level.data or "", derived_level(plan)
    if level is None:
        level = int(typed) if typed.isdecimal() else None
    return replace(plan, bias_level=level, bias_account=form.bias_account.data)


def _take_statements(plan: Protocol, form: Form) -> Protocol:
    typed = {field.name: field.data for field in form if field.name in Statements.__dataclass_fields__}
    return replace(plan, statements=Statements(**typed))


_TITLE = Writing(
    Part.TITLE,
    TitleForm,
    lambda plan: {"title": plan.title, "abstract": plan.abstract, "topics": list(plan.topics)},
    _take_title,
)
_BIAS = Writing(
    Part.BIAS,
    BiasForm,
    lambda plan: {
        "bias_level": None if plan.bias_level is None else str(plan.bias_level),
        "bias_account": plan.bias_account,
    },
    _take_bias,
)
_STATEMENTS = Writing(
    Part.STATEMENTS,
    StatementsForm,
    lambda plan: {**asdict(plan.statements), "data_": plan.statements.data},
    _take_statements,
)


@pages.route("/reports/<report_id>/title", methods=["GET", "POST"])
def title(report_id: str) -> ResponseReturnValue:
    """Title, abstract and topics."""
    return _write(report_id, _TITLE)


@pages.route("/reports/<report_id>/bias", methods=["GET", "POST"])
def bias(report_id: str) -> ResponseReturnValue:
    """What is already known of the data."""
    return _write(report_id, _BIAS)


@pages.route("/reports/<report_id>/statements", methods=["GET", "POST"])
def statements(report_id: str) -> ResponseReturnValue:
    """Funding, ethics, interests, data, code and materials."""
    return _write(report_id, _STATEMENTS)


def _write(report_id: str, writing: Writing) -> ResponseReturnValue:
    """Show a part of the protocol, or save it as typed."""
    opened = own_report(report_id)
    plan, _ = last_written(work.uow(), opened.report)
    if request.method == "GET":
        if not is_open(opened, PROTOCOL_OPEN):
            return to_report(report_id, _NOTHING_NOW)
        form = writing.form(data=dict(writing.shown(plan)))
        return _page(opened, writing.part, form, mark_of(writing.shown(plan)))
    form = writing.form()
    saved: str | Refusal = MOVED_ON
    if is_open(opened, PROTOCOL_OPEN):
        saved = save_protocol(
            work.uow(),
            opened.report,
            lambda plan: writing.taken(plan, form),
            part=writing.shown,
            was=saved_version(),
        )
    return _answer(opened, writing.part, form, saved, mark=mark_of(writing.shown(plan)))


@pages.route("/reports/<report_id>/hazard-questions", methods=["GET", "POST"])
def hazard_questions(report_id: str) -> ResponseReturnValue:
    """The four hazard questions."""
    opened = own_report(report_id)
    _, answers = last_written(work.uow(), opened.report)
    if request.method == "GET":
        if not is_open(opened, PROTOCOL_OPEN):
            return to_report(report_id, _NOTHING_NOW)
        return _page(opened, Part.HAZARD, HazardForm(data=_hazard_shown(answers)), mark_of(answers))
    form = HazardForm()
    saved: str | Refusal = MOVED_ON
    if is_open(opened, PROTOCOL_OPEN):
        saved = save_hazard(work.uow(), opened.report, _hazard_typed(form), was=saved_version())
    return _answer(opened, Part.HAZARD, form, saved, mark=mark_of(answers))


def _hazard_shown(answers: HazardAnswers) -> dict[str, object]:
    words = {True: "yes", False: "no", None: None}
    found = {question: answers.answer(question) for question in Question}
    return {question.value: {"answer": words[got.yes], "account": got.account} for question, got in found.items()}


def _hazard_typed(form: HazardForm) -> HazardAnswers:
    typed = {question: form[question.value].form for question in Question}
    answers = tuple(
        HazardAnswer(question=question, yes=_YES.get(entry.answer.data or ""), account=entry.account.data)
        for question, entry in typed.items()
    )
    return HazardAnswers(answers=answers)


def _answer(opened: Opened, part: Part, form: Form, saved: str | Refusal, *, mark: str) -> ResponseReturnValue:
    report_id = opened.report.id
    return answer(
        saved,
        form,
        show=lambda: _page(opened, part, form, mark),
        onward=url_for("submission.tasks", report_id=report_id),
        words=f"Saved: {NAMES[part][:1].lower()}{NAMES[part][1:]}.",
    )


def _page(opened: Opened, part: Part, form: Form, mark: str) -> str:
    """The page of a part; asked to check, it says beside each field what is missing."""
    written = written_so_far(work.uow(), opened.report)
    if "check" in request.args and request.method == "GET":
        form.refuse(gap for gap in gaps_of(written, now=work.uow().now) if part_of(gap) is part)
    return render_template(
        f"editorial/submission/{part.value}.html",
        report=opened.report,
        plan=written.plan,
        name=NAMES[part],
        form=form,
        mark=mark,
        shared=len(opened.report.authors) > 1,
        questions=list(Question),
        derived=derived_level(written.plan),
        levels=BIAS_LEVELS,
    )


def replace_title(opened: Opened, words: str) -> None:
    """Call the study `words`, whatever it was called before."""
    plan, _ = last_written(work.uow(), opened.report)
    save_protocol(
        work.uow(),
        opened.report,
        lambda plan: replace(plan, title=words),
        part=lambda plan: plan.title,
        was=mark_of(plan.title),
    )
