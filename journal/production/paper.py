"""From a public record and a document to the HTML that is printed, through the templates in `templates/paper/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from journal.formats import words
from journal.formats.citation import article_address, reference
from journal.formats.evidence import inputs_of, measured
from journal.formats.forest import axis_of, forest, spoken
from journal.formats.plan_parts import sections
from journal.formats.promised_words import DONE, TOWARD, in_short, kind_words, settled_words
from journal.production.body import prepare_body
from journal.production.watermark import watermark as draw_watermark
from journal.reading.document import Document
from workflows.declassify import Face, PublicRecord
from workflows.deviations import Deviation
from workflows.narrowing import SENTENCE
from workflows.outcomes import CheckResult
from workflows.protocol import BIAS_LEVELS, Check

LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
STATEMENTS = (
    ("data", "Data"),
    ("code", "Code"),
    ("materials", "Materials"),
    ("ethics", "Ethics"),
    ("funding", "Funding"),
    ("competing_interests", "Competing interests"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """HTML ready for the typesetter, and the pictures it names, by address."""

    html: str
    pictures: Mapping[str, bytes]


def paper_html(
    record: PublicRecord, document: Document | None, *, journal_name: str, public_base_url: str, watermark: str | None
) -> Page:
    """The page of `record`. Without a document (a short report) the registered plan is printed as its text."""
    drawings = _forests(record)
    note = environment().get_template("note.html")
    by_label = {result.row.label: result for result in record.results}
    body = prepare_body(
        document.html_for_paper() if document else "",
        {figure.name: figure.body for figure in document.figures} if document else {},
        abstract=record.abstract,
        labels=[*by_label] if record.face is Face.ARTICLE else [],
        note=lambda label: note.render(result=by_label[label]),
    )
    page = (
        environment()
        .get_template("paper.html")
        .render(
            record=record,
            is_article=record.face is Face.ARTICLE,
            body=Markup(body.text),  # noqa: S704 (reading made it from an allow-list; the typesetter fetches nothing)
            references=Markup(body.references),  # noqa: S704
            has_text=document is not None,
            journal_name=journal_name,
            address=article_address(public_base_url, record.identity) if record.identity else "",
            cite_as=_cite_as(record, journal_name=journal_name, public_base_url=public_base_url),
            foot=_foot(record),
            forests=drawings,
            checks=_checks(record),
            statements=_statements(record),
            design=sections(record.design),
            watermark=watermark,
        )
    )
    pictures = {**body.pictures, **{f"forest:{index}.svg": drawing for index, drawing in drawings.items()}}
    if watermark:
        pictures["watermark:1.svg"] = draw_watermark(watermark)
    return Page(html=page, pictures=pictures)


@cache
def environment() -> Environment:
    """The templates of everything that is printed, with their filters."""
    environment = Environment(
        loader=PackageLoader("templates", "paper"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": words.day,
        "minus": words.minus,
        "signed": words.signed,
        "drawn": words.drawn,
        "mark": words.mark,
        "linked": words.linked,
        "paragraphs": words.paragraphs,
        "short_authors": words.short_authors,
        "shortened": words.shortened,
        "places": words.places,
        "spoken": spoken,
        "deviations_of": _deviations_of,
        "evidence": inputs_of,
        "measured": measured,
        "done_words": DONE.get,
        "toward": TOWARD.get,
        "in_short": in_short,
        "kind_words": kind_words,
        "settled_words": settled_words,
    }
    environment.globals |= {
        "bias_levels": BIAS_LEVELS,
        "licence_address": LICENCE_ADDRESS,
        "narrowed_sentence": SENTENCE,
    }
    return environment


def _forests(record: PublicRecord) -> dict[int, bytes]:
    """The drawings of the outcome table by the index of their result."""
    drawings: dict[int, bytes] = {}
    for index, result in enumerate(record.results):
        axis = axis_of(record.results, result.row.unit)
        drawing = forest(result, axis) if axis else None
        if drawing is not None:
            drawings[index] = drawing
    return drawings


def _cite_as(record: PublicRecord, *, journal_name: str, public_base_url: str) -> str:
    if record.identity is None or record.published_on is None:
        return ""
    address = article_address(public_base_url, record.identity)
    return reference(record, journal_name=journal_name, address=address)


def _foot(record: PublicRecord) -> str:
    if record.identity is None:
        return "Proof, not published"
    return f"{record.identity.doi or record.identity.public_id} \N{MIDDLE DOT} CC BY 4.0"


def _statements(record: PublicRecord) -> list[tuple[str, str]]:
    return [(title, text) for field, title in STATEMENTS if (text := getattr(record.statements, field).strip())]


def _checks(record: PublicRecord) -> list[tuple[Check, CheckResult]]:
    """Every registered check once, with how it came out."""
    found: dict[str, tuple[Check, CheckResult]] = {}
    for result in record.results:
        for check, came_out in zip(result.checks, result.check_results, strict=True):
            found.setdefault(check.label, (check, came_out))
    return sorted(found.values(), key=lambda pair: pair[0].label)


def _deviations_of(record: PublicRecord, label: str) -> list[tuple[int, Deviation]]:
    """The numbered deviations that name this row."""
    numbered = enumerate(record.deviations, start=1)
    return [(number, deviation) for number, deviation in numbered if deviation.row == label]
