"""Uploads that cannot be taken: each gets a sentence that says what to do, and the draft stays as it was."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Upload
from storage.rows.manuscripts import ManuscriptFile
from tests.stories.worlds import World, make_world
from tests.stories.writing import MANUSCRIPT, RESULTS, begin, client_of, kept_files, move, upload
from workflows.stages import Stage

pytestmark = pytest.mark.children

MEBIBYTE = 1024 * 1024


def broken_word() -> bytes:
    body = BytesIO()
    with ZipFile(body, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<w:document")
    return body.getvalue()[:-30]


BAD = {
    "an executable": (Upload("paper.docx", b"MZ\x90\x00" + b"\x00" * 4000), "not a Word file"),
    "a broken document": (Upload("paper.docx", broken_word()), "Word file"),
    "nothing": (Upload("paper.md", b""), "no text in it"),
    "white space": (Upload("paper.md", b"\n  \n\n"), "text"),
    "a PDF": (Upload("paper.pdf", b"%PDF-1.7"), "Upload the source"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_with_what_to_do_and_the_draft_is_as_it_was(world: World, kind: str) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author, "Kept title")
    upload(author, report, Upload("good.md", MANUSCRIPT))
    before = kept_files(world)
    bad, words = BAD[kind]
    page = upload(author, report, bad)
    assert page.status == 422
    assert kept_files(world) == before == (1, 1)
    assert words in page.text
    assert page.tree.xpath("//p[@id='files-error']")
    assert "manuscript.md" in author.open(f"/reports/{report}/manuscript").text
    assert author.open(f"/reports/{report}/tasks").title == "Kept title"


def test_one_bad_file_among_several_keeps_none_of_them(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    assert upload(author, report, Upload("good.md", MANUSCRIPT), BAD["nothing"][0]).status == 422
    with world.work(writes=False) as uow:
        assert not uow.session.scalars(select(ManuscriptFile)).all()


def test_pressing_upload_without_a_file_says_to_choose_one(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    page = upload(author, report)
    assert page.status == 422
    assert "Choose a file first" in page.text


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = begin(author, "Kept title")
    response = requests.client.post(
        f"/reports/{report}/manuscript/1",
        content_type="multipart/form-data; boundary=x",
        data=b"--x\r\n",
        environ_overrides={"CONTENT_LENGTH": str(200 * MEBIBYTE)},
    )
    assert response.status_code == 413
    assert "too large" in response.get_data(as_text=True)
    assert "your draft is as you left it" in response.get_data(as_text=True)
    assert author.open(f"/reports/{report}/tasks").title == "Kept title"


def test_a_replaced_manuscript_is_set_aside_and_stays_in_the_vault(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    upload(author, report, Upload("a.md", MANUSCRIPT))
    upload(author, report, Upload("b.md", RESULTS))
    upload(author, report, Upload("c.md", RESULTS))
    with world.work(writes=False) as uow:
        rows = list(uow.session.scalars(select(ManuscriptFile).order_by(ManuscriptFile.size)))
        assert [row.set_aside_at is None for row in rows] == [False, True]
        assert uow.resources.vault is not None
    author.open(f"/reports/{report}/manuscript")
    page = author.press("Take off")
    assert "No file yet" in page.text


def test_a_file_comes_back_as_it_was_sent_and_only_to_those_who_may(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    upload(author, report, Upload("a.md", MANUSCRIPT))
    page = author.open(f"/reports/{report}/manuscript")
    address = page.link("manuscript.md")
    assert author.open(address).answer.body == MANUSCRIPT
    assert "attachment" in author.page.answer.headers["Content-Disposition"]
    stranger, _ = client_of(world, "Sam Stranger")
    assert stranger.open(address).status == 404


def test_no_file_can_be_added_once_the_protocol_is_with_the_editors(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    page = author.open(f"/reports/{report}/manuscript")
    move(world, report, Stage.SUBMITTED)
    author.page = page
    author.press("Upload", {"files": Upload("late.md", MANUSCRIPT)})
    assert "sent meanwhile" in author.page.text
    with world.work(writes=False) as uow:
        assert not uow.session.scalars(select(ManuscriptFile)).all()


def test_one_file_over_the_limit_is_refused_by_its_name_beside_the_field(tmp_path: Path) -> None:
    world = make_world(tmp_path, NULLIUS_UPLOAD_BYTES="1000")
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    page = upload(author, report, Upload("small.md", MANUSCRIPT), Upload("long.md", MANUSCRIPT * 10))
    assert page.status == 422
    assert "long.md" in page.tree.xpath("string(//p[@id='files-error'])")
    assert "are taken" in page.text
    assert "small.md" not in page.tree.xpath("string(//p[@id='files-error'])")
    assert "No file yet" in author.open(f"/reports/{report}/manuscript").text
