"""The forms of amendments: reasons for each changed part, decisions, and deviations once data collection has ended."""

from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as Group

from journal.editorial.forms import Form
from journal.editorial.inputs import one_of, picked, prose
from workflows.amendments import Seen
from workflows.deviations import Departure, Toward, When


class ReasonEntry(Group):
    """What is said of one changed part."""

    place = HiddenField()
    why = prose("Why it changes")
    seen = one_of("What you had seen of the data when you decided", ((seen.value, seen.words) for seen in Seen))
    effect = prose("How it bears on the conclusions", "Error rates, power, the worth of a null. None is an answer.")


class ReasonsForm(Form):
    """The reasons, one for each changed part."""

    reasons = FieldList(FormField(ReasonEntry), label="Change")


class DecisionForm(Form):
    """The handling editor's decision."""

    words = prose("To the authors", "Needed if you refuse: why, and what they could do. It is kept with the amendment.")


class ConfirmationForm(Form):
    """The second editor's answer to a proposed approval."""

    reason = prose("To the handling editor", "Needed if you send it back.")


class OpinionForm(Form):
    """What a reviewer thinks of an amendment."""

    words = prose("What you think of it", "Does the study stay as strict as it was? Only the editors read this.")


class DeviationForm(Form):
    """One deviation, recorded after data collection has ended."""

    row = picked("What it concerns", ())
    kind = picked("What kind of thing was changed", (("", "Choose"), *((kind.value, kind.words) for kind in Departure)))
    what = prose("What was done instead")
    why = prose("Why")
    when = picked("When it was decided", (("", "Choose"), *((when.value, when.words) for when in When)))
    toward = picked("What it does to the conclusion", (("", "Choose"), *((each.value, each.words) for each in Toward)))
    effect = prose("How it bears on the conclusion, and why")
