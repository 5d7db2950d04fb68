"""What a rule of the linter is: its identifier, what it is about, and how it finds what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflows.lint.finding import Lint
from workflows.lint.sheet import Sheet, Spot
from workflows.reviewing import Criterion, Severity


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
    find: Callable[[Sheet], Iterator[Spot]]

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
