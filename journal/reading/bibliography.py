"""A bibliography (BibTeX, RIS, CSL-JSON) as data: read by pandoc in confinement, before any manuscript meets it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from journal.reading.inspection import Refused
from journal.reading.pandoc import Converted, convert
from journal.reading.problems import Problem, words_for
from journal.reading.tree import text_of

MOST_REFERENCES = 5000
RIS = re.compile(r"^TY {2}- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The keys that can be cited, and the references in pandoc's form (which keeps formulas in titles)."""

    keys: frozenset[str]
    references: list[Any]


def bibliography_from(text: str) -> Bibliography | Refused:
    """Read BibTeX or BibLaTeX, RIS or CSL-JSON text; a refusal names the place that stops it."""
    converted = convert(text.encode("utf-8"), ["-f", format_of(text), "-t", "json"])
    if not isinstance(converted, Converted):
        return Refused(words_for(Problem.NOT_BIBLIOGRAPHY, {"found": converted.words.rpartition("said: ")[2]}))
    references = json.loads(converted.text)["meta"].get("references", {}).get("c", [])
    if not references:
        return Refused(words_for(Problem.NOT_BIBLIOGRAPHY, {"found": "it lists none"}))
    if len(references) > MOST_REFERENCES:
        return Refused(words_for(Problem.NOT_BIBLIOGRAPHY, {"found": f"more than {MOST_REFERENCES} entries"}))
    return Bibliography(frozenset(_key(reference) for reference in references), references)


def format_of(text: str) -> str:
    """What pandoc calls the form of a bibliography, by how it begins."""
    if text.lstrip("\ufeff \n\t").startswith(("[", '{"', "{\n")):
        return "csljson"
    return "ris" if RIS.search(text[:5000]) else "biblatex"


def _key(reference: dict[str, Any]) -> str:
    name = reference["c"].get("id", {})
    return str(name["c"]) if name.get("t") == "MetaString" else text_of(name)
