"""Forms of the editorial application: WTForms with refusals put beside the field they are about."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField

from workflows.machine import Refusal


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships without types
    """A form that knows how to take a refusal. The token against forgery is checked for the whole application."""

    class Meta:
        """Left to the application: one check for every POST, with or without a form."""

        csrf = False

    form_errors: list[str]

    def refuse(self, refusals: Refusal | Iterable[Refusal]) -> None:
        """Put each refusal beside its field; what has no field here goes to the top of the form."""
        for refusal in [refusals] if isinstance(refusals, Refusal) else refusals:
            field = _field(self, refusal.field) if refusal.field else None
            if field is None:
                self.form_errors = [*self.form_errors, refusal.words]
            else:
                field.errors = [*field.errors, refusal.words]

    def remark(self, remarks: Iterable[tuple[str, object]]) -> None:
        """Put remarks beside their fields, by name: each field gets a list `remarks`. What has no field is left out."""
        found: dict[str, list[object]] = {field.name: [] for field in _below(self)}
        for name, remark in remarks:
            if name in found:
                found[name].append(remark)
        for field in _below(self):
            vars(field)["remarks"] = found[field.name]


def _field(form: Form, name: str) -> Field | None:
    """The field called `name`, however deep: `rows-0-label` is the label of the first entry of `rows`."""
    if name in form:
        found: Field = form[name]
        return found
    for field in _below(form):
        if field.name == name:
            return field
    return None


def _below(fields: Iterable[Field]) -> Iterable[Field]:
    for field in fields:
        yield field
        if isinstance(field, FieldList):
            yield from _below(field.entries)
        elif isinstance(field, FormField):
            yield from _below(field.form)


def chosen(form: Form, name: str, index: int, verb: str) -> None:
    """Move or remove entry `index` of the list `name`, or add one, as a button named `row` asked; the rest is kept."""
    entries: FieldList[Field] = form[name]
    match verb:
        case "add":
            entries.append_entry()
        case "remove" if 0 <= index < len(entries):
            _rearrange(entries, [data for at, data in enumerate(entries.data) if at != index])
        case "up" if 0 < index < len(entries):
            _rearrange(entries, _swapped(entries.data, index - 1))
        case "down" if 0 <= index < len(entries) - 1:
            _rearrange(entries, _swapped(entries.data, index))
        case _:
            return


def _swapped(data: list[object], index: int) -> list[object]:
    return [*data[:index], data[index + 1], data[index], *data[index + 2 :]]


def _rearrange(entries: "FieldList[Field]", data: list[object]) -> None:
    while len(entries):
        entries.pop_entry()
    entries.last_index = -1
    for row in data:
        entries.append_entry(row)
