"""What authors say about results that are late, and what editors record."""

from wtforms import DateField

from journal.editorial.contacts.actions import RECORDED, Typed
from journal.editorial.forms import Form
from journal.editorial.inputs import one_of, prose


class Working(Form):
    """A sign of the authors."""

    words = prose("A word to the editor", "The handling editor reads it. It is kept under seal.")
    wanted_until = DateField("More time until", description="Only if you need it. The editor gives it, or answers you.")


class Tried(Form):
    """A contact that no letter of the journal made."""

    way = one_of("How did you try to reach the authors?", [(way.value, way.words.capitalize()) for way in RECORDED])
    made_on = DateField("On which day?", description="It counts from the end of that day, anywhere on Earth.")
    reached = one_of("Did they answer?", (("yes", "Yes, I reached them"), ("no", "No, nobody answered")))
    words = prose("What was said, or tried", "For the editors of this report. It is kept under seal.")

    def typed(self) -> Typed:
        """What was typed."""
        return Typed(
            way=next((way for way in RECORDED if way.value == self.way.data), None),
            made_on=self.made_on.data,
            reached={"yes": True, "no": False}.get(self.reached.data or ""),
            words=(self.words.data or "").strip(),
        )
