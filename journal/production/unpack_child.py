"""The child that takes a PDF apart: every stream as it is before compression, every string, and the text as drawn.

Text is drawn as numbers of signs in a font, so an identifier on a page stands in no stream; the fonts say which
characters the signs are. Run through `journal.confinement` alone.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pikepdf

GIVEN, WRITTEN = Path("given"), Path("written")
PAPER, APART = "paper.pdf", "apart.bin"
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{4,})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{4,8})>")
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_DRAWN = re.compile(rb"/(\S+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f]+)>")
Signs = Mapping[int, str]


def main() -> int:
    """Take `given/paper.pdf` apart into `written/apart.bin`."""
    with pikepdf.open(GIVEN / PAPER) as document:
        (WRITTEN / APART).write_bytes(b"\n".join([*_parts(document), *_texts(document)]))
    return 0


def _parts(document: pikepdf.Pdf) -> Iterator[bytes]:
    yield bytes(document.trailer.unparse(resolved=False))
    for each in document.objects:
        if isinstance(each, pikepdf.Stream):
            yield each.read_raw_bytes()
            try:
                yield each.read_bytes()
            except pikepdf.PdfError:
                continue  # a picture, whose own format is no compression of ours
        else:
            yield bytes(each.unparse())
            yield from _strings(each)


def _strings(each: object) -> Iterator[bytes]:
    if isinstance(each, pikepdf.String):
        yield bytes(each)
        yield str(each).encode()
    elif isinstance(each, pikepdf.Dictionary):
        for _, inner in sorted(each.items()):
            yield from _strings(inner) if not getattr(inner, "is_indirect", False) else ()
    elif isinstance(each, pikepdf.Array):
        for inner in each:
            yield from _strings(inner) if not getattr(inner, "is_indirect", False) else ()


def _texts(document: pikepdf.Pdf) -> Iterator[bytes]:
    for page in document.pages:
        fonts = page.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
        signs = {name.lstrip("/"): _signs(font) for name, font in fonts.items()}
        drawn = page.Contents
        whole = drawn.read_bytes() if isinstance(drawn, pikepdf.Stream) else b"\n".join(e.read_bytes() for e in drawn)
        yield "".join(_drawn(whole, signs)).encode()


def _drawn(whole: bytes, signs: Mapping[str, Signs]) -> Iterator[str]:
    """The characters in the order in which they are drawn, run together: what stands in between is no character."""
    font: Signs = {}
    for name, run in _DRAWN.findall(whole):
        if name:
            font = signs.get(name.decode(errors="replace"), {})
        else:
            yield "".join(font.get(int(run[at : at + 4], 16), "") for at in range(0, len(run), 4))


def _signs(font: pikepdf.Object) -> Signs:
    table = font.get("/ToUnicode")
    if not isinstance(table, pikepdf.Stream):
        return {}
    body = table.read_bytes()
    found = {int(sign, 16): _characters(said) for sign, said in _PAIR.findall(_RANGES.sub(b"", body))}
    for ranges in _RANGES.findall(body):
        for first, last, said in _RANGE.findall(ranges):
            begin = int(said, 16)
            found |= {sign: chr(begin + sign - int(first, 16)) for sign in range(int(first, 16), int(last, 16) + 1)}
    return found


def _characters(said: bytes) -> str:
    return bytes.fromhex(said.decode()).decode("utf-16-be", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
