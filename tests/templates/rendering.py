"""Renders templates as the applications do, with the filters and globals that the macros' comments ask for.

The filters here are the shortest that keep the contract of `templates/macros/dates.html`; the applications register
their own, which know the reader's zone.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tests.compiled import Compiled

ROOT = Path(__file__).resolve().parents[2] / "templates"
SPECIMEN = Path(__file__).resolve().parent / "specimen"
NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=1), "Europe/Berlin")
AOE = timezone(timedelta(hours=-12), "AoE")


@dataclass(frozen=True, slots=True)
class Moment:
    iso: str
    words: str
    short: str
    clock: str
    zone: str


@dataclass(frozen=True, slots=True)
class Distance:
    words: str
    late: str


def in_zone(moment: datetime | date, zone: timezone) -> Moment:
    if not isinstance(moment, datetime):
        return Moment(f"{moment}", f"{moment:%a %-d %b %Y}", f"{moment:%a %-d %b}", "", "")
    there, iso = moment.astimezone(zone), f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return Moment(iso, f"{there:%a %-d %b %Y}", f"{there:%a %-d %b}", f"{there:%H:%M}", zone.tzname(None))


def until(moment: datetime | date) -> Distance:
    days = (date(moment.year, moment.month, moment.day) - NOW.date()).days
    if days < 0:
        return Distance(f"{-days} days ago", f"{-days} days late")
    return Distance(f"in {days} days" if days else "today", "")


def utc_date(moment: date) -> dict[str, str]:
    return {"iso": f"{moment:%Y-%m-%d}", "words": f"{moment:%-d %b %Y}"}


COMPILED = Compiled()


def environment(**pages: str) -> Environment:
    """The environment of both applications, with `pages` (name: source) beside the real templates."""
    made = Environment(
        loader=ChoiceLoader([DictLoader(pages), FileSystemLoader(ROOT), FileSystemLoader(SPECIMEN)]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
    )
    made.globals.update(
        asset=lambda name: f"/static/{name}" + ("" if name.startswith("fonts/") else "?v=0a1b2c3d"),
        csrf_token=lambda: "token",
        url_for=lambda endpoint, **values: "/" + "/".join([endpoint, *(str(value) for value in values.values())]),
        get_flashed_messages=lambda *, with_categories: [("done", "Draft saved.")] if with_categories else [],
    )
    made.filters.update(
        when=lambda moment: in_zone(moment, BERLIN),
        aoe=lambda moment: in_zone(moment, AOE),
        until=until,
        utc_date=utc_date,
    )
    return made


def rendered(source: str, imports: str, **values: object) -> str:
    """What `source` gives when everything `imports` names ("text.html: words, point") is at hand."""
    module, _, names = imports.partition(": ")
    page = f'{{% from "macros/{module}" import {names} %}}{source}'
    return environment(**{"page.html": page}).get_template("page.html").render(**values)
