"""The feature alone: a world whose application has accounts, and an empty page wherever the frame links to."""

from pathlib import Path

import pytest
from flask import Blueprint

from journal.editorial import application
from tests.stories.worlds import World, make_world

_ELSEWHERE = {
    "dashboard": ("home", "studies", "queue", "choose_scheme", "help_page", "mailbox"),
    "holds": ("queue",),
}


def make_lone_world(folder: Path, patch: pytest.MonkeyPatch, *, redis_url: str = "") -> World:
    """A world in `folder` with this feature only."""
    patch.setattr(application, "FEATURES", ("accounts",))
    world = make_world(folder, REDIS_URL=redis_url)
    for feature, pages in _ELSEWHERE.items():
        world.app.register_blueprint(_empty_pages(feature, pages))
    return world


def _empty_pages(feature: str, pages: tuple[str, ...]) -> Blueprint:
    blueprint = Blueprint(feature, __name__)
    for page in pages:
        address = "/" if page == "home" else f"/{feature}/{page}"
        blueprint.add_url_rule(address, page, lambda: "<h1>Elsewhere</h1>", methods=["GET", "POST"])
    return blueprint


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return make_lone_world(tmp_path, monkeypatch)
