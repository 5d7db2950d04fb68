"""Writing a protocol as YAML that people read: what is empty is left out, long texts stand in blocks."""

from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any

import yaml

from journal.protocol_file.structuring import reads_as_nothing
from workflows.protocol import Protocol

_WIDTH = 100
# Written although it is the default: a reader should not have to know which kind a row has.
_ALWAYS = "kind"


# Ends of lines that are none to everybody: between quotes they are written as what they are.
_BREAKS = ("\r", "\x85", "\u2028", "\u2029")


class _Dumper(yaml.SafeDumper):
    """Blocks for texts of several lines, quotes for what would be read as something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002
        """Lists are indented below their name, which YAML does not ask for and people do."""
        super().increase_indent(flow, False)  # noqa: FBT003 - PyYAML's own signature


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    quoted = reads_as_nothing(text) or any(mark in text for mark in _BREAKS)
    style = '"' if quoted else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def protocol_file(protocol: Protocol) -> str:
    """The protocol as a YAML file: what `read_protocol_file` reads as the same protocol again."""
    return yaml.dump(_plain(protocol) or {}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of the model
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value):
        said = {each.name: getattr(value, each.name) for each in fields(value)}
        kept = {name: one for name, one in said.items() if _is_said(value, name, one)}
        return {name: _plain(one) for name, one in kept.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _is_said(owner: Any, name: str, value: Any) -> bool:  # noqa: ANN401 - any value of the model
    default = next(each.default for each in fields(owner) if each.name == name)
    return default is MISSING or value != default or name == _ALWAYS
