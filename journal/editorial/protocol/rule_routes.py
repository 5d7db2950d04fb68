"""Building the decision rule of a row, or the threshold of a check, from parts."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.drafts import last_written, mark_of
from journal.dossier.linting import linted
from journal.editorial import work
from journal.editorial.protocol.filling import Place
from journal.editorial.protocol.pages import pages
from journal.editorial.protocol.rule_forms import (
    PassesForm,
    RuleForm,
    passes_form,
    rule_form,
    typed_comparisons,
    typed_rule,
)
from journal.editorial.protocol.rules import Built, built_of, part_at, pressed, pressed_rule, save_built
from journal.editorial.protocol.sheet_routes import CLOSED, address
from journal.editorial.protocol.sheets import ROWS
from journal.editorial.saving import MOVED_ON, answer, is_open, own_report, saved_version, to_report
from workflows.lint import Lint
from workflows.machine import Refusal
from workflows.protocol import Comparison, Protocol, Row, Rule
from workflows.protocol.building import sentence_of
from workflows.protocol.starting import starting_rules
from workflows.stages import PROTOCOL_OPEN


@pages.get("/reports/<report_id>/protocol/<kind>/<int:number>/rule")
def rule(report_id: str, kind: str, number: int) -> ResponseReturnValue:
    """The rule as it stands: its parts, and the sentence that they read as."""
    opened, plan, part = _found(report_id, kind, number)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    form = rule_form(part.rule) if isinstance(part, Row) else passes_form(part.passes)
    return _page(opened, form, plan, kind, number)


@pages.post("/reports/<report_id>/protocol/<kind>/<int:number>/rule")
def save_rule(report_id: str, kind: str, number: int) -> ResponseReturnValue:
    """Keep the rule as typed; add, move or remove a part of it, or begin from a common one, if a button asked."""
    opened, _, part = _found(report_id, kind, number)
    form = RuleForm() if isinstance(part, Row) else PassesForm()
    press = request.form.get("row", "")
    saved: str | Refusal = MOVED_ON
    if is_open(opened, PROTOCOL_OPEN):
        built = _typed(part, form, press)
        saved = save_built(work.uow(), opened.report, kind, number, built=built, was=saved_version())
    return _answer(opened, form, saved, kind, number)


def _answer(
    opened: Opened, form: RuleForm | PassesForm, saved: str | Refusal, kind: str, number: int
) -> ResponseReturnValue:
    """After a button in the page the page again; after Save the row, with the sentence."""
    _, plan, part = _found(opened.report.id, kind, number)
    told = sentence_of(part)
    stays = request.form.get("row") or request.form.get("save") == "check"
    return answer(
        saved,
        form,
        show=lambda: _page(opened, form, plan, kind, number),
        onward=f"{request.path}#parts" if stays else _back(opened, kind, number),
        words="" if stays else told or "Saved.",
        told=told,
    )


def _about(plan: Protocol, kind: str, number: int) -> list[Lint]:
    """What the linter says of this rule."""
    built = {f"{kind}-{number - 1}-{field}" for field in ("rule", "passes", "decision_rule", "threshold")}
    return [each for each in linted(work.uow(), plan) if each.place in built]


def _back(opened: Opened, kind: str, number: int) -> str:
    return address(opened.report.id, ROWS, Place(name=kind, index=number - 1))


def _found(report_id: str, kind: str, number: int) -> tuple[Opened, Protocol, Built]:
    opened = own_report(report_id)
    plan, _ = last_written(work.uow(), opened.report)
    part = part_at(plan, kind, number)
    if part is None:
        abort(404)
    return opened, plan, part


def _typed(part: Built, form: RuleForm | PassesForm, press: str) -> Rule | tuple[Comparison, ...]:
    if isinstance(form, PassesForm):
        verb, _, rest = press.partition(":")
        index = rest.partition(":")[2]
        at = int(index) if index.isascii() and index.isdecimal() else -1
        return pressed(typed_comparisons(form.when.data), verb, at, Comparison())
    if isinstance(part, Row) and press.startswith("start:"):
        return starting_rules(part).get(press.removeprefix("start:"), ("", part.rule))[1]
    return pressed_rule(typed_rule(form), press)


def _page(opened: Opened, form: RuleForm | PassesForm, plan: Protocol, kind: str, number: int) -> str:
    part = part_at(plan, kind, number)
    return render_template(
        "editorial/protocol/rule.html",
        report=opened.report,
        plan=plan,
        part=part,
        is_row=isinstance(part, Row),
        form=form,
        mark=mark_of(built_of(kind, number)(plan)),
        told=sentence_of(part) if part else "",
        found=_about(plan, kind, number),
        starts=starting_rules(part) if isinstance(part, Row) and not part.rule else {},
        back=_back(opened, kind, number),
    )
