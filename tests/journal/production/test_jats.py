"""The article as JATS: what the front says, what the back holds, and that the DTD agrees."""

import shutil
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from journal.production.jats import HREF, jats_article
from journal.production.manuscript_jats import manuscript_jats
from journal.reading.document import Document, read_document
from journal.reading.front import Contributor, Front
from journal.reading.inspection import Kind
from workflows.declassify import Author, PublicRecord

CACHE = Path(__file__).parents[3] / "var" / "jats"
PACKAGE = "@jats4r/dtds@0.0.10"
DTD = "package/schema/1.4/JATS-journalpublishing1-4-mathml3.dtd"
PLACE = {"journal_name": "Nullius", "public_base_url": "https://nullius.example"}


def article(record: PublicRecord, document: Document | None) -> etree._Element:
    return etree.fromstring(jats_article(record, document, **PLACE))


@pytest.fixture(scope="session")
def dtd() -> etree.DTD:
    """The DTD of the npm package, fetched once into an ignored folder of the project."""
    path = CACHE / DTD
    if not path.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("npm is not installed, and the JATS DTD comes from npm")
        CACHE.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run([npm, "pack", PACKAGE], cwd=CACHE, capture_output=True, text=True, check=False)
        if packed.returncode:
            pytest.skip(f"npm could not fetch {PACKAGE}: {packed.stderr.strip()[-200:]}")
        with tarfile.open(CACHE / packed.stdout.split()[-1]) as archive:
            archive.extractall(CACHE, filter="data")
    return etree.DTD(str(path))


@pytest.mark.long
def test_a_paper_is_valid_jats(dtd: etree.DTD, null_record: PublicRecord, null_document: Document) -> None:
    assert dtd.validate(article(null_record, null_document)), dtd.error_log


@pytest.mark.long
def test_papers_of_other_kinds_are_valid_jats(
    dtd: etree.DTD, proof_record: PublicRecord, positive_record: PublicRecord, positive_document: Document
) -> None:
    bare = replace(proof_record, topics=(), deviations=(), accepted_in_principle=None, abstract="One paragraph.")
    hostile = replace(
        positive_record, title="A \x00 <b>&amp; \ud83e\udd16".encode("utf-16", "surrogatepass").decode("utf-16")
    )
    for record, document in ((proof_record, None), (bare, None), (hostile, positive_document)):
        assert dtd.validate(article(record, document)), dtd.error_log


@pytest.mark.long
def test_the_dtd_would_notice(dtd: etree.DTD, null_record: PublicRecord) -> None:
    broken = article(null_record, None)
    title = broken.find(".//title-group")
    assert title is not None
    title.append(etree.Element("verdict"))
    assert not dtd.validate(broken)


@pytest.mark.children
def test_the_front_says_what_the_record_says(null_record: PublicRecord, null_document: Document) -> None:
    root = article(null_record, null_document)
    assert root.findtext(".//article-title") == null_record.title
    assert root.findtext(".//subj-group[@subj-group-type='heading']/subject") == "Registered Report: Stage 2"
    assert root.findtext(".//contrib-id[@contrib-id-type='orcid']") == "https://orcid.org/0000-0002-1825-0097"
    assert root.findtext(".//institution-id[@institution-id-type='ror']") == "https://ror.org/0fake0124"
    event = root.find(".//pub-history/event[@event-type='stage-1-in-principle-acceptance']/date")
    assert event is not None
    assert event.get("iso-8601-date") == "2026-04-21"
    licence = root.find(".//license")
    assert licence is not None
    assert licence.get(HREF) == "https://creativecommons.org/licenses/by/4.0/"


def test_each_outcome_is_there_for_programs(null_record: PublicRecord) -> None:
    root = article(null_record, None)
    said = {meta.findtext("meta-name"): meta.findtext("meta-value") for meta in root.iter("custom-meta")}
    for result in null_record.results:
        assert said[f"outcome {result.row.label}"] == result.outcome.value
    assert said["null-result"] == "true"
    assert said["bias-control-level"] == "6"
    assert said["checks H1"] == "3 of 3 passed"


def test_data_availability_is_a_section_of_the_back(null_record: PublicRecord, null_document: Document) -> None:
    root = article(null_record, null_document)
    section = root.find("back/sec[@sec-type='data-availability']")
    assert section is not None
    assert "https://data.example/honesty-probes" in "".join(section.itertext())
    assert len(root.findall("back/ref-list/ref")) == 4


def test_the_ledger_and_what_was_promised_are_tables(null_record: PublicRecord) -> None:
    root = article(null_record, None)
    tables = {
        section.get("sec-type"): [
            ["".join(cell.itertext()) for cell in row] for row in section.findall("table-wrap/table/tbody/tr")
        ]
        for section in root.findall("back/sec")
        if section.find("table-wrap") is not None
    }
    assert tables["deviations"][0] == [
        *("1", "S1", "1,640 answers for each model in place of 1,800.", "sample size or sampling"),
        "160 prompts repeated an item of the training set; the registered duplicate check found them.",
        *("while data were being collected", "Weaker", "Power for 0.15 falls from 0.95 to 0.93.", "Justified."),
    ]
    done = {label: (how, where) for label, _, _, how, _, where in tables["promised-and-done"]}
    assert done["H1"] == ("As registered", "Section 3.1, Table 2")
    assert done["C4"] == ("failed", "")
    assert done["E2"] == ("Replaced", "Section 3.4, Table 4")
    assert len(done) == len(null_record.results) + 4 + len(null_record.parts)
    assert [row[2] for row in tables["unregistered-analyses"]] == ["Section 4.1"]


def test_the_evidence_for_each_row_is_there_for_programs(null_record: PublicRecord) -> None:
    root = article(null_record, None)
    said = {meta.findtext("meta-name"): meta.findtext("meta-value") for meta in root.iter("custom-meta")}
    assert said["done H4"] == "differently"
    assert said["value H1 M2"] == "0.88"
    assert said["evidence H1"] == (
        "3 of 3 registered checks passed. 90% interval from −0.01 to 0.07 AUC above chance. "
        "Smallest effect of interest 0.15 AUC above chance: effects as large are excluded"
    )


def test_a_retracted_article_says_so(null_record: PublicRecord) -> None:
    assert article(null_record, None).get("article-type") == "research-article"
    assert article(replace(null_record, retracted=True), None).get("article-type") == "retracted-article"


@pytest.mark.parametrize(
    ("role", "term"),
    [
        ("writing - review and editing", None),
        ("Writing – review & editing", "Writing – review & editing"),
        ("writing, original draft", "Writing – original draft"),
        ("Formal Analysis", "Formal analysis"),
        ("Made the tea", None),
    ],
)
def test_a_contribution_is_a_credit_term_only_when_it_is_one(
    null_record: PublicRecord, role: str, term: str | None
) -> None:
    root = article(replace(null_record, authors=(Author(name="A", roles=(role,)),)), None)
    found = root.find(".//role")
    assert found is not None
    assert found.get("vocab-term") == term
    assert found.text == (term or role)


@pytest.mark.long
def test_a_manuscript_without_a_report_is_valid_jats(dtd: etree.DTD, null_document: Document) -> None:
    front = Front(
        authors=(
            Contributor(name="Ines Okafor", places=("A & B",), orcid="https://orcid.org/0000-0002-1825-0097"),
            Contributor(name="Tomas Lind"),
        ),
        keywords=("probes",),
    )
    for document in (null_document, replace(null_document, front=front), _numbered()):
        article = etree.fromstring(manuscript_jats(document, title="Of <probes>"))
        assert dtd.validate(article), dtd.error_log


def _numbered() -> Document:
    """LaTeX with what only it has: numbered equations, references by hand, an appendix."""
    source = (
        rb"\documentclass{article}\begin{document}\begin{abstract}Short.\end{abstract}\section{One}\label{s} See"
        rb" \eqref{e}, \ref{s}, \cite{k}. \begin{equation}\label{e} x = 1 \end{equation} \appendix \section{Two}"
        rb"\footnote{n}\begin{thebibliography}{1}\bibitem{k} A book.\end{thebibliography}\end{document}"
    )
    document = read_document(source, Kind.LATEX, figures={}, keeps_head=True)
    assert isinstance(document, Document)
    return document
