"""A protocol as a document for a terminal: every part with its label, every rule read back as a sentence."""

import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum

from workflows.protocol import Comparison, Protocol, Rule, read_back, sentence

_WIDTH = 88
_INDENT = "    "
_SECTIONS = {
    "rows": "Questions and hypotheses",
    "checks": "Checks",
    "measures": "Measures",
    "samples": "Samples",
    "exclusions": "Exclusions, in order",
    "analyses": "Analyses",
    "contingencies": "Contingencies",
    "pins": "Pins",
    "papers": "Papers",
    "files": "Files",
    "answered": "Answers to the linter",
}
_OWN = ("abstract", "topics", "settings", "bias_level", "bias_account", "contamination", "exploratory")
_GROUPED = ("statements", "promises", "dates")


def protocol_text(protocol: Protocol) -> str:
    """The whole protocol, about 88 characters wide. What is empty is left out."""
    return "\n".join(_document(protocol)).rstrip() + "\n"


def _document(protocol: Protocol) -> Iterator[str]:
    title = protocol.title or "(no title)"
    yield from (title, "=" * min(len(title), _WIDTH))
    for name in _OWN:
        yield from _said(name, getattr(protocol, name))
    for name, heading in _SECTIONS.items():
        parts = getattr(protocol, name)
        if parts:
            yield from ("", heading, "-" * len(heading))
            for part in parts:
                yield from _part(part)
    for name in _GROUPED:
        lines = list(_fields(getattr(protocol, name)))
        if lines:
            heading = name.capitalize()
            yield from ("", heading, "-" * len(heading), *lines)


def _part(part: object) -> Iterator[str]:
    label = getattr(part, "label", "")
    yield ""
    if label:
        yield label
    yield from _fields(part, name=label)


def _fields(record: object, name: str = "") -> Iterator[str]:
    if not is_dataclass(record):
        return
    for each in fields(record):
        value = getattr(record, each.name)
        if each.name != "label":
            yield from _said(each.name, value, name=name)


def _said(field: str, value: object, name: str = "") -> Iterator[str]:
    """One field in words, if it says anything."""
    words = _words(value, name)
    if words:
        yield _wrapped(f"{field.replace('_', ' ').capitalize()}: {words}")


def _words(value: object, name: str) -> str:  # noqa: PLR0911 - one line for each kind of value
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case Rule():
            return read_back(value, name)
        case Comparison():
            return sentence(value)
        case StrEnum():
            return str(getattr(value, "words", value.value))
        case tuple():
            return "; ".join(_words(each, name) for each in value)
        case _ if is_dataclass(value):
            said = ((each.name, _words(getattr(value, each.name), name)) for each in fields(value))
            return ", ".join(f"{field} {words}" for field, words in said if words)
        case _:
            return str(value).strip()


def _wrapped(text: str) -> str:
    lines = text.splitlines() or [""]
    first = textwrap.fill(lines[0], _WIDTH, initial_indent="  ", subsequent_indent=_INDENT)
    rest = [textwrap.fill(line, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT) for line in lines[1:]]
    return "\n".join([first, *rest])
