"""Finds what Markdown tables lose: a bar inside a cell (`|a| > 10`) ends it, and cells beyond the head are dropped."""

import re
from collections.abc import Iterator

from journal.reading.sentences import Remarks, some

FENCED = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1[^\n]*$", re.MULTILINE | re.DOTALL)
# What holds bars that part no cells: code, formulas, and a bar with a backslash before it.
HELD = re.compile(r"(`+)[^\n]*?\1|\$[^\n$]+\$|\\\|")
BELOW_HEAD = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
LOST = (
    "These table rows have more cells than the head of their table, and what is beyond is lost: {}. Write \\| for a bar"
    " inside a cell."
)
SHOWN = 30


def say_what_tables_lose(text: str, remarks: Remarks) -> None:
    """Tell of the rows of pipe tables in the Markdown `text` that have more cells than their head."""
    lost = [f"{row.strip().strip('|').strip()[:SHOWN]}…" for row in _too_long(FENCED.sub("", text).splitlines())]
    if lost:
        remarks.lose(LOST.format(some(lost)))


def _too_long(lines: list[str]) -> Iterator[str]:
    columns = 0
    for line in lines:
        if BELOW_HEAD.fullmatch(line):
            columns = _cells(line)
        elif "|" not in line:
            columns = 0
        elif columns and _cells(line) > columns:
            yield line


def _cells(line: str) -> int:
    inside = HELD.sub("", line).strip()
    return inside.removeprefix("|").removesuffix("|").count("|") + 1
