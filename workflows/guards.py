"""The guards of the table of transitions, each a question about the facts and a refusal in words."""

from collections.abc import Callable
from datetime import timedelta

from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.reviewing import criteria

OVERDUE_AFTER = timedelta(days=30)
LAPSE_AFTER = timedelta(days=183)
CONTACTS_BEFORE_LAPSE = 3

Guard = Callable[[Facts], Refusal | None]


def complete(facts: Facts) -> Refusal | None:
    """Everything the submission must contain is there."""
    return facts.gaps[0] if facts.gaps else None


def bias_level_admissible(facts: Facts) -> Refusal | None:
    """Level 0 (planned analyses already run) cannot be registered (PCI Registered Reports, bias control)."""
    if facts.bias_level is None:
        words = "Say what is already known of the data: choose a bias-control level."
        return Refusal("bias_level_missing", words, "bias_level")
    if facts.bias_level < 1:
        words = (
            "At level 0 some planned analyses have already been run, so the plan cannot be registered. "
            "Plan analyses that have not been run, or submit the study elsewhere as exploratory work."
        )
        return Refusal("bias_level_zero", words, "bias_level")
    return None


def coauthors_consented(facts: Facts) -> Refusal | None:
    """Every co-author has agreed, by mail, to be one."""
    if not facts.consents_missing:
        return None
    who = "One co-author has" if facts.consents_missing == 1 else f"{facts.consents_missing} co-authors have"
    words = f"{who} not agreed yet. Remind them, or take them off the list of authors."
    return Refusal("consent_missing", words, "authors")


def reason_given(facts: Facts) -> Refusal | None:
    """The step comes with its reason."""
    words = "Give the reason. Those whom the step concerns will read it."
    return None if facts.reason.strip() else Refusal("reason_missing", words, "reason")


def handling_editor_assigned(facts: Facts) -> Refusal | None:
    """A handling editor looks after the report."""
    if facts.handling_editor:
        return None
    return Refusal("no_handling_editor", "No handling editor is assigned yet. Assign one first.", "handling_editor")


def conflict_cleared(facts: Facts) -> Refusal | None:
    """The handling editor has declared to be free of conflicts."""
    words = "Declare first that you have no conflict of interest with this report, or hand it back."
    return None if facts.conflict_cleared else Refusal("conflict_undeclared", words, "conflict")


def hazard_screened(facts: Facts) -> Refusal | None:
    """Somebody has looked whether the work could do harm before reviewers see it."""
    words = "Record the hazard screening first: read the authors' answers and say what you found."
    return None if facts.hazard_screened else Refusal("hazard_unscreened", words, "hazard_screen")


def enough_reviews(facts: Facts) -> Refusal | None:
    """Two reviews, or an exception that is written down."""
    if facts.reviews >= facts.reviews_needed or facts.review_exception.strip():
        return None
    arrived = {0: "none has", 1: "one has"}.get(facts.reviews, f"{facts.reviews} have")
    needed = {1: "One review is", 2: "Two reviews are"}.get(facts.reviews_needed, f"{facts.reviews_needed} reviews are")
    words = f"{needed} needed before a decision; {arrived} arrived. Wait, invite more, or record why fewer are enough."
    return Refusal("too_few_reviews", words, "review_exception")


def criteria_judged(facts: Facts) -> Refusal | None:
    """Each criterion of the stage has a judgement."""
    if not facts.criteria_unjudged:
        return None
    missing = ", ".join(facts.criteria_unjudged)
    words = f"Nobody has judged {missing} yet. Judge it yourself or ask a reviewer."
    return Refusal("criteria_unjudged", words, "judgements")


def letter_written(facts: Facts) -> Refusal | None:
    """The decision comes with a letter to the authors."""
    words = "Write the letter. It is what the authors will read first."
    return None if facts.letter.strip() else Refusal("letter_missing", words, "letter")


def second_editor_assigned(facts: Facts) -> Refusal | None:
    """Somebody else stands ready to confirm the decision."""
    if facts.second_editor and facts.second_editor != facts.actor:
        return None
    words = "A second editor has to confirm your proposal, and none is assigned yet. Choose one first."
    return Refusal("no_second_editor", words, "second_editor")


def rejection_names_criterion(facts: Facts) -> Refusal | None:
    """A stage-1 rejection rests on at least one criterion that is upheld as not met."""
    words = "A rejection rests on a criterion that is not met. Uphold at least one judgement or point first."
    return None if facts.upheld else Refusal("rejection_without_ground", words, "upheld")


def rejection_sustained(facts: Facts) -> Refusal | None:
    """Stage 2 can be rejected only for a failed 2A to 2E, upheld after the authors' answer. No result is a reason."""
    if any(criterion in criteria(2) for criterion in facts.upheld):
        return None
    words = (
        "At stage 2 only a failure under 2A to 2E can end the promise to publish, and none is upheld. "
        "Let the authors answer, then uphold what stands, or propose a revision or acceptance."
    )
    return Refusal("rejection_unsustained", words, "upheld")


def due_date_agreed(facts: Facts) -> Refusal | None:
    """In-principle acceptance names the day the results are due."""
    if facts.stage_2_due is None:
        return Refusal("due_date_missing", "Set the date by which the stage-2 manuscript is due.", "stage_2_due")
    if facts.stage_2_due <= facts.now:
        words = "The date by which stage 2 is due lies in the past. Choose a later one."
        return Refusal("due_date_past", words, "stage_2_due")
    return None


def protocol_frozen(facts: Facts) -> Refusal | None:
    """The digest of the protocol as frozen is at hand, so that the promise is about one exact text."""
    words = "The protocol could not be frozen: its digest is missing. Tell the administrator of the journal."
    return None if facts.digest else Refusal("digest_missing", words)


def second_person(facts: Facts) -> Refusal | None:
    """Nobody confirms their own proposal."""
    if facts.actor and facts.proposed_by and facts.actor != facts.proposed_by:
        return None
    return Refusal("own_proposal", "Nobody confirms their own proposal. Another editor has to confirm this one.")


def answers_given(facts: Facts) -> Refusal | None:
    """The authors have answered every point that asks something of them."""
    if not facts.answers_missing:
        return None
    points = "One point still waits" if facts.answers_missing == 1 else f"{facts.answers_missing} points still wait"
    words = f"{points} for your answer. Answer each, if only to say why nothing changed."
    return Refusal("answers_missing", words, "answers")


def protocol_cited(facts: Facts) -> Refusal | None:
    """The stage-2 submission names the frozen protocol by its digest."""
    if facts.digest is not None and facts.cited_digest == facts.digest:
        return None
    words = "The digest you cite is not that of the protocol accepted in principle. Copy it from the acceptance page."
    return Refusal("digest_not_cited", words, "cited_digest")


def returning_reviewers_asked(facts: Facts) -> Refusal | None:
    """The reviewers of stage 1 are asked first."""
    if not facts.returning_reviewers_uninvited or facts.other_reviewers.strip():
        return None
    words = "Invite the reviewers of stage 1 first, or record why somebody else should review."
    return Refusal("stage_1_reviewers_uninvited", words, "other_reviewers")


def findings_settled(facts: Facts) -> Refusal | None:
    """Every difference from the protocol that asks something is declared, corrected or dismissed with a reason."""
    if facts.findings_open == 0:
        return None
    count = facts.findings_open
    which = (
        "One finding is"
        if count == 1
        else f"{count} findings are"
        if count
        else "The findings were not counted and are"
    )
    words = (
        f"{which} still open. Before acceptance each is declared as a deviation, corrected, "
        "or dismissed by you with a reason. Ask the authors, or open the list of findings."
    )
    return Refusal("findings_open", words, "findings")


def clocks_run(facts: Facts) -> Refusal | None:
    """No hold stops the authors' clocks."""
    return Refusal("clocks_stopped", "The clocks of this report are stopped.") if facts.clocks_stopped else None


def fallen_due(facts: Facts) -> Refusal | None:
    """The agreed day has come."""
    if facts.stage_2_due is not None and facts.now >= facts.stage_2_due:
        return None
    return Refusal("not_due", "Stage 2 is not due yet.")


def long_overdue(facts: Facts) -> Refusal | None:
    """The agreed day passed a month ago."""
    if facts.stage_2_due is not None and facts.now >= facts.stage_2_due + OVERDUE_AFTER:
        return None
    return Refusal("not_overdue", "Stage 2 is not overdue yet.")


def abandoned(facts: Facts) -> Refusal | None:
    """Six months past the agreed day, and the authors answered none of at least three contacts."""
    late = facts.stage_2_due is not None and facts.now >= facts.stage_2_due + LAPSE_AFTER
    if late and facts.unanswered_contacts >= CONTACTS_BEFORE_LAPSE:
        return None
    words = "The promise lapses only six months after the agreed date and three unanswered contacts."
    return Refusal("not_abandoned", words)


def extended(facts: Facts) -> Refusal | None:
    """The new date lies ahead, and after the agreed one: more time can be given, but none taken away."""
    if facts.new_due is None or facts.new_due <= facts.now:
        return Refusal("new_due_missing", "Choose a new date that lies ahead.", "new_due")
    if facts.stage_2_due is not None and facts.new_due <= facts.stage_2_due:
        return Refusal("new_due_earlier", "Choose a date after the one that is agreed now.", "new_due")
    return None


def rendition_kept(facts: Facts) -> Refusal | None:
    """The typeset paper is in the vault."""
    return None if facts.rendition else Refusal("not_typeset", "The paper is not typeset yet.")


def authors_silent(facts: Facts) -> Refusal | None:
    """The authors have had the proof for its whole time, nothing delays the report, and they have said nothing."""
    if facts.delayed:
        words = "This report is delayed, and nothing is asked of its authors meanwhile, so their silence says nothing."
        return Refusal("delayed", words)
    if facts.proof_due is not None and facts.now > facts.proof_due:
        return None
    words = "The authors still have time to read the proof. You can approve it for them once their week has passed."
    return Refusal("proof_time_left", words)


def notice_written(facts: Facts) -> Refusal | None:
    """A notice says publicly what changed and why."""
    words = "Write the notice. It will stand at the head of the article."
    return None if facts.notice.strip() else Refusal("notice_missing", words, "notice")


def retraction_recommended(facts: Facts) -> Refusal | None:
    """An editor other than the one who decides has recommended the retraction."""
    if facts.actor and facts.retraction_recommended_by and facts.retraction_recommended_by != facts.actor:
        return None
    words = "A retraction takes two: the handling editor recommends it, then the editor-in-chief decides."
    return Refusal("retraction_not_recommended", words)


def still_amendable(facts: Facts) -> Refusal | None:
    """Data collection has not ended by the authors' own record, or what was accepted stays and parts are only added."""
    if facts.collecting or facts.only_adds:
        return None
    words = "Data collection has ended, so the protocol stays as it is. Record what was done otherwise as a deviation."
    return Refusal("collection_ended", words)
