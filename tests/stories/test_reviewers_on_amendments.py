"""Reviewers are asked about an amendment by a link without an account; what they say is for the editors alone."""

import re

import pytest

from tests.stories import amending
from tests.stories.amending import HANDLING, accepted_study, ask, change_sample
from tests.stories.test_author_readers import with_readers
from tests.stories.withheld import hold
from tests.stories.worlds import World
from workflows.people import Role

OPINION = "A larger sample cannot hurt."


def asked(world: World) -> tuple[str, str]:
    """A study with an amendment about which its reviewer was asked: the identifier, and the link of the letter."""
    author, report = accepted_study(world)
    with_readers(world, report)
    change_sample(world, author, report)
    ask(author, report)
    editor = world.signed_in(HANDLING)
    editor.open(f"/reports/{report}/amendments")
    assert "They are asked by mail" in editor.press("Ask the reviewers of stage 1").text
    world.run_jobs()
    (letter,) = [mail for mail in world.mails("rosa@example.org") if "opinion" in mail["subject"]]
    assert "prompts" not in letter["text"]
    found = re.search(r"/opinion/\S+", letter["text"])
    assert found
    return report, found[0]


def test_an_opinion_is_given_by_a_link_and_read_by_editors_alone(world: World) -> None:
    report, link = asked(world)
    guest = world.visitor()
    page = guest.open(link)
    assert page.tree.xpath("//ins/text()")[0] == "2,400"
    assert guest.press("Send it to the editor").status == 422
    guest.open(link)
    assert "Thank you" in guest.press("Send it to the editor", {"words": OPINION}).text
    assert guest.open(link).status == 404
    assert OPINION in world.signed_in(HANDLING).open(f"/reports/{report}/amendments").text
    assert OPINION not in world.signed_in(amending.AUTHOR).open(f"/reports/{report}/amendments").text
    world.run_jobs()
    assert "A reviewer has answered" in [mail["subject"] for mail in world.mails("ilse@example.org")]


@pytest.mark.thorough
def test_nobody_is_asked_twice(world: World) -> None:
    report, _ = asked(world)
    editor = world.signed_in(HANDLING)
    editor.open(f"/reports/{report}/amendments")
    editor.press("Ask the reviewers of stage 1")
    world.run_jobs()
    assert len([mail for mail in world.mails("rosa@example.org") if "opinion" in mail["subject"]]) == 1


def test_a_link_shows_nothing_once_it_is_decided_or_while_the_report_is_withheld(world: World) -> None:
    report, link = asked(world)
    for name in ("Noor Haddad", "Omar Zweig"):
        world.person(name, Role.OFFICER)
    hold(world, report)
    page = world.visitor().open(link)
    assert "Nothing is asked of you now" in page.text
    assert "prompts" not in page.text
