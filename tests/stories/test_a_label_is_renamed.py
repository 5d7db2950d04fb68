"""A label is changed on a page; what names it is offered to follow, and follows when an author says so."""

from tests.stories.test_author_builds_the_plan import plan_of
from tests.stories.worlds import World
from tests.stories.writing import written_study


def test_parts_follow_a_renamed_row_when_its_author_says_so(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol")
    author.press("Save", {"checks-0-rows": "H1"})
    named = [check.rows for check in plan_of(world, report).checks]
    assert any("H1" in rows for rows in named)
    author.open(f"/reports/{report}/protocol")
    page = author.press("Save", {"rows-0-label": "H7"})
    assert page.address.endswith("/protocol"), "it stays, for there is something to say"
    assert "H1, and nothing is called so." in page.text
    assert [check.rows for check in plan_of(world, report).checks] == named, "nothing follows by itself"
    page = author.press("H7 is meant")
    assert "What named H1 names H7 now." in page.text
    assert not any("H1" in check.rows for check in plan_of(world, report).checks)
    assert "and nothing is called so" not in page.text


def test_what_was_changed_meanwhile_is_not_overwritten(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol")
    author.press("Save", {"checks-0-rows": "H1"})
    author.open(f"/reports/{report}/protocol")
    old = author.press("Save", {"rows-0-label": "H7"})
    author.open(f"/reports/{report}/title")
    author.press("Save", {"abstract": "Another abstract."})
    author.page = old
    page = author.press("H7 is meant")
    assert "Nothing was overwritten" in page.text
    assert any("H1" in check.rows for check in plan_of(world, report).checks)
