"""Authenticator apps of people in stories, and the codes they show."""

from journal.demonstration import authenticator
from journal.demonstration.authenticator import PERIOD, code_of
from journal.demonstration.visitor import Page, Value, Visitor
from storage.rows.people import Person
from tests.stories.worlds import PASSWORD, World

__all__ = ["PERIOD", "agree", "approve", "code_now", "code_of", "give_app", "key_on"]


def key_on(page: Page) -> str:
    """The key that a page shows to be typed."""
    return str(page.tree.xpath("string(//code)"))


def give_app(world: World, name: str) -> list[str]:
    """An app of `name`, set up a minute ago, so that what it shows now was not used yet; its recovery codes."""
    with world.work(world.actor(name)) as uow:
        codes = authenticator.give_app(uow, uow.session.get_one(Person, world.people[name]), password=PASSWORD)
        uow.commit()
        return codes


def code_now(world: World, name: str) -> str:
    """What the app of `name` shows now."""
    with world.work(writes=False) as uow:
        return code_of(authenticator.key_of(uow, world.people[name]), uow.now)


def approve(world: World, visitor: Visitor, *, by: str) -> Page:
    """`by`, on the page of a narrower article, approves what it shows; with a code only where one is asked for."""
    asked = visitor.page.tree.xpath("//input[@name='code']")
    return visitor.press("Approve exactly this", {"code": code_now(world, by)} if asked else {})


def agree(world: World, visitor: Visitor, hold_id: str, reason: str, *, by: str) -> Page:
    """`by`, on the page of a case, agrees that the hold ends; with a code only where one is asked for."""
    values: dict[str, Value] = {f"lift-{hold_id}-reason": reason}
    if visitor.page.tree.xpath(f"//input[@name='lift-{hold_id}-code']"):
        values[f"lift-{hold_id}-code"] = code_now(world, by)
    button = next(words for words in ("Agree to clear it", "Agree to lift it") if words in visitor.page.buttons())
    return visitor.press(button, values, within=hold_id)
