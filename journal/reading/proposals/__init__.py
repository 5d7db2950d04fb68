"""What a manuscript seems to register, proposed to its author with the words it was read from."""

from journal.reading.proposals.proposal import Kind, Location, Proposal, Reading
from journal.reading.proposals.proposing import propose

__all__ = ["Kind", "Location", "Proposal", "Reading", "propose"]
