"""Invented pairs of protocol and results, and what can happen to them: changes of substance, and changes without any.

Nothing here knows how the comparison works. `facts.json` beside each pair says which words of the manuscript carry a
fact, what else could stand there, and what follows from that elsewhere in the text.
"""

import json
import re
import subprocess
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

PAIRS = Path(__file__).parent.parent / "fixtures" / "pairs"
BENIGN = "benign"
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Pair:
    """A protocol and the manuscript that reports it, both Markdown, and the facts of the manuscript."""

    name: str
    protocol: str
    manuscript: str
    facts: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Mutation:
    """A pair after something happened to its manuscript: of which kind, and what stands there before and after."""

    kind: str
    pair: Pair
    before: str
    after: str


@cache
def pairs() -> tuple[Pair, ...]:
    """All invented pairs, by name."""
    return tuple(_read(folder) for folder in sorted(PAIRS.iterdir()))


def _read(folder: Path) -> Pair:
    protocol, manuscript = ((folder / name).read_text("utf-8") for name in ("protocol.md", "manuscript.md"))
    return Pair(folder.name, protocol, manuscript, tuple(json.loads((folder / "facts.json").read_text("utf-8"))))


def substantive(pair: Pair) -> Iterator[Mutation]:
    """Every change of substance that the facts of a pair allow, one at a time."""
    for fact in pair.facts:
        if not fact["kind"].startswith(BENIGN):
            yield from _applied(pair, fact)


def harmless(pair: Pair) -> Iterator[Mutation]:
    """Every change without substance: of the facts (units, prose for a table), and of the text as a whole."""
    for fact in pair.facts:
        if fact["kind"].startswith(BENIGN):
            yield from _applied(pair, fact)
    for kind, change in _WITHOUT_SUBSTANCE.items():
        yield Mutation(kind, replace(pair, manuscript=change(pair.manuscript)), "", "")


def _applied(pair: Pair, fact: dict[str, Any]) -> Iterator[Mutation]:
    for put in fact["put"]:
        text = pair.manuscript.replace(fact["find"], put)
        number = _changed_number(fact["find"], put)
        for find, follows in fact.get("also", ()):
            text = text.replace(find, follows.replace("{n}", number))
        yield Mutation(fact["kind"], replace(pair, manuscript=text), fact["find"], put)


def _changed_number(before: str, after: str) -> str:
    old = set(_NUMBER.findall(before))
    return next((number for number in _NUMBER.findall(after) if number not in old), "")


def _reflowed(text: str) -> str:
    """Lines of 60 characters; headings, tables and front matter stay as they are."""
    blocks = text.split("\n\n")
    return "\n\n".join(
        block if block.startswith(("#", "|", "---", "-", "*", "1.")) else _filled(block) for block in blocks
    )


def _filled(block: str) -> str:
    return textwrap.fill(block, 60, break_long_words=False, break_on_hyphens=False)


def _retitled(text: str) -> str:
    return re.sub(r"^# .*$", "# A registered study", text, count=1, flags=re.MULTILINE)


def _renumbered(text: str) -> str:
    """Section numbers one higher than they were, or added where there were none."""
    if re.search(r"^#+ \d", text, re.MULTILINE):
        return re.sub(r"^(#+ )(\d+)", lambda m: f"{m[1]}{int(m[2]) + 1}", text, flags=re.MULTILINE)
    count = iter(range(1, 100))
    return re.sub(r"^## (?=\D)", lambda _m: f"## {next(count)}. ", text, flags=re.MULTILINE)


def _curly(text: str) -> str:
    return re.sub(r'"([^"\n]*)"', r"“\1”", text.replace("'", "\u2019"))


_PAST = {"was": "is", "were": "are", "had been": "have been", "did": "does", "used": "use", "excluded": "exclude"}


def _in_present(text: str) -> str:
    pattern = re.compile(r"\b(We|we|Replies|replies) (was|were|had been|used|excluded)\b")
    return pattern.sub(lambda match: f"{match[1]} {_PAST[match[2]]}", text)


_WITHOUT_SUBSTANCE = {
    "reflow": _reflowed,
    "retitling": _retitled,
    "renumbering": _renumbered,
    "quotation marks": _curly,
    "tense": _in_present,
}
FORMATS = {"docx": "docx", "tex": "latex", "Rmd": "markdown"}


def converted(text: str, form: str, folder: Path) -> Path:
    """The same text as a file of another format, by pandoc: docx, tex or Rmd."""
    import pypandoc  # the only use of it outside confinement: what it reads is ours

    source = folder / "source.md"
    source.write_text(text, encoding="utf-8")
    target = folder / f"converted.{form}"
    writer = FORMATS[form]
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", writer, "-s", "-o", str(target), str(source)]
    subprocess.run(command, check=True, timeout=60)
    return target
