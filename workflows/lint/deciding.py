"""Rules about decision rules: that one verdict, and only one, follows from everything that can come out."""

from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.casewise import CELL_LIMIT
from workflows.lint.rule import LintRule, must, note, should
from workflows.lint.sheet import Sheet, Spot
from workflows.outcomes import verdicts_for
from workflows.protocol import Comparator, Comparison, Statistic, read_back
from workflows.reviewing import Criterion
from workflows.verdicts import Verdict


@must(
    "outcome-without-verdict",
    Criterion.DETAIL,
    wrong="Something can come out for which the decision rule says nothing.",
    why="What the rule leaves open is decided after the result is known.",
    remedy="Add a clause for that case, or say what follows otherwise.",
    source=sources.MACHINE_READABLE,
)
def _unsaid(sheet: Sheet) -> Iterator[Spot]:
    for at, _, found in sheet.answered:
        if found and found.unsaid and not found.unsaid.exact:
            yield at.spot("rule", f"If {found.unsaid.words}, no rule says what you conclude of {at.name}.")


@should(
    "bound-without-verdict",
    Criterion.DETAIL,
    wrong="The decision rule says nothing for a number that lies exactly on a bound.",
    why="It will hardly happen; when it does, somebody decides with the result before them.",
    remedy='Make one of the comparisons "at least" or "at most", or say what follows otherwise.',
    source=sources.MACHINE_READABLE,
)
def _unsaid_exactly(sheet: Sheet) -> Iterator[Spot]:
    for at, _, found in sheet.answered:
        if found and found.unsaid and found.unsaid.exact:
            yield at.spot("rule", f"If {found.unsaid.words}, no rule says what you conclude of {at.name}.")


@must(
    "two-verdicts",
    Criterion.DETAIL,
    wrong="Something can come out for which the decision rule gives two verdicts.",
    why="Which of the two is reported would be chosen after the result is known.",
    remedy="Narrow one of the clauses so that the case belongs to one of them.",
    source=sources.MACHINE_READABLE,
)
def _twice(sheet: Sheet) -> Iterator[Spot]:
    for at, _, found in sheet.answered:
        if found and found.twice:
            both = " and ".join(verdict.words.partition(":")[0] for verdict in found.twice.verdicts)
            yield at.spot("rule", f"If {found.twice.words}, {at.name} is {both} at once.")


@should(
    "clause-never-holds",
    Criterion.DETAIL,
    wrong="A clause of a decision rule can never hold.",
    why="A verdict that cannot be reached is a slip in a bound or a direction.",
    remedy="Look at the bounds of the clause: two of its comparisons exclude each other.",
    source=sources.MACHINE_READABLE,
)
def _dead(sheet: Sheet) -> Iterator[Spot]:
    for at, row, found in sheet.answered:
        for index in found.dead if found else ():
            verdict = row.rule.clauses[index].verdict.words.partition(":")[0]
            yield at.spot("rule", f"Clause {index + 1} of {at.name} ({verdict}) can never hold.")


@must(
    "rule-decides-nothing",
    Criterion.METHOD,
    wrong="The decision rule gives one verdict whatever comes out.",
    why="A hypothesis that no outcome can go against is not tested.",
    remedy="Say which outcomes would support it and which would not.",
    source=sources.DERIVATION,
)
def _constant(sheet: Sheet) -> Iterator[Spot]:
    for at, row, found in sheet.answered:
        if found and row.kind.tests and len(found.given) == 1 and found.unsaid is None:
            yield at.spot("rule", f"Whatever comes out, {read_back(row.rule, at.name)}")


@note(
    "rule-not-checked",
    Criterion.DETAIL,
    wrong=f"The decision rule has more than {CELL_LIMIT:,} cases, so it was not looked through.",
    why="Nothing was found, because nothing was looked for.",
    remedy="Divide the row, or let its rule rest on fewer metrics; else look through the cases yourself.",
    source=sources.MACHINE_READABLE,
)
def _unchecked(sheet: Sheet) -> Iterator[Spot]:
    for at, _, found in sheet.answered:
        if found is None:
            yield at.spot("rule", f"The rule of {at.name} has more cases than are looked through: not checked.")


@must(
    "clause-empty",
    Criterion.DETAIL,
    wrong="A clause of a decision rule compares nothing.",
    why="A verdict without a condition can be given at will.",
    remedy="Say when the verdict is given, or remove the clause.",
    source=sources.MACHINE_READABLE,
)
def _empty(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        for index, clause in enumerate(row.rule.clauses):
            if not clause.when:
                yield at.spot("rule", f"Clause {index + 1} of {at.name} gives a verdict and says not when.")


@must(
    "verdict-unfit",
    Criterion.DETAIL,
    wrong="The decision rule gives a verdict that a row of this kind cannot have.",
    why="A row without a hypothesis can only be estimated, and one with a hypothesis is concluded on.",
    remedy="Choose another verdict, or another kind of row.",
    source=sources.DESIGN_TABLE,
)
def _unfit(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        given = {clause.verdict for clause in row.rule.clauses} | {row.rule.otherwise} - {None}
        for verdict in (each for each in Verdict if each in given and each not in verdicts_for(row.kind)):
            yield at.spot("rule", f"{at.name} cannot be {verdict.words.partition(':')[0]}: its kind is {row.kind}.")


@must(
    "contradicted-by-a-large-p",
    Criterion.METHOD,
    wrong="A large p-value alone counts as evidence against a hypothesis, or for an equivalence.",
    why="A test that does not reject is no evidence of absence.",
    remedy="Let a large p-value be inconclusive; conclude by an interval, an equivalence test or a Bayes factor.",
    source=sources.ABSENCE,
)
def _large_p(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        for index, clause in enumerate(row.rule.clauses):
            concludes = clause.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED) and bool(clause.when)
            if concludes and all(map(_is_large_p, clause.when)):
                yield at.spot("rule", f"Clause {index + 1} of {at.name} concludes from a large p-value alone.")


def _is_large_p(comparison: Comparison) -> bool:
    if comparison.statistic is not Statistic.P_VALUE:
        return False
    return (comparison.comparator in (Comparator.ABOVE, Comparator.AT_LEAST)) is not comparison.negated


RULES: tuple[LintRule, ...] = (
    _unsaid,
    _unsaid_exactly,
    _twice,
    _dead,
    _constant,
    _unchecked,
    _empty,
    _unfit,
    _large_p,
)
