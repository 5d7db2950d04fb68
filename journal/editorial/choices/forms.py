"""What an offer and a choice ask for."""

from journal.editorial.forms import Form
from journal.editorial.inputs import one_of, prose
from workflows.choices import Choice


class Offering(Form):
    """An officer opens the choice."""

    words = prose("To the authors", "What you think of it, and what each way would take. Sealed; only authors read it.")


class Choosing(Form):
    """The authors choose."""

    choice = one_of("How should it go on?", ((choice.value, choice.words) for choice in Choice))
    words = prose("To the officers", "Optional. Sealed; only officers and your co-authors read it.")

    def chosen(self) -> Choice | None:
        """The choice, if one was made."""
        return next((choice for choice in Choice if choice.value == self.choice.data), None)
