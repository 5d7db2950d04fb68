"""What is registered only as code: seeds, settings and models, line by line and with little confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from journal.reading.passages import Block, Passage, Sentence
from journal.reading.passages.splitting import words_in
from journal.reading.proposals.cues import MODEL_NAME, compiled, rules
from journal.reading.proposals.proposal import Kind, Location, Proposal

MOST = 24
_LONGEST, _SHOWN = 40, 6
UNREAD_CODE = (
    "Code with numbers in {file} ({places}) was read for seeds, settings and models only. Say in words what is plan."
)
UNREAD_COMMENTS = "Comments with numbers in {file} ({places}) were not read. Say in the text what of them is plan."
_RULES = rules("code.toml")
_SEED, _SETTING, _FITS, _FORMULA = (compiled(_RULES[name]) for name in ("seed", "setting", "fit", "formula"))
_MODEL = re.compile(rf"[\"'](?P<model>[\w/.-]*{MODEL_NAME})[\"']", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*(?:#|//|%|\*)")
_CONTINUES = re.compile(r"^\s*\+|^\s*\w+ \+ ")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Kind
    label: str
    confidence: float
    fields: Mapping[str, str]


def proposals_of_code(passages: Iterable[Passage]) -> list[Proposal]:
    """What code registers by itself, at most `MOST` items, each with its line or lines as the quote."""
    found = [proposal for passage in passages if passage.block is Block.CODE for proposal in _of(passage)]
    surest = sorted(range(len(found)), key=lambda place: (-found[place].confidence, place))[:MOST]
    return [found[place] for place in sorted(surest)]


def unread_code(passages: Iterable[Passage]) -> Iterator[str]:
    """A sentence on numbers that stand in code or comments only, for each file that has any."""
    lines: dict[tuple[str, bool], list[str]] = {}
    for passage in passages:
        if passage.block in {Block.CODE, Block.COMMENT} and _NUMBER.search(passage.source):
            is_comment = passage.block is Block.COMMENT
            lines.setdefault((passage.file, is_comment), []).append(_place(passage))
    for (file, is_comment), places in lines.items():
        words = UNREAD_COMMENTS if is_comment else UNREAD_CODE
        shown = ", ".join(places[:_SHOWN]) + (" and more" if places[_SHOWN:] else "")
        yield words.format(file=file, places=shown)


def _place(passage: Passage) -> str:
    return f"line {passage.line}" if passage.line is not None else f"paragraph {passage.paragraph}"


def _of(passage: Passage) -> Iterator[Proposal]:
    group: list[Sentence] = []
    found: _Found | None = None
    for line in passage.sentences:
        now = _found_in(line.text)
        goes_on = found is not None and (now == found or (now is None and bool(_CONTINUES.match(line.text))))
        if goes_on and words_in(" ".join(each.text for each in (*group, line))) <= _LONGEST:
            group.append(line)
            continue
        if found is not None:
            yield _proposal(passage, group, found)
        group, found = [line], now
    if found is not None:
        yield _proposal(passage, group, found)


def _found_in(line: str) -> _Found | None:
    if _COMMENT.match(line):
        return None
    if (seed := _SEED.search(line)) is not None:
        return _Found(Kind.SAMPLE, "seed", 0.6, {"seed": seed["seed"], "code": "yes"})
    if (fit := _FITS.search(line)) is not None:
        return _Found(Kind.ANALYSIS, f"model in code: {fit[0]}…)", 0.4, {"code": "yes"})
    return _Found(Kind.ANALYSIS, "formula in code", 0.35, {"code": "yes"}) if _FORMULA.search(line) else _setting(line)


def _setting(line: str) -> _Found | None:
    if (model := _MODEL.search(line)) is not None:
        return _Found(Kind.SAMPLE, "model", 0.5, {"model": model["model"], "code": "yes"})
    if (setting := _SETTING.search(line)) is not None:
        return _Found(Kind.SAMPLE, setting["name"], 0.4, {setting["name"]: setting["value"], "code": "yes"})
    return None


def _proposal(passage: Passage, lines: list[Sentence], found: _Found) -> Proposal:
    quote = passage.source[lines[0].start : lines[-1].start + len(lines[-1].text)]
    place = Location(file=passage.file, line=lines[0].line, paragraph=passage.paragraph, section=passage.section)
    return Proposal(
        kind=found.kind,
        label=found.label,
        quote=quote,
        location=place,
        confidence=found.confidence,
        fields=found.fields,
    )
