"""Summons: who was called to an overdue case, so that nobody is called twice."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row
from storage.rows.columns import Id, ReportId


class Summons(Row):
    """One step of calling people to what is overdue: a hold or an appeal (`about`) that was due at `due`.

    The step is taken once, whatever the clock does; another day to look again is due anew.
    """

    __tablename__ = "summons"
    __table_args__ = (
        UniqueConstraint("about", "due", "step", name="uq_summons_step"),
        CheckConstraint("step >= 0", name="counted_steps"),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    about: Mapped[str] = mapped_column(String(26), index=True)
    due: Mapped[datetime]
    step: Mapped[int]
    called_at: Mapped[datetime]
