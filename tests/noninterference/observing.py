"""What onlookers can see of a world, as bytes: statuses, headers, bodies, mails, and the public store.

Left out of a comparison is what is random by design and carries nothing of a world: the token in a form, compared by
place and size, and the signature of a session cookie, which is opened and compared by what it says. `Date` is no header
of these applications.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.demonstration.transports import InProcess
from storage.heartbeats import PREFIX as HEARTBEATS
from storage.objects import open_store
from tests.noninterference import cast
from tests.noninterference.knowledge import Knowledge
from tests.noninterference.tokens import TOKEN, without_tokens
from tests.noninterference.twins import Twin
from tests.stories.public_shelf import opened
from tests.stories.worlds import address_of

_OF_THE_MACHINE = ("csrf_token", "fs_paa")
"""Of a session: what the library drew for forms, and when it saw the password, by the machine's own clock."""
_COOKIE = re.compile(r"^session=([^;]*)")
LISTS = (
    "/",
    "/studies",
    "/queue",
    "/published",
    "/people",
    "/profile",
    "/profile/second-factor",
    "/help",
    "/help/lint",
    "/help/protocol.schema.json",
    "/holds",
    "/holds/restored",
    "/mail",
    "/studies/new",
)
OWN = (
    "",
    "/reviews",
    "/reviewers",
    "/notes",
    "/findings",
    "/deviations",
    "/start",
    "/assign",
    "/protocol/read",
    "/settings",
    "/hold",
)
NEAR = {cast.ANOTHER_EDITOR: ("in review", "announced"), cast.ANOTHER_AUTHOR: ("in review",)}
"""Whose works are looked at page by page."""
SEARCHES = ("", cast.WORD, cast.HIDDEN.title, cast.HIDDEN_AUTHOR, "*", "monitors", "judges")
FILTERS = ("show=null", "show=positive", "topic=Deception+and+honesty", "page=2", "sort=title")
ENDS = ("", ".json", "/paper.pdf", "/promised")
BAKED = ("/", "/reports", "/reports.json", "/protocols", "/feed.xml", "/nulls.xml", "/sitemap.xml", "/robots.txt")

Sights = dict[str, bytes]


@dataclass(frozen=True)
class Difference:
    """Where two worlds differ, and how."""

    where: str
    one: bytes | None
    other: bytes | None

    def __str__(self) -> str:
        """The place, and the first bytes that differ with what is around them."""
        if self.one is None or self.other is None:
            return f"{self.where}: only in {'the second' if self.one is None else 'the first'} world"
        pairs = enumerate(zip(self.one, self.other, strict=False))
        at = next((index for index, (left, right) in pairs if left != right), min(len(self.one), len(self.other)))
        around = slice(max(0, at - 60), at + 80)
        return f"{self.where}: {self.one[around]!r} and {self.other[around]!r}"


def differences(one: Sights, other: Sights) -> list[Difference]:
    """Every place where two sights differ."""
    places = sorted(one.keys() | other.keys())
    return [
        Difference(where, one.get(where), other.get(where)) for where in places if one.get(where) != other.get(where)
    ]


def in_public(world: Twin, know: Knowledge) -> Sights:
    """What anybody sees who is not signed in: the public site, its store, and the doors of the desk."""
    world.look()
    paths = [*BAKED, *_searches(), *_guesses(know), *_pages_of_the_snapshot(world)]
    seen = {f"public GET {path}": _bytes(world.public.get(path)) for path in paths}
    seen |= {f"public HEAD {path}": _bytes(world.public.head(path)) for path in ("/", *_guesses(know))}
    seen |= {
        f"desk GET {path}": _bytes(world.world.app.test_client().get(path), world.world.app) for path in _doors(know)
    }
    return seen | _store(world) | _heartbeats(world)


def _searches() -> Iterator[str]:
    for words in SEARCHES:
        yield f"/reports?q={quote(words)}"
    yield from (f"/reports?{chosen}" for chosen in FILTERS)


def _guesses(know: Knowledge) -> tuple[str, ...]:
    """Addresses under which somebody who knows the study would look for it."""
    slug = cast.HIDDEN.title.lower().replace(" ", "-")
    report = know.of("report_id")
    return tuple(f"/reports/{name}{end}" for name in (report, slug, "1", "2") for end in ENDS)


def _doors(know: Knowledge) -> tuple[str, ...]:
    return (
        "/sign-in",
        "/register",
        "/forgotten",
        f"/reports/{know.of('report_id')}",
        "/review/guess",
        "/consent/guess",
    )


def _pages_of_the_snapshot(world: Twin) -> list[str]:
    newest = max(world.world.resources.public_store.keys("releases/"))
    with opened(world.world.resources.public_store.read(newest)) as snapshot:
        return [path for (path,) in snapshot.execute("SELECT path FROM page ORDER BY path")]


def _store(world: Twin) -> Sights:
    """Names and bytes of all public objects. Times of files are the machine's, not the world's, and left out."""
    store = world.world.resources.public_store
    return {f"store {key}": store.read(key) for key in store.keys()}  # noqa: SIM118 - a store's method, not a mapping's


def _heartbeats(world: Twin) -> Sights:
    """How many heartbeats the vault has, and their sizes: whoever looks after its store sees that much of them."""
    vault = open_store(world.world.config.vault)
    sizes = sorted(len(vault.read(key)) for key in vault.keys(HEARTBEATS))
    return {"vault heartbeats": repr(sizes).encode()}


def at_the_desk(world: Twin, name: str) -> Sights:
    """What `name`, who has nothing to do with the withheld study, sees at the desk, and the letters they got."""
    client = _client(world, name)
    near = [world.works[work] for work in NEAR.get(name, ())]
    paths = [*LISTS, *(f"/reports/{report}" for report in world.works.values() if report not in near)]
    paths += [f"/reports/{report}{end}" for report in near for end in OWN]
    seen = {f"{name} GET {path}": _bytes(client.get(path), world.world.app) for path in paths}
    return seen | {f"{name} mail": repr(letters(world, name)).encode()}


def letters(world: Twin, name: str) -> list[tuple[str, str]]:
    """What `name` was written, in an order that does not depend on the names of files."""
    return sorted((mail["subject"], mail["text"]) for mail in world.world.mails(address_of(name)))


def _client(world: Twin, name: str) -> FlaskClient:
    transport = world.visitor(name)._transport  # noqa: SLF001 - the same browser, whose headers are looked at
    assert isinstance(transport, InProcess)
    return transport.client


def probes(world: Twin, name: str, know: Knowledge) -> Sights:
    """What `name` is answered who tries every address of the desk with the identifiers of the withheld study."""
    client = _client(world, name)
    token = _token(client)
    seen: Sights = {}
    for rule in sorted(world.world.app.url_map.iter_rules(), key=lambda rule: (rule.rule, str(rule.endpoint))):
        path = _filled(rule.rule, know)
        if path == rule.rule or rule.endpoint == "static_file":
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            data = {"csrf_token": token} if method == "POST" else None
            seen[f"{name} {method} {path}"] = _bytes(client.open(path, method=method, data=data), world.world.app)
    return seen


def _token(client: FlaskClient) -> str:
    found = TOKEN.search(client.get("/studies/new").get_data())
    assert found
    return found.group(2).decode()


_PART = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


def _filled(rule: str, know: Knowledge) -> str:
    """The address of a rule, for the withheld study."""
    return _PART.sub(lambda part: "1" if part[1] == "int" else know.of(part[2]), rule)


def _bytes(answer: TestResponse, app: Flask | None = None) -> bytes:
    """One answer; `app` opens its session cookies."""
    body = without_tokens(answer.get_data())
    told = sorted((name, _opened_session(value, app) if app else value) for name, value in answer.headers)
    headers = "\n".join(f"{name}: {value}" for name, value in told)
    answer.close()
    return f"{answer.status}\n{headers}\n\n".encode() + body


def _opened_session(value: str, app: Flask) -> str:
    return _COOKIE.sub(lambda found: f"session={_said(found[1], app)}", value)


def _said(cookie: str, app: Flask) -> list[tuple[str, object]]:
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    said: dict[str, object] = serializer.loads(cookie) if cookie else {}
    return sorted((name, each) for name, each in said.items() if name not in _OF_THE_MACHINE)
