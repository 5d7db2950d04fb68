"""The linter: what a protocol leaves open or contradicts, with the reason why it matters and how to mend it."""

from dataclasses import fields, replace

from workflows.lint import (
    agreeing,
    analysing,
    bounding,
    checking,
    deciding,
    excluding,
    labelling,
    pinning,
    sampling,
    scheduling,
    significance,
    testing,
    wording,
)
from workflows.lint.finding import Lint
from workflows.lint.rule import LintRule
from workflows.lint.sheet import GROUPS, PARTS, lay_out
from workflows.protocol import Protocol
from workflows.reviewing import Severity

RULES: tuple[LintRule, ...] = (
    *labelling.RULES,
    *testing.RULES,
    *deciding.RULES,
    *bounding.RULES,
    *significance.RULES,
    *agreeing.RULES,
    *sampling.RULES,
    *excluding.RULES,
    *checking.RULES,
    *analysing.RULES,
    *wording.RULES,
    *pinning.RULES,
    *scheduling.RULES,
)

__all__ = ["RULES", "Lint", "LintRule", "lint"]

_SEVERITIES = list(Severity)
_FIELDS = [each.name for each in fields(Protocol)]
_FIELDS_OF = {group: [each.name for each in fields(kind)] for group, kind in zip(GROUPS, PARTS, strict=True)}


def lint(protocol: Protocol, *, today: str | None = None) -> tuple[Lint, ...]:
    """What the rules find in `protocol`, in the order of the form; at one place, what must be settled comes first.

    `today` is a day (year-month-day); without it no rule about days that have passed applies. It never raises.
    """
    sheet = lay_out(protocol, today)
    reasons = {(each.rule, each.place): each.reason.strip() for each in protocol.answered}
    found = (each for rule in RULES for each in rule.findings(sheet))
    marked = (
        replace(each, answer=reasons.get((each.rule, each.spot), "")) if each.may_be_answered else each
        for each in found
    )
    return tuple(sorted(marked, key=_order))


def _order(found: Lint) -> tuple[int, int, int, int, str]:
    group, _, rest = found.place.partition("-")
    if group in GROUPS and rest:
        index = int(rest.partition("-")[0])
        place = (len(_FIELDS) + GROUPS.index(group), index, _FIELDS_OF[group].index(found.field))
    else:
        place = (_FIELDS.index(group) if group in _FIELDS else len(_FIELDS), 0, 0)
    return (*place, _SEVERITIES.index(found.severity), found.rule)
