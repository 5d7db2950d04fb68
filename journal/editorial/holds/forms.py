"""What the pages about holds ask for."""

from datetime import UTC, date, datetime, time
from typing import Any

from wtforms import DateField
from wtforms.validators import Optional

from journal.editorial.forms import Form
from journal.editorial.inputs import offered, one_of, one_time_code, picked, prose
from workflows.deadlines import ANYWHERE, end_of_day_anywhere
from workflows.holds import REASON_MISSING, Hold, HoldKind, Scope
from workflows.machine import Refusal

_LOOK_AGAIN = "Within 90 days. It only calls people together: nothing opens by this date."
_SCOPES = (
    "The whole report is withheld. Under the second a narrower article without manuscript can come out, under the "
    "third any, once two officers approve it; under the first nothing can."
)


class Day(DateField):
    """A day, or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the day as browsers send it, or as somebody typed it in the same order."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Write the date as year, month and day: 2026-11-30.") from error


def _day(label: str, description: str) -> Day:
    return Day(label, validators=[Optional()], description=description)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


class Withhold(Form):
    """A hold that only people end."""

    kind = one_of("Why it is withheld", [])
    scope = one_of("What is withheld", [(scope, _sentence(scope.words)) for scope in Scope], _SCOPES)
    reason = prose("Reason, for the file", "Sealed. Read by officers free of conflict; never public, never in mail.")
    review_by = _day("Look again by", _LOOK_AGAIN)
    deputy = picked("Deputy", [], "Called when nobody has looked three days after that day.")

    def offer_deputies(self, officers: tuple[tuple[str, str], ...]) -> None:
        """Let one of the `officers` (identifier, name) be named as deputy."""
        self.deputy.choices = offered([("", "The next officer who is free"), *officers])

    def offer(self, kinds: tuple[HoldKind, ...]) -> None:
        """Offer these kinds; one alone is chosen already, and so is to withhold everything."""
        self.kinds = kinds
        self.kind.choices = offered([(kind, _sentence(kind.words)) for kind in kinds])
        self.scope.data = self.scope.data or Scope.EXISTENCE.value
        if len(kinds) == 1 and not self.kind.data:
            self.kind.data = kinds[0].value

    def missing(self) -> list[Refusal]:
        """Everything that was not filled in, at once."""
        kind = [] if self.kind.data else [Refusal("kind_missing", "Choose why it is withheld.", "kind")]
        return kind if (self.reason.data or "").strip() else [*kind, REASON_MISSING]

    def hold(self, *, by: str, now: datetime) -> Hold | None:
        """The hold as it was filled in, by `by`; None while its kind is not chosen."""
        kind = next((kind for kind in self.kinds if kind.value == self.kind.data), None)
        if kind is None:
            return None
        scope = next((scope for scope in Scope if scope.value == self.scope.data), Scope.EXISTENCE)
        return Hold(kind=kind, scope=scope, placed_by=by, placed_at=now, review_by=end_of(self.review_by.data))


class Embargo(Form):
    """A production embargo: it ends by itself."""

    embargo_until = _day("Not before", "The first release of that day, in UTC, may contain it.")
    reason = prose("Reason", "Sealed. Read by officers and by the editors of this report.")

    def hold(self, *, by: str, now: datetime) -> Hold:
        """The embargo as it was filled in, by `by`."""
        day = self.embargo_until.data
        until = datetime.combine(day, time(), UTC) if day else None
        return Hold(
            kind=HoldKind.PRODUCTION_EMBARGO,
            scope=Scope.EXISTENCE,
            placed_by=by,
            placed_at=now,
            embargo_until=until,
        )


class Agree(Form):
    """That a hold may end."""

    reason = prose("Why it need not be withheld", "Sealed. Read by officers free of conflict.")
    code = one_time_code()


class Again(Form):
    """Another day to look at a hold again."""

    review_by = _day("Look again by", _LOOK_AGAIN)


class Emergency(Form):
    """Why somebody has to read a report that is kept from them, now."""

    reason = prose("What the emergency is", "Sealed. All officers free of conflict are told at once, and read it.")


class LookedAt(Form):
    """What a second officer says of an opening in an emergency."""

    answer = prose("Was it right to open it, and what follows?", "Sealed. Read by officers free of conflict.")


def end_of(day: date | None) -> datetime | None:
    """The end of `day` anywhere on Earth: the journal's deadlines."""
    return end_of_day_anywhere(datetime.combine(day, time(12), ANYWHERE)) if day else None
