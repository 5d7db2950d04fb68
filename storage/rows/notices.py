"""Mail that was sent, so that nothing is sent twice."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row
from storage.rows.columns import Address, Id, Short


class Delivery(Row):
    """One mail handed to the mail server or the mail folder, by the outbox row that asked for it.

    `bounced_at` is when a mail server reported that it could not be delivered, `bounce_status` its code (RFC 3463).
    """

    __tablename__ = "delivery"

    id: Mapped[Id]
    outbox_id: Mapped[str] = mapped_column(String(26), unique=True)
    notice: Mapped[Short]
    recipient: Mapped[Address]
    report_id: Mapped[str | None] = mapped_column(String(26), index=True)
    delivered_at: Mapped[datetime]
    bounced_at: Mapped[datetime | None]
    bounce_status: Mapped[Short | None]
