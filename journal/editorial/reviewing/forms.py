"""The forms of reviewing. A review has one for each stage, made of that stage's criteria."""

from collections.abc import Iterable, Mapping

from wtforms import BooleanField, DateField, EmailField, FieldList, FileField, FormField, TextAreaField
from wtforms.validators import Optional

from journal.dossier.rounds import ReviewDraft
from journal.editorial.forms import Form, chosen
from journal.editorial.inputs import line, one_of, picked, plain, prose
from journal.editorial.reviewing.inviting import Wanted
from workflows.reviewing import Answer, Criterion, Judgement, Point, Severity, criteria

_SHORT = {
    Criterion.QUESTION: "Question",
    Criterion.HYPOTHESES: "Hypotheses",
    Criterion.METHOD: "Method and analysis",
    Criterion.DETAIL: "Detail to repeat it",
    Criterion.CHECKS: "Outcome-neutral checks",
    Criterion.TESTABLE: "The data can test it",
    Criterion.UNCHANGED: "Rationale unchanged",
    Criterion.FOLLOWED: "Procedures followed",
    Criterion.UNREGISTERED: "Unregistered analyses",
    Criterion.CONCLUSIONS: "Conclusions",
}
_POINT_TEXTS = ("place", "claim", "why", "settles")


def short(criterion: Criterion) -> str:
    """The criterion in a few words, after its number: "1C Method and analysis"."""
    return f"{criterion.value} {_SHORT[criterion]}"


class InvitationForm(Form):
    """Somebody to invite. An address is enough."""

    email = EmailField("Mail address", filters=[lambda text: plain(text).strip()])
    name = line("Name", "For the letter's greeting.")
    due = DateField("Review asked for by", validators=[Optional()], description="Three weeks from now if left empty.")

    def wanted(self) -> Wanted:
        """What was typed."""
        return Wanted(email=self.email.data or "", name=self.name.data or "", due=self.due.data)


class ReplyForm(Form):
    """The answer to an invitation."""

    confidence = BooleanField("I keep what I read here to myself, and do not give it to any AI service that keeps it")
    conflict = one_of(
        "Do you stand close to the authors or the result?",
        [("no", "No, as far as I can know"), ("yes", "Yes, or perhaps")],
        "You are not told who the authors are. Money, a shared grant, a competing claim of your own: say so.",
    )
    reason = prose("Why not?", "A word is enough: no time, not my field, too close. Only the editors read it.")


class WorryForm(Form):
    """A reviewer's flag: this could do harm."""

    reason = prose("What worries you?", "Only the journal's information-hazard officers read this.")


class OfflineForm(Form):
    """A filled-in form that was downloaded."""

    form = FileField("The filled-in form", description="The text file, as you downloaded it here.")
    replace = BooleanField("Put it in the place of what is here, even if that was changed since")


class PointForm(Form):
    """One point of a review. Its criteria are those of the stage and are offered by the review's form."""

    criterion = picked("Criterion", [("", "Choose the criterion it bears on")])
    place = line("Where", "A row, a check, a section: H1, C2, Sampling.")
    claim = prose("What you say")
    why = prose("Which conclusion depends on it?", "For example: without it, a null on H1 could mean …")
    settles = prose("What would settle it?", "Something the authors can do: an analysis, a number, a changed sentence.")
    severity = one_of("How much does it weigh?", [(each.value, each.words) for each in Severity])

    def said(self) -> Point:
        """The point as typed."""
        texts = {name: self[name].data or "" for name in _POINT_TEXTS}
        criterion, severity = self.criterion.data or "", self.severity.data or ""
        return Point(
            criterion=Criterion(criterion) if criterion in set(Criterion) else None,
            severity=Severity(severity) if severity in set(Severity) else None,
            **texts,
        )


def _is_blank(point: Point) -> bool:
    return not any((point.criterion, point.severity, *(getattr(point, name).strip() for name in _POINT_TEXTS)))


class ReviewForm(Form):
    """A review. Its fields are made for each stage, judgements first, in the order of the page: see `_fields_of`."""

    points: "FieldList[FormField[PointForm]]"
    confidential: TextAreaField
    disclosure: TextAreaField
    signed: BooleanField

    def drop_blank_points(self) -> None:
        """Take out points in which nothing was typed."""
        for index in reversed(range(len(self.points.entries))):
            if _is_blank(self.points.entries[index].form.said()):
                chosen(self, "points", index, "remove")


_ANSWERS = [(answer.value, answer.words) for answer in Answer]


def _fields_of(stage: int) -> dict[str, object]:
    fields: dict[str, object] = {}
    for each in criteria(stage):
        fields[f"judgement-{each.value}"] = one_of(short(each), _ANSWERS, each.words)
        fields[f"judgement-{each.value}-reason"] = prose("Your reason", "Needed unless it is met.")
    return fields | {
        "points": FieldList(FormField(PointForm), "Point"),
        "confidential": prose("For the editors only", "The authors never see this."),
        "disclosure": prose("Did you use AI tools, and how?", "Write “none” if you used none. The authors see this."),
        "signed": BooleanField("Sign: the authors learn my name"),
    }


# Named as the rules' refusals name them, so that each finds its field.
_FORMS: Mapping[int, type[ReviewForm]] = {
    stage: type(f"ReviewFormOfStage{stage}", (ReviewForm,), _fields_of(stage)) for stage in (1, 2)
}


def review_form(stage: int, draft: ReviewDraft | None = None) -> ReviewForm:
    """The form of a review of `stage`, filled in from what was sent, or from `draft` if that is given."""
    form = _FORMS[stage]() if draft is None else _FORMS[stage](formdata=None, data=_shown(draft))
    for entry in form.points.entries:
        _offer_criteria(entry, stage)
    return form


def _offer_criteria(entry: "FormField[PointForm]", stage: int) -> None:
    entry.form.criterion.choices = [("", "Choose the criterion it bears on")] + [
        (each.value, short(each)) for each in criteria(stage)
    ]


def add_point(form: ReviewForm, stage: int, point: Point) -> int:
    """Put `point` below the points that are typed, once; its position from 0."""
    known = [(entry.form.said().place, entry.form.said().claim) for entry in form.points.entries]
    if (point.place, point.claim) in known:
        return known.index((point.place, point.claim))
    entry = form.points.append_entry(_point(point))
    _offer_criteria(entry, stage)
    return len(known)


def _shown(draft: ReviewDraft) -> dict[str, object]:
    found: dict[str, object] = {
        "confidential": draft.confidential,
        "disclosure": draft.disclosure,
        "signed": draft.signed,
        "points": [_point(point) for point in draft.points],
    }
    for judgement in draft.judgements:
        found[f"judgement-{judgement.criterion.value}"] = judgement.answer.value if judgement.answer else None
        found[f"judgement-{judgement.criterion.value}-reason"] = judgement.reason
    return found


def _point(point: Point) -> dict[str, str]:
    texts = {name: getattr(point, name) for name in _POINT_TEXTS}
    return texts | {"criterion": point.criterion or "", "severity": point.severity or ""}


def draft_of(form: ReviewForm, stage: int) -> ReviewDraft:
    """What was typed into `form`."""
    return ReviewDraft(
        judgements=tuple(_judgement(form, each) for each in criteria(stage)),
        points=tuple(entry.form.said() for entry in form.points.entries),
        confidential=form.confidential.data or "",
        disclosure=form.disclosure.data or "",
        signed=bool(form.signed.data),
    )


def _judgement(form: ReviewForm, criterion: Criterion) -> Judgement:
    answer = form[f"judgement-{criterion.value}"].data or ""
    return Judgement(
        criterion=criterion,
        answer=Answer(answer) if answer in set(Answer) else None,
        reason=form[f"judgement-{criterion.value}-reason"].data or "",
    )


def answers_form(said: Iterable[tuple[str, str]], *, sent: bool) -> Form:
    """A form with one text for each remark: pairs of the remark's identifier and its answer so far."""
    pairs = list(said)
    fields = {f"answer-{row_id}": prose("Your answer") for row_id, _ in pairs}
    kind: type[Form] = type("AnswersForm", (Form,), fields)
    return kind() if sent else kind(formdata=None, data={f"answer-{row_id}": text for row_id, text in pairs})
