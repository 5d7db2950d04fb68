"""What a proposal would become if its author changed nothing about it: structure where numbers or names were read, else
words of the rows that it names.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from journal.dossier.proposals import Item
from journal.editorial.protocol.typed import labels_of
from workflows.protocol import LABEL_LIMIT, Comparator, Comparison, Protocol, number


class Into(StrEnum):
    """What a proposal can become."""

    ROW = "row"
    RULE = "rule"
    SAMPLING = "sampling"
    ANALYSIS_PLAN = "analysis_plan"
    SENSITIVITY = "sensitivity"
    SMALLEST = "smallest"
    MEANING = "meaning"
    CHECK = "check"
    MEASURE = "measure"
    SAMPLE = "sample"
    EXCLUSION = "exclusion"
    ANALYSIS = "analysis"
    PIN = "pin"
    BRANCH = "branch"

    @property
    def words(self) -> str:
        """The choice as authors make it."""
        return _WORDS[self]


_WORDS = {
    Into.ROW: "Row: a hypothesis",
    Into.RULE: "Decision rule of a row",
    Into.SAMPLING: "Sampling plan of a row, in words",
    Into.ANALYSIS_PLAN: "Analysis plan of a row, in words",
    Into.SENSITIVITY: "Sensitivity of a row, in words",
    Into.SMALLEST: "Smallest effect of interest of a row",
    Into.MEANING: "What an outcome of a row would mean",
    Into.CHECK: "Check that must pass",
    Into.MEASURE: "Measure",
    Into.SAMPLE: "Sample, and the sampling plan of its rows",
    Into.EXCLUSION: "Exclusion",
    Into.ANALYSIS: "Analysis, and the analysis plan of its rows",
    Into.PIN: "Something fixed: a model, a seed",
    Into.BRANCH: "Branch: if, then",
}
# The words of a row that an acceptance adds to.
WORDS_OF_A_ROW = {
    Into.RULE: "decision_rule",
    Into.SAMPLING: "sampling",
    Into.ANALYSIS_PLAN: "analysis",
    Into.SENSITIVITY: "sensitivity",
    Into.SMALLEST: "sensitivity",
    Into.MEANING: "interpretation",
}
_NAME = re.compile(r"(?:H|RQ|Q|E|S|B|P|C|G|SH|EH)\d+(?:\.\d+)?[a-z]?\b")
_CONCLUDES = re.compile(r"support|confirm|refut|reject|contradict|falsif|inconclusive|disconfirm", re.IGNORECASE)
_SMALLEST = re.compile(r"(?:smallest|minimum|minimal) effect|effect size of interest|\bSESOI\b|\bMEI\b", re.IGNORECASE)
_STOPS = re.compile(
    r"not add \w+|stopping|runs? once|executes? once|no (?:interim|peek)|until \w+ (?:is|are) reached", re.IGNORECASE
)
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)")


_CHECKS = re.compile(
    r"\bcontrols?\b|\bchecks?\b|agreement|\bvalid|floor|ceiling|\bgate|manipulation|baseline|sanity|\bkappa\b",
    re.IGNORECASE,
)
BRANCH = re.compile(r"If (?P<condition>.+?)(?:\s*(?:\u2192|->|=>)\s*|, then |, )(?P<then>.+)", re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """An acceptance as the author edited it: what it becomes, its label, words and numbers; `rows` are those that the
    sentence or its heading names.
    """

    into: Into
    label: str = ""
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()


def suggested(item: Item, plan: Protocol) -> Taking:
    """What an item would become if nothing is changed about it: structure where numbers or names were read, else words
    of the rows that it names.
    """
    text = plain(item.quote)
    rows = concerned(plan, f"{item.label} {item.section} {text}")
    into = _suggested(item, text, rows)
    named = _NAME.match(item.label.strip())
    label = ", ".join(rows) if into in WORDS_OF_A_ROW else ""
    if into is Into.ROW and named:
        label = named[0]
    return Taking(into=into, label=label[:LABEL_LIMIT], text=text, fields=dict(item.fields), rows=rows)


def _suggested(item: Item, text: str, rows: tuple[str, ...]) -> Into:
    said = item.fields
    match item.kind:
        case "hypothesis":
            return Into.ROW
        case "exclusion":
            return Into.EXCLUSION
        case "sample":
            pinned = said.get("model") or said.get("seed")
            counted = read_number(said.get("n", "")) and said.get("of")
            return Into.SAMPLE if counted else Into.PIN if pinned else Into.SAMPLING
        case "analysis":
            return Into.ANALYSIS if rows else Into.ANALYSIS_PLAN
        case "gate":
            return _of_gate(text, rows, measured=comparison_of(dict(said)) is not None)
        case _:
            return Into.MEASURE


def _of_gate(text: str, rows: tuple[str, ...], *, measured: bool) -> Into:
    """What a gate would become: a rule of the rows that it names, a smallest effect, a branch, a check."""
    if _SMALLEST.search(text):
        return Into.SMALLEST
    if rows and _CONCLUDES.search(text):
        return Into.RULE
    if rows and text.startswith("If "):
        return Into.MEANING
    if _STOPS.search(text):
        return Into.SAMPLING
    if BRANCH.match(text):
        return Into.BRANCH
    return Into.CHECK if measured or _CHECKS.search(text) else Into.ANALYSIS_PLAN


def plain(quote: str) -> str:
    """A quote as a form shows it: without marks of emphasis and breaks of lines."""
    return " ".join(_MARKS.sub("", quote).split())


def concerned(plan: Protocol, text: str) -> tuple[str, ...]:
    """The labels of the rows that `text` names."""
    return tuple(
        label for label in labels_of(plan.rows) if label and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text)
    )


def comparison_of(said: dict[str, str]) -> Comparison | None:
    """The comparison that was read in a sentence, if it is whole."""
    comparators = {each.value: each for each in Comparator}
    comparator, value = comparators.get(said.get("comparator", "")), read_number(said.get("threshold", ""))
    if comparator is None or comparator is Comparator.BETWEEN or not value:
        return None
    return Comparison(metric=said.get("metric", ""), comparator=comparator, value=value, unit=said.get("unit", ""))


def read_number(text: str) -> str:
    """A number as the plan keeps it: "1,800" is 1800; what is none is left out."""
    bare = re.sub(r"[,\u202f\u00a0]", "", text) if _GROUPED.fullmatch(text.strip()) else text.strip()
    return bare if number(bare) is not None else ""
