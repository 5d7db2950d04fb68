"""How much of what was changed `journal compare` finds, and how often it speaks of what was not.

Seeded changes of the invented pairs, by kind; changes without substance, of which none should bring a finding that
must or should be answered. With `--studies FOLDER` real studies are compared, each a folder with a `note.json` that
lists differences and what is none; the lists are one reader's and not complete.
"""

import itertools
import re
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.studies import measure_studies
from journal.reading.comparison import lay_side_by_side
from tests.conformance.mutators import PAIRS, Pair, harmless, pairs, substantive
from tests.conformance.seeing import compared, news
from workflows.comparing.finding import Pairing
from workflows.reviewing import Severity

# Goals on the invented pairs: share of seeded changes found, and findings brought by changes without substance.
FOUND, BROUGHT = 0.85, 0
SECONDS, MEGABYTES = 2.0, 500
STUDIES = PAIRS.parent / "studies"


def measure(folder: Path | None = None, *, tell: bool = False) -> Iterator[str]:
    """Measure the invented pairs, or the studies in `folder`; `tell` also prints each miss."""
    if folder is not None:
        yield from measure_studies(folder, tell=tell)
        return
    found: dict[str, list[bool]] = defaultdict(list)
    brought = 0
    for pair in pairs():
        clean = compared(pair)
        for mutation in substantive(pair):
            seen = bool(news(clean, compared(mutation.pair)))
            found[mutation.kind].append(seen)
            if tell and not seen:
                yield f"    missed {pair.name}, {mutation.kind}: {mutation.before[:60]!r} -> {mutation.after[:60]!r}"
        for mutation in harmless(pair):
            wrong = news(clean, compared(mutation.pair), least=Severity.SHOULD)
            brought += len(wrong)
            yield from (f"    brought {pair.name}, {mutation.kind}: {finding.why}" for finding in wrong)
    yield from _pairings()
    yield f"{'kind of change':<22}{'seeded':>8}{'found':>8}{'recall':>8}"
    for kind, seen_ones in sorted(found.items()):
        yield f"{kind:<22}{len(seen_ones):>8}{sum(seen_ones):>8}{sum(seen_ones) / len(seen_ones):>8.0%}"
    every = [one for seen_ones in found.values() for one in seen_ones]
    yield f"{'all':<22}{len(every):>8}{sum(every):>8}{sum(every) / len(every):>8.0%}"
    yield f"findings brought by changes without substance (must or should): {brought}"
    if sum(every) < FOUND * len(every) or brought > BROUGHT:
        yield f"MISSED: {FOUND:.0%} of the changes found and {BROUGHT} findings brought"
    yield "invented studies with lists of differences:"
    yield from measure_studies(STUDIES, tell=tell)
    yield from _speed()


def _pairings() -> Iterator[str]:
    right = {True: 0, False: 0}
    for one, other in itertools.product(pairs(), repeat=2):
        mixed = Pair(one.name, one.protocol, other.manuscript, ())
        expected = Pairing.THIS if one is other else Pairing.STUDY
        right[one is other] += compared(mixed).pairing is expected
    many = len(pairs())
    yield f"pairing: {right[True]} of {many} true pairs, {right[False]} of {many * (many - 1)} false ones"


def _speed() -> Iterator[str]:
    """A protocol of 12,000 words and a manuscript of 17,000, made of the invented ones."""
    protocol = "\n\n".join(pair.protocol for pair in pairs())
    manuscript = "\n\n".join(pair.manuscript for pair in pairs())
    long = Pair("long", _until(protocol, 12_000), _until(manuscript, 17_000), ())
    ours, theirs = {"protocol.md": long.protocol.encode()}, {"manuscript.md": long.manuscript.encode()}
    started = time.process_time()
    found = lay_side_by_side(ours, theirs)
    seconds = time.process_time() - started
    lines = sum(found.redline.counts().values()) if found.redline else 0
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    yield f"12,000 words against 17,000, with a redline of {lines} lines: {seconds:.2f} s of the processor,"
    yield f"    at most {largest:.0f} MB with all that was measured before"
    if largest > MEGABYTES:
        yield f"MISSED: under {MEGABYTES} MB"
    if seconds > SECONDS:
        yield f"MISSED: under {SECONDS:g} s"


def _until(text: str, words: int) -> str:
    """A text again and again, with other figures each time, until it has so many words."""
    parts: list[str] = []
    count = 0
    while count < words:
        turn = len(parts)
        parts.append(re.sub(r"\b(\d{2,3})\b", lambda m, turn=turn: str(int(m[1]) + turn), text))  # type: ignore[misc]
        count += len(text.split())
    return "\n\n".join(parts)
