"""Public pages in Chromium under the policy of the applications: for axe, in light and dark, on a phone and a desk."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route
from playwright.sync_api import Page as Tab

from journal.assets import assets, assets_digest
from storage.snapshot import Page
from tests.journal.production.plots import plot_of_labels
from tests.templates.conftest import POLICY, SITE
from tests.templates.test_pages_in_a_browser import OUTSIDE, UNFOLD, complaints

pytestmark = pytest.mark.browser

SHOWN = {
    "home": "/",
    "article": "/reports/kq7w3fhe",
    "promised": "/reports/kq7w3fhe/promised",
    "hostile": "/reports/f8hostil/promised",
    "retracted": "/reports/d6retrac",
    "crowded": "/reports/e7crowd0",
    "protocol": "/reports/g9promis",
    "tombstone": "/reports/h0tombst",
    "protocols": "/protocols",
    "about": "/about/data",
}


def opened(chromium: Browser, baked: Mapping[str, Page], path: str) -> Tab:
    """The page at `path` as the public application would send it; nothing else answers."""

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url).path
        asset = assets().get(asked.removeprefix(f"/static/{assets_digest()}/"))
        if asked in baked:
            headers = {"content-security-policy": POLICY, "content-type": baked[asked].media_type}
            route.fulfill(body=baked[asked].body, headers=headers)
        elif asset:
            route.fulfill(body=asset.body, content_type=asset.media_type)
        elif asked.endswith(".png"):
            route.fulfill(body=plot_of_labels(), content_type="image/png")
        else:
            route.fulfill(status=404, body="")

    context = chromium.new_context(viewport={"width": 1280, "height": 860}, color_scheme="light", base_url=SITE)
    context.route("**/*", answer)
    tab = context.new_page()
    tab.on("console", lambda message: pytest.fail(message.text))
    tab.goto(path)
    return tab


@pytest.mark.parametrize("name", SHOWN)
def test_axe_finds_nothing_and_nothing_stands_outside(
    name: str, chromium: Browser, baked: dict[str, Page], axe: str
) -> None:
    tab = opened(chromium, baked, SHOWN[name])
    tab.evaluate(UNFOLD)
    tab.evaluate(axe + ";0")
    assert complaints(tab) == []
    assert tab.evaluate(OUTSIDE) <= 0
    tab.emulate_media(color_scheme="dark")
    assert complaints(tab, "['color-contrast']") == []
    tab.set_viewport_size({"width": 390, "height": 844})
    assert complaints(tab) == []
    tab.emulate_media(color_scheme="light")
    assert complaints(tab, "['color-contrast', 'target-size']") == []
    for width in (390, 320):
        tab.set_viewport_size({"width": width, "height": 844})
        assert tab.evaluate(OUTSIDE) <= 0, width
    tab.context.close()


def test_the_first_screen_says_what_came_out_and_how_sure(chromium: Browser, baked: dict[str, Page]) -> None:
    tab = opened(chromium, baked, SHOWN["article"])
    for place in (".claim", ".sums", ".sums + .small"):
        box = tab.locator(place).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 500, place
    tab.context.close()
