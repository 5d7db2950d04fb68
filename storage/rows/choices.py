"""What authors are offered to choose under an information-hazard hold, and what they chose."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row
from storage.rows.columns import Id, PersonId, ReportId, Sealed, refers_to
from workflows.choices import Choice


class ChoiceOffer(Row):
    """An officer opened the choice to the authors. `words` are the officer's, sealed, read by the authors."""

    __tablename__ = "choice_offer"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    offered_by: Mapped[PersonId]
    offered_at: Mapped[datetime]
    words: Mapped[Sealed]


class AuthorsChoice(Row):
    """One choice, never changed: another one follows it, and the newest counts. `words` are the authors', sealed."""

    __tablename__ = "authors_choice"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    offer_id: Mapped[str] = mapped_column(String(26), refers_to("choice_offer.id"), index=True)
    choice: Mapped[Choice]
    words: Mapped[Sealed]
    chosen_by: Mapped[PersonId]
    chosen_at: Mapped[datetime]
