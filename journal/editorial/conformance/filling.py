"""The form of stage 2 into answers, and answers into the form: one cell for each row, check and part of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from journal.dossier.results import Results
from journal.editorial.conformance import short
from workflows.asking import metrics_asked
from workflows.deviations import Deviation, as_typed
from workflows.outcomes import (
    CheckResult,
    Done,
    MetricValue,
    OutcomeRow,
    Outcomes,
    PartAnswer,
    Passed,
    Unregistered,
)
from workflows.protocol import Protocol, Row
from workflows.unanswered import asked_parts
from workflows.verdicts import Verdict

Typed = Mapping[str, Any]
LIST_LIMIT = 200
TEXTS = ("claim", "abstract", "data", "code", "materials", "cited_digest")
FIELDS = {"data": "data_now", "code": "code_now", "materials": "materials_now"}
_HIDDEN = ("label", "answer", "metric")
ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The form as filled in. Answers, checks and parts stand in the order of the protocol's."""

    texts: Mapping[str, str | None]
    answers: Sequence[Typed]
    checks: Sequence[Typed]
    parts: Sequence[Typed]
    unregistered: Sequence[Typed]
    deviations: Sequence[Typed]


def filled_in(plan: Protocol, before: Results, filled: Filled) -> Results:
    """The results with everything as typed, complete or not. What has no row in the plan is not kept."""
    texts: dict[str, Any] = {name: filled.texts.get(name) or "" for name in TEXTS}
    return replace(
        before,
        **texts,
        **short.kept(filled.texts),
        outcomes=Outcomes(
            rows=tuple(_answer(row, typed) for row, typed in zip(plan.rows, filled.answers, strict=False)),
            checks=tuple(_check(check.label, typed) for check, typed in zip(plan.checks, filled.checks, strict=False)),
            parts=tuple(_part(part.label, typed) for part, typed in zip(asked_parts(plan), filled.parts, strict=False)),
            unregistered=tuple(_unregistered(typed) for typed in filled.unregistered[:LIST_LIMIT]),
        ),
        deviations=tuple(_deviation(typed, before) for typed in filled.deviations[:LIST_LIMIT]),
    )


def _texts(kind: type, typed: Typed, *but: str) -> dict[str, Any]:
    return {name.name: typed.get(name.name) or "" for name in fields(kind) if name.name not in ("label", *but)}


def _chosen(choices: type[ChoiceT], typed: Typed, name: str) -> ChoiceT | None:
    return next((choice for choice in choices if choice.value == typed.get(name)), None)


def _answer(row: Row, typed: Typed) -> OutcomeRow:
    values = zip(metrics_asked(row), typed.get("values") or (), strict=False)
    return OutcomeRow(
        label=row.label,
        done=_chosen(Done, typed, "done"),
        verdict=_chosen(Verdict, typed, "verdict"),
        values=tuple(MetricValue(metric=name, **_texts(MetricValue, said, "metric")) for (name, _), said in values),
        **_texts(OutcomeRow, typed, "done", "verdict", "values"),
    )


def _check(label: str, typed: Typed) -> CheckResult:
    return CheckResult(label=label, passed=_chosen(Passed, typed, "passed"), **_texts(CheckResult, typed, "passed"))


def _part(label: str, typed: Typed) -> PartAnswer:
    return PartAnswer(label=label, done=_chosen(Done, typed, "done"), **_texts(PartAnswer, typed, "done"))


def _unregistered(typed: Typed) -> Unregistered:
    return Unregistered(**_texts(Unregistered, typed))


def _deviation(typed: Typed, before: Results) -> Deviation:
    said = as_typed(typed)
    return replace(said, answer=next((each.answer for each in before.deviations if each.what == said.what), ""))


def rest_as_registered(plan: Protocol, outcomes: Outcomes) -> Outcomes:
    """The answers with every part that has none done as registered; hypotheses and checks stay as they are."""
    given = [outcomes.part(part.label) or PartAnswer(label=part.label) for part in asked_parts(plan)]
    done = tuple(replace(each, done=Done.AS_REGISTERED) if each.done is None else each for each in given)
    return replace(outcomes, parts=done)


def shown(plan: Protocol, results: Results) -> dict[str, object]:
    """The results as the form shows them: a cell for every row, check and part of the plan."""
    answers = [results.outcomes.row(row.label) or OutcomeRow(label=row.label) for row in plan.rows]
    checks = [results.outcomes.check(check.label) or CheckResult(label=check.label) for check in plan.checks]
    parts = [results.outcomes.part(part.label) or PartAnswer(label=part.label) for part in asked_parts(plan)]
    return {
        **{FIELDS.get(name, name): getattr(results, name) for name in TEXTS},
        **short.shown(results),
        "outcomes": [
            {**_plainly(answer), "values": _values(row, answer)} for row, answer in zip(plan.rows, answers, strict=True)
        ],
        "checks": [_plainly(check) for check in checks],
        "parts": [_plainly(part) for part in parts],
        "unregistered": [_plainly(added) for added in results.outcomes.unregistered],
        "deviations": [_plainly(deviation) for deviation in results.deviations],
    }


def _values(row: Row, answer: OutcomeRow) -> list[dict[str, object]]:
    """A cell for each metric that the rule names, filled in as far as it is."""
    given = {value.metric: value for value in answer.values}
    return [_plainly(given.get(metric) or MetricValue(metric=metric)) for metric, _ in metrics_asked(row)]


def _plainly(
    content: OutcomeRow | CheckResult | PartAnswer | MetricValue | Unregistered | Deviation,
) -> dict[str, object]:
    """The fields of `content` as a form takes them: choices by their value, None where nothing was chosen."""
    return {field.name: getattr(content, field.name) for field in fields(content) if field.name not in _HIDDEN}
