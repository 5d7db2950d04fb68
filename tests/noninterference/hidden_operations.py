"""What happens to the withheld study, from its first word to a paper that is ready, and what officers do about it.

The study is released by none of these: it becomes ready only while it is held, and a hold on what is ready is not
lifted. Its own people act through the pages.
"""

from datetime import timedelta

from sqlalchemy import select

from journal.demonstration import refereeing
from storage.rows.holds import HoldRow
from tests.noninterference import cast
from tests.noninterference.open_operations import GUEST_OF_THE_HIDDEN
from tests.noninterference.operations import hiddenly
from tests.noninterference.twins import Twin, send_to_review
from tests.stories import second_factors
from tests.stories.accepted import CHIEF, accepted_report, approve, ready_report, registered_report, written_report
from tests.stories.reports import draft_report
from tests.stories.second_factors import agree
from tests.stories.withheld import hold
from tests.stories.withholding import HAZARD, REASON
from tests.stories.worlds import address_of, stage_of
from workflows.holds import HoldKind, active, stops_clocks
from workflows.stages import BEFORE_IPA, ENDED, Stage

_REVIEWED = (Stage.IN_REVIEW, Stage.STAGE_2_IN_REVIEW)


def begun(world: Twin) -> bool:
    """Whether the withheld study is there."""
    return world.hidden != ""


def stage(world: Twin) -> Stage:
    """Where it stands."""
    return stage_of(world.world, world.hidden)


def holds(world: Twin) -> list[HoldRow]:
    """The holds on it that are in force."""
    with world.world.work(writes=False) as uow:
        rows = uow.session.scalars(select(HoldRow).where(HoldRow.report_id == world.hidden)).all()
        return [row for row in rows if active((row.facts,), now=uow.now)]


def is_withheld(world: Twin) -> bool:
    """Whether a hold is in force that no date ends."""
    return stops_clocks([row.facts for row in holds(world)], now=world.world.clock())


@hiddenly("it is a draft")
def draft(world: Twin) -> None:
    """With the title of another work, for the sake of whatever counts titles."""
    if not begun(world):
        world.hidden = draft_report(world.world, cast.HIDDEN_AUTHOR)


@hiddenly("it is submitted")
def submitted(world: Twin) -> None:
    """And the editor-in-chief told."""
    if not begun(world):
        world.hidden = written_report(world.world, cast.HIDDEN)


@hiddenly("it is accepted in principle")
def in_principle(world: Twin) -> None:
    """And sealed, as is the default."""
    if not begun(world):
        world.hidden = registered_report(world.world, cast.HIDDEN)


@hiddenly("its results are accepted")
def accepted(world: Twin) -> None:
    """The press has been asked."""
    if not begun(world):
        world.hidden = accepted_report(world.world, cast.HIDDEN)


@hiddenly("it is ready and held")
def ready_and_held(world: Twin) -> None:
    """As far as a work can come that is withheld."""
    if not begun(world):
        world.hidden = ready_report(world.world, cast.HIDDEN)
        hold(world.world, world.hidden)


@hiddenly("its proof is approved")
def proof_approved(world: Twin) -> None:
    """While it is held, so that only the hold keeps it in."""
    if begun(world) and stage(world) is Stage.TYPESET and is_withheld(world):
        approve(world.world, world.hidden)


@hiddenly("it goes to review")
def to_review(world: Twin) -> None:
    """A referee who reviews an open work too, and somebody without an account."""
    if begun(world) and stage(world) is Stage.SUBMITTED and not holds(world):
        reviewers = (address_of(cast.REFEREE), GUEST_OF_THE_HIDDEN)
        send_to_review(world.visitor(cast.HIDDEN_HANDLING), world.hidden, reviewers)


@hiddenly("its reviewers agree")
def reviewers_agree(world: Twin) -> None:
    """By the links in letters that were delivered."""
    if not begun(world) or stage(world) not in _REVIEWED or is_withheld(world):
        return
    for address in (address_of(cast.REFEREE), GUEST_OF_THE_HIDDEN):
        link = world.postbox.link(address, "/review/")
        guest = world.guests.guest()
        if link and "accept" in [button.lower()[:6] for button in guest.open(link).buttons()]:
            refereeing.accept(guest, link)


@hiddenly("an author flags it")
def flagged_by_author(world: Twin) -> None:
    """By their button: it turned out hazardous."""
    if begun(world) and stage(world) not in ENDED:
        author = world.visitor(cast.HIDDEN_AUTHOR)
        if author.open(f"/reports/{world.hidden}/hazard").status == 200:
            author.press("Withhold it and tell the officers", {"reason": REASON})


@hiddenly("an author asks for another look")
def appealed(world: Twin) -> None:
    """Which goes to an officer who has not acted on the case, and is answered."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    if not begun(world) or author.open(f"/reports/{world.hidden}/appeal").status != 200:
        return
    if "Ask for another look" in author.page.buttons():
        author.press("Ask for another look", {"words": f"The {cast.WORD} harms nobody."})
    for name in (cast.FIRST_OFFICER, cast.SECOND_OFFICER):
        officer = world.visitor(name)
        if "Answer the authors" in officer.open(f"/reports/{world.hidden}/appeal").buttons():
            officer.press("Answer the authors", {"answer": "It might."})


@hiddenly("an editor keeps a note")
def noted(world: Twin) -> None:
    """Among the editors of the study."""
    editor = world.visitor(cast.HIDDEN_HANDLING)
    if begun(world) and editor.open(f"/reports/{world.hidden}/notes").status == 200:
        editor.press("Keep the note", {"body": f"The {cast.WORD} worries me."})


@hiddenly("an officer withholds it")
def held(world: Twin) -> None:
    """Through the page."""
    if begun(world) and stage(world) is not Stage.DRAFT:
        officer = world.visitor(cast.FIRST_OFFICER)
        officer.open(f"/reports/{world.hidden}/hold")
        officer.press("Withhold it now", {**HAZARD, "review_by": _soon(world)})


@hiddenly("the chief reads it in an emergency")
def read_in_emergency(world: Twin) -> None:
    """And all officers are told."""
    if begun(world) and is_withheld(world):
        chief = world.visitor(CHIEF)
        chief.open(f"/reports/{world.hidden}/hold")
        if "Open it to read, for four hours" in chief.page.buttons():
            chief.press("Open it to read, for four hours", {"reason": f"The {cast.WORD} is loose."})


@hiddenly("an officer looks at the emergency")
def looked_at(world: Twin) -> None:
    """And has read the case."""
    officer = world.visitor(cast.SECOND_OFFICER)
    if begun(world) and officer.open(f"/reports/{world.hidden}/hold").status == 200:
        for form in officer.page.tree.xpath("//form[contains(@action, '/hold/emergency/')]"):
            opening = form.get("action").rpartition("/")[2]
            officer.press("I have looked at it", {f"look-{opening}-answer": "It was right."}, within=opening)


@hiddenly("the officers look again")
def renewed(world: Twin) -> None:
    """Another day."""
    for row in holds(world) if begun(world) else []:
        if not row.kind.opens_by_date:
            officer = world.visitor(cast.SECOND_OFFICER)
            officer.open(f"/reports/{world.hidden}/hold")
            officer.press("Set this day", {f"again-{row.id}-review_by": _soon(world)}, within=row.id)


@hiddenly("an officer reads which pages share its words")
def words_shared(world: Twin) -> None:
    """All works of this cast do: whatever releases found of it stands on the case."""
    if begun(world) and is_withheld(world):
        world.visitor(cast.SECOND_OFFICER).open(f"/reports/{world.hidden}/hold")


@hiddenly("two officers lift what holds it")
def lifted(world: Twin) -> None:
    """Every hold, unless the work would then be out at the next release."""
    if begun(world) and stage(world) is not Stage.READY:
        lift_all(world)


def lift_all(world: Twin) -> None:
    """Two officers agree, hold by hold; a hold that a date ends is left to its date."""
    for row in holds(world):
        for name in (cast.FIRST_OFFICER, cast.SECOND_OFFICER):
            officer = world.visitor(name)
            officer.open(f"/reports/{world.hidden}/hold")
            if f"lift-{row.id}-reason" in officer.page.answer.body.decode():
                agree(world.world, officer, row.id, "It was patched.", by=name)


@hiddenly("its author offers a narrower article")
def narrower_offered(world: Twin) -> None:
    """Through the page, and the officers are told."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    if begun(world) and author.open(f"/reports/{world.hidden}/narrower").status == 200:
        author.press("Keep the draft", {"title": f"A smaller {cast.WORD}", "abstract": "What may be told."})
        author.press("Offer it to the officers")


@hiddenly("two officers approve it")
def narrower_approved(world: Twin) -> None:
    """Of which nothing comes while a hold withholds that the study exists."""
    for name in (cast.FIRST_OFFICER, cast.SECOND_OFFICER) if begun(world) and is_withheld(world) else ():
        officer = world.visitor(name)
        officer.open(f"/reports/{world.hidden}/narrower")
        if "Approve exactly this" in officer.page.buttons():
            second_factors.approve(world.world, officer, by=name)


@hiddenly("its authors set an embargo")
def embargoed(world: Twin) -> None:
    """Of their own."""
    if begun(world) and not [row for row in holds(world) if row.kind.opens_by_date]:
        hold(world.world, world.hidden, kind=HoldKind.AUTHOR_EMBARGO)


@hiddenly("its authors agree that the embargo ends")
def embargo_ended(world: Twin) -> None:
    """On the page of settings."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    if begun(world) and author.open(f"/reports/{world.hidden}/settings").status == 200:
        for words in ("End the embargo today", "I agree that it ends"):
            if words in author.page.buttons() and stage(world) is not Stage.READY:
                author.press(words)


@hiddenly("its authors choose how it goes on")
def chosen(world: Twin) -> None:
    """Offered by an officer, while it is held as a hazard."""
    officer, author = world.visitor(cast.FIRST_OFFICER), world.visitor(cast.HIDDEN_AUTHOR)
    if not begun(world) or officer.open(f"/reports/{world.hidden}/choice").status != 200:
        return
    if "Offer the choice" in officer.page.buttons():
        officer.press("Offer the choice", {"offer-words": "We would narrow it."})
        author.open(f"/reports/{world.hidden}/choice")
        author.press("Keep this choice", {"choice": "never", "words": f"No {cast.WORD} at all."})


@hiddenly("its author withdraws it")
def withdrawn(world: Twin) -> None:
    """Which publishes nothing."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    if begun(world) and author.open(f"/reports/{world.hidden}/withdraw").status == 200:
        reason = {} if stage(world) is Stage.DRAFT else {"reason": "It is not safe."}
        if stage(world) in (*BEFORE_IPA, Stage.IPA):
            author.press("Withdraw the study", reason)


def _soon(world: Twin) -> str:
    return (world.world.clock() + timedelta(weeks=6)).date().isoformat()
