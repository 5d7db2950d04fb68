"""Receipts: what a frozen protocol consisted of, file by file, and whether files at hand are still the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.protocol import FileDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What authors keep of a frozen protocol. `protocol` is its canonical JSON, of which `digest` is the SHA-256 (hex);
    `accepted` is the day of acceptance in principle, `frozen` the day on which this version was frozen.
    """

    journal: str
    version: int
    accepted: date
    frozen: date
    digest: str
    protocol: str
    files: tuple[FileDigest, ...] = ()


class Sameness(StrEnum):
    """What became of a registered file, or that a file was none."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One file: its name at hand (as registered, if it is missing), and the registered name where that is another."""

    name: str
    sameness: Sameness
    registered: str = ""


def judge(registered: Sequence[FileDigest], found: Sequence[FileDigest]) -> tuple[Judged, ...]:
    """What became of each file. The same bytes are the same file under any name; other bytes under the name of a
    registered file that is not there otherwise are that file, changed.
    """
    same = {file.sha256: file.name for file in registered}
    there = {file.sha256 for file in found}
    lost = {file.name for file in registered if file.sha256 not in there}
    judged = [_judged(file, same, lost) for file in found]
    changed = {each.name for each in judged if each.sameness is Sameness.CHANGED}
    missing = [Judged(name=name, sameness=Sameness.MISSING) for name in sorted(lost - changed)]
    return (*judged, *missing)


def _judged(file: FileDigest, same: dict[str, str], lost: set[str]) -> Judged:
    if file.sha256 in same:
        known = same[file.sha256]
        return Judged(name=file.name, sameness=Sameness.SAME, registered="" if known == file.name else known)
    return Judged(name=file.name, sameness=Sameness.CHANGED if file.name in lost else Sameness.EXTRA)


def all_same(judged: Iterable[Judged]) -> bool:
    """Whether every registered file is there, unchanged, and nothing beside."""
    return all(each.sameness is Sameness.SAME for each in judged)
