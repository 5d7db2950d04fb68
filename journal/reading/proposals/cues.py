"""The turns of phrase by which each kind of item is known; they stand in `cues.toml`, with their weights."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from journal.reading.proposals.proposal import Kind

_NAME = re.compile(r"<([A-Z_]+)>")


@dataclass(frozen=True, slots=True)
class Cue:
    """A turn of phrase that speaks for a kind, and how strongly."""

    kind: Kind
    weight: float
    pattern: re.Pattern[str]


def rules(name: str) -> Mapping[str, Any]:
    """One of the files of rules beside this module."""
    return tomllib.loads(files("journal.reading.proposals").joinpath(name).read_text("utf-8"))


def joined(pattern: str) -> str:
    """A pattern as it is written over several lines, in one."""
    return "".join(pattern.split("\n"))


_RULES = rules("cues.toml")
_WORDS: Mapping[str, str] = {name: joined(pattern) for name, pattern in _RULES["words"].items()}


def _filled(pattern: str) -> str:
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda match: _WORDS[match[1]], pattern)
    return pattern


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of a file of rules, its names filled in."""
    return re.compile(_filled(joined(pattern)), flags)


MODEL_NAME, TESTS, UNITS = (_filled(_WORDS[name]) for name in ("MODEL_NAME", "TESTS", "UNITS"))
CUES = tuple(Cue(Kind(cue["kind"]), cue["weight"], compiled(cue["pattern"], re.IGNORECASE)) for cue in _RULES["cue"])
AGAINST = tuple((float(rule["weight"]), compiled(rule["pattern"], re.IGNORECASE)) for rule in _RULES["against"])
