"""The form of the protocol's rows and checks: repeated groups of fields."""

from wtforms import BooleanField, FieldList, FormField
from wtforms import Form as Group

from journal.editorial.forms import Form
from journal.editorial.inputs import line, picked, prose
from workflows.protocol import Kind


class RowEntry(Group):
    """One question, and everything needed to conclude from its answer."""

    label = line("Label", "Short: H1, RQ2. Outcomes and reviews refer to it.")
    question = prose("Question")
    kind = picked("What is predicted", ((kind.value, kind.words) for kind in Kind))
    primary = BooleanField("Primary: the study stands or falls with it", default=True)
    hypothesis = prose("Hypothesis", "With its direction. Leave it empty for estimation and exploration.")
    sampling = prose("Sampling plan", "How many, of what, chosen how, and when sampling stops.")
    analysis = prose("Analysis plan", "The test or model, its inputs, exclusions, and what is done about multiplicity.")
    sensitivity = prose("Sensitivity", "Power, or how small an effect this could find, and how that was computed.")
    smallest_effect = line("Smallest effect of interest")
    unit = line("Unit")
    decision_rule = prose("Decision rule", "What will count as supported, as contradicted, and as a null.")
    interpretation = prose("What each outcome would mean", "If supported, if contradicted, if null.")
    theory = prose("What the outcome bears on", "The theory or claim that could turn out wrong.")


class CheckEntry(Group):
    """One outcome-neutral check."""

    label = line("Label", "Short: C1. Rows and checks share one set of labels.")
    what = prose("What is checked", "A positive control, a manipulation check, a quality threshold.")
    threshold = line("Threshold", "When it counts as passed, such as: at least 0.85.")
    consequence = prose("What follows if it fails", "For the conclusions: not testable, excluded, reported and marked.")
    rows = line("Rows it bears on", "Labels, separated by commas. Leave it empty if it bears on all.")


class ProtocolForm(Form):
    """All rows and checks, in order."""

    rows = FieldList(FormField(RowEntry), label="Row")
    checks = FieldList(FormField(CheckEntry), label="Check")
