"""What a rule of the linter is: its identifier, what it is about, and how it finds what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from workflows.lint.finding import Lint
from workflows.lint.sheet import Sheet, Spot
from workflows.reviewing import Criterion, Severity

Find: TypeAlias = Callable[[Sheet], Iterator[Spot]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRule:
    """One rule. `name` is a stable identifier; `wrong` says in general what it finds; `source` where it comes from."""

    name: str
    severity: Severity
    criterion: Criterion
    wrong: str
    why: str
    remedy: str
    source: str
    find: Find

    def findings(self, sheet: Sheet) -> Iterator[Lint]:
        """What the rule finds in one protocol."""
        for spot in self.find(sheet):
            yield Lint(
                rule=self.name,
                severity=self.severity,
                place=spot.place,
                label=spot.label,
                field=spot.field,
                words=spot.words,
                why=self.why,
                remedy=self.remedy,
                criterion=self.criterion,
                source=self.source,
            )


def _declared(severity: Severity) -> Callable[..., Callable[[Find], LintRule]]:
    def declare(  # noqa: PLR0913 - what every rule must say
        name: str, criterion: Criterion, *, wrong: str, why: str, remedy: str, source: str
    ) -> Callable[[Find], LintRule]:
        def made(find: Find) -> LintRule:
            return LintRule(
                name=name,
                severity=severity,
                criterion=criterion,
                wrong=wrong,
                why=why,
                remedy=remedy,
                source=source,
                find=find,
            )

        return made

    return declare


must = _declared(Severity.MUST)
should = _declared(Severity.SHOULD)
note = _declared(Severity.NOTE)
