"""The pages of one release, baked once for all tests."""

import pytest

from journal.public.baking import bake_pages
from storage.snapshot import Page
from tests.journal.public.material import RECORDS, SITE


@pytest.fixture(scope="session")
def baked() -> dict[str, Page]:
    """The pages by path."""
    return {page.path: page for page in bake_pages(RECORDS, SITE)}
