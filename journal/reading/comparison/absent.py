"""Registered items with no trace, or a weak one, in the manuscript."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.labels import labels_in
from journal.reading.comparison.registered import Item, registered
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.similarity import Match
from journal.reading.comparison.words import is_number, terms
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation

_FOUND, _GRADIENT, _SHORT_NAME = 0.62, 0.45, 3
_LABEL_WITHIN = 30
# Rows count as missing together from this strength on, and from so many rows on, in tables of these parts.
_GONE, _SEVERAL = 0.35, 2
_TABLES_OF_PLANS = frozenset({Part.SECONDARY, Part.ANALYSIS, Part.HYPOTHESES, Part.GATES, Part.EXCLUSIONS})
_METHOD = re.compile(
    r"\b(?:t[- ]?tests?|welch\w*|mann-?whitney|wilcoxon|fisher(?:'s)?(?: exact)?|chi-?squared?|mcnemar\w*"
    r"|an[c]?ova|manova|kruskal\w*"
    r"|logistic|poisson|cox|mixed(?:-effects)?|multilevel|permutation|delong\w*|page'?s|binomial|tost|equivalence"
    r"|bayes factors?|bayesian|bootstrap\w*|clopper\S*|wilson|spearman\w*|pearson\w*|kendall\w*|kappa"
    r"|krippendorff\w*|holm"
    r"|bonferroni|benjamini\w*|fdr|lasso|ridge|pca|efa|cfa|factor analysis|k-means|anova|granger|ks"
    r"|wasserstein|brier|ece)\b",
    re.IGNORECASE,
)


def absences(sides: Sides) -> Iterator[Observation]:
    """Each promise that no place of the manuscript covers; rows of one table that are missing also together."""
    tables: dict[str, list[tuple[float, Item]]] = defaultdict(list)
    for item in registered(sides.protocol):
        if item.kind is Kind.PREDICTION_MISSING and _is_labelled(sides, item.unit):
            continue
        strength = _absence(sides, item, sides.in_manuscript.match(_wanted(item)))
        if item.unit.block is Block.ROW:
            strength = 0.5 * strength + 0.5 * _absence_of_name(sides, item.unit) if strength > 0 else 0.0
            tables[f"{_place(item)}/{item.unit.passage.header}"].append((strength, item))
        if strength > 0:
            yield _missing(sides, item, strength)
    for rows in tables.values():
        yield from _missing_rows(sides, rows)


def _place(item: Item) -> str:
    return f"{item.unit.passage.file}/{'/'.join(item.unit.passage.section)}"


def _missing(sides: Sides, item: Item, strength: float) -> Observation:
    return Observation(
        kind=item.kind,
        strength=strength,
        weight=item.promise * item.weight,
        about=_name(item.unit),
        protocol=item.unit.span,
        evidence=Evidence.TEXT,
        declared=sides.declared_missing(item.unit, _labels_of(item.unit)),
        group=_place(item),
    )


def _labels_of(unit: Unit) -> tuple[str, ...]:
    """The labels that a unit names, else those that head its paragraph."""
    return labels_in(unit.plain) or labels_in(unit.passage.lead)


def _missing_rows(sides: Sides, rows: list[tuple[float, Item]]) -> Iterator[Observation]:
    """Several rows of a table without a trace weigh more together than each by itself."""
    gone = [(strength, item) for strength, item in rows if strength >= _GONE]
    if len(gone) < _SEVERAL or gone[0][1].unit.part not in _TABLES_OF_PLANS:
        return
    first, last = gone[0][1].unit, gone[-1][1].unit
    yield Observation(
        kind=Kind.ROWS_MISSING,
        strength=min(1.0, max(strength for strength, _item in gone) + 0.1),
        weight=min(1.0, max(item.promise * item.weight for _strength, item in gone) + 0.2),
        about=f"{len(gone)} of {len(rows)}",
        protocol=sides.protocol.stretch(first, last),
        evidence=Evidence.TEXT,
        declared=sides.declaration_of(first.bag),
        group="rows",
    )


def _absence_of_name(sides: Sides, row: Unit) -> float:
    """How much of what a row is about, its first cell, stands together nowhere."""
    name = frozenset(terms(row.passage.sentences[0].plain)) if row.passage.sentences else frozenset()
    return 1 - sides.in_manuscript.match(name, reach=0).score if name else 0.5


def _is_labelled(sides: Sides, unit: Unit) -> bool:
    """Whether a prediction belongs to a labelled hypothesis: then its label is looked for."""
    titles = (unit.passage.lead, *unit.passage.section[-1:], unit.plain[:_LABEL_WITHIN])
    return any(label in sides.hypotheses for title in titles for label in labels_in(title))


def _wanted(item: Item) -> frozenset[str]:
    """The terms to look for: those of the unit, and of a check those of its short name too."""
    unit = item.unit
    title = unit.passage.lead or (unit.passage.section[-1] if unit.passage.section else "")
    named = terms(title) if item.kind is Kind.GATE_MISSING and len(title.split()) <= _SHORT_NAME else ()
    return unit.bag | frozenset(term for term in named if not is_number(term))


def _absence(sides: Sides, item: Item, match: Match) -> float:
    bag, weights = _wanted(item), sides.weights
    whole = weights.sum(bag)
    nowhere = weights.sum(term for term in bag if not sides.in_manuscript.has(term)) / whole
    unnamed = any(not sides.in_manuscript.has(term) for term in _methods(item.unit))
    found = _FOUND + (0.1 if unnamed else 0.0)
    if match.score > found:
        return 0.0
    return 0.75 * max(0.0, min(1.0, (found - match.score) / _GRADIENT)) + 0.25 * min(1.0, nowhere * 1.5)


def _methods(unit: Unit) -> frozenset[str]:
    return frozenset(term for name in _METHOD.findall(unit.plain) for term in terms(name))


def _name(unit: Unit) -> str:
    return unit.passage.lead or (unit.passage.section[-1] if unit.passage.section else "")
