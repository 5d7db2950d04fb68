"""The PDF as those who hear it get it: tagged, described, in order, with what repeats on each page set aside."""

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest

from journal.production.typesetting import Paper

pytestmark = pytest.mark.children


@pytest.fixture
def pdf(null_paper: Paper) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(null_paper.pdf)) as document:
        yield document


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == f"/{kind}"]


def test_it_claims_pdf_a_and_universal_access(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_every_figure_and_formula_says_what_it_shows(pdf: pikepdf.Pdf) -> None:
    figures = elements(pdf, "Figure")
    assert len(figures) > 20
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)
    said = {str(figure.Alt) for figure in figures}
    assert "AUC is near 0.94 on staged lies and near 0.53 on incentivised lies for all six models." in said
    assert any(words.startswith("H1: estimate 0.03 AUC above chance, 90% interval") for words in said)


def test_header_cells_say_what_they_head(pdf: pikepdf.Pdf) -> None:
    scopes = {str(cell.A.get("/Scope")) for cell in elements(pdf, "TH")}
    assert scopes == {"/Column", "/Row"}


def test_running_heads_and_page_numbers_are_not_read_aloud(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages[1:]:
        assert page.Contents.read_bytes().count(b"/Artifact\n<</Type/Pagination>>\nBDC") == 4
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    marked = re.findall(rb"<</MCID (\d+)>>", pdf.pages[1].Contents.read_bytes())
    held = [index for index, element in enumerate(nums[3].as_list()) if isinstance(element, pikepdf.Dictionary)]
    assert sorted(map(int, marked)) == held


def test_headings_do_not_skip_a_level(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(each.S)[2]) for each in _walk(pdf.Root.StructTreeRoot) if re.fullmatch(r"/H\d", str(each.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def _walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def test_the_outcomes_and_the_jats_travel_inside(pdf: pikepdf.Pdf, null_paper: Paper) -> None:
    assert pdf.attachments["outcomes.json"].get_file().read_bytes() == null_paper.data
    assert pdf.attachments["article.xml"].get_file().read_bytes() == null_paper.jats
    dates = {str(pdf.attachments[name].get_file().mod_date) for name in pdf.attachments}
    assert dates == {"2026-09-14 00:00:00+00:00"}


def test_only_carried_fonts_are_used(pdf: pikepdf.Pdf) -> None:
    fonts = {str(each.BaseFont) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each}
    assert fonts
    assert all(re.search(r"Source-(Serif|Sans|Code)|DejaVu-Sans", font) for font in fonts), fonts
