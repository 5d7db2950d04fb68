"""Manuscripts that attack: each ends as a clean document or a clear refusal, in time, and brings nothing in or out.

A canary stands in a file outside, and a port of this machine listens. Where it is cheap, the trick is first shown to
work without our guard.
"""

import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest

from journal.reading.document import Document, read_document
from journal.reading.inspection import Kind
from journal.reading.pandoc import Unreadable, bundled_pandoc
from journal.reading.uploads import check_upload
from tests.journal.reading.samples import BIBLIOGRAPHY, paragraph, read, word

pytestmark = pytest.mark.children

CANARY = "CANARY7F3A"
ADDRESSES = re.compile(r"^(https?://|mailto:|#ms-|figures/figure-\d+\.)")


class Page(HTMLParser):
    """What a browser would act on."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "xlink:href", "action"}]


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("outside") / "canary.bib"
    path.write_text(f"@article{{stolen, title = {{{CANARY}}}, year = 2020}}\n", encoding="ascii")
    return path


@pytest.fixture(scope="module")
def port() -> Iterator[tuple[int, list[str]]]:
    """A listening port, and who came."""
    visits: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def count() -> None:
        while True:
            try:
                visitor, address = server.accept()
            except OSError:
                return
            visits.append(str(address))
            visitor.close()

    threading.Thread(target=count, daemon=True).start()
    with closing(server):
        yield server.getsockname()[1], visits
        server.shutdown(socket.SHUT_RDWR)


def everything_of(document: Document) -> str:
    """All text that could carry something out."""
    forms = (document.html(), document.html_for_paper(), document.jats_body(), document.jats_back(), document.text())
    return "".join((*forms, document.title, *document.warnings, *(str(figure.body) for figure in document.figures)))


def assert_is_harmless(document: Document) -> None:
    """No element, attribute or address that acts, in either page."""
    for html in (document.html(), document.html_for_paper()):
        page = Page(html)
        assert not page.tags & {"script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "svg"}
        assert not {name for name in page.attributes if name.startswith("on")} | page.attributes & {"style", "srcdoc"}
        assert [address for address in page.addresses if not ADDRESSES.match(address)] == []
    assert not re.search(r'xlink:href="(?!https?://|mailto:|figures/|#)', document.jats_body() + document.jats_back())


def free_pandoc(text: str, *arguments: str) -> str:
    """What pandoc writes when nobody guards it but its own sandbox."""
    argv = [str(bundled_pandoc()), "-f", "markdown", "-t", "html", *arguments]
    return subprocess.run(argv, input=text, capture_output=True, text=True, check=False).stdout


READS_A_FILE = {
    "a bibliography in the head": "---\nbibliography: {canary}\n---\n\n[@stolen] x\n",
    "a style in the head": "---\ncsl: {canary}\n---\n\nx [@stolen]\n",
    "an image": "x ![c]({canary})\n",
    "an image by file address": "x ![c](file://{canary})\n",
    "an image up the tree": "x ![c](../../../../../../../..{canary})\n",
    "an image in HTML": 'x <img src="{canary}">\n',
    "LaTeX's input": "x\n\n\\input{{{canary}}}\n\n\\lstinputlisting{{{canary}}}\n\n$\\input{{{canary}}}$\n",
    "an attachment in HTML": '<link rel="attachment" href="file://{canary}">\n\nx\n',
    "an object in HTML": '<object data="file://{canary}"></object><iframe src="{canary}"></iframe> x\n',
    "an include": "x\n\n!include {canary}\n\n``` {{include={canary}}}\n```\n\n```{{.include}}\n{canary}\n```\n",
    "a transclusion": "x {{{{{canary}}}}} \n\n--8<-- {canary}\n",
    "header files": "---\ninclude-before: {canary}\nheader-includes: {canary}\ntemplate: {canary}\n---\n\nx\n",
    "a Lua filter": "---\nfilters: [{canary}]\nlua-filter: {canary}\n---\n\nx\n",
    "raw HTML for the writer": "```{{=html}}\n<embed src='{canary}'>\n```\n\nx\n",
    "raw XML for JATS": "```{{=jats}}\n<xi:include href='file://{canary}'/>\n```\n\nx\n",
}


def test_pandocs_own_sandbox_reads_a_bibliography_that_the_author_names(canary: Path) -> None:
    text = READS_A_FILE["a bibliography in the head"].format(canary=canary)
    assert CANARY in free_pandoc(text, "--sandbox", "--citeproc")


def test_without_its_sandbox_pandoc_embeds_a_file_as_an_image(canary: Path) -> None:
    import base64

    text = READS_A_FILE["an image"].format(canary=canary)
    inside = base64.b64encode(canary.read_bytes()).decode()
    assert inside in free_pandoc(text, "--embed-resources", "--standalone", "-M", "title=x")


@pytest.mark.parametrize("trick", READS_A_FILE)
def test_no_manuscript_reads_a_file_of_ours(trick: str, canary: Path) -> None:
    document = read(READS_A_FILE[trick].format(canary=canary), bib=BIBLIOGRAPHY)
    assert CANARY not in everything_of(document)
    assert_is_harmless(document)


def test_no_bibliography_reads_a_file_of_ours(canary: Path) -> None:
    bib = (
        f"@article{{a, title = {{\\input{{{canary}}} \\include{{{canary}}}}}, year = 2020}}\n"
        f"@article{{b, title = {{B}}, crossref = {{{canary}}}, url = {{file://{canary}}}, year = 2021}}\n"
        f"@article{{c, title = {{C}}, bibliography = {{{canary}}}, abstract = {{![x]({canary})}}, year = 2022}}\n"
    )
    document = read("[@a; @b; @c; @stolen]\n", bib=bib)
    assert CANARY not in everything_of(document)
    assert_is_harmless(document)


def test_nothing_of_the_authors_head_reaches_the_references() -> None:
    text = f"---\nreferences:\n- id: stolen\n  title: {CANARY}\nlang: de\n---\n\n[@stolen] @stolen\n"
    assert CANARY in free_pandoc(text, "--sandbox", "--citeproc")
    assert CANARY not in everything_of(read(text, bib=BIBLIOGRAPHY))


ACTS = {
    "script": "<script>alert(1)</script>\n\nx\n",
    "handler": '<b onclick="alert(1)">x</b> [y]{onclick="alert(1)"} <div onmouseover="alert(1)">z</div>\n',
    "attributes": "# H {onclick=alert(1) style=position:fixed srcdoc=x}\n\nx\n\n``` {.r onload=alert(1)}\ny\n```\n",
    "javascript link": "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](java&#10;script:alert(1))\n\n"
    "<javascript:alert(1)>\n",
    "data link": "[a](data:text/html;base64,PHNjcmlwdD4=) ![b](data:image/svg+xml;base64,PHN2Zy8+) [c](vbscript:x)\n",
    "file link": "[a](file:///etc/passwd) [b](//127.0.0.1/x) [c](/etc/passwd) [d](http://user@127.0.0.1)"
    " [e](http:\\\\x)\n",
    "link title": '[a](http://example.org "x\\" onclick=\\"alert(1)")\n',
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg>\n\nx\n",
    "form": "<form action='http://127.0.0.1'><input name=x autofocus onfocus=alert(1)></form>\n\nx\n",
    "meta": '<meta http-equiv="refresh" content="0;url=http://127.0.0.1"><base href="http://127.0.0.1/">\n\nx\n',
    "style": "<style>@import url(http://127.0.0.1/)</style>\n\n[x]{style='background:url(http://127.0.0.1/)'}\n",
    "formula": "$\\text{<script>alert(1)</script>}$ $\\href{javascript:alert(1)}{x}$"
    " $</annotation><script>alert(1)</script>$\n",
    "code": "`</code><script>alert(1)</script>`\n\n```html\n</code></pre><script>alert(1)</script>\n```\n",
    "raw": "`<script>alert(1)</script>`{=html} x\n\n```{=html5}\n<script>alert(1)</script>\n```\n",
    "title": "---\ntitle: '<script>alert(1)</script>'\n---\n\nx\n",
    "table": "| a |\n|---|\n| <script>alert(1)</script> [x](javascript:alert(1)) |\n",
    "caption": '![<script>alert(1)</script> "onload=alert(1)](http://127.0.0.1/x.png)\n',
    "identifiers": "# A {#fn1}\n\n# B {#ms-fn1}\n\n# C {#refs}\n\n# D {#ref-adeyemi2024probes}\n\n"
    "x^[y] [@adeyemi2024probes]\n",
    "footnote": "x[^a]\n\n[^a]: <script>alert(1)</script> [y](javascript:alert(1))\n",
    "mutation": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>"
    "</style></mglyph></table></mtext></math> x\n",
}


@pytest.mark.parametrize("trick", ACTS)
def test_nothing_that_acts_comes_through(trick: str) -> None:
    document = read(ACTS[trick], bib=BIBLIOGRAPHY)
    assert_is_harmless(document)
    ids = re.findall(r' id="([^"]+)"', document.html())
    assert len(ids) == len(set(ids))


def test_a_script_in_markdown_would_come_through_pandoc() -> None:
    assert "<script>" in free_pandoc(ACTS["script"], "--sandbox")
    assert "javascript:" in free_pandoc(ACTS["javascript link"], "--sandbox")


def test_a_bibliography_brings_no_link_that_acts() -> None:
    bib = "@misc{a, title = {T}, url = {javascript:alert(1)}, year = 2020, note = {\\href{javascript:alert(1)}{x}}}"
    document = read("[@a]\n", bib=bib)
    assert "(2020)" in document.text()
    assert_is_harmless(document)


def test_nothing_is_fetched(port: tuple[int, list[str]]) -> None:
    number, visits = port
    site = f"http://127.0.0.1:{number}"
    socket.create_connection(("127.0.0.1", number)).close()
    text = (
        f"---\nbibliography: {site}/a.bib\ncsl: {site}/a.csl\n---\n\n![a]({site}/a.png)\n\n"
        f'<link rel=stylesheet href="{site}/a.css"><img src="{site}/b.png"> x [@a]\n\n\\input{{{site}/c}}\n'
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        f' Target="{site}/w.png" TargetMode="External"/><Relationship Id="rId8" TargetMode="External"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        f' Target="{site}/t.dotm"/>'
        "</Relationships>"
    )
    assert_is_harmless(read(text, bib=BIBLIOGRAPHY))
    document = read_document(word(more={"word/_rels/document.xml.rels": relation.encode()}), Kind.WORD, figures={})
    assert isinstance(document, Document)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{site}/x.png"/></svg>'.encode()
    check_upload("a.svg", svg, accepted=frozenset(Kind))
    deadline = time.monotonic() + 2
    while not visits and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(visits) == 1, "only our own visit"


def test_a_word_file_with_a_remote_picture_says_so(port: tuple[int, list[str]]) -> None:
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    )
    drawing = (
        f"<w:p><w:r><w:drawing {names}><wp:inline><wp:extent cx='9' cy='9'/><wp:docPr id='1' name='x'/><a:graphic>"
        "<a:graphicData><pic:pic><pic:blipFill><a:blip r:link='rId9' r:embed='rId9'/></pic:blipFill></pic:pic>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        f' Target="http://127.0.0.1:{port[0]}/w.png" TargetMode="External"/></Relationships>'
    )
    body = word(paragraph("x") + drawing, more={"word/_rels/document.xml.rels": relation.encode()})
    document = read_document(body, Kind.WORD, figures={})
    assert isinstance(document, Document)
    assert_is_harmless(document)
    assert "127.0.0.1" not in document.html()


def test_a_word_file_of_entities_is_refused_when_read_too() -> None:
    body = word(paragraph("&e;"), before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    document = read_document(body, Kind.WORD, figures={})
    assert isinstance(document, Unreadable)
    assert "entities" in document.words
