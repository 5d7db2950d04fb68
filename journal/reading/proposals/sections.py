"""What a heading, a label or the head of a column says of the words below it; the words stand in `sections.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from journal.reading.proposals.cues import joined, rules
from journal.reading.proposals.proposal import Kind


class Aside(StrEnum):
    """Parts of a document that hold little plan, or none."""

    CONTEXT = "context"
    CHANGES = "changes"
    RESULTS = "results"
    BACK_MATTER = "back matter"


Theme: TypeAlias = "Kind | Aside"

_ALL: tuple[Theme, ...] = (*Kind, *Aside)
_PATTERNS: Mapping[str, str] = rules("sections.toml")
_THEMES = tuple((theme, re.compile(joined(_PATTERNS[theme.value]), re.IGNORECASE)) for theme in _ALL)
_LOOKED_AT = 300
# What would count against a claim is a rule about it, not the claim.
_SPEAKS_AGAINST = re.compile(r"falsif|refut|count against|would change|wrong", re.IGNORECASE)


@lru_cache(maxsize=4096)
def themes_of(words: str) -> frozenset[Theme]:
    """The themes a heading or label names."""
    themes = frozenset(theme for theme, pattern in _THEMES if pattern.search(words[:_LOOKED_AT]))
    if Kind.EXCLUSION in themes:  # "Exclusion criteria" are exclusions
        return themes - {Kind.GATE}
    return themes - {Kind.HYPOTHESIS} if _SPEAKS_AGAINST.search(words) else themes


def innermost(names: Iterable[str]) -> list[frozenset[Theme]]:
    """The themes of labels and headings, innermost first; those that name none are left out."""
    return [themes for themes in map(themes_of, names) if themes]
