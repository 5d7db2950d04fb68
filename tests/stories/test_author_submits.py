"""An author writes a protocol part by part, sees what is missing, and sends it once."""

import hashlib
from urllib.parse import urldefrag

import pytest
from sqlalchemy import func, select

from journal.demonstration.visitor import Upload
from journal.dossier import protocols
from journal.dossier.manuscripts import files_of
from storage.documents import protocol_digest
from storage.ledger import Verified, verify
from storage.rows.ledger import LedgerRow
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from tests.stories.worlds import World
from tests.stories.writing import MANUSCRIPT, begin, client_of, fill_in, picture, send, upload, written_study
from workflows.hazard import HazardAnswers
from workflows.stages import Stage


def test_a_protocol_is_written_in_parts_and_sent(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    assert "0 of 8 done" in author.page.text
    fill_in(author, report)
    assert "8 of 8 done" in author.open(f"/reports/{report}/tasks").text
    page = send(author, report)
    assert page.status == 200
    assert "with the editors now" in page.text
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        version = protocols.latest_submitted(uow, row)
        assert version is not None
        plan = protocols.words(uow, row, version)
        assert row.stage is Stage.SUBMITTED
        assert [file.sha256 for file in plan.files] == [hashlib.sha256(MANUSCRIPT).hexdigest()]
        assert version.digest == protocol_digest(plan)
        assert [file.version_number for file in files_of(uow, row, for_stage=1, version_number=1)] == [1]
        assert not uow.cabinet.get(row, version, "hazard", HazardAnswers).any_yes
        steps = list(uow.session.scalars(select(LedgerRow.action).where(LedgerRow.report_id == report)))
        assert steps == ["begin_study", "submit"]
        assert isinstance(verify(uow.session), Verified)


@pytest.mark.children
def test_names_of_uploaded_files_are_kept_nowhere(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    upload(author, report, Upload("draft by Ada Marwick.md", MANUSCRIPT))
    assert "manuscript.md" in author.open(f"/reports/{report}/manuscript").text
    assert "draft by Ada" not in author.page.text


def test_everything_that_is_missing_is_listed_and_linked_to_its_field(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author, "")
    page = send(author, report)
    assert page.status == 422
    links = [anchor.get("href") for anchor in page.tree.xpath("//div[contains(@class, 'errors')]//a")]
    assert len(links) == 17
    for link in links:
        address, place = urldefrag(link)
        assert author.open(address).tree.xpath("//*[@id=$place]", place=place), link


def test_a_link_to_a_missing_field_says_there_what_is_missing(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    page = author.open(f"/reports/{report}/statements?check=1")
    assert "Say who funds the study" in page.text
    assert page.tree.xpath("//p[@id='funding-error']")


def test_the_second_press_of_send_sends_nothing_twice(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/send")
    before = author.page
    author.press("Send to the editors")
    author.page = before
    page = author.press("Send to the editors")
    assert page.status == 200
    assert "Nothing was sent twice" in page.text
    with world.work(writes=False) as uow:
        sent = select(func.count()).where(LedgerRow.report_id == report, LedgerRow.action == "submit")
        assert uow.session.scalar(sent) == 1


def test_beginning_a_study_twice_makes_one(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    author.open("/studies/new")
    before = author.page
    first = author.press("Begin the draft", {"title": "One study"}).address
    author.page = before
    assert author.press("Begin the draft", {"title": "One study"}).address == first
    author.page = before
    assert author.press("Begin the draft", {"title": "Another study"}).address != first


def test_a_title_of_5000_characters_is_kept_as_typed_and_refused_when_sent(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    title = "Long " * 1000
    author.open(f"/reports/{report}/title")
    author.press("Save", {"title": title})
    assert (
        author.open(f"/reports/{report}/title").tree.xpath("//textarea[@id='title']")[0].text.strip() == title.strip()
    )
    page = send(author, report)
    assert page.status == 422
    assert "5000 characters; 300 is the most" in page.text


_NAMES = ("עדה מרוויק", "Zoë 🦉 O'Hara-Ñandú", "李 小龍", "Ada\u0301 Ḿarwick")


@pytest.mark.parametrize("name", ["مريم الفهري", *(pytest.param(name, marks=pytest.mark.thorough) for name in _NAMES)])
def test_names_and_titles_of_every_script_are_kept(world: World, name: str) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author, f"{name} 🔬 ؟")
    author.open(f"/reports/{report}/authors")
    author.press("Save", {"authors-0-name": name, "authors-0-affiliation": name})
    page = author.open(f"/reports/{report}/authors")
    assert page.tree.xpath("//input[@id='authors-0-name']/@value") == [name]
    assert f"{name} 🔬 ؟" in author.open(f"/reports/{report}/tasks").title


@pytest.mark.children
def test_level_0_is_refused_and_explained(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    fill_in(author, report, bias_level="0")
    page = send(author, report)
    assert page.status == 422
    assert "already been run, so the plan cannot be registered" in page.text


def test_a_yes_to_a_hazard_question_needs_a_sentence(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/hazard-questions")
    author.press("Save", {"exploit-answer": "yes"})
    assert "Say in a sentence" in send(author, report).text
    author.open(f"/reports/{report}/hazard-questions")
    author.press("Save", {"exploit-account": "A jailbreak; it is left out of the paper."})
    assert send(author, report).status == 200


@pytest.mark.children
def test_figures_and_references_are_shown_where_the_text_asks_for_them(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    text = MANUSCRIPT + b"\n![Loss](plots/loss.png)\n\nAs said before [@turing1950].\n"
    references = b"@article{turing1950, author={Turing, Alan}, title={Machinery}, year={1950}, journal={Mind}}"
    upload(author, report, Upload("m.md", text), Upload("loss.png", picture()), Upload("r.bib", references))
    page = author.open(f"/reports/{report}/manuscript/1/reading")
    assert page.tree.xpath("//article//img[starts-with(@src, 'data:image/png;base64,')]")
    assert "Turing" in page.text
    assert "style=" not in page.answer.body.decode()


@pytest.mark.children
def test_the_title_read_in_the_manuscript_is_used_when_the_author_says_so(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author, "Working title")
    upload(author, report, Upload("m.md", MANUSCRIPT))
    assert "Working title" in author.open(f"/reports/{report}/tasks").title
    author.open(f"/reports/{report}/manuscript/1/reading")
    page = author.press("Call it as in the manuscript")
    assert page.title == "Do deception probes detect incentivised lies?"


def test_a_study_is_nowhere_for_somebody_else(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    stranger, _ = client_of(world, "Sam Stranger")
    paths = (
        "tasks",
        "title",
        "bias",
        "statements",
        "hazard-questions",
        "authors",
        "protocol",
        "protocol/1",
        "manuscript",
    )
    more = ("manuscript/1/reading", "send", "withdraw", "hazard", "settings", "acceptance", "outcomes", "findings/1")
    for path in (*paths, *more):
        assert author.open(f"/reports/{report}/{path}").status in (200, 404)
        assert stranger.open(f"/reports/{report}/{path}").status == 404


def test_reading_pages_writes_nothing(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    with world.work(writes=False) as uow:
        before = uow.session.scalar(select(ProtocolVersion.version).where(ProtocolVersion.report_id == report))
    for path in ("tasks", "title", "authors", "protocol", "manuscript", "send", "settings"):
        assert author.open(f"/reports/{report}/{path}?check=1").status == 200
    with world.work(writes=False) as uow:
        assert uow.session.scalar(select(ProtocolVersion.version).where(ProtocolVersion.report_id == report)) == before
