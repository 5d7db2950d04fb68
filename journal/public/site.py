"""How this journal calls itself in public, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every public page needs to know of the journal. Addresses have no slash at the end."""

    journal_name: str
    public_url: str
    editorial_url: str
