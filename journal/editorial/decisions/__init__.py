"""Decisions: editors assigned, submissions looked at, reviews weighed, proposals made and confirmed."""
