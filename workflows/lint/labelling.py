"""Rules about labels and what refers to them."""

from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.rule import LintRule, must
from workflows.lint.sheet import Placed, Sheet, Spot
from workflows.lint.words import same_as
from workflows.protocol import Analysis, Check, Contingency, Exclusion, Measure, Paper, Row, Sample
from workflows.reviewing import Criterion

_NAMES_ROWS = (Check, Measure, Sample, Exclusion, Analysis, Contingency, Paper)
_POINTING = ("sampling", "analysis", "sensitivity", "decision_rule", "interpretation", "theory")


@must(
    "label-missing",
    Criterion.DETAIL,
    wrong="A part of the protocol has no label.",
    why="Reviews, outcomes and deviations refer to a part by its label alone.",
    remedy="Give it a short label: H1, C1, A1 or the like.",
    source=sources.DESIGN_TABLE,
)
def _unlabelled(sheet: Sheet) -> Iterator[Spot]:
    for at in sheet.placed:
        if not at.part.label.strip():
            yield at.spot("label", f"{at.name[:1].upper()}{at.name[1:]} has no label.")


@must(
    "label-twice",
    Criterion.DETAIL,
    wrong="Two parts have the same label.",
    why="What is said of a label would be said of both, so nobody could tell which hypothesis a result answers.",
    remedy="Give one of them another label. Rows, checks, analyses and all other parts share one set of labels.",
    source=sources.DESIGN_TABLE,
)
def _twice(sheet: Sheet) -> Iterator[Spot]:
    for at in sheet.placed:
        label = at.part.label.strip()
        first = sheet.by_label.get(label.casefold())
        if label and first is not None and (first.group, first.index) != (at.group, at.index):
            yield at.spot("label", f"{label} is the label of another part as well.")


def _references(at: Placed) -> Iterator[tuple[str, str, str]]:
    """What a part names: the field, the label, and the group that it should be in."""
    part = at.part
    if isinstance(part, _NAMES_ROWS):
        yield from (("rows", label, "rows") for label in part.rows)
    if isinstance(part, Analysis):
        yield from (("measures", label, "measures") for label in part.measures)
    if isinstance(part, Sample) and part.test.strip():
        yield "test", part.test, "analyses"


_GROUP_WORDS = {"rows": "row", "measures": "measure", "analyses": "analysis"}


@must(
    "reference-unknown",
    Criterion.DETAIL,
    wrong="A part names a label that nothing has.",
    why="A plan that refers to something that is not in it leaves open what was meant.",
    remedy="Correct the label, or add what it names.",
    source=sources.DESIGN_TABLE,
)
def _dangling(sheet: Sheet) -> Iterator[Spot]:
    labels = {each.part.label for each in sheet.placed}
    for at in sheet.placed:
        for field, label, _ in _references(at):
            if label not in labels:
                yield at.spot(field, f"{at.name} names {label}, and nothing is called so.")


@must(
    "reference-to-another-kind",
    Criterion.DETAIL,
    wrong="A part names something of the wrong kind.",
    why="An analysis of a check, or a check of an analysis, cannot be followed to the hypothesis it is about.",
    remedy="Name a row where rows are asked for, a measure where measures are, an analysis where an analysis is.",
    source=sources.DESIGN_TABLE,
)
def _misnamed(sheet: Sheet) -> Iterator[Spot]:
    for at in sheet.placed:
        for field, label, group in _references(at):
            named = sheet.by_label.get(label.strip().casefold())
            if named is not None and named.part.label == label and named.group != group:
                yield at.spot(field, f"{at.name} names {label} as {_GROUP_WORDS[group]}, which it is not.")


def _pointing(sheet: Sheet) -> Iterator[tuple[Placed, str, str]]:
    """Fields of rows that say nothing but "As H1": the row, the field, the label."""
    for at, row in sheet.rows():
        for field in _POINTING:
            if label := same_as(getattr(row, field)):
                yield at, field, label


@must(
    "same-as-nothing",
    Criterion.DETAIL,
    wrong='A field says "as H1", and there is no such row.',
    why="What is to be done there is then said nowhere.",
    remedy="Say it in the field itself, or correct the label.",
    source=sources.DESIGN_TABLE,
)
def _same_as_nothing(sheet: Sheet) -> Iterator[Spot]:
    for at, field, label in _pointing(sheet):
        if label.casefold() not in sheet.by_label:
            yield at.spot(field, f"{at.name} says what {label} says, and nothing is called so.")


@must(
    "same-as-in-a-circle",
    Criterion.DETAIL,
    wrong='Fields say "as H1" and "as H2" of each other.',
    why="What is to be done there is then said nowhere.",
    remedy="Say it in one of the fields.",
    source=sources.DESIGN_TABLE,
)
def _same_as_circle(sheet: Sheet) -> Iterator[Spot]:
    for at, field, label in _pointing(sheet):
        own = at.part.label.strip().casefold()
        if _end(sheet, field, own, label) == own:
            yield at.spot(field, f"{at.name} says what another row says, which says what {at.name} says.")


def _end(sheet: Sheet, field: str, own: str, label: str) -> str:
    """The label at which following "as H1" from row to row comes to a row a second time; empty where it ends."""
    seen = [own]
    there = label.casefold()
    while there not in seen:
        seen.append(there)
        part = sheet.by_label[there].part if there in sheet.by_label else None
        onward = same_as(getattr(part, field)) if isinstance(part, Row) else None
        if onward is None:
            return ""
        there = onward.casefold()
    return there


RULES: tuple[LintRule, ...] = (_unlabelled, _twice, _dangling, _misnamed, _same_as_nothing, _same_as_circle)
