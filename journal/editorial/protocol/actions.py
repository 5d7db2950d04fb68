"""Saving the rows and checks of a protocol as typed, and finding the version somebody may read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from journal.dossier.drafts import save_protocol
from journal.unit_of_work import UnitOfWork
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.machine import Refusal
from workflows.protocol import Check, Kind, Protocol, Row

ROWS_LIMIT = 200
Typed = Mapping[str, object]
_TEXTS = frozenset(Row.__dataclass_fields__) - {"kind", "primary", "rule"}
_KINDS = {kind.value: kind for kind in Kind}


def design_of(plan: Protocol) -> tuple[tuple[Row, ...], tuple[Check, ...]]:
    """The part of the protocol that this feature writes."""
    return plan.rows, plan.checks


def shown(plan: Protocol) -> dict[str, list[dict[str, object]]]:
    """Rows and checks as the form shows them."""
    return {
        "rows": [{**asdict(row), "kind": row.kind.value} for row in plan.rows],
        "checks": [{**asdict(check), "rows": ", ".join(check.rows)} for check in plan.checks],
    }


def save_design(
    uow: UnitOfWork, report: Report, *, rows: Iterable[Typed], checks: Iterable[Typed], was: str
) -> str | Refusal:
    """Keep rows and checks as typed, complete or not, and return their new mark."""
    typed_rows = tuple(_row(typed) for typed in list(rows)[:ROWS_LIMIT])
    typed_checks = tuple(_check(typed) for typed in list(checks)[:ROWS_LIMIT])
    return save_protocol(
        uow,
        report,
        lambda plan: replace(plan, rows=typed_rows, checks=typed_checks),
        part=design_of,
        was=was,
    )


def _row(typed: Typed) -> Row:
    texts: dict[str, Any] = {name: str(typed.get(name) or "") for name in _TEXTS}
    texts["label"] = texts["label"].strip()
    kind = _KINDS.get(str(typed.get("kind")), Kind.DIRECTIONAL)
    return Row(**texts, kind=kind, primary=bool(typed.get("primary")))


def _check(typed: Typed) -> Check:
    labels = str(typed.get("rows") or "").split(",")
    return Check(
        label=str(typed.get("label") or "").strip(),
        what=str(typed.get("what") or ""),
        threshold=str(typed.get("threshold") or ""),
        consequence=str(typed.get("consequence") or ""),
        rows=tuple(label.strip() for label in labels if label.strip()),
    )


def free_label(letter: str, taken: Iterable[str]) -> str:
    """The first of "H1", "H2" and so on that no row or check is called yet."""
    used = {label.casefold() for label in taken}
    number = next(n for n in range(1, len(used) + 2) if f"{letter}{n}".casefold() not in used)
    return f"{letter}{number}"


def chosen(found: Sequence[ProtocolVersion], number: int | None) -> ProtocolVersion | None:
    """Version `number` of those found; without a number the frozen one, else the one submitted last, else a draft."""
    if number is not None:
        return next((version for version in found if version.number == number), None)
    frozen = [version for version in found if version.frozen_at is not None]
    submitted = [version for version in found if version.submitted_at is not None]
    candidates = frozen or submitted or found
    return candidates[-1] if candidates else None
