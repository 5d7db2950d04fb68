"""How baked pages are made: a Jinja environment of their own, and the frame around each page.

No request, no clock, no randomness: the same values give the same bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from journal.assets import asset_path
from journal.formats import words
from journal.formats.evidence import inputs_of, measured
from journal.formats.promised_words import DONE, TOWARD
from journal.public.site import Site
from storage.snapshot import Page

HTML = "text/html; charset=utf-8"
NAVIGATION = (("Reports", "/reports"), ("Protocols", "/protocols"), ("How it works", "/about"), ("Data", "/about/data"))
FOOT = (
    ("Registered reports", "/about/registered-reports"),
    ("Reviewing", "/about/reviewing"),
    ("What is withheld", "/about/holds"),
    ("Feed", "/feed.xml"),
    ("Feed of null results", "/nulls.xml"),
)
LICENCE = "Text CC BY 4.0, metadata CC0."
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as public pages show it; see templates/macros/public_dates.html."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link in the head of the page."""

    word: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The object `site` that templates/public/layout.html asks for."""

    home: str
    nav: tuple[NavItem, ...]
    propose: str | None
    foot: tuple[tuple[str, str], ...]
    licence: str
    issn: str | None


def html_page(path: str, template: str, site: Site, **values: object) -> Page:
    """The page at `path`, made from `template` under templates/public/."""
    rendered = (
        environment()
        .get_template(f"public/{template}")
        .render(site=frame(site, path), journal=site, address=f"{site.public_url}{path}", path=path, **values)
    )
    return Page(path=path, media_type=HTML, body="".join(_without_blank_lines(rendered)).encode())


def frame(site: Site, path: str) -> Frame:
    """The frame of the page at `path`: where one can go, and which of it is here."""
    nav = tuple(NavItem(word, href, href == path) for word, href in NAVIGATION)
    return Frame(home="/", nav=nav, propose=site.editorial_url or None, foot=FOOT, licence=LICENCE, issn=None)


@cache
def environment() -> Environment:
    """The templates with the filters and globals that their comments ask for. Everything is escaped."""
    made = Environment(
        loader=FileSystemLoader(str(files("templates"))),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"asset": asset_path, "licence_address": LICENCE_ADDRESS}
    made.filters |= {
        "utc_date": utc_date,
        "signed": words.signed,
        "minus": words.minus,
        "linked": words.linked,
        "paragraphs": words.paragraphs,
        "topic_address": topic_address,
        "done_words": DONE.get,
        "toward": TOWARD.get,
        "evidence": inputs_of,
        "measured": measured,
    }
    return made


def utc_date(moment: date) -> Day:
    """A day of the UTC calendar: "2026-09-14" and "14 Sep 2026"."""
    day = moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment
    return Day(day.isoformat(), words.day(day))


def topic_address(topic: str, outcome: str = "") -> str:
    """The list of reports on a topic, if asked of one outcome."""
    return f"/reports?topic={quote(topic)}" + (f"&outcome={quote(outcome)}" if outcome else "")


def _without_blank_lines(text: str) -> Iterator[str]:
    """Blank lines that templates leave; inside <pre> they mean something."""
    inside = False
    for line in re.split(r"(?<=\n)", text):
        if inside or not line.isspace():
            yield line
        inside = line.rfind("<pre") > line.rfind("</pre") or (inside and "</pre" not in line)
