"""What all tests share: how long hypothesis looks, chosen by `./run test`, and one browser with axe."""

from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# No deadline: the machine is shared, and a slow example is no wrong one. Derandomised, so that what fails here fails
# there; the long profile looks for something new at every run.
settings.register_profile("fast", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("standard", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("long", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("standard")


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
