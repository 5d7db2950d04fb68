"""People with an account, the roles they hold, and proposals to make somebody an officer."""

from datetime import datetime

from flask_security.core import UserMixin
from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Row, Versioned
from storage.rows.columns import Id, PersonId, Short, two_people
from workflows.people import Actor, Role


class Person(UserMixin, Versioned, Row):
    """Somebody with an account. `password`, `active` and `fs_uniquifier` are names that Flask-Security asks for."""

    __tablename__ = "person"

    id: Mapped[Id]  # type: ignore[assignment]  # Flask-Security types it as a number and takes anything
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[Short]
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    orcid: Mapped[Short] = mapped_column(default="")
    affiliation: Mapped[Short] = mapped_column(default="")
    ror: Mapped[Short] = mapped_column(default="")
    zone: Mapped[Short] = mapped_column(default="UTC")
    created_at: Mapped[datetime]

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person",
        foreign_keys="RoleGrant.person_id",
        lazy="selectin",
        cascade="all, delete-orphan",
    )

    @property
    def held_roles(self) -> frozenset[Role]:
        """The roles the person holds at the journal."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def actor(self) -> Actor:
        """The person as the rules see them."""
        return Actor(person=self.id, roles=self.held_roles)


class RoleGrant(Row):
    """A role somebody holds, by whom given. Nobody but the set-up makes an officer alone."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "role", name="uq_role_grant_person_role"),
        two_people("granted_by", "seconded_by", "two_people"),
    )

    id: Mapped[Id]
    person_id: Mapped[PersonId]
    role: Mapped[Role]
    granted_at: Mapped[datetime]
    granted_by: Mapped[PersonId | None]
    seconded_by: Mapped[PersonId | None]

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys="RoleGrant.person_id")


class OfficerProposal(Versioned, Row):
    """One person's proposal to make somebody an officer; it takes a second person, and all officers are told."""

    __tablename__ = "officer_proposal"
    __table_args__ = (two_people("proposed_by", "seconded_by", "two_people"),)

    id: Mapped[Id]
    person_id: Mapped[PersonId]
    proposed_by: Mapped[PersonId]
    proposed_at: Mapped[datetime]
    seconded_by: Mapped[PersonId | None]
    closed_at: Mapped[datetime | None]
