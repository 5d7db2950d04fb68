"""The command line as an operator uses it, and what the doctor finds."""

import socket
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from journal.cli import main
from journal.config import from_environment
from journal.demonstration.authenticator import give_app
from journal.people import find_person
from journal.second_factor import factor_of
from journal.unit_of_work import begin, open_resources
from storage.rows.outbox import OutboxRow
from tests.stories.worlds import make_tables
from workflows.people import Actor

ADD = ["person", "add", "ada@example.org", "--name", "Ada Marwick", "--password", "correct horse battery staple"]


class Operator:
    """Somebody at the machine, with a journal in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {"NULLIUS_HOME": str(home)}

    def types(self, *words: str, **environment: str) -> Result:
        return CliRunner().invoke(main, list(words), env={**self.environment, **environment})

    def begins(self) -> None:
        """As `journal migrate` does, from a database that was migrated before: it takes a tenth of the time."""
        make_tables(from_environment(self.environment).database_url)
        assert self.types("migrate").exit_code == 0


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path / "journal")


def test_help_names_every_command(operator: Operator) -> None:
    said = operator.types("--help").output
    assert all(word in said for word in ("doctor", "migrate", "person", "release"))


def test_the_doctor_names_the_remedy_before_the_first_start(operator: Operator) -> None:
    result = operator.types("doctor")
    assert result.exit_code == 1
    assert "run `journal migrate`" in result.output


def test_a_journal_made_is_a_journal_without_faults(operator: Operator) -> None:
    assert operator.types("migrate").exit_code == 0
    result = operator.types("doctor")
    assert result.exit_code == 0, result.output
    assert "The ledger is whole" in result.output
    assert (operator.home / "secrets" / "master.key").stat().st_mode & 0o777 == 0o600


def test_nobody_is_added_to_a_database_that_is_not_there(operator: Operator) -> None:
    result = operator.types(*ADD)
    assert result.exit_code == 1
    assert "journal migrate" in result.output


def test_somebody_is_added_once(operator: Operator) -> None:
    operator.begins()
    assert "can sign in" in operator.types(*ADD).output
    again = operator.types(*ADD)
    assert again.exit_code == 1
    assert "has an account already" in again.output


def test_only_the_first_two_officers_are_made_here(operator: Operator) -> None:
    operator.begins()
    for name in ("ada", "ben", "cleo"):
        words = [word.replace("ada@", f"{name}@") for word in ADD]
        assert operator.types(*words).exit_code == 0
    results = [operator.types("person", "role", f"{name}@example.org", "officer") for name in ("ada", "ben", "cleo")]
    assert [result.exit_code for result in results] == [0, 0, 1]
    assert "takes two people" in results[2].output


@pytest.mark.children
@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"NULLIUS_EDITORIAL_URL": "http://localhost:8600"}, "the same host name"),
        ({"NULLIUS_EDITORIAL_URL": "http://desk.example.org"}, "without HTTPS"),
        ({"NULLIUS_EDITORIAL_URL": "https://desk.example.org", "NULLIUS_DEMO": "1"}, "unset NULLIUS_DEMO"),
        ({"NULLIUS_EDITORIAL_URL": "https://desk.example.org"}, "set SMTP_HOST"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite"}, "journal migrate"),
    ],
)
def test_the_doctor_finds_what_is_unsafe(operator: Operator, environment: dict[str, str], words: str) -> None:
    operator.begins()
    result = operator.types("doctor", **environment)
    assert result.exit_code == 1
    assert words in result.output


def test_the_doctor_finds_a_key_that_others_can_read(operator: Operator) -> None:
    operator.begins()
    (operator.home / "secrets" / "master.key").chmod(0o644)
    result = operator.types("doctor")
    assert result.exit_code == 1
    assert "chmod 600" in result.output


def test_the_doctor_finds_a_ledger_that_was_altered(operator: Operator) -> None:
    operator.begins()
    operator.types(*ADD)
    operator.types("person", "role", "ada@example.org", "editor")
    with sqlite3.connect(operator.home / "journal.sqlite") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            database.execute(f"DROP TRIGGER {name}")
        assert database.execute("UPDATE ledger SET action = 'nothing' WHERE n = 1").rowcount == 1
    database.close()
    result = operator.types("doctor")
    assert result.exit_code == 1
    assert "The ledger breaks at row 1" in result.output


def test_a_setting_that_makes_no_sense_is_named(operator: Operator) -> None:
    result = operator.types("migrate", NULLIUS_UPLOAD_BYTES="lots")
    assert result.exit_code == 1
    assert "NULLIUS_UPLOAD_BYTES" in result.output


def test_a_release_by_hand_says_whether_anything_changed(operator: Operator, tmp_path: Path) -> None:
    operator.begins()
    assert operator.types("release").output == "Released: 0 reports.\n"
    result = operator.types("release", "--static", str(tmp_path / "site"))
    assert result.exit_code == 0, result.output
    assert "Nothing has changed" in result.output
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_folder_that_holds_something_else_is_refused_in_words(operator: Operator, tmp_path: Path) -> None:
    operator.begins()
    (tmp_path / "letters.txt").write_text("mine")
    result = operator.types("release", "--static", str(tmp_path))
    assert result.exit_code == 1
    assert "Error" in result.output
    assert not (tmp_path / "index.html").exists()


@pytest.mark.parametrize("second", [False, True])
def test_a_demonstration_says_at_once_that_its_port_is_taken(operator: Operator, *, second: bool) -> None:
    home = operator.home / "demo"
    home.mkdir(parents=True)
    (home / "a-demonstration").touch()
    (home / "journal.db").write_text("of one that runs")
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        result = operator.types("demo", "--home", str(home), "--port", str(port - second))
    assert result.exit_code == 1
    assert f"Port {port} cannot be used" in result.output
    assert "--port" in result.output
    assert (home / "journal.db").exists(), "what another demonstration uses was left alone"


def test_a_second_factor_is_taken_from_whoever_lost_it(operator: Operator) -> None:
    operator.begins()
    operator.types(*ADD)
    none = operator.types("person", "forget-second-factor", "ada@example.org")
    assert none.exit_code == 1
    assert "has no second factor" in none.output
    resources = open_resources(from_environment(operator.environment))
    with begin(resources, actor=Actor(person=None)) as uow:
        person = find_person(uow, "ada@example.org")
        assert person is not None
        give_app(uow, person, password=ADD[-1])
        uow.commit()
    assert "A letter tells them" in operator.types("person", "forget-second-factor", "ada@example.org").output
    with begin(resources, actor=Actor(person=None), writes=False) as uow:
        assert factor_of(uow, person.id) is None
        letters = [row.arguments["letter"] for row in uow.session.scalars(select(OutboxRow))]
    assert letters[-1] == "accounts.second_factor_gone"
