"""Everything that somebody finds at the desk: every page that links lead to, and what every button on them answers.

Buttons are pressed in a desk where nothing lasts, so that what one person tries is not in the way of the next.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from journal.unit_of_work import UnitOfWork
from tests.noninterference.tokens import TOKEN
from tests.resultblind.folding import folded

Sights = dict[str, str]
_PAGE = "text/html"
_ENDS_THE_VISIT = ("/sign-out", "/scheme")
_NOT_FOLLOWED = re.compile(r"^/(static|mail|help)/")


@dataclass
class Look:
    """One person's look at the desk. `seen` holds what each address answered, `asked` the requests that led there."""

    who: str
    client: Client
    passed_by: Sequence[str] = ()
    """Words of addresses that are not followed: what is looked at elsewhere."""
    within: str = ""
    """What the addresses must contain that are followed."""
    seen: Sights = field(default_factory=dict)
    asked: list[tuple[str, str, int]] = field(default_factory=list)

    def around(self, starts: Iterable[str], *, presses: bool = True) -> Sights:
        """From these addresses to wherever links lead, and every button on the way."""
        waiting, known = list(starts), set(starts)
        while waiting:
            address = waiting.pop(0)
            page = self._open(address)
            if page is None:
                continue
            led = self._press_all(page, address) if presses else []
            for onward in (*_links(page, address), *led):
                if onward not in known and self._is_followed(onward):
                    known.add(onward)
                    waiting.append(onward)
        return self.seen

    def _is_followed(self, address: str) -> bool:
        return self.within in address and not any(word in address for word in self.passed_by)

    def knock(self, rules: Iterable[Rule], report_id: str) -> Sights:
        """Try every address about a report, whether a link leads there or not, and send it an empty form."""
        token = _token(self.client.get("/studies/new").get_data())
        with nothing_lasts():
            for rule in sorted(rules, key=lambda rule: (rule.rule, rule.endpoint)):
                if "<report_id>" in rule.rule:
                    self._knock_at(rule, _PART.sub(lambda part: _filled(part, report_id), rule.rule), token)
        return self.seen

    def _knock_at(self, rule: Rule, path: str, token: str) -> None:
        methods = rule.methods or set()
        if "GET" in methods and f"{self.who} GET {path}" not in self.seen:
            self._keep("GET", path, self.client.get(path))
        if "POST" in methods:
            self._keep("POST", f"{path} (empty)", self.client.post(path, data={"csrf_token": token}))

    def _open(self, address: str) -> html.HtmlElement | None:
        answer = self.client.get(address)
        body = self._keep("GET", address, answer)
        return html.document_fromstring(body) if answer.mimetype == _PAGE and body else None

    def _press_all(self, page: html.HtmlElement, address: str) -> list[str]:
        """Press every button, and return where the answers lead."""
        led: list[str] = []
        with nothing_lasts():
            for form, button in _buttons(page):
                action = urljoin(address, form.get("action") or address)
                where = f"{action} {button.get('name') or ''}={button.get('value') or ''}"
                if f"{self.who} POST {where}" not in self.seen and urlsplit(action).path not in _ENDS_THE_VISIT:
                    fields = [(name, value) for name, value in form.form_values() if value is not None]
                    fields += [(button.get("name"), button.get("value", ""))] if button.get("name") else []
                    body = urlencode(fields)
                    media_type = "application/x-www-form-urlencoded"
                    answer = self.client.post(action, data=body, content_type=media_type)
                    self._keep("POST", where, answer)
                    led += _inside(answer.headers.get("Location", ""), action)
        return led

    def _keep(self, method: str, where: str, answer: TestResponse) -> bytes:
        body = answer.get_data()
        self.asked.append((method, urlsplit(where.split(" ", maxsplit=1)[0]).path, answer.status_code))
        told = f"{answer.status}\n{answer.headers.get('Location', '')}\n{answer.mimetype}\n"
        kind = answer.mimetype or ""
        readable = kind.startswith("text/") or kind.endswith(("json", "yaml", "xml"))
        self.seen[f"{self.who} {method} {where}"] = told + (folded(body) if readable else "")
        answer.close()
        return body


_PART = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


def _filled(part: re.Match[str], report_id: str) -> str:
    return report_id if part[2] == "report_id" else "2" if part[2] == "for_stage" else "1"


def _token(page: bytes) -> str:
    found = TOKEN.search(page)
    assert found
    return found.group(2).decode()


@contextmanager
def nothing_lasts() -> Iterator[None]:
    """Whatever is done meanwhile is rolled back: the commit of a unit of work does nothing."""
    with patch.object(UnitOfWork, "commit", lambda _: None):
        yield


def _links(page: html.HtmlElement, address: str) -> Iterator[str]:
    for anchor in page.iter("a"):
        yield from _inside(anchor.get("href") or "", address)


def _inside(link: str, address: str) -> Iterator[str]:
    """The address that a link on a page leads to, if it is one of this desk."""
    onward = urlsplit(urljoin(address, link)) if link else urlsplit("")
    if not onward.netloc and onward.path and not _NOT_FOLLOWED.match(onward.path):
        yield onward.path + (f"?{onward.query}" if onward.query else "")


def _buttons(page: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, html.HtmlElement]]:
    for form in page.iter("form"):
        if (form.get("method") or "get").lower() == "post":
            yield from ((form, button) for button in form.iter("button"))
