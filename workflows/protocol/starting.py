"""Decision rules to begin from: what studies of a kind commonly conclude by, with the row's own numbers in them."""

from workflows.protocol.rows import Kind, Row
from workflows.protocol.rules import Clause, Comparator, Comparison, Rule, Statistic
from workflows.verdicts import Verdict

_S, _C = Verdict.SUPPORTED, Verdict.CONTRADICTED


def starting_rules(row: Row) -> dict[str, tuple[str, Rule]]:
    """Rules that a row could begin from, by a name, each with the words of its button."""
    if not row.kind.tests:
        return {"estimate": ("It is estimated, whatever comes out", Rule(otherwise=Verdict.ESTIMATED))}
    if row.kind is Kind.EQUIVALENCE:
        return {"bounds": ("The interval lies within the smallest effect", _within(row))}
    return {
        "interval": ("The interval lies above the smallest effect", _above(row)),
        "test": ("A test is significant, in the stated direction", _tested()),
    }


def _above(row: Row) -> Rule:
    wanted = row.smallest_effect.strip() or "0"
    return Rule(
        clauses=(
            Clause(verdict=_S, when=(_lies(Comparator.ABOVE, wanted, row.unit),)),
            Clause(verdict=_C, when=(_lies(Comparator.BELOW, "0", row.unit),)),
        ),
        otherwise=Verdict.INCONCLUSIVE,
    )


def _within(row: Row) -> Rule:
    most = row.smallest_effect.strip()
    least = f"-{most}" if most else ""
    within = Comparison(
        statistic=Statistic.INTERVAL, level="90", comparator=Comparator.BETWEEN, value=least, upper=most, unit=row.unit
    )
    return Rule(
        clauses=(
            Clause(verdict=_S, when=(within,)),
            Clause(verdict=_C, when=(_lies(Comparator.ABOVE, most, row.unit, level="90"),)),
            Clause(verdict=_C, when=(_lies(Comparator.BELOW, least, row.unit, level="90"),)),
        ),
        otherwise=Verdict.INCONCLUSIVE,
    )


def _lies(comparator: Comparator, value: str, unit: str, *, level: str = "95") -> Comparison:
    return Comparison(statistic=Statistic.INTERVAL, level=level, comparator=comparator, value=value, unit=unit)


def _tested() -> Rule:
    significant = Comparison(statistic=Statistic.P_VALUE, comparator=Comparator.BELOW, value="0.05")
    clauses = tuple(
        Clause(verdict=verdict, when=(significant, Comparison(comparator=side, value="0")))
        for verdict, side in ((_S, Comparator.ABOVE), (_C, Comparator.BELOW))
    )
    return Rule(clauses=clauses, otherwise=Verdict.INCONCLUSIVE)
