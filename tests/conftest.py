"""What all tests share: how long hypothesis looks, chosen by `./run test`, and one browser with axe."""

import gc
from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.compiled import share_addresses

# No deadline: the machine is shared, and a slow example is no wrong one. Derandomised, so that what fails here fails
# there; the long profile looks for something new at every run.
settings.register_profile("fast", deadline=None, derandomize=True, max_examples=15)
settings.register_profile("standard", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("long", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("standard")
share_addresses()


def pytest_collection_finish() -> None:
    """What was imported lives to the end: looking through it again and again for garbage took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--font-render-hinting=none"]
        )
        yield browser
        browser.close()
