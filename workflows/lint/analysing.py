"""Rules about planned analyses, and about what is already known of their outcomes."""

from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, note, should
from workflows.lint.sheet import Sheet, Spot
from workflows.protocol import Kind, Known, Part, Role, Setting, derived_level
from workflows.reviewing import Criterion

_EXTRA_CONTROL = 2


@must(
    "analysis-without-test",
    Criterion.METHOD,
    wrong="A confirmatory analysis does not say which test or model it is.",
    why="Which test is run would be chosen with the data at hand.",
    remedy="Name the test or model, what goes into it, and what of its result is used.",
    source=sources.FORKING_PATHS,
)
def _testless(sheet: Sheet) -> Iterator[Spot]:
    for at, analysis in sheet.analyses():
        if analysis.part is Part.CONFIRMATORY and not analysis.test.strip() and not analysis.account.strip():
            yield at.spot("test", f"{at.name} names no test or model.")


@should(
    "analysis-part-unsaid",
    Criterion.DETAIL,
    wrong="An analysis is not said to be confirmatory, a robustness check or exploratory.",
    why="What is confirmatory must be known before the results are.",
    remedy="Choose one of the three.",
    source=sources.SPECIFICITY,
)
def _partless(sheet: Sheet) -> Iterator[Spot]:
    for at, analysis in sheet.analyses():
        if analysis.part is None:
            yield at.spot("part", f"{at.name} is not said to be confirmatory or exploratory.")


@should(
    "exploration-made-confirmatory",
    Criterion.HYPOTHESES,
    wrong="A confirmatory analysis is of exploratory rows alone.",
    why="What predicts nothing can confirm nothing.",
    remedy="Make the analysis exploratory, or say in the row what is predicted or estimated.",
    source=sources.HARKING,
)
def _of_exploration(sheet: Sheet) -> Iterator[Spot]:
    for at, analysis in sheet.analyses():
        rows = sheet.named_rows(analysis.rows)
        if analysis.part is Part.CONFIRMATORY and rows and all(row.kind is Kind.EXPLORATORY for row in rows):
            yield at.spot("part", f"{at.name} is confirmatory, and {rows[0].label} is exploratory.")


@should(
    "primary-measure-unused",
    Criterion.METHOD,
    wrong="A primary measure goes into no analysis and no rule.",
    why="A measure that is called primary and decides nothing can be brought up afterwards, or dropped.",
    remedy="Name it in the analysis that uses it, or give it another role.",
    source=sources.SPECIFICITY,
)
def _unused(sheet: Sheet) -> Iterator[Spot]:
    analyses = sheet.protocol.analyses
    if not any(analysis.measures for analysis in analyses):
        return
    used = {label.strip() for analysis in analyses for label in analysis.measures}
    used |= {each.metric.strip() for row in sheet.protocol.rows for each in row.rule.comparisons()}
    for at, measure in sheet.measures():
        if measure.role is Role.PRIMARY and measure.label.strip() not in used and measure.what.strip() not in used:
            yield at.spot("role", f"{at.name} is primary, and no analysis uses it.")


@note(
    "software-without-version",
    Criterion.DETAIL,
    wrong="The software of an analysis has no version.",
    why="Defaults change between versions, and results with them.",
    remedy="Give the version, or a lock file or container digest among the pins.",
    source=sources.REPRODUCIBILITY,
)
def _versionless(sheet: Sheet) -> Iterator[Spot]:
    for at, analysis in sheet.analyses():
        numbered = analysis.version.strip() or any(letter.isdigit() for letter in analysis.software)
        if analysis.software.strip() and not numbered:
            yield at.spot("version", f"{at.name} uses {analysis.software} and does not say in which version.")


@must(
    "analysis-already-run",
    Criterion.METHOD,
    wrong="A planned analysis has been run already.",
    why="A plan made with its result known binds nobody (bias-control level 0); no journal accepts it in principle.",
    remedy="Plan the study on data that nobody has analysed so, or make this analysis exploratory.",
    source=sources.BIAS_LEVELS,
)
def _run(sheet: Sheet) -> Iterator[Spot]:
    run = [at for at, each in sheet.analyses() if each.known is Known.RUN and each.part is not Part.EXPLORATORY]
    yield from (at.spot("known", f"{at.name} has been run already.") for at in run)
    if sheet.protocol.bias_level == 0 and not run:
        yield Spot("The bias-control level is 0: some planned analyses have been run.", "bias_level")


@should(
    "known-unsaid",
    Criterion.METHOD,
    wrong="For some analyses it is said what is known of their outcomes, for others not.",
    why="The bias-control level is the lowest of all of them, so it cannot be told while one is missing.",
    remedy="Answer it for every analysis that is not exploratory.",
    source=sources.BIAS_LEVELS,
)
def _unknown(sheet: Sheet) -> Iterator[Spot]:
    planned = [(at, each) for at, each in sheet.analyses() if each.part is not Part.EXPLORATORY]
    if any(each.known is not None for _, each in planned):
        for at, each in planned:
            if each.known is None:
                yield at.spot("known", f"It is not said what is already known of the outcome of {at.name}.")


@should(
    "known-without-basis",
    Criterion.METHOD,
    wrong="Data exist, and on what it rests that nothing is known of an outcome is not said.",
    why="Nobody can check it; a reader has only the account to go by.",
    remedy="Say who holds the data, who has seen what, and since when.",
    source=sources.BIAS_LEVELS,
)
def _baseless(sheet: Sheet) -> Iterator[Spot]:
    for at, analysis in sheet.analyses():
        claims = analysis.known not in (None, Known.NO_DATA) and analysis.part is not Part.EXPLORATORY
        if claims and not analysis.basis.strip() and not sheet.protocol.bias_account.strip():
            yield at.spot("basis", f"{at.name} does not say on what it rests how much is known.")


@must(
    "bias-level-disagrees",
    Criterion.METHOD,
    wrong="The bias-control level is not the one that follows from what is known of each analysis.",
    why="The level is printed on the acceptance and the article, and readers weigh the results by it.",
    remedy="Take over the level that follows, or correct what is said of the analyses.",
    source=sources.BIAS_LEVELS,
)
def _level_disagrees(sheet: Sheet) -> Iterator[Spot]:
    stated, derived = sheet.protocol.bias_level, derived_level(sheet.protocol)
    if stated is not None and derived is not None and stated != derived and 0 not in (stated, derived):
        yield Spot(f"The level is {stated}, and {derived} follows from the analyses.", "bias_level")


@must(
    "bias-control-unsaid",
    Criterion.METHOD,
    wrong="Data have been observed (level 2 or 1), and no further control of bias is described.",
    why="These levels are open only to plans with extra control: a stricter threshold, a blind analyst, a multiverse.",
    remedy="Say which extra control there is.",
    source=sources.BIAS_LEVELS,
)
def _uncontrolled(sheet: Sheet) -> Iterator[Spot]:
    stated, derived = sheet.protocol.bias_level, derived_level(sheet.protocol)
    level = derived if derived is not None else stated
    if level is not None and 0 < level <= _EXTRA_CONTROL and not sheet.protocol.bias_account.strip():
        yield Spot(f"At level {level} extra control of bias is asked for, and none is described.", "bias_account")


@should(
    "existing-data-called-new",
    Criterion.METHOD,
    wrong="The study analyses data that exist already, and says that no data exist.",
    why="What exists can have been seen, by the authors or in what a model was trained on.",
    remedy="Say for each analysis what has been seen; or take the setting away if all data are collected anew.",
    source=sources.BIAS_LEVELS,
)
def _called_new(sheet: Sheet) -> Iterator[Spot]:
    alone = sheet.protocol.settings == (Setting.EXISTING_DATA,)
    known = [each.known for each in sheet.protocol.analyses if each.part is not Part.EXPLORATORY]
    if alone and (all(each is Known.NO_DATA for each in known) if known else sheet.protocol.bias_level == _NEW):
        yield Spot("Existing data are analysed, and the level is that of data that do not exist.", "settings")


_NEW = 6

RULES: tuple[LintRule, ...] = (
    _testless,
    _partless,
    _of_exploration,
    _unused,
    _versionless,
    _run,
    _unknown,
    _baseless,
    _level_disagrees,
    _uncontrolled,
    _called_new,
)
