"""How pages of the editorial application are made: Jinja, dates in the reader's zone, the frame around each page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timezone
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask, current_app, g, request, url_for
from jinja2 import FileSystemLoader, StrictUndefined

from journal.assets import asset_path
from journal.editorial import work
from journal.editorial.qr import qr_code
from journal.formats.plan_parts import spared
from workflows.deadlines import ANYWHERE
from workflows.people import Role
from workflows.protocol.building import sentence_of

_SCHEMES = ("light", "dark")
_KILO, _MEGA = 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as a page shows it; see templates/macros/dates.html for the forms."""

    iso: str
    words: str
    short: str
    clock: str
    zone: str


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a moment lies from now, in words, and how late it is."""

    words: str
    late: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link in the head of the page."""

    word: str
    href: str
    here: bool


def shown(moment: datetime | date, zone: ZoneInfo | timezone, name: str, *, now: datetime) -> Moment:
    """`moment` in `zone`. A plain date has no clock and no zone."""
    if not isinstance(moment, datetime):
        return Moment(moment.isoformat(), _day(moment), _short(moment, now=now), "", "")
    local = moment.astimezone(zone)
    iso = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Moment(iso, _day(local), _short(local, now=now), local.strftime("%H:%M"), name)


def _day(moment: date) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def _short(moment: date, *, now: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b}" + ("" if moment.year == now.year else f" {moment.year}")


def distance(moment: datetime | date, zone: ZoneInfo | timezone, *, now: datetime) -> Distance:
    """Whole days of the reader's calendar between now and `moment`."""
    there = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    days = (there - now.astimezone(zone).date()).days
    over = moment < now if isinstance(moment, datetime) else days < 0
    late = ("late today" if days == 0 else f"{_days(-days)} late") if over else ""
    return Distance(_apart(days), late)


def _apart(days: int) -> str:
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return named.get(days) or (f"in {_days(days)}" if days > 0 else f"{_days(-days)} ago")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def zone_of(name: str) -> tuple[ZoneInfo | timezone, str]:
    """The zone called `name` with its name; UTC when there is none of that name."""
    try:
        return ZoneInfo(name), name
    except (ZoneInfoNotFoundError, ValueError):
        return UTC, "UTC"


def _zone() -> tuple[ZoneInfo | timezone, str]:
    somebody = work.person()
    return zone_of(somebody.zone if somebody else "UTC")


def _when(moment: datetime | date) -> Moment:
    zone, name = _zone()
    return shown(moment, zone, name, now=work.raw_uow().now)


def _aoe(moment: datetime) -> Moment:
    return shown(moment, ANYWHERE, "AoE", now=work.raw_uow().now)


def _until(moment: datetime | date) -> Distance:
    return distance(moment, _zone()[0], now=work.raw_uow().now)


def kilobytes(size: int) -> str:
    """A size in bytes as people read it: "34 KB", "1.2 MB"."""
    if size < _KILO:
        return f"{size} B"
    return f"{size / _KILO:.0f} KB" if size < _MEGA else f"{size / _MEGA:.1f} MB"


def register(app: Flask) -> None:
    """Set up Jinja for `app` and put `desk` into every page."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    ours = {"size": kilobytes, "read_back": sentence_of, "qr": qr_code, "spared": spared}
    app.jinja_env.filters |= {"when": _when, "aoe": _aoe, "until": _until, **ours}
    app.jinja_env.globals |= {"asset": asset_path}
    app.context_processor(lambda: {"desk": desk()})


def loader() -> FileSystemLoader:
    """All templates of the project."""
    return FileSystemLoader(str(files("templates")))


def desk() -> dict[str, object]:
    """The frame of every page: see templates/editorial/layout.html. Needs no database when nobody can be known."""
    somebody = None if g.get("without_person") else work.person()
    scheme = request.cookies.get("scheme", "")
    config = work.resources().config
    return {
        "journal": config.journal_name,
        "nav": _navigation(somebody.held_roles if somebody else None),
        "person": f"{somebody.name}{_office(somebody.held_roles)}" if somebody else None,
        "home": url_for("dashboard.home"),
        "sign_in": None if somebody else url_for("accounts.sign_in"),
        "sign_out": url_for("accounts.sign_out") if somebody else None,
        "scheme": scheme if scheme in _SCHEMES else "system",
        "choose_scheme": url_for("dashboard.choose_scheme"),
        "here": request.path,
        "zone": zone_of(somebody.zone)[1] if somebody else "UTC",
        "choose_zone": url_for("accounts.profile") if somebody else None,
        "help": url_for("dashboard.help_page"),
        "mailbox": url_for("dashboard.mailbox") if config.demo else None,
    }


def _office(roles: frozenset[Role]) -> str:
    first = next(
        (role for role in (Role.EDITOR_IN_CHIEF, Role.OFFICER, Role.EDITOR, Role.ADMINISTRATOR) if role in roles), None
    )
    return f", {first.words}" if first else ""


def _navigation(roles: frozenset[Role] | None) -> list[NavItem]:
    if roles is None:
        return []
    links = [("My studies", "dashboard.studies")]
    if roles & {Role.EDITOR, Role.EDITOR_IN_CHIEF}:
        links.insert(0, ("Waiting on me", "dashboard.queue"))
    if Role.OFFICER in roles:
        links.append(("Holds", "holds.queue"))
    if roles & {Role.EDITOR, Role.EDITOR_IN_CHIEF, Role.OFFICER}:
        links.append(("Published", "dashboard.published"))
    if roles & {Role.ADMINISTRATOR, Role.EDITOR_IN_CHIEF, Role.OFFICER}:
        links.append(("People", "accounts.people"))
    here = request.path
    known = [(word, url_for(endpoint)) for word, endpoint in links if endpoint in current_app.view_functions]
    return [NavItem(word, address, address == here) for word, address in known]
