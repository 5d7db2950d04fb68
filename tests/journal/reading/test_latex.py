"""LaTeX as authors send it: one source of many files, and a document with its numbers, references and figures."""

import io

import pypdfium2
import pytest

from journal.reading.document import Document
from journal.reading.inside.latex.conditionals import settled
from journal.reading.inside.latex.flattening import Parts, without_comments
from journal.reading.inside.latex.heads import heads_in
from journal.reading.inside.latex.references import Entry, with_references_listed
from journal.reading.inside.latex.simplifying import simplified
from journal.reading.package import Package, package_in, read_package
from journal.reading.pandoc import Unreadable
from tests.journal.reading.samples import picture

MAIN = r"""
\documentclass{article}
\usepackage{ours}
\newif\ifanonymous \anonymousfalse
\title{Do Longer Prompts Leak More?\thanks{Supported by nobody.}}
\author[1]{Ines Okafor}
\author[2]{Tomas Lind}
\affil[1]{Institute for Careful Measurement}
\affil[2]{University of the Northern Shore}
\keywords{prompts, leakage}
\begin{document}
\maketitle
\begin{abstract}
We count leaks in \nruns{} runs.
\end{abstract}
\section{Introduction}\label{sec:intro}
Others saw more \citep{halloran2024}; \ifanonymous we hide \else we name \fi ourselves. % nobody reads this 100%
\input{parts/methods}
\appendix
\section{Settings}\label{app:settings}
Seeds are in Section~\ref{sec:methods} and \cref{app:settings}. The limit is Equation~\eqref{eq:limit};
see \ref{tab:gone}.
\unheardof{lost words}
\begin{tikzpicture}\draw (0,0) -- (1,1);\end{tikzpicture}
\begin{thebibliography}{9}
\bibitem{halloran2024} K.~Halloran. \newblock \emph{Leaks}. 2024.
\end{thebibliography}
\end{document}
"""
METHODS = r"""
\section{Methods}\label{sec:methods}
\begin{equation}\label{eq:limit} \rate \le \frac{1}{n} \end{equation}
\begin{figure}\includegraphics[width=\textwidth]{plots/leaks}\caption{Leaks by length.}\label{fig:leaks}\end{figure}
Figure~\ref{fig:leaks} shows them.
\begin{table}\caption{Counts}\label{tab:counts}
\resizebox{\textwidth}{!}{\begin{tabular}{lr}\toprule Length & Leaks \\ \midrule short & 3 \\ \bottomrule\end{tabular}}
\end{table}
"""
PACKAGE = r"\newcommand{\nruns}{480}" + "\n" + r"\newcommand{\rate}{\mathrm{leak}}" + "\n" + r"\def\@secret{no}"


def pdf_figure() -> bytes:
    """A PDF of one page, as plotting programs write figures."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(120, 80)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(files: dict[str, bytes], *, keeps_head: bool = False) -> Document:
    package = package_in(files)
    assert isinstance(package, Package), package
    document = read_package(package, keeps_head=keeps_head)
    assert isinstance(document, Document), document
    return document


@pytest.fixture(scope="module")
def document() -> Document:
    files = {
        "main.tex": MAIN.encode(),
        "parts/methods.tex": METHODS.encode(),
        "ours.sty": PACKAGE.encode(),
        "plots/leaks.pdf": pdf_figure(),
    }
    return read(files, keeps_head=True)


pytestmark = pytest.mark.children


def test_title_authors_and_abstract_come_from_the_source(document: Document) -> None:
    assert document.title == "Do Longer Prompts Leak More?"
    assert [author.name for author in document.front.authors] == ["Ines Okafor", "Tomas Lind"]
    assert document.front.authors[1].places == ("University of the Northern Shore",)
    assert document.front.keywords == ("prompts", "leakage")
    assert "We count leaks in 480 runs." in document.text()


def test_sections_equations_and_appendices_are_numbered_and_referred_to(document: Document) -> None:
    assert [heading.text for heading in document.headings] == [
        "Abstract",
        "1 Introduction",
        "2 Methods",
        "A Settings",
        "References",
    ]
    assert "Seeds are in Section 2 and Appendix A. The limit is Equation (1)" in document.text()
    assert 'href="#ms-eq-limit"' in document.html()
    assert 'id="ms-eq-limit"' in document.html()


def test_conditions_packages_and_boxes_are_settled(document: Document) -> None:
    assert "we name ourselves." in document.text()
    assert r"\mathrm{leak}" in document.html_for_paper()
    assert "short\t3" in document.text()
    assert "nobody reads this" not in document.text()


def test_a_pdf_is_a_figure_and_a_name_without_ending_finds_it(document: Document) -> None:
    assert [(figure.source, figure.media_type) for figure in document.figures] == [("plots/leaks.pdf", "image/png")]
    assert "Figure 1 shows them." in document.text()


def test_references_by_hand_are_cited_by_number_and_listed(document: Document) -> None:
    assert "Others saw more [1]" in document.text()
    assert 'href="#ms-ref-halloran2024"' in document.html()
    assert "<ref-list>" in document.jats_back()


def test_what_could_not_be_read_is_said_in_words(document: Document) -> None:
    told = " ".join(document.lost)
    assert "`\\unheardof{lost words}`" in told
    assert "1 figure drawn by LaTeX itself" in told
    assert "`tab:gone`" in told
    assert "maketitle" not in told


def test_citations_without_any_list_keep_their_keys() -> None:
    text = rb"\documentclass{article}\begin{document}Seen before \citep{okafor2023}.\end{document}"
    document = read({"paper.tex": text})
    assert "Seen before [okafor2023]." in document.text()
    assert any("no bibliography" in sentence for sentence in document.lost)


def test_a_missing_part_is_named_and_nothing_outside_is_read() -> None:
    text = (
        rb"\documentclass{article}\begin{document}Here. \input{../../../../etc/hostname} \input{/etc/passwd}"
        rb"\end{document}"
    )
    document = read({"paper.tex": text, "figure.png": picture()})
    assert "root:" not in document.text()
    assert sum("is not among the files" in sentence for sentence in document.lost) == 2


def test_a_source_that_takes_itself_in_ends() -> None:
    text = rb"\documentclass{article}\begin{document}Here. \input{paper}\end{document}"
    document = read({"paper.tex": text})
    assert "Here." in document.text()


def test_a_package_without_a_document_is_refused() -> None:
    package = package_in({"paper.tex": rb"\documentclass{article} only a head"})
    assert isinstance(package, Package)
    refused = read_package(package)
    assert isinstance(refused, Unreadable)
    assert r"\begin{document}" in refused.words


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("a % b\nc", "a c"),
        ("a\n\n% b\n\nc", "a\n\n\n\nc"),
        (r"50\% of % b", r"50\% of "),
        (r"\url{http://x/%20y} z", r"\url{http://x/%20y} z"),
        ("\\begin{verbatim}\n% kept\n\\end{verbatim}", "\\begin{verbatim}\n% kept\n\\end{verbatim}"),
        ("\\begin{comment}\ngone\n\\end{comment}after", "after"),
        (r"\verb|%| x", r"\verb|%| x"),
    ],
)
def test_comments_are_taken_out_and_percent_signs_stay(source: str, left: str) -> None:
    assert without_comments(source) == left


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (r"a\iffalse b\fi c", "a c"),
        (r"a\iftrue b\else c\fi d", "a b d"),
        (r"\newif\ifx y", r"\newif\ifx y"),
        (r"\newif\iflong\longtrue\iflong A\else B\fi", r"\newif\iflong\longtrue A"),
        (r"\newcommand{\note}{}\ifx\note\empty none\else\note\fi", r"\newcommand{\note}{} none"),
        (r"\newcommand{\note}{x}\ifx\note\empty none\else\note\fi", r"\newcommand{\note}{x}\note"),
        (r"p \iff q", r"p \iff q"),
        (r"a\iffalse b", r"a\iffalse b"),
        (r"\iffalse a\iftrue b\fi c\fi d", " d"),
    ],
)
def test_conditions_take_the_branch_the_source_asks_for(source: str, left: str) -> None:
    assert settled(source) == left


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (r"\resizebox{\textwidth}{!}{A{b}}", "A{b}"),
        (r"\scalebox{0.8}{\resizebox{1cm}{!}{x}}", "x"),
        (r"\makecell{one\\two}", "one two"),
        (r"\begin{sidewaystable}x\end{sidewaystable}", r"\begin{table}x\end{table}"),
        (r"\begin{wrapfigure}{r}{4cm}x\end{wrapfigure}", r"\begin{figure}x\end{figure}"),
        (r"\resizebox{never closed", r"\resizebox{never closed"),
    ],
)
def test_boxes_go_and_what_is_in_them_stays(source: str, left: str) -> None:
    assert simplified(source) == left


def test_an_algorithm_becomes_a_list_of_its_lines() -> None:
    source = (
        r"\begin{algorithm}\caption{Count}\begin{algorithmic}\State $n \gets 0$ \For{each run} \State add \EndFor"
        r"\end{algorithmic}\end{algorithm}"
    )
    listed = simplified(source)
    assert r"\textbf{Algorithm 1.} Count" in listed
    assert listed.count(r"\item") == 4
    assert r"\textbf{for} each run \textbf{do}" in listed


def test_a_theorem_that_only_a_class_declares_keeps_its_name() -> None:
    source = r"\newtheorem{lemma}{Lemma}\begin{document}\begin{theorem}x\end{theorem}\begin{lemma}y\end{lemma}"
    assert simplified(source).count(r"\newtheorem{theorem}{Theorem}") == 1
    assert simplified(source).count(r"\newtheorem{lemma}") == 1


def test_references_with_names_and_years_are_cited_so() -> None:
    source = (
        r"\begin{thebibliography}{9}\bibitem[Okafor and Lind(2023)]{ol} O. \bibitem[Halloran(2024a)]{h} H."
        r"\end{thebibliography}"
    )
    _, entries = with_references_listed(source)
    assert entries == [Entry("ol", "Okafor and Lind", "2023"), Entry("h", "Halloran", "2024a")]


def test_authors_without_affiliations_apart_are_left_to_pandoc() -> None:
    assert heads_in(r"\author{Ines Okafor \and Tomas Lind}")["authors"] == []


def test_parts_are_found_from_where_they_are_asked_for() -> None:
    parts = Parts(
        {"main.tex": r"\import{sections/}{one}", "sections/one.tex": r"1 \input{two}", "sections/two.tex": "2"}
    )
    assert parts.whole("main.tex") == "1 2"
    assert parts.unread == []
