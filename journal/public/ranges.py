"""Parts of a file, as RFC 9110 lets a reader ask for them: one range. Anything else gets the whole file."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from `start` up to and without `end`, of a file of `size` bytes."""

    start: int
    end: int
    size: int

    @property
    def header(self) -> str:
        """The value of Content-Range."""
        return f"bytes {self.start}-{self.end - 1}/{self.size}"


class OutOfRange(ValueError):
    """The range asked for lies outside the file."""


def part_asked(asked: str, if_range: str, *, etag: str, size: int) -> Part | None:
    """The part that the headers Range and If-Range ask for; None means the whole. Raises `OutOfRange`.

    With If-Range only the very version named there is sent in parts: a date never is, as nothing here has one.
    """
    found = _ONE.fullmatch(asked.strip())
    if found is None or found[0] == "bytes=-" or (if_range and if_range.strip() != f'"{etag}"'):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    if last and first and int(last) < int(first):
        return None
    if start >= size or start >= end:
        raise OutOfRange(asked)
    return Part(start, end, size)
