"""Authors: what each entry of the list says, and what it lacks before a submission can be complete."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflows.identifiers import orcid, ror
from workflows.machine import Refusal

# The roles of CRediT (ANSI/NISO Z39.104-2022), in its order and spelling.
CREDIT = (
    "Conceptualization",
    "Data curation",
    "Formal analysis",
    "Funding acquisition",
    "Investigation",
    "Methodology",
    "Project administration",
    "Resources",
    "Software",
    "Supervision",
    "Validation",
    "Visualization",
    "Writing \N{EN DASH} original draft",
    "Writing \N{EN DASH} review & editing",
)
NAME_LIMIT = 200
ADDRESS_LIMIT = 254

_ADDRESS = re.compile(r"[^@\s<>\"(),:;\[\]\\]+@[^@\s<>\"(),:;\[\]\\.]+(\.[^@\s<>\"(),:;\[\]\\.]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorDetails:
    """An author as typed. `name` is printed as it is; `given` and `family` say how to cite it and may be empty.

    `orcid` and `ror` are addresses once they are right, and what was typed until then.
    """

    name: str = ""
    given: str = ""
    family: str = ""
    email: str = ""
    orcid: str = ""
    affiliation: str = ""
    ror: str = ""
    roles: tuple[str, ...] = ()


def address(text: str) -> str | None:
    """The mail address that `text` is, or None. Whether somebody reads it, only a letter can tell."""
    plain = text.strip()
    return plain if len(plain) <= ADDRESS_LIMIT and _ADDRESS.fullmatch(plain) else None


def gaps(authors: Iterable[AuthorDetails]) -> Iterator[Refusal]:
    """What the list of authors lacks, in the order of the form."""
    seen: set[str] = set()
    for index, author in enumerate(authors):
        place = f"authors-{index}"
        name = author.name.strip()[:NAME_LIMIT] or f"author {index + 1}"
        yield from _name_gaps(author, index=index, place=place)
        known = address(author.email)
        if known is None:
            words = f"Give a mail address for {name}, such as name@example.org. Consent is asked there."
            yield Refusal("email_invalid", words, f"{place}-email")
        elif known.casefold() in seen:
            yield Refusal("email_twice", f"Two authors have the address {known}. Change one.", f"{place}-email")
        else:
            seen.add(known.casefold())
        yield from _identifier_gaps(author, name=name, place=place)


def _name_gaps(author: AuthorDetails, *, index: int, place: str) -> Iterator[Refusal]:
    if not author.name.strip():
        yield Refusal("name_missing", f"Give the name of author {index + 1}.", f"{place}-name")
    elif len(author.name) > NAME_LIMIT:
        words = f"The name of author {index + 1} has {len(author.name)} characters; {NAME_LIMIT} is the most."
        yield Refusal("name_long", words, f"{place}-name")


def _identifier_gaps(author: AuthorDetails, *, name: str, place: str) -> Iterator[Refusal]:
    if author.orcid.strip() and orcid(author.orcid) is None:
        words = f"The ORCID iD of {name} cannot be right: compare it with orcid.org, digit by digit, or leave it out."
        yield Refusal("orcid_invalid", words, f"{place}-orcid")
    if not author.affiliation.strip():
        words = f"Say where {name} works, or write: Independent."
        yield Refusal("affiliation_missing", words, f"{place}-affiliation")
    if author.ror.strip() and ror(author.ror) is None:
        words = f"The ROR identifier of {name} cannot be right: copy it from ror.org, or leave it out."
        yield Refusal("ror_invalid", words, f"{place}-ror")
