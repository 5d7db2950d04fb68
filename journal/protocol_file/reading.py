"""Reading a protocol file: YAML or JSON into a protocol, or what is wrong with it, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from journal.protocol_file.json_tree import json_tree
from journal.protocol_file.nodes import Problem
from journal.protocol_file.structuring import Structuring
from journal.protocol_file.yaml_tree import yaml_tree
from workflows.protocol import BIAS_LEVELS, Analysis, Protocol, Sample

FILE_LIMIT = 2_000_000
_TOO_LARGE = f"The file is larger than {FILE_LIMIT // 1_000_000} MB."
_PRIMES = str.maketrans({"′": "'", "’": "'", "ʹ": "'", "″": '"', "”": '"'})  # noqa: RUF001 - what people type


@dataclass(frozen=True, slots=True)
class ProtocolFile:
    """A protocol with the line of each of its fields, by the form's name of the field ("rows-0-rule")."""

    protocol: Protocol
    lines: Mapping[str, int]

    def line_of(self, place: str) -> int:
        """The line where `place` stands, or where the part begins that has no such field."""
        while place and place not in self.lines:
            place = place.rpartition("-")[0]
        return self.lines.get(place, 1)


def read_protocol_file(data: bytes) -> ProtocolFile | tuple[Problem, ...]:
    """The protocol in `data` (UTF-8; JSON where it begins with a brace, else YAML), or everything that is wrong.

    Labels that come twice, references to nothing and impossible thresholds are read as they stand: the linter speaks
    of them.
    """
    if len(data) > FILE_LIMIT:
        return (Problem(1, _TOO_LARGE, "A protocol has words alone: leave data and figures out of it."),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = data[: trouble.start].count(b"\n") + 1
        return (Problem(line, "This line is not in UTF-8.", "Save the file as UTF-8."),)
    try:
        node = json_tree(text) if text.lstrip().startswith("{") else yaml_tree(text)
    except Problem as problem:
        return (problem,)
    reading = Structuring()
    protocol = reading.record(Protocol, node, "")
    if protocol is not None and protocol.bias_level not in (None, *BIAS_LEVELS):
        words = f"bias_level is {protocol.bias_level}, and there is no such level."
        reading.problems.append(Problem(reading.lines["bias_level"], words, "Write a level from 6 to 1.", "bias_level"))
    if reading.problems:
        return tuple(sorted(reading.problems, key=lambda problem: problem.line))
    return ProtocolFile(_with_one_spelling(protocol), reading.lines)


def _with_one_spelling(protocol: Protocol) -> Protocol:
    """The protocol in which a reference is spelt like the label it means, whichever prime was typed."""
    labels = {part.label for part in protocol.parts()}
    spelt = {label.translate(_PRIMES): label for label in labels}

    def one(label: str) -> str:
        return label if label in labels else spelt.get(label.translate(_PRIMES), label)

    def mended(part: Any) -> Any:  # noqa: ANN401 - a part of any kind comes back as the same kind
        changes: dict[str, Any] = {}
        if hasattr(part, "rows"):
            changes["rows"] = tuple(map(one, part.rows))
        if isinstance(part, Analysis):
            changes["measures"] = tuple(map(one, part.measures))
        if isinstance(part, Sample):
            changes["test"] = one(part.test)
        return replace(part, **changes) if changes else part

    changes: Any = {name: tuple(map(mended, getattr(protocol, name))) for name in _REFERRING}
    return replace(protocol, **changes)


_REFERRING = ("checks", "measures", "samples", "exclusions", "analyses", "contingencies", "papers")
