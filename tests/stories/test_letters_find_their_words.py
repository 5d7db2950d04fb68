"""Every letter that the code names can be written to whoever gets it, with what the journal knows at that moment."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journal.dossier.reminders import TRUE_AT
from journal.dossier.rounds import current_round, open_round
from journal.notices.letters import write
from journal.telling import Recipients
from storage.rows.people import OfficerProposal
from storage.rows.releases import PublicIdentity
from storage.rows.reports import Report
from tests.architecture.source import ROOT
from tests.stories.deciding import AUTHOR, CHIEF, HANDLING, SECOND, assigned_report, invite, people
from tests.stories.worlds import World, address_of, make_world
from workflows.people import Role
from workflows.report import TABLE, FollowUp, occasion

OFFICER = "Noor Haddad"
MAIL = ROOT / "templates" / "mail"
AUDIENCES = sorted(folder.name for folder in MAIL.iterdir() if folder.is_dir())
_LETTER = re.compile(rf"""["']((?:{"|".join(AUDIENCES)})/[a-z0-9_]+)["']""")
_READERS = {
    "accounts": AUTHOR,
    "editor_in_chief": CHIEF,
    "editors": HANDLING,
    "handling_editor": HANDLING,
    "second_editor": SECOND,
    "officers": OFFICER,
}


def _named_in_code() -> set[str]:
    """Every string in the journal that names a letter, whoever is given it in the end."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "journal").rglob("*.py")]
    return {name for source in sources for name in _LETTER.findall(source)}


def _followed_up() -> set[str]:
    """The letters of the table of transitions."""
    told = [(row, follow) for row in TABLE for follow in row.follow if follow is not FollowUp.TYPESET]
    return {f"{follow.value.removeprefix('tell_')}/{occasion(row.action, row.target)}" for row, follow in told}


LETTERS = sorted(_named_in_code() | _followed_up())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(Path(tmp_path_factory.mktemp("world")))
    people(made)
    made.person(OFFICER, Role.OFFICER)
    return made


@pytest.fixture(scope="module")
def readers(world: World) -> dict[str, dict[str, str]]:
    """What an outbox row says beside the letter, by audience: an author, somebody invited, else somebody by account."""
    report_id = assigned_report(world)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        report.stage_2_due, report.protocol_digest, report.ipa_at = uow.now + timedelta(days=200), "d" * 64, uow.now
        uow.session.add(PublicIdentity(report_id=report_id, public_id="kq7w3fhe", minted_at=uow.now))
        open_round(uow, report, for_stage=1, version_number=1)
        opened = current_round(uow, report)
        assert opened is not None
        proposal = OfficerProposal(
            id=uow.new_id("officer_proposal"),
            person_id=world.people[AUTHOR],
            proposed_by=world.people[OFFICER],
            seconded_by=world.people[CHIEF],
            proposed_at=uow.now,
            closed_at=uow.now,
        )
        uow.session.add(proposal)
        about = proposal.id
        invited, author = invite(uow, report_id, opened.id, "Rita Olsen").id, report.authors[0].id
        uow.commit()
    by_account = {
        audience: {"to": Recipients.PERSON.value, "id": world.people[name], "report": report_id}
        for audience, name in _READERS.items()
    }
    by_account["officers"]["about"] = about
    return by_account | {
        "authors": {"to": Recipients.AUTHOR.value, "id": author, "report": report_id, "about": about},
        "reviewers": {"to": Recipients.INVITATION.value, "id": invited, "report": report_id, "about": about},
    }


def _unused() -> Iterator[str]:
    for path in sorted(MAIL.rglob("*.txt")):
        name = path.relative_to(MAIL).with_suffix("").as_posix()
        if name != "layout" and name not in LETTERS:
            yield name


def test_the_code_names_letters_and_no_template_lies_about_unused() -> None:
    assert {"reviewers/thanks", "officers/lift_wanted", "authors/confirm_ipa"} <= set(LETTERS)
    assert list(_unused()) == []


@pytest.mark.parametrize("letter", LETTERS)
def test_each_letter_is_written_with_what_is_known(
    world: World, readers: dict[str, dict[str, str]], letter: str
) -> None:
    arguments = readers[letter.partition("/")[0]] | {"letter": letter.replace("/", ".")}
    with world.work() as uow:
        report = uow.session.get_one(Report, readers["authors"]["report"])
        report.stage = TRUE_AT[letter][0] if letter in TRUE_AT else report.stage
        written = write(uow, arguments)
    assert written is not None
    assert written.subject.strip()
    assert written.reply_to == (address_of(HANDLING) if f"{HANDLING}, handling editor" in written.text else "")
    assert written.to.split("@")[0] in {"ada", "carla", "hanna", "sten", "noor", "rita"}
    public = ("/publish_published", "/correct_corrected", "/retract_retracted", "/invitation_withdrawn")
    base = world.config.public_url if letter.endswith(public) else world.config.editorial_url
    assert f"\n{base}" in written.text


def test_a_letter_names_the_day_that_the_pages_name(world: World, readers: dict[str, dict[str, str]]) -> None:
    arguments = readers["authors"] | {"letter": "authors.confirm_ipa"}
    with world.work() as uow:
        report = uow.session.get_one(Report, arguments["report"])
        report.stage_2_due = datetime(2027, 4, 30, 11, 59, 59, tzinfo=UTC)  # the 29th has just ended, anywhere on Earth
        written = write(uow, arguments)
    assert written is not None
    assert "29 April 2027" in " ".join(written.text.split())
    assert f"/reports/{arguments['report']}/acceptance" in written.text
