"""Manuscripts in Markdown become structure: title, sections, figures, references, formulas, and what was left out."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from lxml import etree

from journal.reading.document import Document
from tests.journal.reading.samples import BIBLIOGRAPHY, MANUSCRIPTS, drawing, figures, manuscript, picture, read

pytestmark = pytest.mark.children

NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'


class Links(HTMLParser):
    """Identifiers and inner links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs) if tag else {}
        self.ids += [values["id"] or ""] if "id" in values else []
        self.targets += [(values["href"] or "")[1:]] if (values.get("href") or "").startswith("#") else []


def full(name: str) -> Document:
    """One of our manuscripts, with its figures and its bibliography."""
    return read(manuscript(name), given=figures(), bib=BIBLIOGRAPHY)


def jats(document: Document) -> etree._Element:
    """Body and back as one XML tree."""
    body, back = document.jats_body(), document.jats_back()
    return etree.fromstring(f"<article {NAMESPACES}><body>{body}</body><back>{back}</back></article>")


@pytest.fixture(scope="module")
def protocol() -> Document:
    return full("protocol_sandbagging")


@pytest.fixture(scope="module")
def results() -> Document:
    return full("results_probes")


def test_a_sound_manuscript_has_a_title_and_sections_and_nothing_to_tell(protocol: Document) -> None:
    assert protocol.title.startswith("Do language models sandbag")
    assert [(heading.level, heading.text) for heading in protocol.headings] == [
        (2, "1. Background"),
        (2, "2. Hypotheses"),
        (2, "3. Design"),
        (3, "3.1 Outcome-neutral checks"),
        (2, "4. Analysis"),
        (2, "5. What each outcome would mean"),
        (2, "References"),
    ]
    assert protocol.warnings == ()
    assert "<h1" not in protocol.html()


@pytest.mark.parametrize("name", ["protocol_sandbagging", "results_probes"])
def test_every_inner_link_leads_somewhere_and_every_identifier_is_our_own(name: str) -> None:
    document = full(name)
    links = Links(document.html())
    assert len(links.ids) == len(set(links.ids)) > 5
    assert set(links.targets) <= set(links.ids)
    assert len(links.targets) > 5
    assert all(identifier.startswith("ms-") for identifier in links.ids)
    assert {heading.id for heading in document.headings} <= set(links.ids)


def test_citations_and_references_are_set(protocol: Document) -> None:
    html = protocol.html()
    assert re.search(r"\(<a [^>]+>Brandt &amp; Lindqvist, 2023, p. 51</a>; <a [^>]+>Castellanos, 2025</a>\)", html)
    assert "Adeyemi, F., Brandt, J., &amp; Okonkwo-Hale, M. (2024)." in html
    assert "<em>arXiv preprint arXiv:2501.00000</em>" in html
    assert html.count('role="listitem"') == 5


def test_cross_references_say_figure_and_table(protocol: Document, results: Document) -> None:
    assert '<a href="#ms-fig-plan">Figure 1</a>' in protocol.html()
    assert '<a href="#ms-tbl-hypotheses">Table 1</a>' in protocol.html()
    assert '<p><a href="#ms-fig-auroc">Figure 1</a> shows no trend.' in results.html()


def test_figures_are_given_neutral_names_and_descriptions(protocol: Document, results: Document) -> None:
    (plan,) = protocol.figures
    assert (plan.name, plan.source, plan.media_type) == ("figures/figure-1.svg", "figures/forest.svg", "image/svg+xml")
    assert plan.alt.startswith("Three horizontal intervals")
    assert f'<img src="figures/figure-1.svg" alt="{plan.alt}">' in protocol.html()
    assert [figure.source for figure in results.figures] == ["plots/auroc.png", "figures/forest.svg"]
    assert "No description for readers who cannot see: Figure 1, Figure 2." in results.warnings[0]
    assert '<figcaption><span class="label">Figure 2.</span> Registered display' in results.html()


def test_tables_have_heads_that_say_what_they_head(results: Document) -> None:
    html = results.html()
    assert '<caption><span class="label">Table 1.</span> Area under the curve by model.</caption>' in html
    assert '<th class="num" scope="col">AUROC</th>' in html
    assert '<td class="centre">[0.46, 0.56]</td>' in html
    assert " style=" not in html
    assert "<colgroup" not in html


def test_formulas_are_mathml_for_the_web_and_tex_for_the_paper(results: Document) -> None:
    assert 'aria-label="Equation 1"><math' in results.html()
    assert results.html().count("<math") == results.html_for_paper().count("data-tex=") == 6
    assert "<math" not in results.html_for_paper()
    assert r'<span class="math inline" data-tex="\pi = 0.02">\pi = 0.02</span>' in results.html_for_paper()


def test_footnotes_stand_at_the_end_on_the_web_and_in_place_on_paper(protocol: Document) -> None:
    assert '<li id="ms-fn1"><p>Of eleven public reports' in protocol.html()
    paper = protocol.html_for_paper()
    assert '<span class="fn"><span>Of eleven' in paper or '<span class="fn">Of eleven public reports' in paper
    assert "supplementary material.<br>A twelfth was withdrawn.</span>" in paper
    assert "doc-endnotes" not in paper


def test_jats_is_well_formed_and_knows_what_its_links_are(protocol: Document) -> None:
    tree = jats(protocol)
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    kinds = {(xref.get("ref-type"), xref.get("rid") in ids) for xref in tree.iter("xref")}
    assert {("bibr", True), ("fn", True)} <= kinds
    assert all(found for _, found in kinds)
    assert len(tree.findall(".//ref-list/ref")) == 5
    assert tree.findtext(".//ref-list/title") == "References"
    assert "References" not in [title.text for title in tree.findall("./body//sec/title")]
    assert tree.findall("./body//fig/graphic")
    assert tree.findall("./body//table-wrap")
    assert tree.findall(".//{http://www.w3.org/1998/Math/MathML}math")


def test_the_text_has_one_paragraph_a_line(results: Document) -> None:
    lines = results.text().splitlines()
    assert lines[0] == "Abstract"
    assert "1B\t0.51\t[0.46, 0.56]" in lines
    assert "Figure 1. Probe accuracy by model." in lines
    assert any(line.startswith("At this rate a monitor below 0.65") for line in lines)


def test_the_same_files_give_the_same_bytes_in_another_process(results: Document) -> None:
    code = """
import sys, json
from tests.journal.reading.test_documents import full
document = full("results_probes")
forms = [document.html(), document.html_for_paper(), document.jats_body(), document.jats_back(), document.text()]
print(json.dumps([forms, [figure.body.hex() for figure in document.figures], document.warnings]))
"""
    environment = {"PYTHONHASHSEED": "4321", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    root = MANUSCRIPTS.parents[2]
    other = json.loads(subprocess.check_output([sys.executable, "-c", code], env=environment, cwd=root))
    forms = [results.html(), results.html_for_paper(), results.jats_body(), results.jats_back(), results.text()]
    assert other == [forms, [figure.body.hex() for figure in results.figures], list(results.warnings)]


SAID = [
    ("A ![c](plots/auc.png) b.\n\n![The curve.](plots/auc.png)", "Figure 1: the file `plots/auc.png` is missing."),
    ("![](a.png) and ![](b.png)", "These image files are missing: `a.png`, `b.png`. Upload each as a figure."),
    ("![Far](http://127.0.0.1:9/x.png)", "Figure 1: pictures are not fetched from elsewhere"),
    ("![Odd](bad.png)", "Figure 1: `bad.png` cannot be shown. This picture is damaged"),
    ("![Odd](acting.svg)", "Figure 1: parts of the drawing are left out (script)."),
    ("As @nobody2020 says.", "The text cites `nobody2020`, but there is no bibliography."),
    ("See @fig:none.", "These links lead to no place in the text and were dropped: `@fig:none`."),
    ("See [there](#nowhere).", "These links lead to no place in the text and were dropped: `#nowhere`."),
    ("[data](./data.csv)", "These links were dropped, as they do not lead to the web: `./data.csv`."),
    ("<details>more</details>", "HTML was left out, and the text inside it kept: `<details>`."),
    ("a \\ref{fig:1} b", "LaTeX outside of formulas was left out: `\\ref{fig:1}`."),
    ("a $\\frac{1$ b", "The formula `\\frac{1` could not be read: it ends too early. Correct it."),
    ("| a | b |\n|---|---|\n| 1 | |x| > 10 |\n", "and what is beyond is lost: `1 | |x| > 10…`. Write \\| for a bar"),
    ("---\nauthor: Ada\n---\n\nWords.", "The head of the file (author) is not part of the text; the form asks for it."),
]


@pytest.mark.parametrize(("text", "words"), SAID, ids=[text[:20] for text, _ in SAID])
def test_the_author_hears_what_was_left_out(text: str, words: str) -> None:
    given = {"bad.png": picture()[:60], "acting.svg": drawing("<script/>")}
    document = read(f"# T\n\n{text}\n", given=given)
    assert any(words in warning for warning in document.warnings), document.warnings
    assert len(document.warnings) <= 3


def test_a_key_that_the_bibliography_lacks_is_named_and_shown() -> None:
    document = read("As @nobody2020 and @castellanos2025sandbagging say.\n", bib=BIBLIOGRAPHY)
    assert document.warnings == (
        "These citations are not in the bibliography: `nobody2020`. Add them to it, or correct the keys.",
    )
    assert "nobody2020?" in document.html()


def test_a_bibliography_that_cannot_be_read_does_not_take_the_manuscript_with_it() -> None:
    document = read("As @nobody2020 says.\n", bib="@article{x, title = {never closed")
    assert document.warnings[0].startswith("The bibliography was left out. No references could be read")
    assert "nobody2020" in document.text()


def test_the_html_that_authors_write_in_markdown_is_understood() -> None:
    text = (
        'H<sub>2</sub>O, 10<sup>3</sup><br>next <!-- note -->\n\n<p align="center"><img src="a.png" alt="A dot."></p>\n'
    )
    document = read(text, given={"a.png": picture()})
    assert "H<sub>2</sub>O, 10<sup>3</sup><br>" in document.html()
    assert '<img src="figures/figure-1.png" alt="A dot.">' in document.html()
    assert "note" not in document.html()


def test_headings_run_in_even_steps_whatever_the_author_wrote() -> None:
    document = read("### A\n\nx\n\n##### B\n\nx\n\n# C\n\nx\n\n###### D\n\nx\n")
    assert [heading.level for heading in document.headings] == [4, 5, 2, 3] or [
        heading.level for heading in document.headings
    ] == [2, 3, 2, 3]


def test_links_to_headings_survive_other_tools_ways_of_naming_them() -> None:
    document = read("# T\n\n[go](#4-main-results-2026)\n\n## 4. Main results (2026)\n\nx\n\n## Other\n\nx\n")
    assert document.warnings == ()
    assert Links(document.html()).targets == [document.headings[0].id]


def test_a_table_whose_caption_is_a_loose_paragraph_takes_it() -> None:
    document = read("Table 1. Loose.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTable 1 shows nothing.\n")
    assert "<caption>Table 1. Loose.</caption>" in document.html()
    assert "<p>Table 1 shows nothing.</p>" in document.html()
    assert "were taken for captions" in document.warnings[0]


@pytest.mark.parametrize("text", ["<!-- only a remark -->\n", "---\ntitle: T\n---\n", "[]{}\n"])
def test_a_manuscript_without_text_is_unreadable(text: str) -> None:
    from tests.journal.reading.samples import read_anyhow

    assert "No text was found" in getattr(read_anyhow(text), "words", "")


def test_a_file_that_stands_in_for_the_one_asked_for_is_told() -> None:
    given = {"loss.png": picture(), "depth.png": picture()}
    document = read("![Loss.](loss.svg){alt=a}\n\n![Depth.](plots/depth.png){alt=b}", given=given)
    assert len(document.figures) == 2
    assert len(document.warnings) == 1
    assert "other endings for these figures: `loss.png` for `loss.svg`. Look whether" in document.warnings[0]


def test_figures_are_counted_and_not_their_files() -> None:
    document = read(
        "![One.](a.png){alt=a}\n\n![Again.](a.png){alt=a}\n\n![Lost.](c.png){alt=c}", given={"a.png": picture()}
    )
    assert (document.figure_count, len(document.figures)) == (3, 1)


def test_bars_in_code_and_formulas_part_no_cells() -> None:
    rows = "| `a|b` | $|x|$ |\n| a \\| b | 2 |\n"
    document = read(f"| a | b |\n|---|---|\n{rows}\n```\n|-|-|\n| 1 | 2 | 3 |\n```\n")
    assert document.warnings == ()
    assert document.html().count("<td") == 4
