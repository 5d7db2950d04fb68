"""Production: from a public record and a document to a paper (PDF, web text, JATS, data) with a manifest of digests.

`typesetting.typeset` is the whole of it. Nothing is imported here: the confined child passes through this module.
"""
