"""Reads text as text: byte order marks, UTF-8 or a line to look at, no control characters."""

from __future__ import annotations

import codecs
import re

from journal.reading.problems import Problem, Unusable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
A_FEW = 3


def readable_text(body: bytes, *, found: str) -> str:
    """The text with plain line ends and without a mark; raises `Unusable`, with `found` naming what it is instead."""
    text = _decoded(body).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if len(CONTROL.findall(text[:100_000])) > A_FEW:
        raise Unusable(Problem.NOT_TEXT, found=found)
    if strange := CONTROL.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        raise Unusable(Problem.CONTROL_CHARACTER, line=str(line), code=f"U+{ord(strange[0]):04X}")
    if not text.strip():
        raise Unusable(Problem.EMPTY)
    return text


def _decoded(body: bytes) -> str:
    mark, encoding = next(((m, e) for m, e in MARKS if body.startswith(m)), (b"", "utf-8"))
    try:
        return body[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: len(mark) + error.start]
        line = before.count("\n".encode(encoding)) + 1
        byte = f"0x{body[len(mark) + error.start]:02X}"
        raise Unusable(Problem.NOT_UTF8, line=str(line), byte=byte) from None
