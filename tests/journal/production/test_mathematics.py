"""Formulas: drawn without the machine's fonts, spoken, each drawing once."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from journal.production.mathematics import draw, draw_formulas


def page(*formulas: tuple[str, str]) -> html.HtmlElement:
    root = html.fragment_fromstring("<p></p>")
    for tex, how in formulas:
        span = html.fragment_fromstring(f'<span class="math {how}">x</span>')
        span.set("data-tex", tex)
        root.append(span)
    return root


def test_a_formula_becomes_a_drawing_with_words() -> None:
    formula = draw(r"\frac{a}{b}", display=True)
    assert formula is not None
    assert formula.speech == "a over b"
    assert b"<path" in formula.svg
    assert b"<text" not in formula.svg
    assert b"<metadata" not in formula.svg
    assert formula.width > 0


def test_a_formula_that_comes_again_is_drawn_once() -> None:
    root = page(("x^2", "inline"), ("x^2", "inline"), ("x^2", "display"), ("y", "inline"))
    drawings = draw_formulas(root)
    sources = [image.get("src") for image in root.iter("img")]
    assert len(drawings) == 3
    assert sources[0] == sources[1] != sources[2]
    assert all(image.get("alt") for image in root.iter("img"))


def test_inline_formulas_stand_on_the_line() -> None:
    root = page(("x_i", "inline"), ("x_i", "display"))
    draw_formulas(root)
    inline, display = (image.get("style", "") for image in root.iter("img"))
    assert "vertical-align:-" in inline
    assert "vertical-align" not in display


def test_a_bare_number_is_set_as_text() -> None:
    root = page(("-0.05", "inline"), (r"12\%", "inline"))
    assert draw_formulas(root) == {}
    assert root.text_content() == "\N{MINUS SIGN}0.0512%"


def test_bold_and_double_struck_digits_are_kept() -> None:
    plain, bold, struck = (draw(tex, display=False) for tex in ("1", r"\mathbf{1}", r"\mathbb{1}"))
    assert plain is not None
    assert bold is not None
    assert struck is not None
    assert len({plain.svg, bold.svg, struck.svg}) == 3


def test_what_is_no_formula_is_left_alone() -> None:
    root = html.fragment_fromstring('<p><span class="math inline">x</span> <span data-tex="x">y</span></p>')
    assert draw_formulas(root) == {}
    assert root.text_content() == "x y"


@given(tex=st.text(alphabet=st.sampled_from("\\frac{}^_$&#%x1+ \N{SNOWMAN}"), max_size=40), display=st.booleans())
def test_no_text_breaks_the_drawing(tex: str, display: bool) -> None:  # noqa: FBT001 (hypothesis fills it)
    root = page((tex, "display" if display else "inline"))
    for body in draw_formulas(root).values():
        assert body.startswith(b"<svg")
