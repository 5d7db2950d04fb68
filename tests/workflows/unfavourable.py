"""For each guard of the table the facts that make it say no, and the code of its refusal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.workflows.examples import DIGEST, DUE, LONG_AFTER, NOW
from workflows import guards
from workflows.facts import Facts
from workflows.machine import Refusal

Case = tuple[Callable[[Facts], Refusal | None], str, dict[str, Any]]

ALMOST = timedelta(seconds=1)
GAP = Refusal("title_missing", "Give the study a title.", "title")

CASES: list[Case] = [
    (guards.complete, "title_missing", {"gaps": (GAP,)}),
    (guards.bias_level_admissible, "bias_level_missing", {"bias_level": None}),
    (guards.bias_level_admissible, "bias_level_zero", {"bias_level": 0}),
    (guards.coauthors_consented, "consent_missing", {"consents_missing": 1}),
    (guards.coauthors_consented, "consent_missing", {"consents_missing": 3}),
    (guards.reason_given, "reason_missing", {"reason": "  "}),
    (guards.handling_editor_assigned, "no_handling_editor", {"handling_editor": None}),
    (guards.conflict_cleared, "conflict_undeclared", {"conflict_cleared": False}),
    (guards.hazard_screened, "hazard_unscreened", {"hazard_screened": False}),
    (guards.enough_reviews, "too_few_reviews", {"reviews": 1}),
    (guards.enough_reviews, "too_few_reviews", {"reviews": 0, "review_exception": " "}),
    (guards.enough_reviews, "too_few_reviews", {"reviews": 0, "other_reviewers": "Both left the field."}),
    (guards.enough_reviews, "too_few_reviews", {"reviews": 2, "reviews_needed": 3}),
    (guards.enough_reviews, "too_few_reviews", {"reviews": 0, "reviews_needed": 1}),
    (guards.criteria_judged, "criteria_unjudged", {"criteria_unjudged": ("1A", "1B", "1C", "1D", "1E")}),
    (guards.letter_written, "letter_missing", {"letter": ""}),
    (guards.second_editor_assigned, "no_second_editor", {"second_editor": None}),
    (guards.second_editor_assigned, "no_second_editor", {"second_editor": "handling", "actor": "handling"}),
    (guards.rejection_names_criterion, "rejection_without_ground", {"upheld": ()}),
    (guards.rejection_sustained, "rejection_unsustained", {"upheld": ()}),
    (guards.rejection_sustained, "rejection_unsustained", {"upheld": ("1A", "1B", "1C", "1D", "1E")}),
    (guards.due_date_agreed, "due_date_missing", {"stage_2_due": None}),
    (guards.due_date_agreed, "due_date_past", {"stage_2_due": NOW}),
    (guards.protocol_frozen, "digest_missing", {"digest": None}),
    (guards.second_person, "own_proposal", {"actor": "same", "proposed_by": "same"}),
    (guards.second_person, "own_proposal", {"proposed_by": None}),
    (guards.second_person, "own_proposal", {"actor": None}),
    (guards.answers_given, "answers_missing", {"answers_missing": 1}),
    (guards.answers_given, "answers_missing", {"answers_missing": 4}),
    (guards.protocol_cited, "digest_not_cited", {"cited_digest": None}),
    (guards.protocol_cited, "digest_not_cited", {"cited_digest": DIGEST.replace("d", "e", 1)}),
    (guards.protocol_cited, "digest_not_cited", {"digest": None, "cited_digest": None}),
    (guards.returning_reviewers_asked, "stage_1_reviewers_uninvited", {"returning_reviewers_uninvited": 1}),
    (
        guards.returning_reviewers_asked,
        "stage_1_reviewers_uninvited",
        {"returning_reviewers_uninvited": 1, "review_exception": "One was enough."},
    ),
    (guards.findings_settled, "findings_open", {"findings_open": 1}),
    (guards.findings_settled, "findings_open", {"findings_open": 4}),
    (guards.findings_settled, "findings_open", {"findings_open": None}),
    (guards.clocks_run, "clocks_stopped", {"clocks_stopped": True}),
    (guards.fallen_due, "not_due", {"now": DUE - ALMOST}),
    (guards.fallen_due, "not_due", {"stage_2_due": None}),
    (guards.long_overdue, "not_overdue", {"now": DUE + guards.OVERDUE_AFTER - ALMOST}),
    (guards.long_overdue, "not_overdue", {"stage_2_due": None}),
    (guards.abandoned, "not_abandoned", {"now": DUE + guards.LAPSE_AFTER - ALMOST}),
    (guards.abandoned, "not_abandoned", {"unanswered_contacts": 2}),
    (guards.abandoned, "not_abandoned", {"stage_2_due": None}),
    (guards.extended, "new_due_missing", {"new_due": None}),
    (guards.extended, "new_due_missing", {"now": LONG_AFTER, "new_due": LONG_AFTER}),
    (guards.authors_silent, "delayed", {"delayed": True}),
    (guards.authors_silent, "proof_time_left", {"proof_due": None}),
    (guards.authors_silent, "proof_time_left", {"proof_due": NOW}),
    (guards.extended, "new_due_earlier", {"new_due": DUE}),
    (guards.rendition_kept, "not_typeset", {"rendition": False}),
    (guards.notice_written, "notice_missing", {"notice": ""}),
    (guards.retraction_recommended, "retraction_not_recommended", {"retraction_recommended_by": None}),
    (
        guards.retraction_recommended,
        "retraction_not_recommended",
        {"retraction_recommended_by": "chief", "actor": "chief"},
    ),
    (guards.retraction_recommended, "retraction_not_recommended", {"actor": None}),
    (guards.still_amendable, "collection_ended", {"collecting": False}),
]
