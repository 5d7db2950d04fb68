"""Second factors: the key an authenticator app shares with the journal, and the codes for when the app is lost."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, Key, PersonId, Sealed, refers_to

_CONFIRMED = text("confirmed_at IS NOT NULL")


class SecondFactor(Versioned, Row):
    """An authenticator app of somebody. `secret` is sealed under a data key of its own, whose name is `key_name`.

    It counts once it is confirmed, by a code that the app showed; of those there is one to a person. No code counts
    twice: `last_counter` is the time step of the newest that was taken.
    """

    __tablename__ = "second_factor"
    __table_args__ = (
        Index(
            "uq_second_factor_confirmed",
            "person_id",
            unique=True,
            sqlite_where=_CONFIRMED,
            postgresql_where=_CONFIRMED,
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[PersonId]
    key_name: Mapped[Key]
    secret: Mapped[Sealed]
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_counter: Mapped[int | None]

    codes: Mapped[list["RecoveryCode"]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class RecoveryCode(Row):
    """A code on paper that stands for the app once. Only its digest is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("factor_id", "digest", name="uq_recovery_code_digest"),)

    id: Mapped[Id]
    factor_id: Mapped[str] = mapped_column(String(26), refers_to("second_factor.id"), index=True)
    digest: Mapped[Digest]
    used_at: Mapped[datetime | None]
