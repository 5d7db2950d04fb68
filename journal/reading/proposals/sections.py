"""What a heading, a label or the head of a column says of the words below it.

The words are those of registration forms (OSF, AsPredicted, PCI's study design template, COS's ten questions) and of
methods sections; none is taken from one study.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from journal.reading.proposals.proposal import Kind


class Aside(StrEnum):
    """Parts of a document that hold little plan, or none."""

    CONTEXT = "context"
    CHANGES = "changes"
    BACK_MATTER = "back matter"


Theme = Kind | Aside

_THEMES: Mapping[Theme, re.Pattern[str]] = {
    theme: re.compile(pattern, re.IGNORECASE)
    for theme, pattern in {
        Kind.HYPOTHESIS: r"\bhypothes[ie]s|\bpredictions?\b|research questions?|\brqs?\b|\brq\s?\d|expectations?\b|\baims?\b"
        r"|objectives?\b|main question|^questions?$|\bbranch(?:es)?\b|\bconjectures?\b|\bclaims?\b|falsifiab",
        Kind.ANALYSIS: r"\banaly[sz]|statistic|modell?ing|estimat|estimand|inferen|\btests?\b|testing|multipl\w+ (?:compar|test)"
        r"|multiplicity|correction|robustness|sensitivity|missing (?:data|outcomes|values)|transform|endpoints?\b|scoring"
        r"|grading|\bmetrics?\b|imputation|uncertainty|effect sizes?|intervals?\b|aggregation|contrasts?\b|covariates?\b"
        r"|\bmodels?$|software|regression|bootstrap|unit of|statistic\b|classification|confidence\b|adjust",
        Kind.GATE: r"decision|criteri|falsif|refut|interpret|\bgat(?:e|es|ing)\b|validity|validation|\bchecks?\b|controls?\b"
        r"|stopping|threshold|\brules?\b|what would|conclu|agreement|reliab|blind|quality|go/no|success|verdict|neutral"
        r"|smallest effect|minimum effect|minimal effect|equivalence|margins?\b|contingen|fallback|commitment|failure|peeking"
        r"|tiers?\b|consequences?\b|integrity|reversal|\bnull\b",
        Kind.EXCLUSION: r"exclu|outlier|inclusion|eligib|attrition|cleaning|filter|missing|drop-?outs?|removal",
        Kind.SAMPLE: r"sampl|participants?\b|\bpower|recruit|subjects?\b|data ?sets?\b|^data$|existing data|materials?\b"
        r"|\bmodels?\b|\bpins?\b|pinned|seeds?\b|stimul|\bitems?\b|\btasks?\b|\bdesign\b|conditions?\b|\barms?\b|procedure"
        r"|hardware|compute\b|prompts?\b|configur|hyper-?param|set-?up|decoding|repetitions?|replicat|agents?\b|randomi[sz]"
        r"|question set|\bturns\b|trials?\b|corpus|population|data collection|training|resolution|target n\b|splits?\b"
        r"|parameters?\b|sweeps?\b|factors?\b|judges?\b|annotat|environment",
        Kind.MEASURE: r"measure|variables?\b|outcomes?\b|dependent|independent|indices|index\b|operational|exposure|vocabulary"
        r"|quantities|definitions?\b",
        Kind.DEVIATION: r"deviation polic|handling of deviations|deviations? (?:from|procedure)",
        Aside.CONTEXT: r"background|introduction|motivation|rationale|\bwhy\b|literature|related work|prior work|previous|abstract"
        r"|summary|overview|description|status|history|limitations?|significance|theor(?:y|ies)\b|purpose|does not|not test"
        r"|\btitle\b|preamble|implications?|known issues|example",
        Aside.CHANGES: r"deviations?\b|amendments?\b|change ?log|\bchanges\b|departures?\b|version|revision|errat|run ?log",
        Aside.BACK_MATTER: r"references|bibliograph|ethic|funding|conflict|competing|timeline|schedule|\bauthors?\b|contribut"
        r"|acknowledg|availab|dissemination|publication|publish|check-?list|glossary|repository|contact|licen[cs]e|positional"
        r"|reflexiv|budget|\bfiles\b|target journal|journal|open science|data sources|compliance|infrastructure|anchors"
        r"|sharing|milestones?|registration (?:date|info)|submission|document|next steps|other\b",
    }.items()
}


def themes_of(words: str) -> frozenset[Theme]:
    """The themes a heading or label names."""
    return frozenset(theme for theme, pattern in _THEMES.items() if pattern.search(words))


def innermost(names: Iterable[str]) -> list[frozenset[Theme]]:
    """The themes of labels and headings, innermost first; those that name none are left out."""
    return [themes for themes in map(themes_of, names) if themes]
