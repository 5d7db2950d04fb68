"""The cast of the demonstration, all invented: who edits, guards, reviews, administers; authors stand with their study.

Addresses are at example.org, which nobody can own (RFC 2606).
"""

from dataclasses import dataclass

from journal.demonstration.shelf import studies


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a name and an address. `affiliation` is a name, as people write it."""

    name: str
    email: str
    affiliation: str = ""


EDITOR_IN_CHIEF = Person(
    name="Margarethe Aalto", email="margarethe.aalto@example.org", affiliation="Saimaa Institute for Open Method"
)
EDITORS = (
    Person(name="Tomasz Wierzba", email="tomasz.wierzba@example.org", affiliation="Odra School of Statistics"),
    Person(name="Adaeze Okonjo", email="adaeze.okonjo@example.org", affiliation="Centre for Careful Machines, Nsukka"),
    Person(name="Kenji Morisaki", email="kenji.morisaki@example.org", affiliation="Noto Laboratory for Alignment"),
)
OFFICERS = (
    Person(name="Ruth Vandermeer", email="ruth.vandermeer@example.org"),
    Person(name="Samuel Achterberg", email="samuel.achterberg@example.org"),
    Person(name="Leila Farrokhzad", email="leila.farrokhzad@example.org"),
)
ADMINISTRATOR = Person(name="Ole Brandvold", email="ole.brandvold@example.org")
REVIEWERS = (
    Person(name="Hana Březinová", email="hana.brezinova@example.org", affiliation="Vltava Centre for Methodology"),
    Person(name="David Oyelaran", email="david.oyelaran@example.org", affiliation="Osun Institute of Technology"),
    Person(name="Camille Thibault", email="camille.thibault@example.org", affiliation="Université de la Chaudière"),
    Person(name="Arjun Seshadri", email="arjun.seshadri@example.org", affiliation="Nilgiri Learning Laboratory"),
    Person(name="Mei-Lin Tsao", email="mei-lin.tsao@example.org", affiliation="Keelung School of Computing"),
    Person(name="Fredrik Nyholm", email="fredrik.nyholm@example.org", affiliation="Botnia University"),
)


def authors() -> tuple[Person, ...]:
    """Every author of every study, in the order of the studies."""
    return tuple(
        Person(name=each.name, email=each.email, affiliation=each.affiliation)
        for found in studies()
        for each in found.authors
    )


def everybody() -> tuple[Person, ...]:
    """The whole cast; nobody is in it twice."""
    return (EDITOR_IN_CHIEF, *EDITORS, *OFFICERS, ADMINISTRATOR, *REVIEWERS, *authors())


def reviewer(name: str) -> Person:
    """The reviewer called `name`. Raises LookupError when there is none."""
    for person in REVIEWERS:
        if person.name == name:
            return person
    raise LookupError(name)
