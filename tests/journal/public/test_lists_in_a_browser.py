"""The list, a search and the calm page before the first release, in Chromium: for axe, on a phone, under the policy."""

import re
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.journal.public.library import Library, make_library, records

pytestmark = pytest.mark.browser

RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
OUTSIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach((part) => { part.open = true; })"


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 (its name in Werkzeug)
        """Say nothing."""


def address_of(library: Library) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, library.application, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    library = make_library(tmp_path_factory.mktemp("journal"))
    library.release("0001", records())
    yield from address_of(library)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from address_of(make_library(tmp_path_factory.mktemp("empty")))


@pytest.mark.parametrize("path", ["/reports?page=2", "/reports?q=לוי&show=null", "/reports?q=zyzzyva", "503"])
def test_nothing_is_wrong_with_the_page(path: str, journal: str, empty: str, chromium: Browser, axe: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, color_scheme="light", bypass_csp=False)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(empty if path == "503" else f"{journal}{path}")
    assert [words for words in said if "503" not in words] == []
    page.evaluate(UNFOLD)
    for width, scheme in ((1280, "light"), (390, "dark"), (320, "light")):
        page.set_viewport_size({"width": width, "height": 860})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert page.evaluate(OUTSIDE) <= 0, width
        page.evaluate(axe + ";0")
        found = page.evaluate(f"axe.run({{runOnly: {RULES}}})")["violations"]
        assert [f"{fault['id']}: {node['target']}" for fault in found for node in fault["nodes"]] == []
    context.close()


def test_one_searches_and_filters_without_a_script(journal: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.goto(f"{journal}/reports")
    page.get_by_role("link", name=re.compile("^Null results")).click()
    page.get_by_role("searchbox").fill("honesty probes")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=3).filter(has_text="Do honesty probes")).to_have_count(1)
    assert "show=null" in page.url
    context.close()
