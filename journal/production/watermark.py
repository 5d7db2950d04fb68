"""The word across each page of a proof, as an outline: nobody hears it, finds it, or copies it with the text."""

from functools import lru_cache
from importlib.resources import as_file, files

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

FACE = files("templates") / "paper" / "fonts" / "SourceSans3-Semibold.otf"
# A4 in millimetres, the longest that fits its diagonal, the height of the letters, and five per cent of black.
WIDTH, HEIGHT, DIAGONAL, SIZE, INK, TURN = 210, 297, 240, 52, "#f0f2f1", -52


@lru_cache(maxsize=16)
def watermark(words: str) -> bytes:
    """`words` diagonally across an A4 page, as an SVG drawing. Signs that the face lacks are left out."""
    outlines, length, em = _outlined(words)
    scale = min(SIZE, DIAGONAL * em / max(length, 1)) / em
    placed = f"translate({WIDTH / 2} {HEIGHT / 2}) rotate({TURN}) scale({scale:.5f} {-scale:.5f})"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}mm" height="{HEIGHT}mm">'
    )
    return (
        f'{head}<g fill="{INK}" transform="{placed} translate({-length / 2} {-em / 4})">{outlines}</g></svg>'.encode()
    )


def _outlined(words: str) -> tuple[str, int, int]:
    """The outlines side by side, how long they are together, and the size of the em, in units of the face."""
    with as_file(FACE) as path, TTFont(path, lazy=True) as face:
        glyphs, names = face.getGlyphSet(), face.getBestCmap()
        outlines, x = [], 0
        for glyph in (glyphs[names[ord(sign)]] for sign in words if ord(sign) in names):
            pen = SVGPathPen(glyphs)
            glyph.draw(pen)
            outlines.append(f'<path transform="translate({x} 0)" d="{pen.getCommands()}"/>')
            x += glyph.width
        return "".join(outlines), x, face["head"].unitsPerEm
