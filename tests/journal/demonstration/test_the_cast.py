"""The cast of the demonstration: everybody once, and everybody who is named elsewhere."""

from journal.demonstration.people import everybody, reviewer
from journal.demonstration.shelf import studies


def test_nobody_shares_an_address_or_a_name() -> None:
    cast = everybody()
    assert len({person.email for person in cast}) == len(cast)
    assert len({person.name for person in cast}) == len(cast)
    assert all(person.email.endswith("@example.org") for person in cast)


def test_every_review_has_a_reviewer_and_none_reviews_twice() -> None:
    for found in studies():
        for stage in (found.stage_1, found.stage_2):
            names = [review.reviewer for review in stage.reviews]
            assert len(set(names)) == len(names)
            assert all(reviewer(name).name == name for name in names)


def test_what_was_accepted_had_two_reviews() -> None:
    for found in studies():
        for stage in (found.stage_1, found.stage_2):
            assert not stage.letter or len([each for each in stage.reviews if each.sent]) >= 2
