"""Production: from a public record and a document to a paper (PDF, web text, JATS, data) with a manifest of digests."""

from journal.production.typesetting import Paper, Reason, Unprintable, typeset

__all__ = ["Paper", "Reason", "Unprintable", "typeset"]
