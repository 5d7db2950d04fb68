"""What a protocol promises to do or report: each unit with how much of a promise it is, and how much it matters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journal.reading.comparison.document import Document, Unit
from journal.reading.comparison.sections import Part
from journal.reading.passages import Block, Emphasis
from workflows.comparing.finding import Kind

NO_PLAN = frozenset(
    {Part.BACKGROUND, Part.DISCUSSION, Part.ADMINISTRATIVE, Part.REFERENCES, Part.DEVIATIONS, Part.ABSTRACT}
)
_DOES = re.compile(
    r"\b(?:(?:will|shall|must|is|are|be|we|i|to)\s+(?:also\s+|then\s+|each\s+|additionally\s+|be\s+)?"
    r"(?:report|test|comput|compar|measur|repeat|re-?run|re-?classif|classif|ask|record|estimat|evaluat|examin|analy[sz]|correct"
    r"|scor|validat|conduct|perform|fit|regress|check|cod|grad|present|plot|bootstrap|assess|run|re-?cod|count|calculat"
    r"|contrast|replicat|exclud|remov|drop|sampl|randomi[sz]|label|include|screen|re-?estimat|break|report)\w*"
    r"|(?:report|compare|compute|repeat|apply|use|test|re-?run|estimate|resample|exclude|remove|assign|fit|train)\b)",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:\w*test(?:s|ed)?|regression|analys[ei]s|correlation|interval|CIs?|kappa|κ|agreement|curves?|table|comparison"
    r"|sensitivity|robustness|ablations?|sweeps?|sub-?samples?|sub-?groups?|check|metric|AU(?:RO)?C|control|baseline|endpoint"
    r"|bootstrap|permutation|calibration|subset|re-?run|replication|triangulation|correction|contrast|interaction|classifier"
    r"|covariates?|estimat(?:e|or)s?|threshold|validation|probe|variants?|sub-?question|distribution|model|outcome|measure"
    r"|distance|score|accuracy|rate|plot|imputation)\b",
    re.IGNORECASE,
)
_MATTERS = re.compile(
    r"\b(?:primary|main|key|headline|confirmatory|pre-?registered|preregistered|registered|pre-?specified|mandatory)\b",
    re.IGNORECASE,
)
_MINOR = re.compile(
    r"\b(?:optional|if (?:time|compute|resources)|descriptive only|exploratory|where possible)\b", re.IGNORECASE
)
_ARGUES = re.compile(
    r"\b(?:because|since|thus|therefore|hence|would|might|could|for example|e\.g\.|i\.e\.|that is|which is|rather than"
    r"|in order to|so that|the (?:reason|point|goal|purpose)|this (?:is|was|prevents|means|document|study"
    r"|file|plan)|we (?:do|did|expect"
    r"|believe|acknowledge|note)|limitation|violation|mitigation|rationale|acknowledg\w*|interpretation|implies|suggest\w*)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(r"\b(?:not|never|no|nothing|none|without|only|prohibited|unchanged)\b", re.IGNORECASE)
_HAPPENED = re.compile(r"\b(?:was|were|had|has been|have been|found|showed|suggested)\b", re.IGNORECASE)
_BRANCHES = re.compile(
    r"^\W*(?:if|when|where|should|in case|unless|otherwise)\b|\bif\b.+\b(?:will|is|are|then)\b|→", re.IGNORECASE
)
_IF_FIRST = re.compile(
    r"^\W*(?:if|when|should|in case|unless)\b|\bthat fails?\b|\bwho fails?\b|\bfails?\b.{0,30}\bif\b|\bfalsified if\b"
    r"|^[^:.]{1,60}\b(?:holds?|fails?|pass(?:es)?|near zero)\b[^:.]{0,40}:",
    re.IGNORECASE,
)
_PREDICTS = re.compile(r"\b(?:predict(?:ed|ion|s)?|expect(?:ed)?|hypothesi[sz]e[ds]?)\b", re.IGNORECASE)
_FILES = re.compile(r"https?://|\bdoi\b|\.(?:py|md|json|jsonl|ya?ml|R|csv|pdf)\b|\bcommit\b|\bet al\b|\(\d{4}\)")
_CHANGE_ROW = re.compile(r"^\W*(?:v\d+(?:\.\d+)*\b|\d{4}-\d\d-\d\d\b)[^|]{0,20}\|")
_REFERENCE = re.compile(
    r"^\W*(?:[A-ZÀ-Þ][\w'’-]+\s){0,2}[A-ZÀ-Þ][\w'’-]+,\s(?:[A-Z]\.[\s-]?)+.*(?:\b(?:19|20)\d\d\b|in press)"
    r"|^\W*\S+(?: \S+){0,3},? in press\b|\bdoi\.org/"
)
_NEEDLESS = re.compile(r"\b(?:no (?:\w+ )?correction|not applicable|n/a|nothing is)\b", re.IGNORECASE)
_KINDS = {
    Part.GATES: Kind.GATE_MISSING,
    Part.EXCLUSIONS: Kind.EXCLUSION_MISSING,
    Part.SAMPLE: Kind.SAMPLE_MISSING,
}
_EXCLUDES = re.compile(r"\b(?:exclu\w+|remov(?:e|ed)|dropped|discarded|omitted)\b", re.IGNORECASE)
_GATE = re.compile(
    r"\b(?:gate|manipulation check|positive control|negative control|sanity check|integrity check|validity|agreement"
    r"|kappa|κ|blind\w*|guess|not testable|validation)\b",
    re.IGNORECASE,
)
_SHORTEST = 4


@dataclass(frozen=True)
class Item:
    """Something registered: what kind of finding its absence is, how much of a promise, how much it matters."""

    unit: Unit
    kind: Kind
    promise: float
    weight: float


def registered(protocol: Document) -> Iterator[Item]:
    """The promises of a protocol in its order; what argues, explains or forbids is a weak one."""
    for unit in protocol.said():
        if unit.part in NO_PLAN or unit.block is Block.HEADING or len(unit.bag) < _SHORTEST or _is_lead(unit):
            continue
        promise = _promise(unit)
        if promise > 0:
            yield Item(unit, _kind(unit), promise, _weight(unit))


def speaks_of_analysis(text: str) -> bool:
    """Whether a sentence does something with something that analyses have: tests, covariates, intervals."""
    return bool(_DOES.search(text) and _THING.search(text)) or len(set(_THING.findall(text.lower()))) > 1


def _is_lead(unit: Unit) -> bool:
    """Whether a unit is only the label that its paragraph begins with, or the question of a form, set in bold."""
    is_lead = unit.plain.rstrip(". :") == unit.passage.lead.rstrip(". :")
    return is_lead and (len(unit.passage.sentences) > 1 or unit.passage.emphasis is Emphasis.BOLD or _is_bold(unit))


def _is_bold(unit: Unit) -> bool:
    source = unit.passage.source.strip()
    return source.startswith("**") and source.endswith("**")


def _promise(unit: Unit) -> float:
    text = unit.plain
    things = len({match.lower() for match in _THING.findall(text)})
    score = 0.18 + 0.12 * min(things, 3)
    score += 0.22 if unit.part is Part.HYPOTHESES or _PREDICTS.search(text) else 0.0
    score += 0.1 if _EXCLUDES.search(text) else 0.0
    score += 0.22 if _DOES.search(text) else 0.0
    score += 0.15 if unit.passage.lead and unit.passage.source.lstrip().startswith(unit.text[:20]) else 0.0
    score += 0.12 if unit.block in {Block.ITEM, Block.ROW} else 0.0
    score += 0.15 if unit.block is Block.ROW and unit.part in {Part.SECONDARY, Part.ANALYSIS, Part.MEASURES} else 0.0
    score += 0.1 if text.rstrip().endswith("?") and things else 0.0
    score -= 0.12 * min(len(_ARGUES.findall(text)), 3)
    score -= 0.14 if _FORBIDS.search(text) else 0.0
    score -= 0.12 if _HAPPENED.search(text) else 0.0
    score -= 0.13 if _BRANCHES.search(text) else 0.0
    score *= 0.55 if _IF_FIRST.search(text) else 1.0
    score -= 0.1 * min(len(_FILES.findall(text)), 2)
    score -= 0.5 if _CHANGE_ROW.search(text) or _REFERENCE.search(text) or _NEEDLESS.search(text) else 0.0
    return max(0.0, min(score, 1.0))


def _kind(unit: Unit) -> Kind:
    if unit.part is Part.HYPOTHESES or _PREDICTS.search(unit.plain):
        return Kind.PREDICTION_MISSING
    if _EXCLUDES.search(unit.plain):
        return Kind.EXCLUSION_MISSING
    if unit.part in _KINDS and not (unit.part is Part.SAMPLE and _THING.search(unit.plain)):
        return _KINDS[unit.part]
    return Kind.GATE_MISSING if _GATE.search(unit.plain) else Kind.ANALYSIS_MISSING


def _weight(unit: Unit) -> float:
    weight = 0.5
    if _MATTERS.search(unit.plain) or _MATTERS.search(unit.passage.lead):
        weight += 0.3
    if _MINOR.search(unit.plain):
        weight -= 0.25
    if unit.part in {Part.HYPOTHESES, Part.ANALYSIS, Part.GATES, Part.MEASURES, Part.SECONDARY, Part.EXCLUSIONS}:
        weight += 0.1
    return min(weight, 1.0)
