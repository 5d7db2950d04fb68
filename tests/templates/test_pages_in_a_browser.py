"""The specimen pages in Chromium under the policy of the applications: for axe, on a phone, and as one types."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, Route, expect

from tests.templates.conftest import opened
from tests.templates.specimens import PAGES

pytestmark = pytest.mark.browser

RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
OUTSIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PRESS = "document.querySelector('[name=do][value=send]').click()"
UNFOLD = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"


def complaints(page: Page, rules: str = RULES) -> list[str]:
    """What axe, which must be in the page, finds: "rule: place". It need not describe everything that is well."""
    found = page.evaluate(f"axe.run({{runOnly: {rules}, resultTypes: ['violations'], preload: false}})")["violations"]
    return [f"{fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, chromium: Browser, axe: str) -> None:
    page = opened(chromium, name)
    page.evaluate(UNFOLD)
    page.evaluate(axe + ";0")
    assert complaints(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    assert complaints(page) == []
    page.emulate_media(color_scheme="light")
    assert complaints(page, "['color-contrast', 'target-size']") == []
    page.context.close()


def test_axe_would_find_something(chromium: Browser, axe: str) -> None:
    page = opened(chromium, "guest.html")
    page.evaluate(axe + ";0")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [complaint.partition(":")[0] for complaint in complaints(page)] == ["image-alt"]
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_stands_outside_the_window(name: str, chromium: Browser) -> None:
    page = opened(chromium, name)
    page.evaluate(UNFOLD)
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 860})
        assert page.evaluate(OUTSIDE) <= 0, width
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_stops_nothing(name: str, chromium: Browser) -> None:
    said: list[str] = []
    page = opened(chromium, name)
    page.on("console", lambda message: said.append(message.type))
    page.reload(wait_until="load")
    assert said == []
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert said == ["error"]
    page.context.close()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    page = opened(chromium, "desk.html")
    yield page
    page.context.close()


class Server:
    """Takes drafts and what is sent, and keeps the versions and titles that came in."""

    def __init__(self, page: Page, *, status: int = 200) -> None:
        self.drafts: list[tuple[str, str]] = []
        self.sent: list[tuple[str, str]] = []
        self.status = status
        page.route("**/draft", self.keep)
        page.route("**/save", self.take)

    def keep(self, route: Route) -> None:
        self.drafts.append(content(route.request))
        version = 3 + len(self.drafts)
        words = f'<input type="hidden" name="version" value="{version}"><span>Draft saved, version {version}.</span>'
        route.fulfill(status=self.status, content_type="text/html", body=words)

    def take(self, route: Route) -> None:
        self.sent.append(content(route.request))
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Taken</title>")


def content(request: Request) -> tuple[str, str]:
    fields = parse_qs(request.post_data or "")
    return fields["version"][0], fields["title"][0]


def warned(page: Page) -> bool:
    """Whether leaving the page asks first."""
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", leave)
    page.goto("/guest.html")
    return asked == ["beforeunload"]


def hold(page: Page, pattern: str) -> list[Route]:
    """The requests that `pattern` names, none of them answered."""
    held: list[Route] = []

    def wait(route: Route) -> None:
        held.append(route)

    page.route(pattern, wait)
    return held


def test_a_form_that_came_back_begins_at_its_summary(desk: Page) -> None:
    expect(desk.locator(".errors")).to_be_focused()
    desk.get_by_role("link", name="Choose one, so that readers can weigh it.").click()
    expect(desk.get_by_label("Level 6")).to_be_focused()


def test_what_is_typed_is_kept_and_the_server_says_so(desk: Page) -> None:
    server = Server(desk)
    desk.get_by_label("Title").press_sequentially(" x")
    expect(desk.locator(".saving")).to_have_text("Draft saved, version 4.")
    desk.get_by_label("Title").press_sequentially("y")
    expect(desk.locator(".saving")).to_have_text("Draft saved, version 5.")
    assert [version for version, _ in server.drafts] == ["3", "4"]
    assert server.drafts[-1][1].startswith(" xy")
    assert server.sent == []


def test_leaving_asks_only_while_something_is_not_kept(desk: Page) -> None:
    Server(desk)
    desk.get_by_label("Title").press_sequentially("x")
    expect(desk.locator(".saving")).to_have_text("Draft saved, version 4.")
    assert not warned(desk)
    desk.goto("/desk.html")
    desk.get_by_label("Title").press_sequentially("x")
    assert warned(desk)


@pytest.mark.parametrize("status", [500, 422])
def test_a_save_that_failed_is_said_and_guarded(desk: Page, status: int) -> None:
    Server(desk, status=status)
    desk.get_by_label("Title").press_sequentially("x")
    expect(desk.locator(".saving")).to_have_text("Not saved: no answer came. What you typed is still on this page.")
    assert warned(desk)


def test_a_server_that_is_gone_is_said(desk: Page) -> None:
    desk.route("**/draft", lambda route: route.abort())
    desk.get_by_label("Title").press_sequentially("x")
    expect(desk.locator(".saving")).to_contain_text("Not saved")
    assert desk.locator("[name=version]").input_value() == "3"


def test_a_sign_in_page_is_not_taken_for_an_answer(desk: Page) -> None:
    body = "<!doctype html><html><title>Sign in</title><h1>Sign in</h1></html>"
    desk.route("**/draft", lambda route: route.fulfill(body=body, content_type="text/html"))
    desk.get_by_label("Title").press_sequentially("x")
    expect(desk.locator(".saving")).to_contain_text("Not saved")
    expect(desk).to_have_title("Error: Specimen of the desk · Nullius")


def test_another_tabs_draft_is_said_and_not_overwritten(desk: Page) -> None:
    words = '<input type="hidden" name="version" value="3"><span>Changed in another tab.</span>'
    desk.route("**/draft", lambda route: route.fulfill(status=409, body=words, content_type="text/html"))
    desk.get_by_label("Title").press_sequentially("x")
    expect(desk.locator(".saving")).to_have_text("Changed in another tab.")
    assert warned(desk)


def test_a_press_waits_for_the_save_under_way_and_carries_its_version(desk: Page) -> None:
    server, held = Server(desk), hold(desk, "**/draft")
    with desk.expect_request("**/draft"):
        desk.get_by_label("Title").press_sequentially("x")
    desk.evaluate(PRESS)
    assert server.sent == []
    with desk.expect_navigation(url="**/save"):
        server.keep(held[0])
    assert [version for version, _ in server.sent] == ["4"]


def test_what_is_typed_during_a_save_goes_after_it_with_its_version(desk: Page) -> None:
    server, held = Server(desk), hold(desk, "**/draft")
    with desk.expect_request("**/draft"):
        desk.get_by_label("Title").press_sequentially("x")
    desk.get_by_label("Title").press_sequentially("y")
    desk.wait_for_timeout(1000)
    with desk.expect_request("**/draft"):
        server.keep(held[0])
    desk.wait_for_timeout(100)
    server.keep(held[1])
    expect(desk.locator(".saving")).to_have_text("Draft saved, version 5.")
    assert [version for version, _ in server.drafts] == ["3", "4"]
    assert not warned(desk)


def test_a_second_press_in_a_hurry_sends_nothing(desk: Page) -> None:
    held = hold(desk, "**/save")
    with desk.expect_request("**/save"):
        desk.evaluate(f"setTimeout(() => {PRESS}, 100); {PRESS}")
    desk.wait_for_timeout(300)
    presses = len(held)
    held[-1].abort()
    assert presses == 1


def test_a_job_asks_until_it_has_ended(desk: Page) -> None:
    desk.route("**/job", lambda route: route.fulfill(body="<p>The PDF is ready.</p>", content_type="text/html"))
    expect(desk.get_by_text("The PDF is ready.")).to_be_visible()
    expect(desk.get_by_text("Typesetting")).to_have_count(0)


def test_a_citation_can_be_copied(chromium: Browser) -> None:
    page = opened(chromium, "article.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cite-apa").inner_text()
    page.context.close()


def test_without_javascript_everything_stands_and_no_dead_button_shows(chromium: Browser) -> None:
    page = opened(chromium, "article.html", javascript=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Copy the citation")).to_be_hidden()
    page.context.close()
