"""The one way in: files to a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from journal.reading.comparison import (
    absent,
    consistency,
    contrasts,
    definitions,
    files,
    history,
    hypotheses,
    judged,
    measures,
    numbers,
    pins,
    reported,
    supplied,
    told,
    unlabelled,
    verdicts,
)
from journal.reading.comparison.intake import Taken, take
from journal.reading.comparison.pairing import kinship
from journal.reading.comparison.sides import Sides
from workflows.comparing.deciding import decide
from workflows.comparing.finding import Comparison, Pairing
from workflows.comparing.pairing import pair

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
    ),
)


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
    ours, theirs = take(protocol), take(manuscript)
    logs = tuple(take({name: body}, is_log=True) for name, body in (beside or {}).items())
    tables, unread_results = supplied.read_results(results or {})
    of_logs = chain.from_iterable(log.unread for log in logs)
    unread = (*unread, *_unread(ours, "protocol"), *_unread(theirs, "manuscript"), *of_logs, *unread_results)
    unread = tuple(dict.fromkeys(unread))
    sides = Sides(ours.document, theirs.document, tuple(log.document for log in logs), tables)
    pairing, why = pair(kinship(sides))
    if pairing in {Pairing.STUDY, Pairing.UNKNOWN}:
        return Comparison(pairing=pairing, why=why, unread=unread)
    observed = [observation for observe in _OBSERVERS for observation in observe(sides)]
    return Comparison(pairing=pairing, why=why, findings=decide(observed), unread=unread)


def _unread(taken: Taken, name: str) -> tuple[str, ...]:
    if taken.document:
        return taken.unread
    return (*taken.unread, f"The {name} has no text that could be read. Nothing in it was compared.")
