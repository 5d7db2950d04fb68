"""What each field of a protocol file means, with an example as one writes it: for the schema and the page about it."""

from typing import TypeAlias

from journal.protocol_file import explained_parts as parts
from workflows.protocol import (
    Analysis,
    Answered,
    Check,
    Clause,
    Comparison,
    Contingency,
    Dates,
    Exclusion,
    FileDigest,
    Measure,
    Paper,
    Pin,
    Promise,
    Promises,
    Protocol,
    Row,
    Rule,
    Sample,
    Statements,
)

Explained: TypeAlias = dict[str, tuple[str, str]]

PROTOCOL: Explained = {
    "title": ("The title of the study.", "Do hints raise the rate of sandbagging?"),
    "abstract": ("The question, the plan, and what the answer would decide.", "We ask whether ..."),
    "topics": ("Topics of the journal, so that readers and reviewers find the study.", "[sandbagging, evaluation]"),
    "rows": ("The questions, each with all that is needed to conclude from its answer.", "- label: H1"),
    "checks": ("Outcome-neutral checks, which must pass for the rows to be tested.", "- label: C1"),
    "bias_level": ("The level of bias control, 6 (no data exist) to 1; level 0 is not taken.", "6"),
    "bias_account": ("What is already known of the data, and what controls bias.", "No item was ever run."),
    "statements": ("What is stated beside the plan.", "{funding: None., ethics: No people take part.}"),
    "files": (
        "The files that belong to the protocol, by their digests. The desk fills this in.",
        "- name: manuscript.md",
    ),
    "settings": ("What kind of study it is; it may be several. It decides what is asked for.", "[language_models]"),
    "measures": ("What is measured or computed.", "- label: M1"),
    "samples": ("How many of what, until when, and on what the number rests.", "- label: S1"),
    "exclusions": ("What is left out, in the order in which it is applied.", "- label: E1"),
    "analyses": ("The planned analyses.", "- label: A1"),
    "contingencies": ("Branches of the plan: if this turns out, then that is done.", "- label: X1"),
    "pins": ("What is fixed, so that somebody else runs the same.", "- label: P1"),
    "contamination": ("How test material is kept apart from what models were trained on.", "All items are new."),
    "exploratory": ("What will be explored, beside what is tested.", "Which items flip first."),
    "papers": ("Which rows become which stage-2 paper, where there are several.", "- label: PA"),
    "promises": ("What will be open.", "{data: {opening: yes, place: Zenodo}}"),
    "dates": ("When data are collected, and when results are due.", "{results_due: 2027-06-30}"),
    "answered": ("Your reasons for leaving a should of the linter as it is.", "- rule: check-missing"),
}

ROW: Explained = {
    "label": ("A short name; everything refers to it. All labels of a protocol are one set.", "H1"),
    "question": ("What is asked.", "Do hints raise the rate of sandbagging?"),
    "hypothesis": ("What is predicted, with its direction; empty where nothing is.", "With a hint the rate is higher."),
    "kind": ("What the row asks.", "directional"),
    "primary": ("Whether the study stands or falls with it. It is, unless you say no.", "true"),
    "sampling": ("How many, of what, chosen how, and when sampling stops.", "600 tasks, each once; then it stops."),
    "analysis": ("The test or model, its inputs, what is done about multiplicity.", "Paired bootstrap over tasks."),
    "sensitivity": ("How small an effect this could find, and how that was computed.", "90 % power for 2 points."),
    "decision_rule": ("The rule by which you conclude, in words.", "Supported if the interval lies above 2 points."),
    "smallest_effect": ("The smallest effect that would matter: a number above 0.", "2"),
    "unit": ("The unit of the smallest effect and of the row's own estimate.", "percentage points"),
    "interpretation": ("What each outcome would mean.", "A null would rule hints out as a cause."),
    "theory": ("Which theory or claim could turn out wrong.", "That models look for hints."),
    "rationale": ("Why a smaller effect would not matter.", "Less changes no release decision."),
    "rule": (
        "The decision rule as structure; the engine looks through everything that can come out.",
        "{clauses: [...]}",
    ),
}

RULE: Explained = {
    "clauses": ("When which verdict is given. Their order means nothing.", "- verdict: supported"),
    "otherwise": ("The verdict where no clause holds.", "inconclusive"),
}

CLAUSE: Explained = {
    "verdict": ("The verdict.", "supported"),
    "when": (
        "Comparisons, all of which must hold. A second clause with the verdict is an or.",
        "- statistic: interval",
    ),
    "name": ("A name, for rules with more shades than the verdicts have.", "strict"),
}

COMPARISON: Explained = {
    "metric": ("The label of a measure, or a name; empty, it is what the row itself estimates.", "M1"),
    "statistic": ("What of the metric is compared. Of an interval, all of it.", "interval"),
    "level": ("The level of the interval, in per cent.", "95"),
    "comparator": ("How it is compared.", '">"'),
    "value": ("With which number.", "2"),
    "upper": ("The upper end, for between.", "5"),
    "than": ("Another metric to compare with, in place of a number.", "M2"),
    "unit": ("The unit of the number.", "percentage points"),
    "negated": ("Whether the comparison is turned round.", "false"),
}

EXPLAINED: dict[type, Explained] = {
    Protocol: PROTOCOL,
    Row: ROW,
    Rule: RULE,
    Clause: CLAUSE,
    Comparison: COMPARISON,
    Check: parts.CHECK,
    Measure: parts.MEASURE,
    Sample: parts.SAMPLE,
    Exclusion: parts.EXCLUSION,
    Analysis: parts.ANALYSIS,
    Contingency: parts.CONTINGENCY,
    Pin: parts.PIN,
    Paper: parts.PAPER,
    Promises: parts.PROMISES,
    Promise: parts.PROMISE,
    Dates: parts.DATES,
    Statements: parts.STATEMENTS,
    FileDigest: parts.FILE,
    Answered: parts.ANSWERED,
}
