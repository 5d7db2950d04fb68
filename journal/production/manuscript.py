"""A manuscript set as a paper without a report behind it: PDF, one page of HTML, and JATS, all from one source.

It claims nothing that only a journal can say: no identifier, no date, no licence, no review.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import html
from markupsafe import Markup

from journal.confinement import Limits
from journal.formats import words
from journal.production.body import prepare_body
from journal.production.manuscript_jats import manuscript_jats
from journal.production.paper import Page
from journal.production.printing import LIMITS, PAGE_LIMIT, Unprintable, page_files, print_files, task_of
from journal.production.task import TASK, Attached
from journal.production.typesetting import UNDATED
from journal.reading.document import Document
from journal.reading.front import Contributor
from journal.reading.illustrations import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parted:
    """HTML of a text in three parts."""

    lead: str
    abstract: str
    rest: str


UNTITLED = "Untitled manuscript"
COLUMN = 138  # millimetres, as templates/paper/manuscript.css sets it
JATS = Attached(name="article.xml", description="The article as JATS XML", relationship="Alternative")
UNPRINTED = "No carried font has a sign for these characters, and they print as boxes: {signs}. Write them otherwise."


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetManuscript:
    """A manuscript in its three forms. `html` needs no other file; `jats` names the `figures` as they are called.

    `unread` are sentences about what is not in the paper although it is in the source; `remarks` about what to look at.
    """

    pdf: bytes
    html: bytes
    jats: bytes
    figures: tuple[Figure, ...]
    pages: int
    unread: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Titled:
    """The head of the page: title, authors, places in the order in which they are first named, keywords."""

    title: str
    authors: Sequence[Contributor]
    places: Sequence[str]
    keywords: Sequence[str]
    language: str = "en"
    numbers: Mapping[str, str] = field(default_factory=dict)


def typeset_manuscript(
    document: Document, *, limits: Limits = LIMITS, page_limit: int = PAGE_LIMIT
) -> TypesetManuscript | Unprintable:
    """Typeset what was read, with its head kept. Raises `ConfinementFailed` when the machine cannot run the child."""
    page = manuscript_page(document)
    jats = manuscript_jats(document, title=document.title or UNTITLED)
    task = task_of(page, attached=(JATS,), dated=UNDATED, page_limit=page_limit)
    given = {**page_files(page), JATS.name: jats, TASK: task.as_json()}
    printed = print_files(given, limits=limits, page_limit=page_limit)
    if isinstance(printed, Unprintable):
        return printed
    boxes = (UNPRINTED.format(signs=" ".join(printed.told.unprinted)),) if printed.told.unprinted else ()
    return TypesetManuscript(
        pdf=printed.pdf,
        html=manuscript_html(document).encode(),
        jats=jats,
        figures=document.figures,
        pages=printed.told.pages,
        unread=(*document.lost, *boxes),
        remarks=tuple(each for each in document.warnings if each not in document.lost),
    )


def manuscript_page(document: Document) -> Page:
    """The page that is printed, with its pictures."""
    figures = {figure.name: figure.body for figure in document.figures}
    parted = _parted(document.html_for_paper())
    body, head, lead = (
        prepare_body(part, figures, abstract="", labels=[], note=str, column=COLUMN)
        for part in (parted.rest, parted.abstract, parted.lead)
    )
    page = (
        _environment()
        .get_template("manuscript.html")
        .render(
            head=_titled(document),
            lead=Markup(lead.text if parted.lead else ""),  # noqa: S704 (from reading's allow-list; nothing is fetched)
            abstract=Markup(head.text if parted.abstract else ""),  # noqa: S704
            body=Markup(body.text),  # noqa: S704
            references=Markup(body.references),  # noqa: S704
        )
    )
    return Page(html=page, pictures={**lead.pictures, **head.pictures, **body.pictures})


def manuscript_html(document: Document) -> str:
    """One page for the web that asks for no other file: styles and figures are in it."""
    text = document.html()
    for figure in document.figures:
        inline = f"data:{figure.media_type};base64,{b64encode(figure.body).decode('ascii')}"
        text = text.replace(f'src="{figure.name}"', f'src="{inline}"')
    parted = _parted(text)
    return (
        _environment()
        .get_template("web.html")
        .render(
            head=_titled(document),
            style=Markup(_style()),  # noqa: S704 (ours)
            lead=Markup(parted.lead),  # noqa: S704 (as above)
            abstract=Markup(parted.abstract),  # noqa: S704
            body=Markup(parted.rest),  # noqa: S704
        )
    )


@cache
def _style() -> str:
    """The style sheet of the page, with its fonts in it."""
    faces = [
        f'@font-face {{ font-family: "Nullius Serif"; font-style: {slant}; font-weight: 400 700; '
        f"src: url(data:font/woff2;base64,{b64encode(_static('fonts', f'nullius-serif-{slant}.woff2')).decode()}) }}"
        for slant in ("normal", "italic")
    ]
    return "\n".join([*faces, (files("templates") / "paper" / "web.css").read_text(encoding="utf-8")])


def _static(*parts: str) -> bytes:
    return (files("templates") / "static").joinpath(*parts).read_bytes()


def _titled(document: Document) -> _Titled:
    front = document.front
    places = list(dict.fromkeys(place for author in front.authors for place in author.places))
    return _Titled(
        title=document.title or UNTITLED,
        authors=front.authors,
        places=places,
        keywords=front.keywords,
        numbers={place: str(number) for number, place in enumerate(places, 1)} if len(places) > 1 else {},
    )


def _parted(source: str) -> _Parted:
    """The text with the section that is its abstract taken out, and what stands before that: names, dates, a note."""
    root = html.fragment_fromstring(source or "<p></p>", create_parent="div")
    for section in root.xpath("./section"):
        heading = section[0] if len(section) else None
        if heading is None or heading.tag != "h2" or heading.text_content().strip().lower().rstrip(".:") != "abstract":
            continue
        heading.drop_tree()
        before = list(section.itersiblings(preceding=True))[::-1]
        lead = "".join(html.tostring(element, encoding="unicode") for element in before if element.tag == "p")
        for element in before:
            if element.tag == "p":
                element.drop_tree()
        inner = _inner(section)
        section.drop_tree()
        return _Parted(lead=lead, abstract=inner, rest=_inner(root))
    return _Parted(lead="", abstract="", rest=source)


def _inner(element: html.HtmlElement) -> str:
    return (element.text or "") + "".join(html.tostring(child, encoding="unicode") for child in element)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("templates", "paper"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shortened": words.shortened, "short_names": _short_names}
    return environment


def _short_names(authors: Sequence[Contributor]) -> str:
    """The running head. Whole names: which part of a name is the family's, a manuscript does not say."""
    names = [author.name for author in authors]
    if len(names) > 2:  # noqa: PLR2004 (two are named, more are others)
        return f"{names[0]} et al."
    return " and ".join(names)
