"""Rules about hypotheses and what tests them."""

from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, note, should
from workflows.lint.sheet import Placed, Sheet, Spot
from workflows.lint.words import CORRECTIONS, claims_absence, is_undirected, names_equivalence
from workflows.protocol import Comparator, Kind, Part, Row, Statistic
from workflows.reviewing import Criterion
from workflows.verdicts import Verdict


@must(
    "hypothesis-without-test",
    Criterion.METHOD,
    wrong="A hypothesis has no analysis that tests it.",
    why="A hypothesis that no registered analysis tests can be concluded on in any way afterwards.",
    remedy="Say in its analysis plan which test answers it, or name it in an analysis.",
    source=sources.DESIGN_TABLE,
)
def _untested(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        if not row.analysis.strip() and not sheet.analyses_of(row.label):
            yield at.spot("analysis", f"{at.name} has no analysis that tests it.")


@must(
    "test-without-hypothesis",
    Criterion.HYPOTHESES,
    wrong="A confirmatory analysis tests no row.",
    why="A confirmatory test without a stated question invites a hypothesis made to fit its result.",
    remedy="Name the rows it tests, or make it exploratory.",
    source=sources.HARKING,
)
def _untied(sheet: Sheet) -> Iterator[Spot]:
    for at, analysis in sheet.analyses():
        if analysis.part is Part.CONFIRMATORY and not analysis.rows:
            yield at.spot("rows", f"{at.name} is confirmatory and tests no row.")


@must(
    "hypothesis-not-stated",
    Criterion.HYPOTHESES,
    wrong="A row that is to be tested states no hypothesis.",
    why="What is not stated before the data cannot turn out wrong.",
    remedy="State it, or choose a kind without a hypothesis: estimation is as welcome.",
    source=sources.DESIGN_TABLE,
)
def _unstated(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        if not row.hypothesis.strip():
            yield at.spot("hypothesis", f"{at.name} is to be tested and states no hypothesis.")


@should(
    "hypothesis-that-is-not-tested",
    Criterion.HYPOTHESES,
    wrong="A row of estimation or exploration states a hypothesis.",
    why="Readers would take it for tested, while it can only be estimated.",
    remedy="Choose the kind that tests it, or say in the question what is estimated and leave the hypothesis empty.",
    source=sources.DERIVATION,
)
def _stated_in_vain(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        if not row.kind.tests and row.hypothesis.strip():
            yield at.spot("kind", f"{at.name} states a hypothesis, and its kind tests none.")


@should(
    "direction-not-said",
    Criterion.HYPOTHESES,
    wrong="A directional hypothesis says that something differs, not in which direction.",
    why="A difference in either direction would then count as support.",
    remedy="Say which is higher, or by how much; or choose estimation.",
    source=sources.SPECIFICITY,
)
def _undirected(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        words = row.hypothesis
        if row.kind is Kind.DIRECTIONAL and is_undirected(words) and not claims_absence(words):
            yield at.spot("hypothesis", f"{at.name} is directional, and its hypothesis gives no direction.")


@should(
    "absence-without-equivalence",
    Criterion.METHOD,
    wrong="A hypothesis claims that something is absent, and no rule of equivalence or Bayes factor can find that.",
    why="A test that does not reject is no evidence of absence: it is what a study too small would find as well.",
    remedy="Choose the kind equivalence with a smallest effect of interest, or a rule on a Bayes factor.",
    source=sources.ABSENCE,
)
def _absent(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        if row.kind is Kind.DIRECTIONAL and not _can_find_absence(row, sheet):
            words = claims_absence(row.hypothesis)
            if words is not None:
                yield at.spot("hypothesis", f'{at.name} claims an absence ("{words}") that its plan could not find.')


def _can_find_absence(row: Row, sheet: Sheet) -> bool:
    by_rule = any(
        each.statistic is Statistic.BAYES_FACTOR
        or (
            each.statistic is Statistic.INTERVAL and each.comparator in _CLOSING and each.value.strip() not in ("", "0")
        )
        for clause in row.rule.clauses_for(Verdict.SUPPORTED)
        for each in clause.when
    )
    texts = [row.analysis, row.decision_rule, row.sensitivity, *(each.test for each in sheet.analyses_of(row.label))]
    return by_rule or any(map(names_equivalence, texts))


_CLOSING = (Comparator.BETWEEN, Comparator.BELOW, Comparator.AT_MOST)


@must(
    "equivalence-without-bounds",
    Criterion.METHOD,
    wrong="An equivalence row does not say which effects are too small to matter.",
    why="Without bounds every result can be called equivalent, or none.",
    remedy="Give a smallest effect of interest with its unit, or the bounds in the decision rule.",
    source=sources.EQUIVALENCE,
)
def _boundless(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        texts = row.decision_rule + row.hypothesis + row.analysis + row.sensitivity
        said = row.smallest_effect.strip() or row.rule or any(letter.isdigit() for letter in texts)
        if row.kind is Kind.EQUIVALENCE and not said:
            yield at.spot("smallest_effect", f"{at.name} is about equivalence and gives no bounds.")


@should(
    "no-primary-row",
    Criterion.HYPOTHESES,
    wrong="Hypotheses are tested and none of them is primary.",
    why="Whether a report is a null result is told by its primary hypotheses; they must not be chosen later.",
    remedy="Mark the rows that the study stands or falls with as primary.",
    source=sources.SPECIFICITY,
)
def _no_primary(sheet: Sheet) -> Iterator[Spot]:
    tested = list(sheet.tested())
    if tested and not any(row.primary for row in sheet.protocol.rows):
        yield tested[0][0].spot("primary", "No row is primary.")


@should(
    "exploratory-and-primary",
    Criterion.HYPOTHESES,
    wrong="An exploratory row is marked as primary.",
    why="What nothing is predicted of cannot be what the study stands or falls with.",
    remedy="Take the mark away, or say what is estimated and choose estimation.",
    source=sources.HARKING,
)
def _primary_exploration(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        if row.kind is Kind.EXPLORATORY and row.primary:
            yield at.spot("primary", f"{at.name} is exploratory and marked as primary.")


@should(
    "multiplicity-unsaid",
    Criterion.METHOD,
    wrong="Several primary hypotheses are tested, and nothing is said about multiplicity.",
    why="With every further test it is likelier that one of them errs; how that is met must not be chosen later.",
    remedy="Name the correction and its family, or say why none is due (each is concluded on by itself).",
    source=sources.FAMILIES,
)
def _uncorrected(sheet: Sheet) -> Iterator[Spot]:
    tested = [(at, row) for at, row in sheet.tested() if row.primary]
    corrected = any(each.correction.strip() for each in sheet.protocol.analyses)
    if len(tested) > 1 and not corrected and not sheet.mentions(*CORRECTIONS, "multiple"):
        at, _ = tested[1]
        yield at.spot("analysis", f"{len(tested)} primary hypotheses are tested, and no correction is spoken of.")


@note(
    "row-without-listed-analysis",
    Criterion.METHOD,
    wrong="Analyses are listed, and a hypothesis is tested in words alone.",
    why="What is listed can be compared with what is reported at stage 2, line by line.",
    remedy="List its analysis as well, naming the row.",
    source=sources.MACHINE_READABLE,
)
def _unlisted(sheet: Sheet) -> Iterator[Spot]:
    if any(analysis.rows for analysis in sheet.protocol.analyses):
        for at, row in sheet.tested():
            if row.analysis.strip() and not sheet.analyses_of(row.label):
                yield at.spot("analysis", f"{at.name} is tested by none of the listed analyses.")


@should(
    "smallest-effect-without-reason",
    Criterion.METHOD,
    wrong="A smallest effect of interest is given without a reason.",
    why="Whether a null is informative rests on this number, so reviewers must be able to judge it.",
    remedy="Say why a smaller effect would not matter: a cost, a decision, an earlier result, a measurement error.",
    source=sources.SAMPLE_SIZE,
)
def _unreasoned(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        if row.smallest_effect.strip() and not _reasons(at, row, sheet):
            yield at.spot(
                "rationale", f"{at.name} does not say why {row.smallest_effect} is the smallest that matters."
            )


def _reasons(at: Placed, row: Row, sheet: Sheet) -> bool:
    said = (row.rationale, row.sensitivity, row.theory, *(each.rationale for each in sheet.samples_of(at.part.label)))
    return any(text.strip() for text in said)


RULES: tuple[LintRule, ...] = (
    _untested,
    _untied,
    _unstated,
    _stated_in_vain,
    _undirected,
    _absent,
    _boundless,
    _no_primary,
    _primary_exploration,
    _uncorrected,
    _unlisted,
    _unreasoned,
)
