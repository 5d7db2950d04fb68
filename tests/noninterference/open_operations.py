"""What happens in both worlds: open works go on, time passes, and adversaries try what they can think of."""

from journal.demonstration.visitor import Lost
from tests.noninterference import cast
from tests.noninterference.operations import openly
from tests.noninterference.twins import Twin, link_to
from tests.stories.accepted import correct
from tests.stories.withholding import HAZARD
from tests.stories.worlds import PASSWORD, address_of, stage_of
from workflows.stages import Stage

GUEST_OF_THE_HIDDEN = "hidden.guest@example.org"
"""Invited to review the withheld study, and without an account."""


@openly("an hour passes")
def an_hour(world: Twin) -> None:
    """The worker's turn: letters go out, and the release of the hour is made."""
    world.world.clock.advance(hours=1)
    world.work_off()


@openly("nine days pass")
def nine_days(world: Twin) -> None:
    """Longer than a flag may wait."""
    world.world.clock.advance(days=9)
    world.work_off()


@openly("a reviewer is invited")
def invite(world: Twin) -> None:
    """To the open work, by its own editor."""
    _try_to_invite(world, "newcomer@example.org")


@openly("an editor invites the hidden author")
def invite_the_hidden_author(world: Twin) -> None:
    """Whether somebody writes a withheld study must not show in what this answers."""
    _try_to_invite(world, address_of(cast.HIDDEN_AUTHOR))


@openly("an editor invites the hidden guest")
def invite_the_hidden_guest(world: Twin) -> None:
    """As above, of somebody who reviews one."""
    _try_to_invite(world, GUEST_OF_THE_HIDDEN)


def _try_to_invite(world: Twin, address: str) -> None:
    editor = world.visitor(cast.ANOTHER_EDITOR)
    editor.open(f"/reports/{world.works['in review']}/reviewers")
    world.hear(editor.press("Invite", {"email": address}))


@openly("somebody begins a study of the same title")
def same_title(world: Twin) -> None:
    """By an adversary who knows the hidden title."""
    author = world.visitor(cast.ANOTHER_AUTHOR)
    author.open("/studies/new")
    world.hear(author.press("Begin the draft", {"title": cast.HIDDEN.title}))


@openly("the hidden guest registers")
def register(world: Twin) -> None:
    """Somebody asks for an account under an address that only the withheld study knows."""
    visitor = world.guests.guest()
    visitor.open("/register")
    typed = {"name": "Gwen Guest", "email": GUEST_OF_THE_HIDDEN, "password": PASSWORD}
    world.hear(visitor.press("Register", {**typed}))


@openly("a password is forgotten")
def forgotten(world: Twin) -> None:
    """The hidden author's, says an adversary."""
    visitor = world.guests.guest()
    visitor.open("/forgotten")
    world.hear(visitor.press("Send me the link", {"email": address_of(cast.HIDDEN_AUTHOR)}))


@openly("somebody signs in as the hidden author")
def guess_a_password(world: Twin) -> None:
    """With a guessed password."""
    visitor = world.guests.guest()
    visitor.open("/sign-in")
    world.hear(visitor.press("Sign in", {"email": address_of(cast.HIDDEN_AUTHOR), "password": "a guess"}))


@openly("a stranger knocks")
def knock(world: Twin) -> None:
    """Often enough for any limit that counts by what is asked for."""
    stranger = world.visitor(cast.STRANGER)
    address = f"/reports/{world.hidden or world.rumour}/hold"
    world.hear(*(stranger.open(address) for _ in range(30)))


@openly("a review begins")
def begin_review(world: Twin) -> None:
    """Of the open work, kept as a draft."""
    guest = world.guests.guest()
    try:
        guest.open(f"{link_to(world, cast.ANOTHER_REVIEWER, '/review/')}/form")
        guest.press("Save", {"confidential": "Between us: sound."})
    except Lost:
        return


@openly("a published work is corrected")
def correction(world: Twin) -> None:
    """By its own editor."""
    if stage_of(world.world, world.works["published"]) in {Stage.PUBLISHED, Stage.CORRECTED}:
        correct(world.world, world.works["published"], "A table had two rows swapped.")


@openly("a published work is taken down")
def take_down(world: Twin) -> None:
    """By an officer, through the page."""
    officer = world.visitor(cast.SECOND_OFFICER)
    officer.open(f"/reports/{world.works['published']}/hold")
    officer.press("Withhold it now", {**HAZARD, "review_by": _in_weeks(world, 6)})


@openly("an author withdraws an announced study")
def withdraw(world: Twin) -> None:
    """The open one."""
    author = world.visitor(cast.ANOTHER_AUTHOR)
    if "Withdraw the study" in author.open(f"/reports/{world.works['announced']}/withdraw").buttons():
        author.press("Withdraw the study", {"reason": "The model is gone."})


def _in_weeks(world: Twin, weeks: int) -> str:
    from datetime import timedelta

    return (world.world.clock() + timedelta(weeks=weeks)).date().isoformat()
