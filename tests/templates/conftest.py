"""A browser that is given the specimen pages under the policy of the applications, without a server."""

from mimetypes import guess_type
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

from tests.templates.rendering import ROOT
from tests.templates.specimens import PAGES, page

SITE = "http://localhost"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def answer(route: Route) -> None:
    """The specimen or static file that an address names; anything else is a 404."""
    path = urlsplit(route.request.url).path.removeprefix("/")
    if path in PAGES:
        headers = {"content-security-policy": POLICY, "content-type": "text/html; charset=utf-8"}
        route.fulfill(body=page(path), headers=headers)
    elif path.startswith("static/") and (ROOT / path).is_file():
        route.fulfill(body=(ROOT / path).read_bytes(), content_type=guess_type(path)[0] or "font/woff2")
    else:
        route.fulfill(status=404, body="")


def opened(browser: Browser, name: str, *, javascript: bool = True) -> Page:
    """The specimen `name` in a window of its own, 1280 px wide, on a system that prefers light."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, color_scheme="light", base_url=SITE, java_script_enabled=javascript
    )
    context.route("**/*", answer)
    opened = context.new_page()
    opened.goto(f"/{name}")
    return opened
