"""The linter: what a protocol leaves open or contradicts, with the reason why it matters and how to mend it."""

from dataclasses import replace

from workflows.lint import testing
from workflows.lint.finding import Lint
from workflows.lint.rule import LintRule
from workflows.lint.sheet import GROUPS, lay_out
from workflows.protocol import Protocol
from workflows.reviewing import Severity

RULES: tuple[LintRule, ...] = (*testing.RULES,)

__all__ = ["RULES", "Lint", "LintRule", "lint"]

_SEVERITIES = list(Severity)


def lint(protocol: Protocol, *, today: str | None = None) -> tuple[Lint, ...]:
    """What the rules find in `protocol`, in the order of the form; at one place, what must be settled comes first.

    `today` is a day (year-month-day); without it no rule about dates that have passed applies. It never raises.
    """
    sheet = lay_out(protocol, today)
    reasons = {(each.rule, each.place): each.reason.strip() for each in protocol.answered}
    found = (each for rule in RULES for each in rule.findings(sheet))
    marked = (
        replace(each, answer=reasons.get((each.rule, each.spot), "")) if each.may_be_answered else each
        for each in found
    )
    return tuple(sorted(marked, key=_order))


def _order(found: Lint) -> tuple[int, int, str, int, str]:
    group, _, rest = found.place.partition("-")
    index = rest.partition("-")[0]
    at = (GROUPS.index(group), int(index)) if group in GROUPS and index.isdigit() else (-1, 0)
    return (*at, found.field, _SEVERITIES.index(found.severity), found.rule)
