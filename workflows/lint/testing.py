"""Rules about hypotheses and what tests them."""

from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.rule import LintRule
from workflows.lint.sheet import Sheet, Spot
from workflows.protocol import Part
from workflows.reviewing import Criterion, Severity


def _untested(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        if not row.analysis.strip() and not sheet.analyses_of(row.label):
            yield at.spot("analysis", f"{at.name} has no analysis that tests it.")


def _untied(sheet: Sheet) -> Iterator[Spot]:
    for at, analysis in sheet.analyses():
        if analysis.part is Part.CONFIRMATORY and not analysis.rows:
            yield at.spot("rows", f"{at.name} is confirmatory and tests no row.")


def _unsaid(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        if not row.hypothesis.strip():
            yield at.spot("hypothesis", f"{at.name} is to be tested and states no hypothesis.")


RULES = (
    LintRule(
        name="hypothesis-without-test",
        severity=Severity.MUST,
        criterion=Criterion.METHOD,
        wrong="A hypothesis has no analysis that tests it.",
        why="A hypothesis that no registered analysis tests can be concluded on in any way afterwards.",
        remedy="Say in its analysis plan which test answers it, or name it in an analysis.",
        source=sources.DESIGN_TABLE,
        find=_untested,
    ),
    LintRule(
        name="test-without-hypothesis",
        severity=Severity.MUST,
        criterion=Criterion.HYPOTHESES,
        wrong="A confirmatory analysis tests no row.",
        why="A confirmatory test without a stated question invites a hypothesis made to fit its result.",
        remedy="Name the rows it tests, or make it exploratory.",
        source=sources.HARKING,
        find=_untied,
    ),
    LintRule(
        name="hypothesis-not-stated",
        severity=Severity.MUST,
        criterion=Criterion.HYPOTHESES,
        wrong="A row that is to be tested states no hypothesis.",
        why="What is not stated before the data cannot turn out wrong.",
        remedy="State it, or choose a kind without a hypothesis: estimation is as welcome.",
        source=sources.DESIGN_TABLE,
        find=_unsaid,
    ),
)
