"""What the pages of decisions ask for. What is wrong with it, the actions and the rules say."""

from collections.abc import Iterable
from datetime import date, datetime

from wtforms import BooleanField, DateField, FieldList, FormField, HiddenField
from wtforms import Form as Part

from journal.editorial.decisions.proposing import Judged, Typed
from journal.editorial.forms import Form
from journal.editorial.inputs import offered, one_of, picked, prose
from storage.rows.decisions import DecisionKind
from workflows.deadlines import end_of_date_anywhere
from workflows.reviewing import Answer, Criterion
from workflows.stages import Action

_LAST_YEAR = 2999


def due(day: date | None) -> datetime | None:
    """The end of a chosen day anywhere on Earth; None where no day, or none that anybody meant, was chosen."""
    return end_of_date_anywhere(day) if day is not None and day.year <= _LAST_YEAR else None


class Assign(Form):
    """Two editors."""

    handling_editor = picked("Handling editor", (), "Looks after the report, invites reviewers, proposes decisions.")
    second_editor = picked("Second editor", (), "Confirms each decision or sends it back.")

    def offer(self, editors: Iterable[tuple[str, str]]) -> "Assign":
        """Let the two be chosen among `editors` (identifier, name)."""
        choices = [("", "Choose an editor"), *editors]
        self.handling_editor.choices = offered(choices)
        self.second_editor.choices = offered(choices)
        return self


class Declare(Form):
    """A conflict of interest."""

    reason = prose("What the conflict is", "Sealed; for the record only.")


class Desk(Form):
    """What the editor-in-chief does with a submission that does not go to review."""

    act = one_of(
        "What happens to it?",
        (
            (Action.RETURN.value, "Return it for mending"),
            (Action.DESK_REJECT.value, "Do not send it to review"),
        ),
    )
    reason = prose("The reason", "The authors read this as it stands here.")


class Start(Form):
    """What comes before review."""

    conflict = BooleanField("I have no conflict of interest with these authors or their work")
    hazard_screen = prose("What the hazard screening found", "For editors and officers. Authors do not see it.")
    other_reviewers = prose(
        "Why somebody else should review", "Only where a reviewer of stage 1 is not invited again. For editors."
    )


class Flag(Form):
    """A possible hazard, for the officers."""

    reason = prose("What could do harm, and how", "Only the information-hazard officers read this.")


class JudgedPart(Part):
    """An editor's own answer to one criterion."""

    criterion = HiddenField()
    verdict = one_of("Your answer", [(answer.value, answer.words) for answer in (Answer.MET, Answer.NOT_MET)])
    reason = prose("Reason")


class ConditionPart(Part):
    """One condition of an acceptance in principle."""

    text = prose("What stage 2 must meet")


class Proposal(Form):
    """A decision as the handling editor proposes it."""

    kind = one_of("What do you propose?", ())
    letter = prose("Letter to the authors", "They read it first, and the reviewers read it with them.")
    conditions = FieldList(FormField(ConditionPart), label="Condition")
    stage_2_due = DateField("Results due", description="As agreed with the authors. The day ends anywhere on Earth.")
    review_exception = prose("Why fewer reviews are enough", "For editors, and for the record.")
    judgements = FieldList(FormField(JudgedPart), label="Judgement")

    def ask(self, kinds: Iterable[DecisionKind], left: Iterable[Criterion]) -> "Proposal":
        """Offer `kinds`, and ask for a judgement of each criterion that no review answered."""
        self.kind.choices = offered((kind.value, kind.words.capitalize()) for kind in kinds)
        asked = {part.form.criterion.data for part in self.judgements.entries}
        for criterion in left:
            if criterion.value not in asked:
                self.judgements.append_entry({"criterion": criterion.value})
        return self

    def typed(self) -> Typed:
        """What was typed."""
        return Typed(
            kind=next((kind for kind in DecisionKind if kind.value == self.kind.data), None),
            letter=self.letter.data or "",
            conditions=tuple(text for part in self.conditions.data if (text := (part["text"] or "").strip())),
            stage_2_due=due(self.stage_2_due.data),
            review_exception=self.review_exception.data or "",
            judgements=tuple(_judged(place, part.form) for place, part in enumerate(self.judgements.entries)),
        )


def _judged(place: int, part: Part) -> Judged:
    return Judged(
        place=f"judgements-{place}",
        criterion=next((each for each in Criterion if each.value == part["criterion"].data), None),
        verdict=next((each for each in Answer if each.value == part["verdict"].data), None),
        reason=part["reason"].data or "",
    )


class Confirm(Form):
    """The second editor's word on one proposal, named so that nobody confirms another than they read."""

    decision = HiddenField()
    reason = prose("What should change", "Only where you send it back. The handling editor reads it.")


class Note(Form):
    """A note among editors."""

    body = prose("Your note", "Editors of this report read it. Authors and reviewers never do.")


class Extend(Form):
    """More time for stage 2."""

    new_due = DateField("Results now due", description="The day ends anywhere on Earth.")
    reason = prose("A word to the authors", "It goes into their letter. May stay empty.")
