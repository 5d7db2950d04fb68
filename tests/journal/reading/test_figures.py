"""Figures are made anew: what one sees stays, what acts, fetches or tells of people goes."""

import io
import re
import time

import pytest
from PIL import Image

from journal.reading.figures import CleanFigure, clean_figures
from journal.reading.inspection import Refused
from tests.journal.reading.samples import MANUSCRIPTS, drawing, huge_png, picture

pytestmark = pytest.mark.children


def clean(body: bytes) -> CleanFigure:
    """One figure that can be used."""
    figure = clean_figures({"figure": body})["figure"]
    assert isinstance(figure, CleanFigure), figure
    return figure


def with_notes(kind: str) -> bytes:
    """A picture with a camera's notes, turned by a quarter."""
    image, notes, out = Image.new("RGB", (60, 40), "red"), Image.Exif(), io.BytesIO()
    notes[0x0112], notes[0x013B], notes[0x010F] = 6, "Ada Marwick", "Camera of Ada"
    image.save(out, kind, exif=notes, dpi=(300, 300), comment=b"by Ada", icc_profile=b"profile of Ada")
    return out.getvalue() + b"trailing Ada Marwick"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_loses_its_notes_and_keeps_its_pixels_upright(kind: str) -> None:
    sent = with_notes(kind)
    assert b"Ada" in sent
    figure = clean(sent)
    assert b"Ada" not in figure.body
    assert b"Exif" not in figure.body
    with Image.open(io.BytesIO(figure.body)) as image:
        assert image.size == (figure.width, figure.height) == (40, 60)
        red, green, blue = image.convert("RGB").getpixel((20, 30))  # type: ignore[misc]
    assert (red > 250, green < 5, blue < 5) == (True, True, True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_picture_comes_through_as_one_that_browsers_draw(mode: str) -> None:
    with Image.open(io.BytesIO(clean(picture(mode=mode)).body)) as image:
        assert image.mode in {"L", "LA", "RGB", "RGBA"}


def test_a_picture_larger_than_print_is_drawn_smaller() -> None:
    figure = clean(picture(size=(6000, 300)))
    assert (figure.width, figure.height) == (4096, 205)


def test_the_same_picture_is_made_anew_to_the_same_bytes() -> None:
    sent = {"a": picture(), "b": (MANUSCRIPTS / "figures" / "forest.svg").read_bytes(), "c": picture("JPEG")}
    assert clean_figures(sent) == clean_figures(dict(reversed(sent.items())))


def test_one_bad_picture_does_not_take_the_others_with_it() -> None:
    done = clean_figures({"good": picture(), "bad": b"\x89PNG\r\n\x1a\n", "huge": huge_png(30_000, 30_000)})
    assert isinstance(done["good"], CleanFigure)
    assert isinstance(done["bad"], Refused)
    assert isinstance(done["huge"], Refused)


def test_a_drawing_keeps_what_it_draws() -> None:
    figure = clean((MANUSCRIPTS / "figures" / "forest.svg").read_bytes())
    assert figure.removed == ()
    for kept in (b"<title>Differences by model</title>", b"<style>", b'xlink:href="#dot"', b"stroke-dasharray"):
        assert kept in figure.body
    assert b"Laptop" not in figure.body
    assert b"DOCTYPE" not in figure.body


@pytest.mark.parametrize(
    ("inner", "bad"),
    [
        ("<script>alert(1)</script>", "alert"),
        ('<rect width="1" height="1" onclick="alert(1)"/>', "alert"),
        ('<rect width="1" height="1" OnLoad="alert(1)"/>', "alert"),
        ("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><img src='x'/></body></foreignObject>", "img"),
        ('<image href="http://127.0.0.1:9/x.png"/>', "127"),
        ('<image xlink:href="file:///etc/passwd"/>', "passwd"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "svg+xml"),
        ('<use href="http://127.0.0.1:9/x.svg#a"/>', "127"),
        ('<use xlink:href="other.svg#a"/>', "other"),
        ('<a href="javascript:alert(1)"><rect/></a>', "alert"),
        ('<rect fill="url(http://127.0.0.1:9/#a)"/>', "127"),
        ("<rect style=\"fill: url( 'http://127.0.0.1:9/#a')\"/>", "127"),
        ("<style>@import 'http://127.0.0.1:9/x.css';</style>", "127"),
        ("<style>@font-face{font-family:x;src:url(#a)}</style>", "font-face"),
        ("<style>rect{fill:u\\72l(http://127.0.0.1:9)}</style>", "127"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "alert"),
        ('<animate attributeName="href" values="javascript:alert(1)"/>', "alert"),
        ('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>', "alert"),
        ('<handler xmlns="http://www.w3.org/2001/xml-events">alert(1)</handler>', "alert"),
        ('<?xml-stylesheet href="http://127.0.0.1:9/x.css"?>', "127"),
        ("<!-- Ada Marwick -->", "Ada"),
        ('<feImage href="http://127.0.0.1:9/x.png"/>', "127"),
        ('<rect xml:base="http://127.0.0.1:9/"/>', "127"),
    ],
)
def test_a_drawing_loses_what_acts_or_fetches(inner: str, bad: str) -> None:
    assert bad in drawing(inner).decode()
    figure = clean(drawing(inner))
    assert bad not in figure.body.decode()
    assert figure.body.count(b'<rect width="5"') == 1


def test_a_picture_inside_a_drawing_is_made_anew_too() -> None:
    import base64

    inner = base64.b64encode(with_notes("PNG")).decode()
    body = clean(drawing(f'<image href="data:image/png;base64,{inner}" width="5" height="5"/>')).body.decode()
    found = re.search(r"data:image/png;base64,([^\"]+)", body)
    assert found is not None
    assert b"Ada" not in base64.b64decode(found[1])


def doubling(levels: int, ending: str) -> bytes:
    """A drawing whose every level draws the one below ten times."""
    inner = "".join(
        f'<g id="l{level}">' + f'<use href="#l{level - 1}"/>' * 10 + "</g>" for level in range(1, levels + 1)
    )
    return drawing(f'<g id="l0">{ending}</g>{inner}')


@pytest.mark.parametrize(
    "body",
    [
        doubling(9, "<rect/>"),
        drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        drawing("<g>" * 150 + "</g>" * 150),
    ],
    ids=["a billion", "a circle", "deep"],
)
def test_a_drawing_that_multiplies_itself_is_refused_at_once(body: bytes) -> None:
    began = time.monotonic()
    figure = clean_figures({"figure": body})["figure"]
    assert isinstance(figure, Refused)
    assert "intricate" in figure.words
    assert time.monotonic() - began < 5


def test_a_drawing_may_use_its_marks_a_thousand_times() -> None:
    assert clean(doubling(3, "<rect/>")).body.count(b"<use") == 30
