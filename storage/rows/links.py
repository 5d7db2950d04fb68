"""Links in mails that open one page for one purpose."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row
from storage.rows.columns import Id, Short


class Link(Row):
    """A link in a mail that lets its bearer open one page for one purpose. Only a digest of the token is kept."""

    __tablename__ = "link"

    id: Mapped[Id]
    purpose: Mapped[Short]
    subject_id: Mapped[str] = mapped_column(String(26), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
