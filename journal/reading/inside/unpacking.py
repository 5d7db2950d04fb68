"""Unpacks a zip archive in memory: so many parts, so many bytes, plain files only, each name once."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping

from journal.reading.problems import Problem, Unusable

MEBIBYTE = 1024 * 1024
LARGEST_TOTAL, LARGEST_RATIO, MOST_PARTS = 200 * MEBIBYTE, 100, 5000
RATIO_COUNTS_FROM = 10 * MEBIBYTE


def unpacked(archive: zipfile.ZipFile, *, packed: int) -> dict[str, bytes]:
    """The parts by name; raises `Unusable` (LOCKED, BOMB, PATHS) and what `zipfile` raises of damaged ones."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise Unusable(Problem.BOMB, found=f"{len(entries)} parts")
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        _must_be_plain(entry, parts)
        with archive.open(entry) as part:
            content = part.read(LARGEST_TOTAL - total + 1)
        total += len(content)
        if total > LARGEST_TOTAL or (total > RATIO_COUNTS_FROM and total > LARGEST_RATIO * packed):
            raise Unusable(Problem.BOMB, found=f"more than {min(total, LARGEST_TOTAL) // MEBIBYTE} MB")
        parts[entry.filename] = content
    return parts


def _must_be_plain(entry: zipfile.ZipInfo, parts: Mapping[str, bytes]) -> None:
    name = entry.filename
    if entry.flag_bits & 1:
        raise Unusable(Problem.LOCKED)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unusable(Problem.PATHS, found="a symbolic link")
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        raise Unusable(Problem.PATHS, found="a part that leads out of the file")
    if name in parts:
        raise Unusable(Problem.PATHS, found="two parts of the same name")
