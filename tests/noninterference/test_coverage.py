"""Every way to reach the journal is looked at in the two worlds, or named here with the reason why not."""

import re
from pathlib import Path

import pytest

from tests.noninterference import cast
from tests.noninterference.knowledge import Knowledge
from tests.noninterference.observing import LISTS, at_the_desk, in_public, probes
from tests.noninterference.twins import NOBODY, Twin, twin

pytestmark = pytest.mark.children
DONE_BY_AN_OPERATION = {
    ("POST", "/register"): "the hidden guest registers",
    ("POST", "/forgotten"): "a password is forgotten",
    ("POST", "/studies/new"): "somebody begins a study of the same title",
    ("POST", "/sign-in"): "every onlooker signs in with it",
}
NAMED = {
    ("GET", "/static/<digest>/<path:name>"): "files of the program; it has no database",
    ("POST", "/sign-out"): "ends the onlooker's own sessions, and reads no report",
    ("POST", "/scheme"): "sets a cookie from what was sent, and reads no report",
    ("POST", "/profile"): "changes the onlooker's own row, and reads no report",
    ("POST", "/profile/password"): "as above",
    ("POST", "/profile/second-factor"): "as above",
    ("POST", "/profile/second-factor/confirm"): "as above",
    ("POST", "/holds/restored"): "officers only, when a backup was restored; reads no report",
    ("POST", "/people/officers"): "looks an account up by its address, and reads no report",
}
_PART = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    return twin(tmp_path_factory.mktemp("covered") / "world")


def test_every_route_of_the_desk_is_observed_or_named(world: Twin) -> None:
    asked = {each.split(" ", 3)[2:][0] + " " + each.split(" ", 3)[3] for each in probed(world)}
    asked |= {f"GET {path}" for path in (*LISTS, "/sign-in", "/register", "/forgotten")}
    missing = [
        (method, rule.rule)
        for rule in world.world.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
        if (method, rule.rule) not in {**DONE_BY_AN_OPERATION, **NAMED}
        and not any(re.fullmatch(f"{method} {_PART.sub('[^/]+', rule.rule)}", each) for each in asked)
    ]
    assert missing == []


def probed(world: Twin) -> list[str]:
    return list(probes(world, cast.STRANGER, Knowledge({"report_id": NOBODY})))


def test_no_reason_is_given_for_what_is_not_there(world: Twin) -> None:
    there = {(method, rule.rule) for rule in world.world.app.url_map.iter_rules() for method in rule.methods or ()}
    assert {**DONE_BY_AN_OPERATION, **NAMED}.keys() <= there


def test_every_onlooker_is_answered_something(world: Twin) -> None:
    """What is compared is no heap of errors: the open works are really seen."""
    public = in_public(world, Knowledge())
    assert sum(each.startswith(b"200") for each in public.values()) > 30
    for name, least in {cast.STRANGER: 4, cast.ANOTHER_AUTHOR: 8, cast.ANOTHER_EDITOR: 12}.items():
        seen = at_the_desk(world, name)
        assert sum(each.startswith(b"200") for each in seen.values()) >= least, name
    assert cast.IN_REVIEW.title.encode() in at_the_desk(world, cast.ANOTHER_EDITOR)[f"{cast.ANOTHER_EDITOR} GET /queue"]


def test_a_copy_of_a_world_is_that_world(world: Twin, tmp_path: Path) -> None:
    other = twin(tmp_path / "other")
    assert in_public(other, Knowledge()) == in_public(world, Knowledge())
