"""Formulas as drawings: TeX becomes an SVG image with the words a screen reader says, through mathra.

WeasyPrint knows no MathML. An `<img alt>` is tagged as a figure with its text; an inline `<svg>` would not be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import mathra
from lxml import etree, html

# STIX Two Math is a little small beside Source Serif: their x-heights agree at this ratio.
SCALE = 1.06
SVG = "{http://www.w3.org/2000/svg}"


# A bare number is better set in the face of the text than drawn.
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*(?:\\?%)?")
# mathra 1.5.0 drops these styles from digits; Unicode has the digits themselves (bold 1D7CE, double-struck 1D7D8).
_STYLED_DIGITS = re.compile(r"\\(mathbf|boldsymbol|bm|mathbb)\s*\{\s*(\d+)\s*\}")
_FIRST_DIGIT = {"mathbf": 0x1D7CE, "boldsymbol": 0x1D7CE, "bm": 0x1D7CE, "mathbb": 0x1D7D8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A drawn formula: `svg` bytes, `width` and `depth` (below the baseline) in em of the text, and its `speech`."""

    svg: bytes
    width: float
    depth: float
    speech: str


@lru_cache(maxsize=4096)
def draw(tex: str, *, display: bool) -> Formula | None:
    """The drawing of `tex`, or None when it cannot be read at all. Faulty TeX is drawn as far as it goes."""
    try:
        result = mathra.render(_STYLED_DIGITS.sub(_styled, tex), display=display)
        root = etree.fromstring(result["svg"].encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        return Formula(
            width=SCALE * _em(root.get("width", "0em")),
            depth=SCALE * _depth(root.get("style", "")),
            speech=result["speech"] or tex,
            svg=_drawing_alone(root),
        )
    except (ValueError, KeyError, etree.XMLSyntaxError):
        return None


def _styled(found: re.Match[str]) -> str:
    return "".join(chr(_FIRST_DIGIT[found[1]] + int(digit)) for digit in found[2])


def _em(length: str) -> float:
    return float(length.removesuffix("em"))


def _depth(style: str) -> float:
    return -_em(style.removeprefix("vertical-align:").strip().rstrip(";")) if "vertical-align" in style else 0.0


def _drawing_alone(root: etree._Element) -> bytes:
    """Without the transparent text (it would pull in a font of the machine) and the source (which is in the JATS)."""
    for name in ("text", "metadata"):
        for element in list(root.iter(SVG + name)):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for name in ("width", "height", "style"):
        root.attrib.pop(name, None)
    root.set("width", "1000")
    root.set("height", f"{1000 * _ratio(root):.3f}")
    drawn: bytes = etree.tostring(root)
    return drawn


def _ratio(root: etree._Element) -> float:
    _, _, width, height = (float(number) for number in root.get("viewBox", "0 0 1 1").split())
    return height / width if width else 1.0


def draw_formulas(page: html.HtmlElement) -> dict[str, bytes]:
    """Put an image in the place of each `<span class="math inline|display" data-tex>` and return the drawings.

    Keys are the addresses used as `src`; a formula that comes again has the same address, so it is decoded once.
    """
    drawings: dict[str, bytes] = {}
    addresses: dict[tuple[str, bool], str] = {}
    for span in _spans(page):
        tex, display = span.get("data-tex", "").strip(), "display" in span.get("class", "").split()
        formula = draw(tex, display=display)
        if _NUMBER.fullmatch(tex) and not display:
            _show_number(span, tex)
        elif formula is None:
            _show_source(span, tex)
        else:
            address = addresses.setdefault((tex, display), f"formula:{len(addresses) + 1}.svg")
            drawings[address] = formula.svg
            _show_drawing(span, formula, address=address, display=display)
    return drawings


def _spans(page: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield from [span for span in page.iter("span") if "math" in span.get("class", "").split() and span.get("data-tex")]


def _clear(span: html.HtmlElement) -> None:
    for child in list(span):
        span.remove(child)
    span.text = None
    span.attrib.pop("data-tex", None)


def _show_number(span: html.HtmlElement, tex: str) -> None:
    _clear(span)
    span.text = tex.replace("-", "\N{MINUS SIGN}").replace("\\", "")


def _show_source(span: html.HtmlElement, tex: str) -> None:
    _clear(span)
    code = etree.SubElement(span, "code")
    code.text = tex


def _show_drawing(span: html.HtmlElement, formula: Formula, *, address: str, display: bool) -> None:
    _clear(span)
    style = f"width:{formula.width:.3f}em" + ("" if display else f";vertical-align:{-formula.depth:.3f}em")
    etree.SubElement(span, "img", {"src": address, "alt": formula.speech, "style": style})
