"""Authors: what each entry of the list says, and the roles that somebody can have in a study."""

from dataclasses import dataclass

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
