"""Papers, typeset in the confined child: what they say, what a proof keeps back, and what cannot be printed."""

import io
import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from journal.confinement import Limits
from journal.production.printing import Reason, Unprintable
from journal.production.typesetting import Paper, typeset
from journal.reading.document import Document
from tests.journal.production.conftest import Press
from workflows.declassify import Face, Notice, PublicRecord

pytestmark = pytest.mark.children


def words_of(paper: Paper) -> str:
    command = ["pdftotext", "-", "-"]
    said = subprocess.run(command, input=paper.pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(said.split())


def drawn(paper: Paper, *, page: int) -> bytes:
    """What is drawn on one page, as pdftoppm sees it."""
    command = ["pdftoppm", "-r", "40", "-f", str(page), "-l", str(page), "-gray"]
    return subprocess.run(command, input=paper.pdf, capture_output=True, check=True).stdout


def test_the_paper_says_what_was_asked_and_what_was_found(null_paper: Paper, null_record: PublicRecord) -> None:
    words = words_of(null_paper)
    for author in null_record.authors:
        assert author.name in words
    for promised in (
        "Null result".upper(),
        "Accepted in principle 21 Apr 2026, protocol version 3",
        "4 May 2026 to 30 Jun 2026, after acceptance",
        "Level 6 of 6",
        "Null, informative",
        "[\N{MINUS SIGN}0.01, 0.07]",
        "A null rules out a probe that would help a monitor",
        "Could the study have found it?",
        "A planted signal of 0.15 is recovered",
        "Its maker withdrew it on 28 April 2026",
        "Limits the claim",
        "Exclusion of units or observations",
        "Weaker. Power for",
        "3 of 3 registered checks passed. 90% interval from \N{MINUS SIGN}0.01 to 0.07 AUC above chance.",
        "Done. Differently. Two of the four trained models were kept",
        "Analyses that were not registered",
        "4 were declared by the authors",
        "Branch B1",
        "We call a lie incentivised when",
        "Orlova, T., & Nwachukwu, E. (2025)",
        "How to cite Marwick-Osei, A., Tellervo, J., & Lindqvist-Rao, P. (2026)",
        "https://nullius.example/reports/kq7w3fhe",
        f"1/{null_paper.pages}",
    ):
        assert promised.casefold() in words.casefold().replace(" / ", "/"), promised


def test_the_paper_names_its_language_title_and_date(null_paper: Paper, null_record: PublicRecord) -> None:
    with pikepdf.open(io.BytesIO(null_paper.pdf)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as metadata:
            assert str(metadata["dc:title"]) == null_record.title
            assert str(metadata["xmp:CreateDate"]).startswith("2026-09-14")
        assert len(pdf.pages) == null_paper.pages


def test_qpdf_finds_nothing_wrong(null_paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(null_paper.pdf)
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_nothing_is_refused_and_every_sign_printed(null_paper: Paper) -> None:
    assert (null_paper.refused, null_paper.unprinted) == ((), "")


def test_the_manifest_names_every_file(null_paper: Paper) -> None:
    kinds = [(entry.kind, entry.name) for entry in null_paper.manifest.entries]
    assert kinds == [
        ("data", "outcomes.json"),
        ("figure", "figures/figure-1.svg"),
        ("figure", "figures/figure-2.png"),
        ("html", "article.html"),
        ("jats", "article.xml"),
        ("pdf", "paper.pdf"),
    ]
    assert null_paper.manifest.entry("paper.pdf").size == len(null_paper.pdf)
    assert json.loads(null_paper.manifest.as_json())["files"][0]["name"] == "outcomes.json"


def test_the_web_text_keeps_formulas_and_names_the_figures(null_paper: Paper) -> None:
    assert "<math" in null_paper.html
    for figure in null_paper.figures:
        assert f'src="{figure.name}"' in null_paper.html


def test_a_proof_carries_no_identifier(press: Press, proof_record: PublicRecord, null_document: Document) -> None:
    proof = press(proof_record, null_document, watermark="Proof")
    words = words_of(proof)
    assert "Proof, not published" in words
    assert "How to cite" not in words
    for body in (proof.pdf, proof.jats, proof.data, words.encode()):
        assert b"kq7w3fhe" not in body
        assert b"nullius.example" not in body
    plain = press(proof_record, null_document)
    assert drawn(plain, page=3) != drawn(proof, page=3), "the word lies across the page"
    assert words_of(plain) == words, "and is nobody's text"


def test_names_in_several_scripts_are_printed(
    press: Press, positive_record: PublicRecord, positive_document: Document
) -> None:
    paper = press(positive_record, positive_document)
    assert paper.unprinted == ""
    for name in ("Ștefănescu", "Thị Hạnh", "Παπαδόπουλος", "Ibáñez"):
        assert name in words_of(paper)
    assert "doi:10.5555/nullius.m2x9t4vd" in words_of(paper)


def test_signs_that_no_font_has_are_told(press: Press, null_record: PublicRecord) -> None:
    title = "Tubes \N{TEST TUBE} and \N{CJK UNIFIED IDEOGRAPH-6F22}\N{CJK UNIFIED IDEOGRAPH-5B57}"
    paper = press(replace(null_record, title=title), None)
    assert paper.unprinted == "\N{CJK UNIFIED IDEOGRAPH-5B57}\N{CJK UNIFIED IDEOGRAPH-6F22}\N{TEST TUBE}"


def test_a_short_report_needs_no_manuscript(press: Press, null_record: PublicRecord) -> None:
    paper = press(null_record, None)
    words = words_of(paper)
    assert paper.html == ""
    assert "The registered plan" in words
    assert "1,640 labelled answers for each of six models; no interim analysis." in words


def test_a_retracted_paper_says_so_first(press: Press, null_record: PublicRecord) -> None:
    notice = Notice(kind="retraction", on=date(2027, 1, 4), text="The labels were wrong.")
    paper = press(replace(null_record, retracted=True, notices=(notice,)), None)
    words = words_of(paper)
    assert words.index("Retraction, 4 Jan 2027.") < words.index("ABSTRACT")
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf, pdf.open_metadata() as metadata:
        assert str(metadata["dc:title"]).startswith("Retracted: ")


def test_a_protocol_is_printed_without_outcomes(press: Press, null_record: PublicRecord) -> None:
    words = words_of(press(replace(null_record, face=Face.PROTOCOL, null_result=False, published_on=None), None))
    assert "STAGE 1 PROTOCOL" in words
    assert "The registered plan" in words
    assert "Accepted in principle 21 Apr 2026" in words
    assert "Threshold: AUC at least 0.85 If it fails" in words
    assert "not published" not in words
    assert "Outcomes of the registered hypotheses" not in words


def test_what_people_type_is_text(press: Press, null_record: PublicRecord) -> None:
    typed = "<script>alert(1)</script> {{ 7 * 7 }} </style><b>&amp;"
    paper = press(replace(null_record, title=typed, claim=typed, abstract=f"{typed} a\x00b\x0b\ufffe"), None)
    assert words_of(paper).count(typed) >= 3
    title = etree.fromstring(paper.jats).findtext(".//article-title")
    assert title == typed


def printed_within(
    record: PublicRecord, *, seconds: float = 60, memory: int = 1 << 30, page_limit: int = 300
) -> Paper | Unprintable:
    return typeset(
        record,
        None,
        journal_name="Nullius",
        public_base_url="https://nullius.example",
        limits=Limits(seconds=seconds, memory=memory),
        page_limit=page_limit,
    )


@pytest.mark.parametrize(
    ("limits", "reason", "advice"),
    [
        ({"page_limit": 1}, Reason.PAGES, "more than 1 pages"),
        ({"seconds": 0.4}, Reason.TIME, "more than 0.4 seconds"),
        ({"memory": 120 * 1024 * 1024}, Reason.CRASH, "could not be typeset"),
    ],
)
def test_what_cannot_be_printed_is_said_in_words(
    null_record: PublicRecord, limits: dict[str, int], reason: Reason, advice: str
) -> None:
    refused = printed_within(null_record, **limits)
    assert isinstance(refused, Unprintable)
    assert refused.reason is reason
    assert advice in refused.words
