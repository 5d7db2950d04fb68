"""What a page of the plan shows of it, and the plan with what was typed there."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from journal.editorial.forms import Form
from journal.editorial.protocol.sheets import Repeated, Sheet
from journal.editorial.protocol.typed import Typed, free_label, labels_of, shown_part, taken_part
from workflows.machine import Refusal
from workflows.protocol import Check, Dates, Failing, Labelled, Promises, Protocol, Setting, derived_level

WINDOW = 10
"""How many parts of a kind one page shows, so that a plan of two hundred rows is as quick as one of two."""
MOST = 200
"""How many parts of a kind a plan may have."""
_DIGITS = 6


def _counted(text: str) -> int | None:
    """The number of a place; more than there are places is as good as the last."""
    return min(int(text[:_DIGITS]), MOST) if text.isascii() and text.isdecimal() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on a page: the kind of part, and which of them, counted from 0."""

    name: str = ""
    index: int = 0

    @classmethod
    def of(cls, text: str) -> "Place":
        """The place that a name such as `rows-12-question` points at; the first, where it points nowhere."""
        name, _, rest = text.partition("-")
        index = rest.partition("-")[0]
        return cls(name=name, index=_counted(index) or 0)

    def start(self, name: str, count: int) -> int:
        """Where the window of `name` begins that shows this place, of `count` parts."""
        at = min(self.index, max(count - 1, 0)) if name == self.name else 0
        return at // WINDOW * WINDOW


def filled(sheet: Sheet, plan: Protocol, place: Place) -> Form:
    """The form of a page as it shows `plan`, around `place`."""
    form = sheet.form(formdata=None, data=_loose_shown(sheet, plan))
    for each in sheet.repeated:
        parts = getattr(plan, each.name)
        start = place.start(each.name, len(parts))
        entries = form[each.name]
        entries.last_index = start - 1
        for index, part in enumerate(parts[start : start + WINDOW], start):
            entries.append_entry({**shown_part(part), "at": str(index)})
    return form


def _loose_shown(sheet: Sheet, plan: Protocol) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in sheet.loose:
        match getattr(plan, name):
            case Dates() as dates:
                found |= asdict(dates)
            case Promises() as promises:
                each = {what: shown_part(getattr(promises, what)) for what in Promises.__dataclass_fields__}
                found |= {**each, "data_": each["data"]}
            case tuple() as settings:
                found[name] = [setting.value for setting in settings]
            case words:
                found[name] = words
    return found


def taken(sheet: Sheet, plan: Protocol, typed: Typed) -> Protocol:
    """`plan` with what was typed on a page. What the page did not show of it stays."""
    changes: dict[str, Any] = {
        each.name: _merged(each, getattr(plan, each.name), typed.get(each.name)) for each in sheet.repeated
    }
    return replace(plan, **changes, **{name: _LOOSE[name](plan, typed) for name in sheet.loose})


def _merged(each: Repeated, there: tuple[Labelled, ...], typed: object) -> tuple[Labelled, ...]:
    parts = list(there)
    for entry in typed if isinstance(typed, list) else ():
        at = _counted(str(entry.get("at") or ""))
        if at is not None and at < len(there):
            parts[at] = taken_part(there[at], entry)
        elif len(parts) < MOST:
            parts.append(taken_part(each.made(label=""), entry))
    return tuple(parts)


def _take_settings(_: Protocol, typed: Typed) -> tuple[Setting, ...]:
    chosen = typed.get("settings")
    return tuple(setting for setting in Setting if isinstance(chosen, list) and setting.value in chosen)


def _take_promises(plan: Protocol, typed: Typed) -> Promises:
    said = {"data": typed.get("data_"), "code": typed.get("code"), "materials": typed.get("materials")}
    return replace(
        plan.promises, **{name: taken_part(getattr(plan.promises, name), _group(value)) for name, value in said.items()}
    )


def _group(value: object) -> Typed:
    return value if isinstance(value, Mapping) else {}


_LOOSE: dict[str, Callable[[Protocol, Typed], Any]] = {
    "settings": _take_settings,
    "promises": _take_promises,
    "dates": lambda plan, typed: taken_part(plan.dates, typed),
    "exploratory": lambda _, typed: str(typed.get("exploratory") or ""),
    "contamination": lambda _, typed: str(typed.get("contamination") or ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button that adds, moves or removes a part: `add`, `up`, `down` or `remove`, of which kind, and which one."""

    verb: str
    name: str
    index: int

    @classmethod
    def of(cls, text: str, sheet: Sheet) -> "Press | None":
        """What a button named `row` asked on a page, such as `up:rows:3`; None where it asked nothing."""
        verb, _, rest = text.partition(":")
        name, _, index = rest.partition(":")
        at = _counted(index)
        if at is None or not any(each.name == name for each in sheet.repeated):
            return None
        return cls(verb=verb, name=name, index=at)

    def after(self) -> Place:
        """What to show when it is done."""
        index = {"up": self.index - 1, "remove": self.index - 1, "down": self.index + 1}.get(self.verb, self.index)
        return Place(name=self.name, index=max(index, 0))


def refused(plan: Protocol, press: Press | None) -> Refusal | None:
    """Why a button can do nothing, if it cannot."""
    if press and press.verb == "add" and len(getattr(plan, press.name)) >= MOST:
        return Refusal("parts_many", f"There are {MOST} already, which is the most. Nothing was added.")
    return None


def rearranged(sheet: Sheet, plan: Protocol, press: Press | None) -> Protocol:
    """`plan` with one part added, moved or removed."""
    if press is None:
        return plan
    each = next(each for each in sheet.repeated if each.name == press.name)
    parts = _pressed(each, list(getattr(plan, press.name)), press, taken=labels_of(plan.parts()))
    changes: dict[str, Any] = {press.name: tuple(parts)}
    return replace(plan, **changes)


def _pressed(each: Repeated, parts: list[Labelled], press: Press, *, taken: tuple[str, ...]) -> list[Labelled]:
    at = press.index
    match press.verb:
        case "add":
            return [*parts, each.made(label=free_label(each.letter, taken))]
        case "remove":
            return [part for index, part in enumerate(parts) if index != at]
        case "up" if 0 < at < len(parts):
            return [*parts[: at - 1], parts[at], parts[at - 1], *parts[at + 1 :]]
        case "down" if at < len(parts) - 1:
            return [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]
        case _:
            return parts


def with_level(plan: Protocol) -> Protocol:
    """`plan` with the level of bias control that follows from what is known of its analyses, where one follows."""
    level = derived_level(plan)
    return plan if level is None else replace(plan, bias_level=level)


def with_consequences(plan: Protocol) -> Protocol:
    """`plan` in which a check whose consequence was only chosen says it in words too."""
    chosen = {failing.words for failing in Failing}

    def worded(check: Check) -> Check:
        if check.failing is None or check.consequence.strip() not in {"", *chosen}:
            return check
        return replace(check, consequence=check.failing.words)

    return replace(plan, checks=tuple(worded(check) for check in plan.checks))


def realign(form: Form, sheet: Sheet, plan: Protocol) -> None:
    """Let each group of a form that was overtaken stand for the part of its label in `plan`, or for a new one."""
    for each in sheet.repeated:
        labels = list(labels_of(getattr(plan, each.name)))
        for entry in form[each.name].entries:
            label = (entry.form.label.data or "").strip()
            entry.form.at.data = str(labels.index(label)) if label in labels else ""
