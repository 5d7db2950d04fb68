"""Results files (CSV, JSON) that the authors supply, against what the manuscript says of the same things."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from journal.reading.comparison.document import Unit
from journal.reading.comparison.quantities import Quantity, quantities
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import terms
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation, Place, Span

_MOST_VALUES = 20_000
_FEWEST_WORDS, _LONGEST_CELL = 2, 24
_LESS, _MORE = 0.2, 5


@dataclass(frozen=True)
class Value:
    """One number of a results file: what it is called, and how it is written there."""

    name: str
    number: float
    text: str
    file: str
    line: int | None

    @property
    def terms(self) -> frozenset[str]:
        """The terms of its name."""
        return frozenset(terms(self.name.replace("_", " ").replace(".", " ")))


def read_results(files: Mapping[str, bytes]) -> tuple[tuple[Value, ...], tuple[str, ...]]:
    """The numbers of results files, and which files could not be read."""
    values: list[Value] = []
    unread: list[str] = []
    for name, body in files.items():
        try:
            text = body.decode("utf-8-sig")
            found = list(_of_json(name, text) if name.lower().endswith(".json") else _of_csv(name, text))
        except (UnicodeDecodeError, ValueError, csv.Error, RecursionError):
            unread.append(f"{name} could not be read as a results file. Give CSV with a header, or JSON, in UTF-8.")
            continue
        values += found
        if not found:
            unread.append(f"{name} has no numbers under names.")
    return tuple(values[:_MOST_VALUES]), tuple(unread)


def _of_json(name: str, text: str) -> Iterator[Value]:
    def walk(node: object, path: str) -> Iterator[Value]:
        if isinstance(node, bool):
            return
        if isinstance(node, int | float):
            yield Value(path, float(node), f"{path}: {node}", name, None)
        elif isinstance(node, dict):
            for key, inner in node.items():
                yield from walk(inner, f"{path} {key}".strip())
        elif isinstance(node, list) and len(node) < 200:  # noqa: PLR2004
            for inner in node:
                yield from walk(inner, path)

    yield from walk(json.loads(text), "")


def _of_csv(name: str, text: str) -> Iterator[Value]:
    rows = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text.split("\n", 1)[0] else ",")
    header = next(rows, [])
    for line, row in enumerate(rows, 2):
        named = " ".join(cell for cell in row if not _number(cell))
        for column, cell in zip(header, row, strict=False):
            number = _number(cell)
            if number is not None:
                yield Value(f"{named} {column}", number, ",".join(row), name, line)


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace("−", "-").rstrip("%"))
    except ValueError:
        return None


def supplied_observations(sides: Sides) -> Iterator[Observation]:
    """Table rows and sentences that name what a results file names, with numbers that the file does not have there."""
    units = [(unit, quantities(unit.plain)) for unit in sides.manuscript.said() if unit.block is not Block.HEADING]
    for value in sides.results:
        best = _place(value, units)
        if best is None:
            continue
        unit, found = best
        if any(_agrees(value.number, quantity) for quantity in found) or not _could_be(value.number, found):
            continue
        yield Observation(
            kind=Kind.INCONSISTENT,
            strength=0.7,
            weight=0.65,
            about=value.name,
            words=f"{value.file} has {value.number:g} for {value.name.strip()}",
            manuscript=unit.span,
            protocol=Span(value.text, Place(value.file, value.line)),
            evidence=Evidence.NUMBERS,
            group="results",
        )


def table_observations(sides: Sides) -> Iterator[Observation]:
    """Numbers of the manuscript's own tables against the one sentence that names the same row and column."""
    units = [
        (unit, quantities(unit.plain))
        for unit in sides.manuscript.said()
        if unit.block not in {Block.HEADING, Block.ROW} and unit.part is not Part.METHODS
    ]
    for row in sides.manuscript.said():
        header, sentences = row.passage.header, row.passage.sentences
        if row.block is not Block.ROW or len(header) != len(sentences) or not sentences:
            continue
        for title, cell in zip(header[1:], sentences[1:], strict=True):
            found = quantities(cell.plain)
            if len(found) != 1 or len(cell.plain) > _LONGEST_CELL:
                continue
            value = Value(f"{sentences[0].plain} {title}", found[0].value, cell.text, row.passage.file, row.line)
            best = _place(value, units)
            told = tuple(one for one in best[1] if one.unit == found[0].unit) if best else ()
            if best is None or any(_agrees(value.number, one) or _agrees(one.value, found[0]) for one in told):
                continue
            if _could_be(value.number, told):
                yield Observation(
                    kind=Kind.INCONSISTENT,
                    strength=0.55,
                    weight=0.6,
                    about=value.name,
                    words=f"the table has {cell.plain} for {value.name}",
                    manuscript=best[0].span,
                    evidence=Evidence.NUMBERS,
                    group="table",
                )


def _place(value: Value, units: list[tuple[Unit, tuple[Quantity, ...]]]) -> tuple[Unit, tuple[Quantity, ...]] | None:
    wanted = value.terms
    if len(wanted) < _FEWEST_WORDS:
        return None
    fits = [
        (unit, found)
        for unit, found in units
        if found and wanted <= unit.bag | frozenset(terms(" ".join(unit.passage.header)))
    ]
    return fits[0] if len(fits) == 1 else None


def _agrees(number: float, quantity: Quantity) -> bool:
    digits = len(quantity.text.strip(" %").partition(".")[2])
    half = 0.5 * 10.0**-digits + 1e-9
    return any(abs(abs(number) * scale - abs(quantity.value)) <= half for scale in (1, 100))


def _could_be(number: float, found: tuple[Quantity, ...]) -> bool:
    """Whether any number there is of the size that this one could have been mistaken for."""
    return any(
        _LESS < abs(quantity.value) / max(abs(number) * scale, 1e-9) < _MORE for quantity in found for scale in (1, 100)
    )


OBSERVERS = (supplied_observations,)
TABLES = (table_observations,)
