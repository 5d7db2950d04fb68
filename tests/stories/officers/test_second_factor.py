"""An officer sets up an authenticator app, and agrees to lift a hold only with a code that it shows now."""

import base64

import pytest
from lxml import etree

from journal import second_factor
from journal.demonstration.visitor import Visitor
from storage.rows.holds import HoldLift
from storage.rows.people import Person, RoleGrant
from tests.stories.papers import report_at
from tests.stories.second_factors import PERIOD, agree, code_now, code_of, give_app, key_on
from tests.stories.withholding import HAZARD, case, holds, withhold
from tests.stories.worlds import PASSWORD, World, address_of
from workflows.holds import HoldKind
from workflows.people import Role
from workflows.stages import Stage

PAGE = "/profile/second-factor"
_NEWCOMERS = iter(
    f"{name} Officer" for name in ("Oda", "Otto", "Ove", "Onno", "Orla", "Ossi", "Odd", "Ole", "Ora", "Osk")
)


@pytest.fixture
def newcomer(world: World) -> tuple[str, Visitor]:
    """An officer without a second factor, and their name."""
    name = next(_NEWCOMERS)
    visitor = world.signed_in(name)
    with world.work() as uow:
        person = uow.session.get_one(Person, world.people[name])
        person.grants.append(RoleGrant(id=uow.new_id("role_grant"), role=Role.OFFICER, granted_at=uow.now))
        uow.commit()
    return name, visitor


def lifts(world: World, report_id: str) -> list[HoldLift]:
    return list(holds(world, report_id)[0].lifts)


def held(world: World) -> tuple[str, str]:
    """A report under a hazard hold, and the hold."""
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    return report_id, holds(world, report_id)[0].id


def test_an_officer_without_one_withholds_but_cannot_lift(world: World, newcomer: tuple[str, Visitor]) -> None:
    name, visitor = newcomer
    report_id = report_at(world, Stage.IN_REVIEW)
    visitor.open(case(report_id))
    page = visitor.press("Withhold it now", HAZARD)
    assert "withheld from this moment on" in page.text
    assert "you need a second factor" in page.text
    assert "Agree to lift it" not in page.buttons()
    assert page.link("Set one up").endswith(PAGE)
    hold_id = holds(world, report_id)[0].id
    token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    fields = [("csrf_token", token), (f"lift-{hold_id}-reason", "It was patched.")]
    page = visitor._post(f"{case(report_id)}/{hold_id}/lift", fields, multipart=False)  # noqa: SLF001 - a forged form
    assert page.status == 422
    assert "Set one up in your profile" in page.text
    assert "It was patched." in page.text
    assert lifts(world, report_id) == []
    give_app(world, name)
    assert visitor.press("Agree to lift it").status == 422, "now the code is asked for, and the reason still there"
    agree(world, visitor, hold_id, "It was patched.", by=name)
    assert [lift.reauthenticated_at for lift in lifts(world, report_id)] == [world.clock.now]


def test_an_app_is_set_up_with_the_password_and_a_code(world: World, newcomer: tuple[str, Visitor]) -> None:
    name, visitor = newcomer
    visitor.open("/profile")
    page = visitor.follow("Your second factor")
    assert "You have none." in page.text
    page = visitor.press("Set up an app", {"password": "wrong"})
    assert page.status == 422
    assert "This is not your password." in page.text
    page = visitor.press("Set up an app", {"password": PASSWORD})
    head, _, image = page.tree.xpath("//img/@src")[0].partition(",")
    assert head == "data:image/svg+xml;base64"
    drawn = etree.fromstring(base64.b64decode(image))
    assert drawn[0].get("fill") == "#fff", "dark pages would swallow it"
    key = key_on(page)
    page = visitor.press("Confirm the app", {"code": code_of(key, world.clock.now - 10 * PERIOD)})
    assert page.status == 422
    assert key_on(page) == key
    assert "You have none." in visitor.open(PAGE).text
    assert key not in visitor.page.answer.body.decode()
    visitor.press("Set up an app", {"password": PASSWORD})
    other_key = key_on(visitor.page)
    assert other_key != key
    page = visitor.press("Confirm the app", {"code": code_of(other_key, world.clock.now)})
    codes = page.tree.xpath("//code/text()")
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    page = visitor.follow("I have kept them")
    assert f"Recovery codes left{second_factor.RECOVERY_CODES}" in page.text.replace("left ", "left")
    assert codes[0] not in page.answer.body.decode()
    world.run_jobs()
    (letter,) = [mail for mail in world.mails(address_of(name)) if "second factor" in mail["subject"]]
    assert PAGE in letter["text"]
    assert codes[0] not in letter["text"]


def test_a_key_that_waited_too_long_is_not_confirmed(world: World, newcomer: tuple[str, Visitor]) -> None:
    _, visitor = newcomer
    visitor.open(PAGE)
    key = key_on(visitor.press("Set up an app", {"password": PASSWORD}))
    world.clock.advance(minutes=16)
    page = visitor.press("Confirm the app", {"code": code_of(key, world.clock.now)})
    assert page.status == 422
    assert "begun too long ago" in page.text


def test_another_app_takes_the_place_of_the_first_only_with_a_code_of_it(
    world: World, newcomer: tuple[str, Visitor]
) -> None:
    name, visitor = newcomer
    recovery = give_app(world, name)
    visitor.open(PAGE)
    page = visitor.press("Set up another app", {"password": PASSWORD, "code": "000000"})
    assert page.status == 422
    page = visitor.press("Set up another app", {"password": PASSWORD, "code": recovery[0]})
    key = key_on(page)
    visitor.press("Confirm the app", {"code": code_of(key, world.clock.now)})
    visitor.open(PAGE)
    page = visitor.press("Set up another app", {"password": PASSWORD, "code": recovery[1]})
    assert page.status == 422, "codes of the first app count no longer"


def test_the_code_is_asked_for_keeps_the_reason_and_goes_on(world: World, newcomer: tuple[str, Visitor]) -> None:
    name, visitor = newcomer
    give_app(world, name)
    report_id, hold_id = held(world)
    visitor.open(case(report_id))
    reason = {f"lift-{hold_id}-reason": "It was patched."}
    page = visitor.press("Agree to lift it", reason)
    assert page.status == 422
    assert "Type the code that your authenticator app shows now." in page.text
    assert "It was patched." in page.text
    page = visitor.press("Agree to lift it", {f"lift-{hold_id}-code": "123456"})
    assert "not the code that your app shows now" in page.text
    page = visitor.press("Agree to lift it", {f"lift-{hold_id}-reason": " ", f"lift-{hold_id}-code": ""})
    assert "2 things need you" in page.text
    page = visitor.press("Agree to lift it", {**reason, f"lift-{hold_id}-code": code_now(world, name)})
    assert "Your agreement is recorded." in page.text
    (lift,) = lifts(world, report_id)
    assert (lift.at, lift.reauthenticated_at) == (world.clock.now, world.clock.now)


@pytest.mark.thorough
def test_it_counts_for_ten_minutes_in_this_browser_alone(world: World, newcomer: tuple[str, Visitor]) -> None:
    name, visitor = newcomer
    give_app(world, name)
    first, second, third = held(world), held(world), held(world)
    visitor.open(case(first[0]))
    agree(world, visitor, first[1], "Harmless.", by=name)
    shown = world.clock.now
    world.clock.advance(minutes=10)
    visitor.open(case(second[0]))
    assert not visitor.page.tree.xpath("//input[contains(@name, '-code')]")
    elsewhere = world.signed_in(name)
    elsewhere.open(case(second[0]))
    assert elsewhere.page.tree.xpath("//input[contains(@name, '-code')]")
    assert visitor.press("Agree to lift it", {f"lift-{second[1]}-reason": "Harmless."}).status == 200
    assert lifts(world, second[0])[0].reauthenticated_at == shown
    visitor.open(case(third[0]))
    world.clock.advance(seconds=1)
    page = visitor.press("Agree to lift it", {f"lift-{third[1]}-reason": "Harmless."})
    assert page.status == 422
    assert page.tree.xpath("//input[contains(@name, '-code')]")
    assert lifts(world, third[0]) == []
    world.clock.advance(minutes=-30)
    assert visitor.press("Agree to lift it", {f"lift-{third[1]}-reason": "Harmless."}).status == 422


def test_a_code_is_taken_once(world: World, newcomer: tuple[str, Visitor]) -> None:
    name, visitor = newcomer
    recovery = give_app(world, name)
    (one, one_hold), (two, two_hold) = held(world), held(world)
    for code in (code_now(world, name), recovery[0].upper().replace("-", " ")):
        first, again = world.signed_in(name), world.signed_in(name)
        report_id, hold_id = (one, one_hold) if code.isdigit() else (two, two_hold)
        first.open(case(report_id))
        page = first.press("Agree to lift it", {f"lift-{hold_id}-reason": "x", f"lift-{hold_id}-code": code})
        assert "Your agreement is recorded." in page.text
        third_report, third_hold = held(world)
        again.open(case(third_report))
        page = again.press("Agree to lift it", {f"lift-{third_hold}-reason": "x", f"lift-{third_hold}-code": code})
        assert page.status == 422
    assert "Recovery codes left9" in visitor.open(PAGE).text.replace("left ", "left")


def test_what_is_refused_uses_no_code_up_and_shows_nothing(world: World, newcomer: tuple[str, Visitor]) -> None:
    """A recovery code beside an empty reason must not count for ten minutes and still be there afterwards."""
    name, visitor = newcomer
    recovery = give_app(world, name)
    report_id, hold_id = held(world)
    visitor.open(case(report_id))
    visitor.press("Agree to lift it", {f"lift-{hold_id}-reason": "", f"lift-{hold_id}-code": recovery[0]})
    visitor.open(case(report_id))
    page = visitor.press("Agree to lift it", {f"lift-{hold_id}-reason": "Harmless."})
    assert page.status == 422
    assert lifts(world, report_id) == []


@pytest.mark.thorough
def test_codes_cannot_be_guessed(world: World, newcomer: tuple[str, Visitor]) -> None:
    name, visitor = newcomer
    give_app(world, name)
    report_id, hold_id = held(world)
    visitor.open(case(report_id))
    for guess in range(10):
        visitor.press("Agree to lift it", {f"lift-{hold_id}-reason": "x", f"lift-{hold_id}-code": f"{guess:06}"})
    page = visitor.press(
        "Agree to lift it", {f"lift-{hold_id}-reason": "x", f"lift-{hold_id}-code": code_now(world, name)}
    )
    assert page.status == 422
    assert "Too many wrong codes" in page.text
    assert lifts(world, report_id) == []
