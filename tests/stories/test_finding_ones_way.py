"""Signing in, one's list, the page of a report: what is there for its people is not there for anybody else."""

import pytest
from sqlalchemy import event

from tests.stories.reports import TITLE, draft_report
from tests.stories.worlds import World
from workflows.holds import NEUTRAL_SENTENCE
from workflows.people import Role


def test_an_author_finds_their_study_and_nobody_else_does(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report_id = draft_report(world, "Ada Marwick")
    page = author.open("/studies")
    assert TITLE in page.text
    page = author.follow(TITLE)
    assert page.title == TITLE
    assert "Your turn: write and submit the protocol." in page.text
    assert NEUTRAL_SENTENCE not in page.text
    for stranger, title in ((world.signed_in("Ben Okafor"), "There is no such page"), (world.visitor(), "Sign in")):
        refused, missing = stranger.open(f"/reports/{report_id}"), stranger.open(f"/reports/{'a' * 26}")
        assert (refused.status, refused.title, refused.text) == (missing.status, missing.title, missing.text)
        assert refused.title == title


def test_home_leads_each_to_the_list_that_matters(world: World) -> None:
    world.person("Carla Voss", Role.EDITOR_IN_CHIEF)
    assert world.signed_in("Carla Voss").open("/").title == "Waiting on me"
    assert world.signed_in("Ada Marwick").open("/").title == "My studies"
    world.person("Noor Haddad", Role.OFFICER)
    assert world.signed_in("Noor Haddad").open("/").title == "Holds"
    world.person("Root Admin", Role.ADMINISTRATOR)
    assert world.signed_in("Root Admin").open("/").title == "People"
    assert world.visitor().open("/").title == "Sign in"


def test_the_queue_is_for_editors(world: World) -> None:
    assert world.signed_in("Ada Marwick").open("/queue").status == 404


def test_the_colours_are_a_choice_that_lasts(world: World) -> None:
    visitor = world.visitor()
    visitor.open("/help")
    visitor.press("Dark")
    assert visitor.page.tree.get("data-scheme") == "dark"
    assert visitor.open("/help").tree.get("data-scheme") == "dark"


def test_the_colours_are_chosen_on_a_page_that_came_back_from_a_form(world: World) -> None:
    """Its address takes nothing but the form: the page above it is shown."""
    visitor = world.signed_in("Ada Marwick")
    visitor.open("/profile")
    visitor.press("Change the password", {"old_password": "not it", "password": "whatever comes"})
    assert visitor.page.address.endswith("/profile/password")
    assert visitor.press("Dark").title == "Your profile"
    assert visitor.page.tree.get("data-scheme") == "dark"


def test_a_journal_that_is_no_demonstration_shows_no_mail(world: World) -> None:
    assert world.visitor().open("/mail").status == 200


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_asks_the_database_as_often_for_many_as_for_one(world: World, number: int) -> None:
    author = world.signed_in("Ada Marwick")
    for _ in range(number):
        draft_report(world, "Ada Marwick")
    asked: list[str] = []
    event.listen(world.resources.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    author.open("/studies")
    selects = [statement for statement in asked if statement.lstrip().startswith("SELECT")]
    assert 0 < len(selects) <= 13, "\n".join(selects)


def test_the_help_page_leads_each_to_where_they_work_and_nobody_further(world: World) -> None:
    world.person("Carla Voss", Role.EDITOR_IN_CHIEF)
    world.person("Olaf Keeper", Role.ADMINISTRATOR)
    ways = "//main//a/@href"
    assert world.visitor().open("/help").tree.xpath(ways) == ["/help/lint"], "what is there for everybody"
    for name, there, elsewhere in (
        ("Ada Marwick", "/studies", "/queue"),
        ("Carla Voss", "/queue", "/holds"),
        ("Olaf Keeper", "/people", "/queue"),
    ):
        visitor = world.signed_in(name)
        links = visitor.open("/help").tree.xpath(ways)
        assert there in links
        assert elsewhere not in links
        assert visitor.open(elsewhere).status == 404
        assert {visitor.open(link).status for link in links} == {200}
