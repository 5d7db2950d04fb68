"""What part of a document a section is, by the words of its headings."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Part(StrEnum):
    """The part of a document that a passage stands in."""

    ABSTRACT = "abstract"
    BACKGROUND = "background"
    HYPOTHESES = "hypotheses"
    METHODS = "methods"
    SAMPLE = "sample"
    EXCLUSIONS = "exclusions"
    MEASURES = "measures"
    ANALYSIS = "analysis"
    GATES = "gates"
    SECONDARY = "secondary"
    EXPLORATORY = "exploratory"
    RESULTS = "results"
    DISCUSSION = "discussion"
    DEVIATIONS = "deviations"
    AMENDED = "amendments"
    ADMINISTRATIVE = "administrative"
    REFERENCES = "references"
    OTHER = "other"


_PATTERNS = (
    (Part.REFERENCES, r"references|bibliography|works cited|literature cited"),
    (
        Part.DEVIATIONS,
        (
            r"deviation|departure|change ?log|changes (?:to|from|since|in) |errat|done differently"
            r"|(?:differences?|differs?|modifications?|adjustments?)\b.*\b(?:plan|planned|protocol|(?:pre-?)?regist\w*)"
            r"|notes on the (?:plan|protocol|(?:pre-?)?registration)"
        ),
    ),
    (Part.AMENDED, r"\bamendment|\baddend|\b(?:version|revision|document) history\b|\brevisions\b"),
    (Part.ABSTRACT, r"abstract|summary of (?:the )?(?:study|paper)|tl;?dr"),
    (
        Part.ADMINISTRATIVE,
        (
            r"acknowledg|funding|competing|conflict|ethic|contribut|author|availab|licen[cs]e|timeline|budget|authorship"
            r"|document status|target journal|publication (?:commitment|plan)|consent|affiliation|contact|declarations"
            r"|reproducib|infrastructure|team|keywords|metadata|cover letter|changelog"
        ),
    ),
    (Part.EXPLORATORY, r"explor|post[- ]?hoc|unregistered|unplanned|not pre-?registered"),
    (Part.HYPOTHESES, r"hypothes|research questions?|predictions?\b|aims?\b|questions and"),
    (Part.EXCLUSIONS, r"exclu|eligib|outlier|missing data|inclusion"),
    (
        Part.GATES,
        (
            r"\bgates?\b|manipulation check|positive control|validity check|validation|outcome[- ]neutral|sanity"
            r"|\bchecks?\b"
            r"|decision rule|falsif|inference criteri|quality|blinding|stopping|success criteri|kill criteri"
            r"|failure[- ]mode"
        ),
    ),
    (Part.SECONDARY, r"secondary|robust|sensitiv|ablation|supplement|additional|further analys|other planned"),
    (
        Part.SAMPLE,
        r"sampl|participants?|power\b|\bdata\b|dataset|models?\b|materials?|stimul|corpus|arms?\b|prompts?\b",
    ),
    (Part.MEASURES, r"measure|outcome|endpoint|variable|metric|grading|coding|scor|annotation|indices"),
    (Part.ANALYSIS, r"analy|statistic|inferen|estimat|test(?:s|ing)?\b|multiplicity|multiple compar"),
    (Part.RESULTS, r"results?|findings|experiments|outcomes of"),
    (Part.DISCUSSION, r"discussion|conclusion|limitation|implication|interpretation|future work|what this"),
    (Part.BACKGROUND, r"background|introduction|motivation|related work|rationale|literature|theor|why this|history"),
    (Part.METHODS, r"method|design|procedure|setup|protocol|experiment|implementation|pipeline|apparatus"),
)
_COMPILED = tuple((part, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for part, pattern in _PATTERNS)
_LONGEST_TITLE = 12
_IN_BRACKETS = re.compile(r"\([^)]*\)|^[\d.\s]+")
_INHERITED = frozenset({Part.REFERENCES, Part.DEVIATIONS, Part.AMENDED, Part.ADMINISTRATIVE, Part.EXPLORATORY})


@lru_cache(maxsize=4096)
def part_of(section: tuple[str, ...]) -> Part:
    """The part that a path of headings stands for: the innermost heading that says it, unless an outer one rules."""
    titles = [title for title in section if len(_IN_BRACKETS.sub("", title).split()) <= _LONGEST_TITLE]
    found = [part for title in titles if (part := _part_of_title(title)) is not Part.OTHER]
    for part in found:
        if part in _INHERITED:
            return part
    if not found:
        return Part.OTHER
    return (
        Part.RESULTS if Part.RESULTS in found[:-1] and found[-1] not in {Part.SECONDARY, Part.DISCUSSION} else found[-1]
    )


def _part_of_title(title: str) -> Part:
    for part, pattern in _COMPILED:
        if pattern.search(title):
            return part
    return Part.OTHER
