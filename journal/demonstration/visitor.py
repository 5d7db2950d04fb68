"""A visitor: opens pages, follows links, fills in forms and presses buttons, as a person without JavaScript would.

The demonstration sends visitors over HTTP; tests send them straight into the WSGI applications.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOPS = 5
_FAILED = 400


@dataclass(frozen=True, slots=True)
class Upload:
    """A file chosen in a form."""

    name: str
    body: bytes
    media_type: str = "application/octet-stream"


Value = str | bool | Upload | list[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """How a request reaches the application. It keeps the visitor's cookies."""

    def send(self, method: str, address: str, *, body: bytes | None, media_type: str | None) -> Answer:
        """The answer to one request, redirects not followed."""
        ...


class Lost(AssertionError):
    """The visitor looked for something that is not on the page; the message says what is."""


class Page:
    """A page the visitor is on."""

    def __init__(self, address: str, answer: Answer) -> None:
        self.address = address
        self.answer = answer
        self.tree = html.document_fromstring(answer.body or b"<p></p>")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.answer.status

    @property
    def text(self) -> str:
        """Everything the page says, white space folded."""
        return re.sub(r"\s+", " ", "".join(str(part) for part in self.tree.itertext())).strip()

    @property
    def title(self) -> str:
        """The main heading."""
        return " ".join(_words(heading) for heading in self.tree.iter("h1"))

    def link(self, words: str) -> str:
        """The address of the link that says `words`. Raises `Lost`."""
        for anchor in self.tree.iter("a"):
            if words in _words(anchor):
                return str(urljoin(self.address, anchor.get("href", "")))
        raise Lost(f"no link {words!r} on {self.address}; there are: {[_words(a) for a in self.tree.iter('a')]}")

    def buttons(self) -> list[str]:
        """What the buttons say."""
        return [_words(button) for button in self.tree.iter("button")]


class Visitor:
    """Somebody with a browser: cookies, and the page they are on."""

    def __init__(self, transport: Transport, home: str) -> None:
        self._transport = transport
        self._home = home
        self.page = Page(home, Answer(200, {}, b"<p></p>"))

    def open(self, address: str) -> Page:
        """Go to an address, absolute or relative to the page."""
        return self._go("GET", urljoin(self.page.address, address))

    def follow(self, words: str) -> Page:
        """Follow the link that says `words`."""
        return self.open(self.page.link(words))

    def press(self, button: str, values: Mapping[str, Value] | None = None, *, within: str = "") -> Page:
        """Fill in the fields named in `values` and press the button that says `button`, or whose value it is.

        `within` narrows the choice to a form whose action contains it. Raises `Lost` if there is no such button or
        field.
        """
        form, pressed = self._find(button, within)
        fields = _with(_fields(form), values or {}, form, self.page.address)
        if pressed.get("name"):
            fields.append((pressed.get("name", ""), pressed.get("value", "")))
        address = urljoin(self.page.address, form.get("action") or self.page.address)
        if form.get("method", "get").lower() == "get":
            return self._go("GET", f"{address.partition('?')[0]}?{urlencode([(k, str(v)) for k, v in fields])}")
        return self._post(address, fields, multipart=form.get("enctype") == "multipart/form-data")

    def do(self, button: str, values: Mapping[str, Value] | None = None, *, within: str = "") -> Page:
        """As `press`, by somebody who expects it to work. Raises `Lost` with what the page says when it does not."""
        page = self.press(button, values, within=within)
        if page.status >= _FAILED:
            raise Lost(f"{button!r} was refused at {page.address}: {page.text[:1500]}")
        return page

    def _find(self, button: str, within: str) -> tuple[html.HtmlElement, html.HtmlElement]:
        for form in self.page.tree.iter("form"):
            if within not in (form.get("action") or ""):
                continue
            for candidate in (*form.iter("button"), *self._outside(form)):
                if _words(candidate) == button or candidate.get("value") == button:
                    return form, candidate
        raise Lost(f"no button {button!r} on {self.page.address} ({self.page.title}); there are: {self.page.buttons()}")

    def _outside(self, form: html.HtmlElement) -> list[html.HtmlElement]:
        """The buttons of a form that stand outside it and name it."""
        name = form.get("id")
        return [each for each in self.page.tree.iter("button") if name and each.get("form") == name]

    def _post(self, address: str, fields: list[tuple[str, Value]], *, multipart: bool) -> Page:
        if not multipart:
            body = urlencode([(name, str(value)) for name, value in fields]).encode()
            return self._go("POST", address, body=body, media_type="application/x-www-form-urlencoded")
        stream, _, boundary = stream_encode_multipart(_parts(fields))
        return self._go("POST", address, body=stream.read(), media_type=f"multipart/form-data; boundary={boundary}")

    def _go(self, method: str, address: str, *, body: bytes | None = None, media_type: str | None = None) -> Page:
        for _ in range(_HOPS):
            answer = self._transport.send(method, address, body=body, media_type=media_type)
            if answer.status not in _REDIRECTS:
                self.page = Page(address, answer)
                return self.page
            address = urljoin(address, answer.headers["Location"])
            method, body, media_type = "GET", None, None
        raise Lost(f"{address} redirects without end")


def path_of(address: str) -> str:
    """The path and query of an address."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", "".join(str(part) for part in element.itertext())).strip()


def _fields(form: html.HtmlElement) -> list[tuple[str, Value]]:
    # As browsers do: the first line break of a textarea is not part of its text.
    areas = {element.get("name") for element in form.iter("textarea")}
    filled = [(name, value) for name, value in form.form_values() if value is not None]
    return [(name, re.sub(r"\A\r?\n", "", str(value)) if name in areas else value) for name, value in filled]


def _with(
    fields: list[tuple[str, Value]], values: Mapping[str, Value], form: html.HtmlElement, address: str
) -> list[tuple[str, Value]]:
    known = {element.get("name") for element in form.iter("input", "textarea", "select") if element.get("name")}
    strangers = set(values) - known
    if strangers:
        raise Lost(f"no field {sorted(strangers)} in the form on {address}; there are: {sorted(known)}")
    kept = [(name, value) for name, value in fields if name not in values]
    return kept + [pair for name, value in values.items() for pair in _pairs(name, value, form)]


def _pairs(name: str, value: Value, form: html.HtmlElement) -> Iterable[tuple[str, Value]]:
    match value:
        case bool():
            boxes = form.xpath(".//input[@name=$name]", name=name)
            return [(name, boxes[0].get("value", "on"))] if value else []
        case list():
            return [(name, each) for each in value]
        case _:
            return [(name, value)]


def _parts(fields: list[tuple[str, Value]]) -> "dict[str, list[object]]":
    parts: dict[str, list[object]] = {}
    for name, value in fields:
        part: object = str(value)
        if isinstance(value, Upload):
            part = FileStorage(BytesIO(value.body), filename=value.name, name=name, content_type=value.media_type)
        parts.setdefault(name, []).append(part)
    return parts
