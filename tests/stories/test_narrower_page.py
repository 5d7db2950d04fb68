"""The page of a narrower article: written and offered by its author, read and approved by two officers, through it."""

import pytest

from journal.demonstration.visitor import Upload, Value
from journal.production.release import make_release
from tests.stories.accepted import AUTHOR, HANDLING, OFFICER
from tests.stories.public_shelf import shelf_of
from tests.stories.second_factors import approve, give_app
from tests.stories.test_narrowed_articles import MANUSCRIPT, SECOND_OFFICER, SECRET, held
from tests.stories.worlds import World, address_of
from workflows.people import Role

WRITTEN: dict[str, Value] = {
    "title": "What remains",
    "abstract": "The plan, in short.",
    "claim": "It was estimated.",
    "rows": ["RQ1"],
}


def narrower(report: str) -> str:
    return f"/reports/{report}/narrower"


@pytest.mark.children
def test_an_author_offers_it_and_two_officers_approve_what_they_read(world: World) -> None:
    report, _ = held(world)
    world.person(SECOND_OFFICER, Role.OFFICER)
    author, first, second = (world.signed_in(name) for name in (AUTHOR, OFFICER, SECOND_OFFICER))
    assert first.open(narrower(report)).status == 404, "nothing is offered yet"
    author.open(narrower(report))
    assert author.press("Offer it to the officers").status == 422
    author.press("Keep the draft", WRITTEN)
    assert author.press("Upload", {"files": Upload("small.md", MANUSCRIPT)}).status == 200
    page = author.press("Offer it to the officers")
    assert "Offered to the officers" in page.text
    world.run_jobs()
    assert sum("waits for an officer" in mail["subject"] for mail in world.mails()) >= 2

    assert first.open(f"/reports/{report}/hold").link("Read it").endswith("/narrower")
    page = first.open(narrower(report))
    assert "kakapo" in page.text
    assert "RQ1" in page.text
    for word in SECRET[1:]:  # the title stands above, for who may know it
        assert word not in page.text.lower(), word
    assert "To approve it you need a second factor" in page.text
    assert first.open(page.link("manuscript.md")).answer.body == MANUSCRIPT
    first.open(narrower(report))
    give_app(world, OFFICER)
    first.open(narrower(report))
    refused = first.press("Approve exactly this")
    assert refused.status == 422
    assert "Type the code that your authenticator app shows now." in refused.text
    assert "A second officer has to approve" in approve(world, first, by=OFFICER).text
    assert "Approve exactly this" not in first.page.buttons()
    give_app(world, SECOND_OFFICER)
    second.open(narrower(report))
    assert "It is approved" in approve(world, second, by=SECOND_OFFICER).text
    assert "Approved." in author.open(narrower(report)).text
    world.run_jobs()
    (letter,) = [mail for mail in world.mails(address_of(AUTHOR)) if mail["subject"] == "What you offered was approved"]
    assert narrower(report) in letter["text"]
    assert not [word for word in (*SECRET, "kakapo", "What remains") if word in letter["text"]]
    assert make_release(world.resources) is not None
    assert b"What remains" in shelf_of(world).everything()


def test_a_summary_may_be_all_and_an_offer_does_not_change(world: World) -> None:
    report, _ = held(world)
    author, officer = world.signed_in(AUTHOR), world.signed_in(OFFICER)
    author.open(narrower(report))
    author.press("Keep the draft", {"title": "Only this", "abstract": "And this."})
    author.press("Offer it to the officers")
    author.press("Keep the draft", {"title": "Another draft", "abstract": "Not offered."})
    page = officer.open(narrower(report))
    assert "Only this" in page.text
    assert "Another draft" not in page.text
    assert "it is a short report" in page.text


@pytest.mark.children
def test_nobody_else_finds_the_page_or_its_files(world: World) -> None:
    report, _ = held(world)
    author = world.signed_in(AUTHOR)
    author.open(narrower(report))
    author.press("Keep the draft", WRITTEN)
    its_file = author.press("Upload", {"files": Upload("small.md", MANUSCRIPT)}).link("manuscript.md")
    assert author.open(its_file).answer.body == MANUSCRIPT
    assert world.signed_in(OFFICER).open(its_file).status == 404, "nothing is offered yet"
    for name in (HANDLING, "Zoe Stranger"):
        visitor = world.signed_in(name)
        assert visitor.open(narrower(report)).status == 404
        assert visitor.open(its_file).status == 404
