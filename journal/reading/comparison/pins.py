"""Pinned items: models and data sets by name, and which of them the manuscript names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.document import Document, Unit
from journal.reading.comparison.registered import NO_PLAN
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from workflows.comparing.finding import Evidence, Kind, Observation

# Families of models: a number after one of these words is a version, whatever stands between.
_FAMILIES = (
    "gpt|claude|llama|gemma|gemini|qwen|mistral|mixtral|deepseek|phi|grok|command-?r|pythia|olmo|falcon|yi|bert|roberta|deberta"
    "|t5|opt|bloom|vicuna|alpaca|zephyr|kimi|glm|nova|haiku|sonnet|opus|whisper|clip|resnet|vit|sae"
)
_MODEL = re.compile(
    rf"(?<![\w/.@-])(?:(?:{_FAMILIES})(?:[- ]?[A-Za-z]+)?[- ]?v?\d[\w.]*(?:[-_ ](?:\d[\w.]*|it|pt|instruct"
    rf"|chat|mini|nano|pro|flash|large|medium"
    r"|small|turbo|base|preview|b)\b)*(?:-[\w.]+)*|[a-z][a-z]+\d*(?:\.\d+)?(?:-[\w.]+)*-v?\d[\w.]*(?:-[\w.]+)*)(?![\w/]|\s?%|\.\d)",
    re.IGNORECASE,
)
_DATED = re.compile(r"[-@](?:20\d{6}|20\d\d-\d\d-\d\d|\d{4})$")
_NO_MODEL = re.compile(
    r"^(?:t|f|p|r|d|h|n|k|z|step|stage|phase|level|table|figure|fig|section|turn|round|grade|item|year|day|week|top|covid|iso|rfc|utf"
    r"|sha|mit|cc|version|hold|op|fact|geo|logic|part|appendix|study|experiment|alpha|prereg|osf|age|aged|\w*run|\w*seed|fy|chapter"
    r"|past|post|pre|non|sub|cell|type|arm|two|three|four|five|six|seven|eight|nine|ten|one|half|cross|first|second|third|mean)\b[-\d.]*",
    re.IGNORECASE,
)
_DATA_SET = re.compile(
    r"(?<![\w./-])(?:[A-Z][a-z]+(?:[A-Z][a-z]*)+(?:-?\d+)?|[A-Z][a-z]+[A-Z]{2,}\w*|[A-Z]{3,}-\d+k?)(?![\w/-]|\.\w)"
)
_FILE = re.compile(r"\.(?:py|md|jsonl?|ya?ml|csv|txt|R|ipynb|pdf|toml|pt|safetensors)\b", re.IGNORECASE)


def models_in(document: Document, *, plan: bool) -> dict[str, Unit]:
    """Names of models, folded to lower case with hyphens, and the first unit that has each."""
    found: dict[str, Unit] = {}
    for unit in document.said():
        if plan and unit.part in NO_PLAN:
            continue
        for match in _MODEL.finditer(unit.plain):
            name = match[0].lower().replace(" ", "-").replace("_", "-").strip(".-")
            if (
                any(char.isdigit() for char in name)
                and not _NO_MODEL.match(name)
                and not _FILE.search(unit.plain[match.start() : match.end() + 5])
            ):
                found.setdefault(name, unit)
    return found


def family(name: str) -> str:
    """The word a model's name begins with."""
    match = re.match(r"[a-z]+", name)
    return match[0] if match else name


def same_model(one: str, other: str) -> bool:
    """Whether two names can mean one model: equal but for a date, or one the beginning of the other."""
    a, b = _DATED.sub("", one), _DATED.sub("", other)
    short, long = sorted((a, b), key=len)
    dates = {match[0] for name in (one, other) if (match := _DATED.search(name))}
    if a == b:
        return len(dates) <= 1
    rest = long[len(short) :]
    return long.startswith(short) and not rest[:1].isdigit() and not rest.startswith(".")


def pin_observations(sides: Sides) -> Iterator[Observation]:
    """Models of the plan that the manuscript does not name, with another of the same family if it names one."""
    planned, told = models_in(sides.protocol, plan=True), models_in(sides.manuscript, plan=False)
    known = models_in(sides.protocol, plan=False)
    for name, unit in planned.items():
        if any(same_model(name, other) for other in told) or name in sides.manuscript.plain.lower():
            continue
        rivals = [other for other in told if not any(same_model(other, one) for one in known)]
        near = [other for other in rivals if family(other) == family(name)]
        if not told or (family(name) not in _KNOWN and not near):
            continue
        other = (near or rivals or [""])[0]
        yield Observation(
            kind=Kind.PIN_DIFFERS if other else Kind.PIN_MISSING,
            strength=0.9 if near else 0.75 if rivals else 0.55,
            weight=0.8,
            about=name,
            words=f"{name} against {other}" if other else "",
            protocol=unit.span,
            manuscript=told[other].span if other else None,
            evidence=Evidence.NUMBERS,
            declared=sides.declaration_of(unit.bag),
            group="model",
        )


def data_set_observations(sides: Sides) -> Iterator[Observation]:
    """Named data sets and instruments of the plan that the manuscript does not name."""
    seen: set[str] = set()
    text = sides.manuscript.plain.lower()
    for unit in sides.protocol.in_parts(Part.SAMPLE, Part.METHODS, Part.MEASURES, Part.HYPOTHESES):
        for name in _DATA_SET.findall(unit.plain):
            if name in seen or name.lower() in text:
                continue
            seen.add(name)
            yield Observation(
                kind=Kind.PIN_MISSING,
                strength=0.6,
                weight=0.5,
                about=name,
                protocol=unit.span,
                evidence=Evidence.NUMBERS,
                declared=sides.declaration_of(unit.bag),
                group="data set",
            )


_KNOWN = frozenset(_FAMILIES.replace("-?", "").split("|"))
OBSERVERS = (pin_observations, data_set_observations)
