"""Lines of prose that only look like the items of a list, for a line may begin with `(iii)` or a year and a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|\(?[A-Za-z0-9]{1,4}\)|[A-Za-z]\.)\s")
_BEGINS = re.compile(r"\s*(?:[-*+]|1[.)]|\((?:1|a|i|A|I)\))\s")
_PROSE = re.compile(r"(?P<indent>\s*)(?P<mark>\(?[A-Za-z0-9]{1,9}[.)])(?P<after>\s.*)", re.DOTALL)


def keep_wrapped_lines(text: str) -> str:
    """`text` in which a list that begins in the middle of a paragraph begins with its first number, or is none.

    Markdown as GitHub reads it has this rule. Pandoc, which is asked to find lists without a blank line before them,
    has not, and takes the third of three questions for a list of one.
    """
    return "\n".join(_kept(text.split("\n")))


def _kept(lines: list[str]) -> Iterator[str]:
    fenced = in_paragraph = in_list = False
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
        if fenced or not line.strip():
            in_paragraph = in_list = False
        elif _ITEM.match(line):
            if in_paragraph and not in_list and not _BEGINS.match(line) and (prose := _PROSE.fullmatch(line)):
                yield f"{prose['indent']}{prose['mark'][:-1]}\\{prose['mark'][-1]}{prose['after']}"
                continue
            in_list = True
        else:
            in_paragraph = in_paragraph or not line.lstrip().startswith(("#", "|", ">", ":::"))
        yield line
