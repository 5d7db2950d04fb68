"""Which way a result went moves no page of anybody, no button, no answer, no letter, no finding and no deadline.

And every route of the desk is looked at in it, or named here with the reason why not.
"""

import re

import pytest

from tests.resultblind.folding import FOLDS
from tests.resultblind.worlds import ONE, OTHER, Observed, differences, observe

pytestmark = pytest.mark.children
_PART = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>")
_R = "/reports/<report_id>"
_BEFORE = "of a protocol that is still written: closed before there is a result"
_ACCOUNT = "about an account or the program; reads no results"
_LINK = "opened by a link that is given for something that no results bear on"
_CASE = "of officers, about harm; tests/stories/officers shows what it asks, and the case's own page is compared"
_NOT_HERE = "asks for what these lives do not have; the page that leads to it is compared"
_REASONS: dict[str, tuple[tuple[str, str], ...]] = {
    _BEFORE: (
        *((method, f"{_R}/desk") for method in ("GET", "POST")),
        *((method, f"{_R}/protocol/<kind>/<int:number>/rule") for method in ("GET", "POST")),
        *((method, f"{_R}/protocol/parts/<name>") for method in ("GET", "POST")),
        ("GET", f"{_R}/protocol/proposals/source"),
        *(("POST", f"{_R}/{name}") for name in ("bias", "hazard-questions", "protocol", "statements", "title")),
    ),
    _ACCOUNT: (
        ("GET", "/confirm/<token>"),
        ("POST", "/confirm/<token>"),
        ("GET", "/reset/<token>"),
        ("POST", "/reset/<token>"),
        ("GET", "/help/lint"),
        ("GET", "/help/protocol.schema.json"),
        ("GET", "/holds/restored"),
        ("POST", "/holds/restored"),
        ("POST", "/people/officers/<proposal_id>"),
        ("POST", "/profile/second-factor/confirm"),
        ("POST", "/scheme"),
        ("POST", "/sign-out"),
        ("GET", "/static/<digest>/<path:name>"),
        ("GET", "/mail"),
        ("GET", "/mail/<name>"),
    ),
    _LINK: (
        ("GET", "/consent/<token>"),
        ("POST", "/consent/<token>"),
        ("GET", "/consent/thanks/<given>"),
        ("GET", "/embargo/<token>"),
        ("POST", "/embargo/<token>"),
        ("GET", "/opinion/<token>"),
        ("POST", "/opinion/<token>"),
    ),
    _CASE: (
        ("POST", f"{_R}/appeal/<appeal_id>"),
        ("POST", f"{_R}/choice"),
        ("POST", f"{_R}/hold/<hold_id>/lift"),
        ("GET", f"{_R}/hold/emergency"),
        ("POST", f"{_R}/hold/emergency"),
        ("POST", f"{_R}/hold/emergency/<opening_id>"),
        ("GET", f"{_R}/hold/emergency/files/<file_id>"),
        ("POST", f"{_R}/hold/takedown"),
    ),
    _NOT_HERE: (
        ("POST", f"{_R}/amendments/confirm"),
        ("GET", f"{_R}/narrower/files/<file_id>"),
        ("POST", f"{_R}/proof/changes"),
        ("POST", f"{_R}/retraction"),
        *((method, f"{_R}/review") for method in ("GET", "POST")),
        ("GET", f"{_R}/review.txt"),
        ("POST", f"{_R}/review/upload"),
        *((method, f"{_R}/review/worry") for method in ("GET", "POST")),
    ),
}
NAMED = {route: reason for reason, routes in _REASONS.items() for route in routes}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Observed, Observed]:
    folder = tmp_path_factory.mktemp("blind")
    return observe(folder / "one", ONE), observe(folder / "other", OTHER)


def test_which_way_it_went_moves_nothing(pair: tuple[Observed, Observed]) -> None:
    one, other = pair
    found = differences(one.sights, other.sights)
    assert not found, "\n".join(found[:20])


def test_what_is_compared_is_no_heap_of_refusals(pair: tuple[Observed, Observed]) -> None:
    one, _ = pair
    assert not [each for each in one.asked if each[2] >= 500]
    assert sum(status == 200 for _, _, status in one.asked) > 400
    assert sum(method == "POST" and status in {302, 303} for method, _, status in one.asked) > 60
    assert sum(told.startswith("letters to") and bool(words) for told, words in one.sights.items()) >= 7
    assert any("CONCLUSION" in words and "H2" in words for words in one.sights.values())


def test_every_fold_says_why() -> None:
    assert all(fold.why.strip() for fold in FOLDS)


def test_every_route_of_the_desk_is_looked_at_or_named(pair: tuple[Observed, Observed]) -> None:
    one, _ = pair
    asked = {f"{method} {path}" for method, path, status in one.asked if status < 404 or status == 422}
    missing = [
        (method, rule.rule)
        for rule in one.lived.world.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
        if (method, rule.rule) not in NAMED
        and not any(re.fullmatch(f"{method} {_pattern(rule.rule)}", each) for each in asked)
    ]
    assert missing == []


def _pattern(rule: str) -> str:
    return _PART.sub(lambda part: r"\d+" if part[1] == "int" else "[^/]+", rule)


def test_no_reason_is_given_for_what_is_not_there(pair: tuple[Observed, Observed]) -> None:
    rules = pair[0].lived.world.app.url_map.iter_rules()
    there = {(method, rule.rule) for rule in rules for method in rule.methods or ()}
    assert NAMED.keys() <= there
