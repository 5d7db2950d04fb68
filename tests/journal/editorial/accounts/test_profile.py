"""One's own profile."""

import pytest

from storage.rows.people import Person
from tests.stories.worlds import PASSWORD, World


def _row(world: World) -> Person:
    with world.work(writes=False) as uow:
        return uow.session.get_one(Person, world.people["Ada Marwick"])


def test_a_profile_is_kept_and_identifiers_are_kept_bare(world: World) -> None:
    visitor = world.signed_in("Ada Marwick")
    visitor.open("/profile")
    page = visitor.press(
        "Save",
        {
            "name": "Ada Marwick-Osei",
            "orcid": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": "ETH Zürich",
            "ror": "https://ror.org/05a28rw58",
            "zone": "Africa/Accra",
        },
    )
    assert "saved" in page.text
    row = _row(world)
    assert (row.name, row.orcid, row.affiliation) == ("Ada Marwick-Osei", "0000-0002-1825-0097", "ETH Zürich")
    assert (row.ror, row.zone) == ("05a28rw58", "Africa/Accra")
    assert "Times are shown in Africa/Accra" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("orcid", "0000-0002-1825-0098", "no ORCID"),
        ("ror", "ETH", "no ROR"),
        ("name", " ", "name by which"),
        ("affiliation", "x" * 201, "at most 200"),
        ("zone", "Mars/Olympus", "Not a valid choice"),
    ],
)
def test_what_is_unfit_changes_nothing_and_is_kept_on_the_page(world: World, field: str, typed: str, says: str) -> None:
    visitor = world.signed_in("Ada Marwick")
    visitor.open("/profile")
    page = visitor.press("Save", {"affiliation": "Elsewhere", field: typed})
    assert page.status == 422
    assert says in page.text
    assert page.tree.xpath("string(//input[@name='affiliation']/@value)") == (
        typed if field == "affiliation" else "Elsewhere"
    )
    assert _row(world).affiliation == ""
    assert _row(world).name == "Ada Marwick"


def test_a_new_password_takes_the_old_one_and_ends_other_sessions(world: World) -> None:
    visitor, elsewhere = world.signed_in("Ada Marwick"), world.signed_in("Ada Marwick")
    visitor.open("/profile")
    page = visitor.press("Change the password", {"old_password": "wrong", "password": "a quite new sentence"})
    assert page.status == 422
    assert "not your password now" in page.text
    page = visitor.press("Change the password", {"old_password": PASSWORD, "password": "short"})
    assert "at least 10" in page.text
    page = visitor.press("Change the password", {"old_password": PASSWORD, "password": "a quite new sentence"})
    assert "signed out everywhere else" in page.text
    assert visitor.open("/profile").title == "Your profile"
    assert elsewhere.open("/profile").title == "Sign in"
    assert PASSWORD not in page.answer.body.decode()
