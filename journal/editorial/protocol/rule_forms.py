"""The forms of a decision rule and of a check's threshold, and the rule that was typed into them."""

from dataclasses import replace

from wtforms import BooleanField, FieldList, FormField
from wtforms import Form as Group

from journal.editorial.forms import Form
from journal.editorial.inputs import line, picked
from journal.editorial.protocol.typed import Typed, shown_part, taken_part
from workflows.protocol import Clause, Comparator, Comparison, Rule, Statistic
from workflows.verdicts import Verdict

_METRIC = "A measure by its label, or in words. Leave it empty for what the row itself estimates."
_UPPER = "Upper number, for between"


class ComparisonEntry(Group):
    """One comparison. All comparisons of a group must hold."""

    statistic = picked("What is compared", ((each.value, each.words) for each in Statistic))
    metric = line("Of what", _METRIC)
    level = line("Level of the interval, per cent")
    negated = BooleanField("Not: the comparison is turned round")
    comparator = picked("Is", ((each.value, each.words) for each in Comparator))
    value = line("Number")
    upper = line(_UPPER)
    unit = line("Unit")
    than = line("Or another metric, in place of the number")


class ClauseEntry(Group):
    """A verdict, and all that must hold for it."""

    verdict = picked("It is", ((each.value, each.words) for each in Verdict))
    name = line("Called", "Only where a verdict has shades, such as: strict, partial.")
    when = FieldList(FormField(ComparisonEntry, separator="-"), label="Comparison")


class RuleForm(Form):
    """A decision rule."""

    clauses = FieldList(FormField(ClauseEntry, separator="-"), label="Clause")
    otherwise = picked(
        "In every other case it is", [("", "(nothing is said)"), *((each.value, each.words) for each in Verdict)]
    )


class PassesForm(Form):
    """When a check passes."""

    when = FieldList(FormField(ComparisonEntry, separator="-"), label="Comparison")


def rule_form(rule: Rule) -> RuleForm:
    """The form as it shows `rule`."""
    clauses = [
        {"verdict": clause.verdict.value, "name": clause.name, "when": [shown_part(each) for each in clause.when]}
        for clause in rule.clauses
    ]
    return RuleForm(formdata=None, data={"clauses": clauses, "otherwise": rule.otherwise or ""})


def passes_form(passes: tuple[Comparison, ...]) -> PassesForm:
    """The form as it shows when a check passes."""
    return PassesForm(formdata=None, data={"when": [shown_part(each) for each in passes]})


def typed_rule(form: RuleForm) -> Rule:
    """The rule as it was typed."""
    clauses = tuple(
        replace(taken_part(Clause(verdict=Verdict.SUPPORTED), typed), when=typed_comparisons(typed["when"]))
        for typed in form.clauses.data
    )
    return Rule(clauses=clauses, otherwise=_VERDICTS.get(form.otherwise.data or ""))


def typed_comparisons(typed: list[Typed]) -> tuple[Comparison, ...]:
    """Comparisons as they were typed."""
    return tuple(taken_part(Comparison(), each) for each in typed)


_VERDICTS = {each.value: each for each in Verdict}
