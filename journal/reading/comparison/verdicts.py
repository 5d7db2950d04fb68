"""Verdicts against rules, gates against values, and the abstract against the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.labels import Labelled, labels_in
from journal.reading.comparison.quantities import quantities
from journal.reading.comparison.registered import NO_PLAN
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import is_number, terms, value_of
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation
from workflows.comparing.rules import Interval, IntervalRule, meets

_ALL = re.compile(
    r"\b(?:all|every|each|both)\b[^.]{0,50}\b(?:hypothes[ie]s|predictions?"
    r"|claims)\b[^.]{0,50}\b(?:supported|confirmed|held|upheld|borne out)\b",
    re.IGNORECASE,
)
_UP = r"(?:supported|confirmed|upheld|holds|held|met|succeeds|answer is yes)"
_AGAINST = re.compile(
    r"\bnot (?:\w+ )?(?:supported|confirmed|upheld|met|significant)|\b(?:contradicted|refuted|rejected"
    r"|falsified|unsupported|inconclusive)\b"
    r"|\b(?:did|does|do|was|were) not\b|\bfail(?:s|ed)\b|\bno (?:effect|difference|evidence)\b|\breversal\b",
    re.IGNORECASE,
)
_DENIED = (
    r"(?:\w+ly )?(?:not (?:\w+ )?(?:supported|confirmed|upheld|met)|contradicted|refuted|inconclusive|unsupported)\b"
)
_FOR = re.compile(rf"(?<!not )(?<!nor )\b{_UP}\b", re.IGNORECASE)
_NUM = r"[-−+]?\d*\.?\d+"
_INTERVAL = re.compile(rf"[\[(]\s?(?P<low>{_NUM})\s?%?\s?(?:,|;|to|–)\s?(?P<high>{_NUM})\s?%?\s?[\])]")
_RULE = re.compile(
    rf"\b(?:interval|CI|bound|limit)\b[^.;]{{0,110}}?\b(?P<how>above|below|within|at least|at most|excludes?"
    rf"|greater than|less than)\b"
    rf"[^.;\d±]{{0,40}}(?P<value>±?{_NUM})?",
    re.IGNORECASE,
)
_ZERO = re.compile(r"\bzero\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:iff?|when|where|only if|provided)\b", re.IGNORECASE)
_CONSEQUENCE = re.compile(
    r"\bnot (?:interpret\w+|testable|valid|counted|reported|tested)|\b(?:exclud|dropp?|stop|abandon"
    r"|compromis|invalid|withh[eo]ld|re-?run|replac"
    r"|discard|exploratory|end)\w*",
    re.IGNORECASE,
)
_BEYOND = {
    "above": lambda v, t: v > t,
    "at_least": lambda v, t: v >= t,
    "below": lambda v, t: v < t,
    "at_most": lambda v, t: v <= t,
}


def overclaims(sides: Sides) -> Iterator[Observation]:
    """Sentences that say all hypotheses were upheld where the manuscript itself tells of one that was not."""
    against = {label: unit for label in sides.hypotheses if (unit := _told_against(sides, label)) is not None}
    if not against:
        return
    for unit in sides.manuscript.in_parts(Part.ABSTRACT, Part.DISCUSSION, Part.OTHER, Part.RESULTS):
        if _ALL.search(unit.plain) and not _AGAINST.search(unit.plain):
            label = next(iter(against))
            yield Observation(
                kind=Kind.OVERCLAIM,
                strength=0.9,
                weight=0.95,
                about=", ".join(against),
                words=" ".join(against[label].plain.split()[:30]),
                protocol=sides.hypotheses[label].stated()[0].span,
                manuscript=unit.span,
                evidence=Evidence.STRUCTURE,
            )
            return


def _told_against(sides: Sides, label: str) -> Unit | None:
    entry = sides.reported.get(label)
    for unit in _told(entry):
        if _AGAINST.search(unit.plain) and not _CONDITION.search(unit.plain):
            return unit
    return None


def _told(entry: Labelled | None) -> Iterator[Unit]:
    """Units of results that name a label, and those of the paragraph that it heads."""
    if entry is None:
        return
    seen: set[int] = set()
    for unit in [*entry.mentions, *(u for stretch in entry.definitions for u in stretch)]:
        others = set(labels_in(unit.plain)) - {entry.label}
        if (
            unit.part not in {Part.METHODS, Part.ANALYSIS, Part.HYPOTHESES, Part.ABSTRACT}
            and unit.at not in seen
            and not others
        ):
            seen.add(unit.at)
            yield unit


def verdict_observations(sides: Sides) -> Iterator[Observation]:
    """Registered interval rules applied to the intervals reported, against the verdict claimed."""
    for label, entry in sides.hypotheses.items():
        told = list(_told(sides.reported.get(label)))
        if any(_is_denied(label, unit) for unit in told):
            continue
        reported = [(unit, _interval(unit)) for unit in told]
        claimed = next(
            (
                u
                for u in told
                if _FOR.search(u.plain) and not _CONDITION.search(u.plain) and not _AGAINST.search(u.plain)
            ),
            None,
        )
        for rule_unit, rule in _rules(label, entry):
            found = next(((u, i) for u, i in reported if i is not None), None)
            if found is None or claimed is None or meets(rule, found[1]):
                continue
            yield Observation(
                kind=Kind.VERDICT_DIFFERS,
                strength=0.85,
                weight=1.0,
                about=label,
                words=f"the interval [{found[1].low:g}, {found[1].high:g}] against {rule.how} {rule.value:g}",
                protocol=rule_unit.span,
                manuscript=sides.manuscript.stretch(*sorted((found[0], claimed), key=lambda u: u.at)),
                evidence=Evidence.STRUCTURE,
                declared=sides.declaration_of(rule_unit.bag),
            )


def _is_denied(label: str, unit: Unit) -> bool:
    """Whether a sentence says outright that the hypothesis is not supported: then no other claims that it is."""
    return re.search(rf"\b{re.escape(label)} (?:is|was|were|are|remains?|stays?) {_DENIED}", unit.plain) is not None


def _interval(unit: Unit) -> Interval | None:
    match = _INTERVAL.search(unit.plain)
    if match is None:
        return None
    low, high = value_of(match["low"]), value_of(match["high"])
    return Interval(low, high) if low <= high else None


def _rules(label: str, entry: Labelled) -> Iterator[tuple[Unit, IntervalRule]]:
    for unit in dict.fromkeys([*entry.mentions]):
        text = _with_header(unit)
        if unit.part in NO_PLAN or not re.search(rf"\b{_UP}\b", text) or not _CONDITION.search(text):
            continue
        for clause in re.split(r";", text):
            match = _RULE.search(_ZERO.sub("0", clause))
            if match and re.search(rf"\b{_UP}\b", clause) and label in set(labels_in(unit.plain)):
                how = match["how"].lower()
                value = (
                    value_of((match["value"] or "0").replace("±", ""))
                    if match["value"] or how.startswith("exclud")
                    else None
                )
                if value is not None:
                    side = "lower" if "lower" in clause else "upper" if "upper" in clause else ""
                    yield unit, IntervalRule(how, value, side)


def _with_header(unit: Unit) -> str:
    """The words of a unit; of a row each cell with the head of its column, as a sentence says it."""
    header, cells = unit.passage.header, unit.passage.sentences
    if unit.block is not Block.ROW or len(header) != len(cells):
        return unit.plain
    return "; ".join(f"{title} {cell.plain}" for title, cell in zip(header, cells, strict=True))


def gate_observations(sides: Sides) -> Iterator[Observation]:
    """Values reported beyond a threshold that a rule attaches a consequence to."""
    seen: set[tuple[str, ...]] = set()
    for document in (sides.manuscript, sides.protocol):
        for unit in document.said():
            if unit.part in {Part.BACKGROUND, Part.REFERENCES, Part.DEVIATIONS} or not _CONSEQUENCE.search(unit.plain):
                continue
            for limit in quantities(unit.plain):
                metric = _metric(sides, unit, limit.text)
                if (
                    limit.comparator not in _BEYOND
                    or not metric
                    or limit.unit != "%"
                    or (key := tuple(sorted(metric))) in seen
                ):
                    continue
                beyond = [
                    there
                    for there in sides.manuscript.said()
                    if there.at != unit.at and _reports_beyond(there, metric, limit.value, limit.comparator)
                ]
                if not beyond:
                    continue
                seen.add(key)
                rule = unit if document is sides.protocol else _same_rule(sides, metric, limit.text)
                yield Observation(
                    kind=Kind.GATE_UNMET,
                    strength=0.6,
                    weight=0.75,
                    about=" ".join(sorted(metric)),
                    words=" ".join(beyond[0].plain.split()[:30]),
                    protocol=rule.span if rule else None,
                    manuscript=(unit if document is sides.manuscript else beyond[0]).span,
                    evidence=Evidence.NUMBERS,
                    declared=sides.declaration_of(unit.bag),
                )


def _metric(sides: Sides, unit: Unit, text: str) -> frozenset[str]:
    """The two telling words nearest before a threshold."""
    before = unit.plain[: unit.plain.find(text)][-60:]
    near = [term for term in terms(before) if not is_number(term) and sides.weights.of(term) > 1.5]  # noqa: PLR2004
    return frozenset(near[-3:][:2]) if len(near) > 1 else frozenset()


def _reports_beyond(there: Unit, metric: frozenset[str], limit: float, comparator: str) -> bool:
    for quantity in quantities(there.plain):
        place = there.plain.find(quantity.text)
        near = frozenset(terms(there.plain[max(0, place - 22) : place]))
        if (
            quantity.unit == "%"
            and not quantity.comparator
            and metric & near
            and _BEYOND[comparator](quantity.value, limit)
        ):
            return True
    return False


def _same_rule(sides: Sides, metric: frozenset[str], text: str) -> Unit | None:
    return next((u for u in sides.protocol.said() if text.strip() in u.plain and metric & u.bag), None)


OBSERVERS = (overclaims, verdict_observations, gate_observations)
