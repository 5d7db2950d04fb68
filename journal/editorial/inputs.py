"""Inputs of drafts: they keep what was typed. Nothing is cut, nothing refused, only line ends are made alike."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import CheckboxInput, ListWidget


def plain(text: str | None) -> str:
    """`text` with the line ends of Unix and without the one character that no text has."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def offered(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices (value, words) as a field takes them."""
    return [SelectChoice(value, words) for value, words in choices]


def line(label: str, description: str = "") -> StringField:
    """One line of text."""
    return StringField(label, filters=[plain], description=description)


def prose(label: str, description: str = "", *, name: str | None = None) -> TextAreaField:
    """Text of any length. `name` where the form cannot have an attribute of the field's name, such as `data`."""
    return TextAreaField(label, filters=[plain], description=description, name=name)


def one_of(label: str, choices: Iterable[tuple[str, str]], description: str = "") -> RadioField:
    """One choice among a few, all in sight; none at first."""
    return RadioField(label, choices=offered(choices), description=description, validate_choice=False)


def picked(label: str, choices: Iterable[tuple[str, str]], description: str = "") -> SelectField:
    """One choice among many, in a list that opens."""
    return SelectField(label, choices=offered(choices), description=description, validate_choice=False)


def several_of(label: str, choices: Iterable[tuple[str, str]], description: str = "") -> SelectMultipleField:
    """Any number of choices, all in sight."""
    return SelectMultipleField(
        label,
        choices=offered(choices),
        description=description,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def one_time_code() -> StringField:
    """The code by which somebody shows once more that it is them (see `journal.editorial.again`)."""
    return StringField(
        "Code from your authenticator app",
        description="The six digits that it shows now; or a recovery code. It counts for ten minutes.",
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"},
    )
