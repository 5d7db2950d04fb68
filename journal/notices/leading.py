"""Where each letter leads: one deep link, to the page on which its reader does what it asks."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from journal.links import Purpose, make_link
from journal.telling import Recipients
from journal.unit_of_work import UnitOfWork
from storage.rows.releases import PublicIdentity
from storage.rows.reports import Report

_LINKS_OPEN = timedelta(days=120)
_SHORT_LINKS_OPEN = timedelta(days=2)


def leads_to(uow: UnitOfWork, letter: str, arguments: Mapping[str, str], report: Report | None) -> str:
    """The address that `letter` carries. Makes the link of one that opens something by itself."""
    base = uow.config.editorial_url
    special = _SPECIAL.get(letter)
    if report is not None and letter.endswith(ABOUT_WHAT_IS_OUT):
        return _article(uow, report)
    if letter == _WITHDRAWN:  # a link of their own would open nothing
        return f"{uow.config.public_url}/about/reviewing"
    if special is not None:
        return base + special(uow, arguments)
    if arguments["to"] == Recipients.INVITATION:
        return base + _invitation_link(uow, arguments)
    if report is None:
        return base
    page = _PAGES.get(letter)
    return f"{base}/reports/{report.id}/{page}" if page else f"{base}/reports/{report.id}"


_WITHDRAWN = "reviewers/invitation_withdrawn"
ABOUT_WHAT_IS_OUT = ("/publish_published", "/correct_corrected", "/retract_retracted")


def _article(uow: UnitOfWork, report: Report) -> str:
    """Where everybody reads it: co-authors and reviewers may have no account."""
    identity = uow.session.get(PublicIdentity, report.id)
    if identity is None:  # nothing is public without, so there is nothing to read yet
        return uow.config.public_url
    return f"{uow.config.public_url}/reports/{identity.public_id}"


def _invitation_link(uow: UnitOfWork, arguments: Mapping[str, str]) -> str:
    return f"/review/{make_link(uow, Purpose.REVIEW, arguments['id'], _LINKS_OPEN)}"


_SPECIAL: dict[str, Callable[[UnitOfWork, Mapping[str, str]], str]] = {
    "authors/consent": lambda uow, given: f"/consent/{make_link(uow, Purpose.CONSENT, given['id'], _LINKS_OPEN)}",
    "authors/embargo_end_asked": lambda uow, given: (
        f"/embargo/{make_link(uow, Purpose.EMBARGO_END, given['about'], _LINKS_OPEN)}"
    ),
    "reviewers/amendment_opinion": lambda uow, given: (
        f"/opinion/{make_link(uow, Purpose.OPINION, given['about'], _LINKS_OPEN)}"
    ),
    "accounts/confirm": lambda uow, given: (
        f"/confirm/{make_link(uow, Purpose.CONFIRM_ADDRESS, given['id'], _SHORT_LINKS_OPEN)}"
    ),
    "accounts/reset": lambda uow, given: (
        f"/reset/{make_link(uow, Purpose.RESET_PASSWORD, given['id'], _SHORT_LINKS_OPEN)}"
    ),
    **dict.fromkeys(("officers/officer_proposed", "officers/new_officer"), lambda _, __: "/people"),
    **dict.fromkeys(("accounts/second_factor", "accounts/second_factor_gone"), lambda _, __: "/profile/second-factor"),
    "officers/backup_restored": lambda _, __: "/holds/restored",
    "editors/replaced": lambda _, __: "/queue",
}

# The page of the report on which one does what the letter asks; others lead to the report's own.
_PAGES = {
    "authors/answers_asked": "answers",
    "authors/appeal_answered": "appeal",
    **dict.fromkeys(
        (
            "authors/ask_amendment",
            "authors/confirm_amendment",
            "authors/refuse_amendment",
            "handling_editor/amendment_opinion",
            "handling_editor/ask_amendment",
            "handling_editor/send_back_amendment",
            "second_editor/propose_amendment",
        ),
        "amendments",
    ),
    "authors/approve_for_authors_ready": "proof",
    "authors/choice_offered": "choice",
    "authors/confirm_ipa": "acceptance",
    "authors/consent_refused": "authors",
    "authors/fall_due_stage_2_due": "progress",
    "authors/fall_overdue_stage_2_overdue": "progress",
    "authors/results_due_soon": "progress",
    "authors/results_still_overdue": "progress",
    "authors/narrowing_approved": "narrower",
    "authors/send_proof_proof": "proof",
    "editor_in_chief/retraction_recommended": "retraction",
    "editor_in_chief/seat_free": "assign",
    "handling_editor/answers_arrived": "reviews",
    "handling_editor/fall_overdue_stage_2_overdue": "extend",
    "handling_editor/invitation_accepted": "reviewers",
    "handling_editor/invitation_declined": "reviewers",
    "handling_editor/more_time_asked": "extend",
    "handling_editor/press_stopped": "proof",
    "handling_editor/texts_compared": "findings",
    "handling_editor/request_changes_typeset": "proof",
    "handling_editor/resubmit_in_review": "reviewers",
    "handling_editor/resubmit_stage_2_in_review": "reviewers",
    "handling_editor/review_arrived": "reviews",
    "handling_editor/send_back_in_review": "propose",
    "handling_editor/send_back_stage_2_in_review": "propose",
    "handling_editor/still_working": "contacts",
    "handling_editor/submit_stage_2_submitted": "reviewers",
    "handling_editor/typeset_typeset": "proof",
    "officers/appeal_arrived": "appeal",
    "officers/appeal_for_nobody": "appeal",
    "officers/appeal_overdue": "appeal",
    "officers/case_overdue": "hold",
    "officers/choice_made": "choice",
    "officers/emergency_opened": "hold",
    "officers/emergency_overdue": "hold",
    "officers/flag_raised": "hold",
    "officers/hold_ended": "hold",
    "officers/hold_placed": "hold",
    "officers/lift_wanted": "hold",
    "officers/takedown_to_confirm": "hold",
    "officers/takedown_unconfirmed": "hold",
    "officers/words_overlap": "hold",
    "officers/narrowing_offered": "narrower",
    "second_editor/propose_acceptance_acceptance_proposed": "confirm",
    "second_editor/propose_ipa_ipa_proposed": "confirm",
    "second_editor/propose_rejection_rejection_proposed": "confirm",
    "second_editor/propose_rejection_stage_2_rejection_proposed": "confirm",
    "second_editor/propose_revision_revision_proposed": "confirm",
    "second_editor/propose_revision_stage_2_revision_proposed": "confirm",
}
