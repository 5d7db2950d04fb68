"""The kinds of column that rows share, and the mixins for text under a report's key and for answers to remarks."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column


def refers_to(column: str) -> ForeignKey:
    """A foreign key that is checked at the commit, so that rows of one transaction may be written in any order."""
    return ForeignKey(column, deferrable=True, initially="DEFERRED")


Id = Annotated[str, mapped_column(String(26), primary_key=True)]
Key = Annotated[str, mapped_column(String(64))]
Digest = Annotated[str, mapped_column(String(64))]
Address = Annotated[str, mapped_column(String(320))]
Short = Annotated[str, mapped_column(String(200))]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
ReportId = Annotated[str, mapped_column(String(26), refers_to("report.id"), index=True)]
PersonId = Annotated[str, mapped_column(String(26), refers_to("person.id"), index=True)]


class Answered:
    """Something said of a report that the authors answer and an editor may uphold: judgement, point or finding.

    `answer` is sealed. It is *sustained* when the handling editor upheld it after the answer and the second editor
    confirmed the decision that rests on it.
    """

    answer: Mapped[Sealed | None]
    answered_at: Mapped[datetime | None]
    upheld_by: Mapped[PersonId | None]
    upheld_at: Mapped[datetime | None]
    sustained_at: Mapped[datetime | None]


def two_people(first: str, second: str, name: str) -> CheckConstraint:
    """A constraint that `first` and `second` are not the same person, whatever the code above believes."""
    return CheckConstraint(f"{second} IS NULL OR {second} <> {first}", name=name)
