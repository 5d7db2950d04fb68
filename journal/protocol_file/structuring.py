"""A tree with lines into a protocol, by the types of the model itself: a field added there is read here."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import EnumType, StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from journal.protocol_file.nodes import Keyed, Listed, Node, Problem, Scalar
from workflows.protocol import TEXT_LIMIT

PARTS_LIMIT = 500
# Fields of the file that say nothing of the study: where the schema is.
_ASIDE = frozenset({"$schema"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_NO_NUMBER = re.compile(r"[-+]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_WRITTEN = {"≥": ">=", "≤": "<=", "==": "=", "greater": ">", "less": "<"}


class Structuring:
    """One reading: it gathers problems, and the line of every field by its place in the form ("rows-0-rule")."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def record(self, kind: type, node: Node, place: str) -> Any:  # noqa: ANN401 - a `kind`, or None where it could not be
        """A `kind` made from `node`; problems are gathered, so that all of them can be mended at once."""
        if not isinstance(node, Keyed):
            if isinstance(node, Scalar) and node.plain and node.text in _NULL and _can_be_empty(kind):
                return kind()
            self._refuse(node, place, f"{_named(place)} is no list of fields.", f"Write {_some(kind)}.")
            return None
        known = {each.name: each for each in fields(kind)}
        values: dict[str, Any] = {}
        for key, value in node.items:
            at = f"{place}-{key.text}" if place else key.text
            self.lines[at] = key.line
            if key.text in known:
                values[key.text] = self.value(_types(kind)[key.text], value, at)
            elif place or key.text not in _ASIDE:
                self._unknown(key, kind, at)
        missing = [each.name for each in known.values() if each.name not in values and _is_needed(each)]
        for name in missing:
            self._refuse(node, f"{place}-{name}", f"{_named(place)} has no {name}.", f"Add {name}: to it.")
        return None if missing else kind(**values)

    def value(self, kind: Any, node: Node, place: str) -> Any:  # noqa: ANN401 - what `kind` says
        """A value of a field whose type is `kind`."""
        if get_origin(kind) is tuple:
            return self._several(get_args(kind)[0], node, place)
        if is_dataclass(kind) and isinstance(kind, type):
            return self.record(kind, node, place)
        may_be_none = get_origin(kind) is UnionType
        if not isinstance(node, Scalar):
            self._refuse(node, place, f"{_named(place)} is one value, not several.", "Write it on one line.")
            return None
        if node.plain and _NO_NUMBER.fullmatch(node.text):
            self._refuse(node, place, f"{_named(place)} is {node.text}.", "Give a number, or put a word into quotes.")
        if may_be_none and node.plain and node.text in _NULL:
            return None
        return self._single(get_args(kind)[0] if may_be_none else kind, node, place)

    def _single(self, kind: Any, node: Scalar, place: str) -> Any:  # noqa: ANN401 - what `kind` says
        if kind is str:
            if len(node.text) > TEXT_LIMIT:
                words = f"{_named(place)} has {len(node.text):,} characters; {TEXT_LIMIT:,} is the most."
                self._refuse(node, place, words, "Shorten it.")
            return "" if node.plain and node.text in _NULL else node.text
        if kind is bool:
            return self._flag(node, place)
        if kind is int:
            return self._integer(node, place)
        return self._choice(kind, node, place)

    def _several(self, kind: Any, node: Node, place: str) -> Any:  # noqa: ANN401 - a tuple of what `kind` says
        if isinstance(node, Scalar):
            if node.plain and node.text in _NULL:
                return ()
            if is_dataclass(kind):
                self._refuse(node, place, f"{_named(place)} is a list.", "Begin each entry with a dash.")
                return ()
            return (self.value(kind, node, place),)
        if isinstance(node, Keyed):
            self._refuse(node, place, f"{_named(place)} is a list.", "Begin each entry with a dash.")
            return ()
        if len(node.items) > PARTS_LIMIT:
            self._refuse(node, place, f"{_named(place)} has more than {PARTS_LIMIT} entries.", "Divide the study.")
            return ()
        return tuple(self._entries(kind, node, place))

    def _entries(self, kind: Any, node: Listed, place: str) -> Iterator[Any]:  # noqa: ANN401 - what `kind` says
        for index, item in enumerate(node.items):
            self.lines[f"{place}-{index}"] = item.line
            yield self.value(kind, item, f"{place}-{index}")

    def _flag(self, node: Scalar, place: str) -> bool:
        word = node.text.strip().lower()
        if word not in _TRUE | _FALSE:
            self._refuse(node, place, f"{_named(place)} is {node.text[:40]!r}.", "Write true or false.")
        return word in _TRUE

    def _integer(self, node: Scalar, place: str) -> int:
        plain = node.text.strip()
        if not re.fullmatch(r"\d{1,15}", plain, re.ASCII):
            self._refuse(node, place, f"{_named(place)} is {node.text[:40]!r}.", "Write a whole number.")
            return 0
        return int(plain)

    def _choice(self, kind: EnumType, node: Scalar, place: str) -> StrEnum | None:
        written = node.text.strip()
        choices: list[Any] = list(kind)
        for each in choices:
            if _WRITTEN.get(written, written.casefold()) in (each.value, getattr(each, "words", "").casefold()):
                return each  # type: ignore[no-any-return] # a member of `kind`
        nearest = difflib.get_close_matches(written.lower(), [each.value for each in choices], n=1)
        remedy = f"Write {nearest[0]}." if nearest else f"Write one of: {', '.join(each.value for each in choices)}."
        self._refuse(node, place, f"{_named(place)} cannot be {written[:40]!r}.", remedy)
        return None

    def _unknown(self, key: Scalar, kind: type, place: str) -> None:
        nearest = difflib.get_close_matches(key.text, [each.name for each in fields(kind)], n=1)
        remedy = f"Write {nearest[0]}." if nearest else f"There are: {', '.join(each.name for each in fields(kind))}."
        self.problems.append(Problem(key.line, f"There is no field {key.text[:40]}.", remedy, place))

    def _refuse(self, node: Node, place: str, words: str, remedy: str) -> None:
        self.problems.append(Problem(node.line, words, remedy, place))


def reads_as_nothing(text: str) -> bool:
    """Whether `text` without quotes would be read as something else than itself: nothing, or no number."""
    return text in _NULL or bool(_NO_NUMBER.fullmatch(text))


@cache
def _types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _is_needed(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _can_be_empty(kind: type) -> bool:
    return not any(_is_needed(each) for each in fields(kind))


def _named(place: str) -> str:
    """The place as people read it: "rows 1, rule"; the file itself has none."""
    words = re.sub(r"-(\d+)", lambda found: f" {int(found[1]) + 1}", place).replace("-", ", ")
    return words or "The file"


def _some(kind: type) -> str:
    """The first names of fields of a `kind`, as one writes them."""
    names = [each.name for each in fields(kind)][:3]
    return " and ".join(f"{name}: ..." for name in names)
