"""The one way in: files to a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from journal.reading.comparison import (
    absent,
    consistency,
    contrasts,
    declared,
    definitions,
    files,
    history,
    hypotheses,
    judged,
    limits,
    measures,
    numbers,
    pins,
    reported,
    scripts,
    supplied,
    told,
    unlabelled,
    verdicts,
    wider,
)
from journal.reading.comparison.intake import Taken, take
from journal.reading.comparison.pairing import kinship
from journal.reading.comparison.redlining import redline_of
from journal.reading.comparison.scripts import is_script
from journal.reading.comparison.sides import Sides
from workflows.comparing.deciding import decide
from workflows.comparing.finding import Comparison, Pairing
from workflows.comparing.pairing import pair
from workflows.comparing.redline import Redline

_PAIRED = frozenset({Pairing.THIS, Pairing.VERSION})

_OBSERVERS = (
    *(absent.absences, hypotheses.hypothesis_observations, told.called_registered, told.departures, told.statuses),
    *(told.promised_titles, unlabelled.unlabelled, unlabelled.added_analyses, *numbers.OBSERVERS, *pins.OBSERVERS),
    *(*contrasts.OBSERVERS, *definitions.OBSERVERS, *consistency.OBSERVERS, *verdicts.OBSERVERS, *files.OBSERVERS),
    *(
        *reported.OBSERVERS,
        *judged.OBSERVERS,
        *measures.OBSERVERS,
        *history.OBSERVERS,
        *supplied.TABLES,
        *supplied.OBSERVERS,
        *scripts.OBSERVERS,
        *limits.OBSERVERS,
        *wider.OBSERVERS,
        *declared.OBSERVERS,
    ),
)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A comparison, and the redline of both texts; None where the manuscript does not report the protocol."""

    comparison: Comparison
    redline: Redline | None


def compare_files(
    protocol: Mapping[str, bytes],
    manuscript: Mapping[str, bytes],
    *,
    beside: Mapping[str, bytes] | None = None,
    results: Mapping[str, bytes] | None = None,
    unread: tuple[str, ...] = (),
) -> Comparison:
    """Lay a protocol and the manuscript that reports it side by side.

    All files by name; the first of `protocol` and of `manuscript` is the document, others are its parts. `beside` are
    amendments and logs of deviations, `results` CSV and JSON files, `unread` what could not
    even be given. Raises `ConfinementFailed` when the machine cannot
    run the confined child; what is wrong with a file is said in `unread`.
    """
    return _compared(_read(protocol, manuscript, beside, results, unread))


def lay_side_by_side(
    protocol: Mapping[str, bytes],
    manuscript: Mapping[str, bytes],
    *,
    beside: Mapping[str, bytes] | None = None,
    results: Mapping[str, bytes] | None = None,
    unread: tuple[str, ...] = (),
) -> SideBySide:
    """`compare_files` and the redline of introduction, hypotheses and methods, from one reading of the files."""
    read = _read(protocol, manuscript, beside, results, unread)
    comparison = _compared(read)
    return SideBySide(comparison, redline_of(read.sides) if comparison.pairing in _PAIRED else None)


def redline_files(protocol: Mapping[str, bytes], manuscript: Mapping[str, bytes]) -> Redline | None:
    """The redline alone; None where the manuscript does not report the protocol."""
    read = _read(protocol, manuscript, None, None, ())
    return redline_of(read.sides) if pair(kinship(read.sides))[0] in _PAIRED else None


@dataclass(frozen=True, slots=True)
class _Read:
    sides: Sides
    unread: tuple[str, ...]


def _read(
    protocol: Mapping[str, bytes],
    manuscript: Mapping[str, bytes],
    beside: Mapping[str, bytes] | None,
    results: Mapping[str, bytes] | None,
    unread: tuple[str, ...],
) -> _Read:
    scripts_there = {name: body for name, body in manuscript.items() if is_script(name)}
    ours = take({**protocol, **{name: body for name, body in scripts_there.items() if name not in protocol}})
    theirs = take({name: body for name, body in manuscript.items() if name not in scripts_there})
    logs = tuple(take({name: body}, is_log=True) for name, body in (beside or {}).items())
    tables, unread_results = supplied.read_results(results or {})
    of_logs = chain.from_iterable(log.unread for log in logs)
    unread = (*unread, *_unread(ours, "protocol"), *_unread(theirs, "manuscript"), *of_logs, *unread_results)
    sides = Sides(ours.document, theirs.document, tuple(log.document for log in logs), tables)
    return _Read(sides, tuple(dict.fromkeys(unread)))


def _compared(read: _Read) -> Comparison:
    pairing, why = pair(kinship(read.sides))
    if pairing not in _PAIRED:
        return Comparison(pairing=pairing, why=why, unread=read.unread)
    observed = [observation for observe in _OBSERVERS for observation in observe(read.sides)]
    return Comparison(pairing=pairing, why=why, findings=decide(observed), unread=read.unread)


def _unread(taken: Taken, name: str) -> tuple[str, ...]:
    if taken.document:
        return taken.unread
    return (*taken.unread, f"The {name} has no text that could be read. Nothing in it was compared.")
