"""Reviewing: inviting, answering an invitation, the review, what editors and authors do with it."""
