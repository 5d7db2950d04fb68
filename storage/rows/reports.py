"""Reports: one study through both stages, its authors, and the words that accompany its steps."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, Key, PersonId, ReportId, Sealed, two_people
from workflows.people import Involvement
from workflows.stages import AWAITING_RESULTS, IN_PRODUCTION, OUT, UNDER_STAGE_2, Stage

_PROMISED = ", ".join(f"'{stage.value}'" for stage in (*AWAITING_RESULTS, *UNDER_STAGE_2, *IN_PRODUCTION, *OUT))


class Report(Versioned, Row):
    """One study. Its words are sealed under the data key called `key_name`; here stand only facts for the rules.

    With `announces_after_data_since` its authors chose to announce it when data collection ends: `announce_from` then
    follows `data_end`.
    """

    __tablename__ = "report"
    __table_args__ = (
        two_people("handling_editor_id", "second_editor_id", "two_editors"),
        CheckConstraint(
            f"stage NOT IN ({_PROMISED}) OR (protocol_digest IS NOT NULL AND ipa_at IS NOT NULL)",
            name="promise_is_about_a_frozen_protocol",
        ),
    )

    id: Mapped[Id]
    stage: Mapped[Stage] = mapped_column(index=True)
    stage_since: Mapped[datetime]
    key_name: Mapped[Key]
    created_at: Mapped[datetime]
    handling_editor_id: Mapped[PersonId | None]
    second_editor_id: Mapped[PersonId | None]
    conflict_cleared_at: Mapped[datetime | None]
    hazard_screened_at: Mapped[datetime | None]
    ipa_at: Mapped[datetime | None]
    protocol_digest: Mapped[Digest | None]
    stage_2_due: Mapped[datetime | None]
    data_start: Mapped[date | None]
    data_end: Mapped[date | None]
    announce_from: Mapped[datetime | None]
    announces_after_data_since: Mapped[datetime | None]
    author_seen_at: Mapped[datetime | None]

    authors: Mapped[list["ReportAuthor"]] = relationship(
        back_populates="report", order_by="ReportAuthor.position", cascade="all, delete-orphan"
    )
    conflicts: Mapped[list["Conflict"]] = relationship(back_populates="report")

    def involvement(self, reviewers: frozenset[str]) -> Involvement:
        """The report's people as the rules see them; `reviewers` are the persons whose invitation was accepted."""
        return Involvement(
            authors=frozenset(author.person_id for author in self.authors if author.person_id),
            corresponding=next((author.person_id for author in self.authors if author.corresponding), None),
            reviewers=reviewers,
            handling_editor=self.handling_editor_id,
            second_editor=self.second_editor_id,
            conflicted=frozenset(conflict.person_id for conflict in self.conflicts),
        )


class ReportAuthor(Row):
    """An author of a report, in order. Those without an account consent by a link in a mail."""

    __tablename__ = "report_author"
    __table_args__ = (UniqueConstraint("report_id", "email", name="uq_report_author_email"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    position: Mapped[int]
    person_id: Mapped[PersonId | None]
    email: Mapped[str] = mapped_column(String(320), index=True)
    details: Mapped[Sealed]
    corresponding: Mapped[bool] = mapped_column(default=False)
    consent_asked_at: Mapped[datetime | None]
    consented_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]

    report: Mapped[Report] = relationship(back_populates="authors")


class Conflict(Row):
    """Somebody who stands too close to a report to act on it."""

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("report_id", "person_id", name="uq_conflict_person"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    person_id: Mapped[PersonId]
    declared_at: Mapped[datetime]
    reason: Mapped[Sealed | None]

    report: Mapped[Report] = relationship(back_populates="conflicts")


class LetterKind(StrEnum):
    """What a letter is about."""

    RETURNED = "returned"
    DESK_REJECTED = "desk_rejected"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    EXTENDED = "extended"
    HAZARD_SCREEN = "hazard_screen"
    EDITORS_NOTE = "editors_note"
    PROOF_CHANGES = "proof_changes"
    CORRECTION = "correction"
    RETRACTION_RECOMMENDED = "retraction_recommended"
    RETRACTION = "retraction"
    DEVIATION_ANSWER = "deviation_answer"
    REVIEW_EXCEPTION = "review_exception"


class Letter(Row):
    """Words that accompany a step of a report: a reason, a notice, an editor's confidential note. Never changed."""

    __tablename__ = "letter"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    kind: Mapped[LetterKind]
    written_by: Mapped[PersonId | None]
    written_at: Mapped[datetime]
    body: Mapped[Sealed]
