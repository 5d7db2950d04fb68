"""The editorial application: where authors, reviewers, editors and officers work."""
