"""What the reader proposes of protocols: the share of listed items it finds, and of its proposals that are listed.

With `--studies FOLDER` real studies are read, each a folder with a `note.json`; the lists are one reader's and not
complete, so a proposal that is not listed is not therefore wrong.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from journal.reading.proposals import propose
from tests.journal.reading.invented import Item, Study, covers, recall, studies

# Goals on the invented studies; the first two are shares, the third proposals for each listed item.
HYPOTHESES, ALL_ITEMS, MOST_PROPOSALS = 0.8, 0.6, 2.5
HEAD = (
    f"{'study':<24}{'items':>6}{'found':>7}{'recall':>8}{'hypotheses':>12}{'proposals':>11}{'listed':>8}{'seconds':>9}"
)


def measure(folder: Path | None = None, *, tell: bool = False) -> Iterator[str]:
    """Read the invented studies, or those in `folder`; `tell` also prints each miss."""
    found, listed, per_kind = 0, 0, Counter[tuple[str, bool]]()
    yield HEAD
    for study in studies() if folder is None else _real(folder):
        if not study.items:
            continue
        started = time.perf_counter()
        quotes = [proposal.quote for proposal in propose(study.files).proposals]
        seconds = time.perf_counter() - started
        missed = recall(quotes, study.items)
        per_kind.update((item.kind, item not in missed) for item in study.items)
        found, listed = found + len(study.items) - len(missed), listed + len(study.items)
        yield _line(study, missed, quotes, seconds)
        if tell:
            yield from (f"    missed {item.kind}: {item.quote}" for item in missed)
    yield from _by_kind(per_kind)
    hypotheses = _share(per_kind["hypothesis", True], per_kind["hypothesis", False])
    if folder is None and (found < ALL_ITEMS * listed or hypotheses < HYPOTHESES):
        yield f"MISSED: {found} of {listed} items found, {hypotheses:.0%} of the hypotheses"


def _line(study: Study, missed: list[Item], quotes: list[str], seconds: float) -> str:
    hypotheses = [item for item in study.items if item.kind == "hypothesis"]
    seen = sum(item not in missed for item in hypotheses)
    listed = sum(any(covers(quote, item.quote) for item in study.items) for quote in quotes)
    found = len(study.items) - len(missed)
    return (
        f"{study.name:<24}{len(study.items):>6}{found:>7}{found / len(study.items):>8.0%}"
        f"{f'{seen}/{len(hypotheses)}':>12}{len(quotes):>11}{listed / max(1, len(quotes)):>8.0%}{seconds:>9.2f}"
    )


def _by_kind(counted: Counter[tuple[str, bool]]) -> Iterator[str]:
    for kind in sorted({kind for kind, _found in counted}):
        found, missed = counted[kind, True], counted[kind, False]
        yield f"  {kind:<12}{found:>4} of {found + missed:<4}{_share(found, missed):>6.0%}"


def _share(found: int, missed: int) -> float:
    return found / max(1, found + missed)


def _real(folder: Path) -> Iterator[Study]:
    for note in sorted(folder.glob("*/note.json")):
        items = [entry for entry in json.loads(note.read_text("utf-8"))["hypotheses"] if entry.get("quote")]
        named = {str(entry["quote_in"]) for entry in items if entry.get("quote_in")}
        protocol = next(path for path in sorted(note.parent.glob("protocol.*")) if path.stem == "protocol")
        files = {path.name: path.read_bytes() for path in [protocol, *(note.parent / name for name in sorted(named))]}
        yield Study(note.parent.name, files, tuple(Item(entry["type"], entry["quote"]) for entry in items), ())
