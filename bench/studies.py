"""Studies with lists of differences by one reader: how many `journal compare` finds, how early, what it brings besides.

Each study is a folder with protocol, manuscript and a `note.json`. A difference counts as found when an undeclared
finding quotes its words on one side. What the list calls harmless counts as a false alarm when a finding that must or
should be answered quotes it.
"""

import difflib
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal.comparing.files import gathered
from journal.reading.comparison import compare_files
from workflows.comparing.deciding import FIRST
from workflows.comparing.finding import Comparison, Finding, Span
from workflows.reviewing import Severity


@dataclass
class _Count:
    ranks: dict[str, list[int | None]] = field(default_factory=lambda: defaultdict(list))
    declared: list[str] = field(default_factory=list)
    alarms: list[bool] = field(default_factory=list)


def measure_studies(folder: Path, *, tell: bool) -> Iterator[str]:
    """Measure every study in a folder; `tell` also prints the fate of each difference."""
    count = _Count()
    for note_file in sorted(folder.glob("*/note.json")):
        yield from _measure(note_file, count, tell=tell)
    for evidence, ranks in sorted(count.ranks.items()):
        yield _summary(evidence, ranks)
    yield _summary("all undeclared", [rank for ranks in count.ranks.values() for rank in ranks])
    shown = ", ".join(f"{count.declared.count(how)} {how}" for how in dict.fromkeys(count.declared))
    yield f"declared        {len(count.declared):>3}: {shown}"
    if count.alarms:
        yield f"harmless        {len(count.alarms):>3}: {sum(count.alarms)} brought a finding that asks for an answer"


def _measure(note_file: Path, count: _Count, *, tell: bool) -> Iterator[str]:
    note = json.loads(note_file.read_text("utf-8"))
    protocol, manuscript = documents(note_file.parent)
    started = time.perf_counter()
    comparison = _compared(protocol, manuscript)
    seconds = time.perf_counter() - started
    asks = sum(finding.severity is not Severity.NOTE for finding in comparison.findings)
    yield (
        f"{note_file.parent.name}: {comparison.pairing.value}, {len(comparison.findings)} findings,"
        f" {asks} of them to be answered, {seconds:.1f} s"
    )
    for difference in note["differences"]:
        where = _take(difference, comparison, count)
        if tell:
            yield f"    {difference['id']} {difference['type']} ({difference['evidence_needed']}): {where}"
    for harmless in note["benign_differences_not_to_flag"]:
        if isinstance(harmless, dict):
            alarm = next((one for one in comparison.findings if _is_alarm(harmless, one)), None)
            count.alarms.append(alarm is not None)
            if tell and alarm is not None:
                yield f"    FALSE ALARM, {harmless['what']}: {alarm.kind.value}: {alarm.why}"


def _compared(protocol: Path, manuscript: Path) -> Comparison:
    ours, theirs = gathered(protocol, role="protocol"), gathered(manuscript, role="manuscript")
    return compare_files(ours.files, theirs.files)


def _take(difference: dict[str, Any], comparison: Comparison, count: _Count) -> str:
    found = [(at, one) for at, one in enumerate(comparison.findings) if _tells(difference, one)]
    where = "; ".join(f"found, {at + 1}, {one.kind.value}" for at, one in found if not one.declared)
    if not difference["declared"]:
        found = [(at, one) for at, one in found if not one.declared]
        where = where if found else "not found"
        count.ranks[difference["evidence_needed"]].append(found[0][0] if found else None)
        return where
    undeclared = [one for _at, one in found if not one.declared and one.severity is not Severity.NOTE]
    how = "not listed" if not found else "shown as declared" if not undeclared else "shown as undeclared"
    count.declared.append(how)
    return f"declared, {how}{f', {undeclared[0].kind.value}' if undeclared else ''}"


def _summary(name: str, ranks: list[int | None]) -> str:
    found = [rank for rank in ranks if rank is not None]
    first = sum(rank < FIRST for rank in found)
    return f"{name:<16}{len(found):>3} of {len(ranks):<3} found, {first} of them among the first {FIRST}"


def documents(folder: Path) -> tuple[Path, Path]:
    """The protocol and the manuscript of a study, in the first format there is."""
    found = []
    for what in ("protocol", "manuscript"):
        paths = [folder / f"{what}.{form}" for form in ("md", "Rmd", "tex", "docx", "qmd", "pdf")]
        found.append(next(path for path in paths if path.exists()))
    return found[0], found[1]


def _tells(difference: dict[str, Any], finding: Finding) -> bool:
    sides = ((difference["protocol_quote"], finding.protocol), (difference["manuscript_quote"], finding.manuscript))
    others = ((quote, span) for quote in difference.get("also", ()) for span in (finding.protocol, finding.manuscript))
    return any(_overlaps(quote, span) for quote, span in (*sides, *others))


def _is_alarm(harmless: dict[str, Any], finding: Finding) -> bool:
    """Whether a finding that asks for an answer quotes all that it could quote of something harmless."""
    if finding.severity is Severity.NOTE or finding.declared:
        return False
    sides = (
        (harmless["protocol_quote"], finding.protocol),
        (harmless["manuscript_quote"], finding.manuscript),
    )
    given = [(quote, span) for quote, span in sides if quote and span is not None]
    return bool(given) and all(_overlaps(quote, span) for quote, span in given)


def _overlaps(quote: str | None, span: Span | None) -> bool:
    if not quote or span is None:
        return False
    one, other = (re.sub(r"[*`\\]", "", " ".join(text.split())) for text in (quote, span.quote))
    if one in other or other in one:
        return True
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    size = matcher.find_longest_match(0, len(one), 0, len(other)).size
    return size >= 20 and size >= 0.6 * min(len(one), len(other))
