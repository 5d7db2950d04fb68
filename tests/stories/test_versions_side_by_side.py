"""Two versions of a protocol side by side, for everybody who may read them and nobody else."""

from tests.stories.test_author_readers import with_readers
from tests.stories.worlds import World
from tests.stories.writing import accept_in_principle, client_of, move, sent_study
from workflows.stages import Stage


def revised(world: World) -> str:
    """A study with two versions: a revision changed the sample and added a row."""
    report = sent_study(world, "Ada Marwick")
    move(world, report, Stage.REVISION)
    author, _ = client_of(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol")
    author.press("Save", {"rows-0-sampling": "2,400 prompts, 300 for each of six models."})
    author.open(f"/reports/{report}/protocol")
    author.press("add:rows:1")
    author.press("Save", {"rows-1-question": "And in Welsh?"})
    return report


def test_changed_words_are_marked_for_eyes_and_for_screen_readers(world: World) -> None:
    report = revised(world)
    author, _ = client_of(world, "Ada Marwick")
    page = author.open(f"/reports/{report}/protocol/compare?before=1&after=2")
    assert page.tree.xpath("//del/text()") == ["1,800"]
    assert page.tree.xpath("//ins/text()")[0] == "2,400"
    assert "Row H1" in page.text
    assert [text.strip() for text in page.tree.xpath("//header[h2='Row H2']/span/text()")] == ["Added"]
    assert "Check C1" in page.tree.xpath("string(//section[h2='Unchanged'])")


def test_the_versions_list_leads_there_and_any_two_can_be_chosen(world: World) -> None:
    report = revised(world)
    author, _ = client_of(world, "Ada Marwick")
    page = author.open(f"/reports/{report}/protocol/2")
    page = author.open(page.link("Compare versions, changed words marked"))
    assert page.title == "Version 1 beside version 2"
    assert page.tree.xpath("//select[@id='before']/option/@value") == ["1", "2"]
    assert author.open(f"/reports/{report}/protocol/compare?before=2&after=1").tree.xpath("//ins/text()") == ["1,800"]
    assert "one version beside itself" in author.open(f"/reports/{report}/protocol/compare?before=1&after=1").text


def test_a_draft_stays_with_its_authors(world: World) -> None:
    report = sent_study(world, "Ada Marwick")
    accept_in_principle(world, report)
    readers = with_readers(world, report)
    move(world, report, Stage.REVISION)
    author, _ = client_of(world, "Ada Marwick")
    author.open(f"/reports/{report}/protocol")
    author.press("Save", {"rows-0-sampling": "A thousand quokkas."})
    for reader in readers:
        assert reader.open(f"/reports/{report}/protocol/compare?before=1&after=2").status == 404
        assert "quokkas" not in reader.open(f"/reports/{report}/protocol/compare").text
    assert world.signed_in("Una Unrelated").open(f"/reports/{report}/protocol/compare").status == 404
