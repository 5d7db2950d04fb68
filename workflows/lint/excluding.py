"""Rules about exclusions and contingencies: what is left out, and which branch is taken when."""

from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, note, should
from workflows.lint.sheet import Sheet, Spot
from workflows.lint.words import open_choice
from workflows.protocol import Level, Setting, Sight
from workflows.reviewing import Criterion

_EXCLUDING = (
    "exclu",
    "omit",
    "discard",
    "drop",
    "remove",
    "filter",
    "left out",
    "leave out",
    "missing",
    "invalid",
    "no data are lost",
)


@must(
    "exclusion-without-criterion",
    Criterion.DETAIL,
    wrong="An exclusion does not say what is left out.",
    why="A criterion that is made afterwards can be made to fit.",
    remedy="Say by which criterion, with its number.",
    source=sources.FALSE_POSITIVES,
)
def _criterionless(sheet: Sheet) -> Iterator[Spot]:
    for at, exclusion in sheet.exclusions():
        if not exclusion.what.strip() and not exclusion.account.strip():
            yield at.spot("what", f"{at.name} does not say what is left out.")


@should(
    "exclusion-needs-the-outcome",
    Criterion.DETAIL,
    wrong="An exclusion can only be decided with the outcome in sight.",
    why="Who sees the outcome while excluding can, without noticing, exclude towards a result.",
    remedy="Find a criterion that can be computed before, or have it applied by somebody blind to the condition.",
    source=sources.FREEDOM,
)
def _with_sight(sheet: Sheet) -> Iterator[Spot]:
    for at, exclusion in sheet.exclusions():
        if exclusion.sight is Sight.AFTER:
            yield at.spot("sight", f"{at.name} needs the outcome to be seen.")


@should(
    "exclusion-sight-unsaid",
    Criterion.DETAIL,
    wrong="It is not said whether an exclusion can be computed before any outcome is seen.",
    why="This is what reviewers ask first of an exclusion.",
    remedy="Choose the one or the other.",
    source=sources.FREEDOM,
)
def _sight_unsaid(sheet: Sheet) -> Iterator[Spot]:
    for at, exclusion in sheet.exclusions():
        if exclusion.sight is None:
            yield at.spot("sight", f"{at.name} does not say whether the outcome must be seen for it.")


@should(
    "exclusions-out-of-order",
    Criterion.DETAIL,
    wrong="Single observations are excluded before whole units of the sample.",
    why="The order changes who is left: a unit may lose observations first and then fail a criterion about them.",
    remedy="Put exclusions of whole units first, or give the reason for the order.",
    source=sources.DESIGN_TABLE,
)
def _disordered(sheet: Sheet) -> Iterator[Spot]:
    before = ""
    for at, exclusion in sheet.exclusions():
        if exclusion.level is Level.DATA:
            before = before or at.name
        elif exclusion.level is Level.SAMPLE and before:
            yield at.spot("level", f"{at.name} excludes whole units after {before} excluded single observations.")


@note(
    "exclusions-unsaid",
    Criterion.DETAIL,
    wrong="Nothing is said about exclusions.",
    why="Refusals, broken outputs and missing answers occur in nearly every such study, and move its rates.",
    remedy="List them in the order in which they apply, or say that nothing will be left out.",
    source=sources.DESIGN_TABLE,
)
def _exclusionless(sheet: Sheet) -> Iterator[Spot]:
    asked = sheet.has(Setting.LANGUAGE_MODELS, Setting.PARTICIPANTS)
    if asked and not sheet.protocol.exclusions and not sheet.mentions(*_EXCLUDING):
        yield Spot("Nothing is said about what is left out, and when.", "exclusions")


@must(
    "contingency-incomplete",
    Criterion.DETAIL,
    wrong="A branch of the plan lacks its condition or what is then done.",
    why="Half a branch leaves open what happens.",
    remedy="Say both: if this turns out, then that is done.",
    source=sources.FREEDOM,
)
def _half(sheet: Sheet) -> Iterator[Spot]:
    for at, branch in sheet.contingencies():
        if not branch.condition.strip():
            yield at.spot("condition", f"{at.name} does not say when it is taken.")
        if not branch.then.strip():
            yield at.spot("then", f"{at.name} does not say what is then done.")


@should(
    "contingency-leaves-it-open",
    Criterion.DETAIL,
    wrong="A branch of the plan leaves the analysis open.",
    why="A branch is there to close a choice; one that opens another is no plan.",
    remedy="Say exactly what is done, and by which number it is known that the branch applies.",
    source=sources.FORKING_PATHS,
)
def _open(sheet: Sheet) -> Iterator[Spot]:
    for at, branch in sheet.contingencies():
        for field in ("condition", "then"):
            if words := open_choice(getattr(branch, field)):
                yield at.spot(field, f'"{words}" leaves open what {at.name} means.')


RULES: tuple[LintRule, ...] = (
    _criterionless,
    _with_sight,
    _sight_unsaid,
    _disordered,
    _exclusionless,
    _half,
    _open,
)
