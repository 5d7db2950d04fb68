"""Keeping a decision rule, or when a check passes, as it was built from parts; and in words, as it reads back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from journal.dossier.drafts import save_protocol
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from workflows.machine import Refusal
from workflows.protocol import Check, Clause, Comparison, Protocol, Row, Rule
from workflows.protocol.building import sentence_of
from workflows.verdicts import Verdict

PartT = TypeVar("PartT")
Built = Row | Check
_MOST = 30
GONE = Refusal("part_gone", "The row is no longer there: a co-author removed it. Nothing was saved.")


def part_at(plan: Protocol, kind: str, number: int) -> Built | None:
    """Row or check `number` of the plan, counted from 1; `kind` is `rows` or `checks`."""
    kinds: dict[str, Sequence[Built]] = {"rows": plan.rows, "checks": plan.checks}
    parts = kinds.get(kind, ())
    return parts[number - 1] if 0 < number <= len(parts) else None


def built_of(kind: str, number: int) -> Callable[[Protocol], object]:
    """What of a plan the page of a rule writes."""

    def part(plan: Protocol) -> object:
        found = part_at(plan, kind, number)
        return None if found is None else (found.label, found.rule if isinstance(found, Row) else found.passes)

    return part


def save_built(  # noqa: PLR0913 - what is saved, where, and what it began from
    uow: UnitOfWork, report: Report, kind: str, number: int, *, built: Rule | tuple[Comparison, ...], was: str
) -> str | Refusal:
    """Keep what was built for a row or check, and return its new mark."""

    def change(plan: Protocol) -> Protocol:
        parts = (_with(part, built) if at == number else part for at, part in enumerate(getattr(plan, kind), 1))
        changes: dict[str, Any] = {kind: tuple(parts)}
        return replace(plan, **changes)

    return save_protocol(uow, report, change, part=built_of(kind, number), was=was)


def _with(part: Built, built: Rule | tuple[Comparison, ...]) -> Built:
    """`part` with what was built. Its own words stay, unless they were none or what had been read back before."""
    before = sentence_of(part)
    if isinstance(part, Row):
        row = replace(part, rule=built if isinstance(built, Rule) else part.rule)
        kept = part.decision_rule.strip() not in ("", before)
        return row if kept else replace(row, decision_rule=sentence_of(row))
    check = replace(part, passes=part.passes if isinstance(built, Rule) else built)
    return check if part.threshold.strip() not in ("", before) else replace(check, threshold=sentence_of(check))


def pressed_rule(rule: Rule, press: str) -> Rule:
    """`rule` with a clause or a comparison added, moved or removed, as a button named `row` asked: `add:clauses:0`,
    `remove:clauses-0-when:1`.
    """
    verb, _, rest = press.partition(":")
    name, _, index = rest.partition(":")
    at = int(index) if index.isascii() and index.isdecimal() else -1
    if name == "clauses":
        return replace(rule, clauses=pressed(rule.clauses, verb, at, new=_next_clause(rule)))
    clause = name.removeprefix("clauses-").removesuffix("-when")
    if not (clause.isascii() and clause.isdecimal() and int(clause) < len(rule.clauses)):
        return rule
    clauses = list(rule.clauses)
    clauses[int(clause)] = replace(
        clauses[int(clause)], when=pressed(clauses[int(clause)].when, verb, at, Comparison())
    )
    return replace(rule, clauses=tuple(clauses))


def pressed(parts: tuple[PartT, ...], verb: str, at: int, new: PartT) -> tuple[PartT, ...]:
    """`parts` with `new` added, or the one at `at` moved or removed."""
    match verb:
        case "add" if len(parts) < _MOST:
            return (*parts, new)
        case "remove":
            return tuple(part for index, part in enumerate(parts) if index != at)
        case "up" if 0 < at < len(parts):
            return (*parts[: at - 1], parts[at], parts[at - 1], *parts[at + 1 :])
        case "down" if 0 <= at < len(parts) - 1:
            return (*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :])
        case _:
            return parts


def _next_clause(rule: Rule) -> Clause:
    """A clause for the first verdict that none gives yet, with room for one comparison."""
    given = {clause.verdict for clause in rule.clauses}
    wanted = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.INCONCLUSIVE)
    return Clause(verdict=next((each for each in wanted if each not in given), wanted[0]), when=(Comparison(),))
