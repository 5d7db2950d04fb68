"""Who is signed in: Flask-Security over the request's own database session. Why so: docs/adr/0004-accounts.md."""

from datetime import timedelta

from flask import Flask, session
from flask_login.utils import _user_context_processor
from flask_security import Security
from flask_security.core import RoleMixin
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.utils import login_user, logout_user
from sqlalchemy.orm import Session

from journal.editorial import work
from journal.passwords import LANES, MEMORY_KIB, PASSES, SHORTEST
from storage.rows.people import Person

SIGNED_IN_FOR = timedelta(days=7)
_SETTINGS = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": True,  # as journal.passwords keeps them
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__memory_cost": MEMORY_KIB,
        "argon2__rounds": PASSES,
        "argon2__parallelism": LANES,
    },
    "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_PASSWORDLESS": False,  # no link signs anybody in
    "SECURITY_AUTO_LOGIN_AFTER_CONFIRM": False,
    "SECURITY_AUTO_LOGIN_AFTER_RESET": False,
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_JOIN_USER_ROLES": False,  # roles are ours
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "PERMANENT_SESSION_LIFETIME": SIGNED_IN_FOR,
}


class RequestsDatabase:
    """What Flask-Security takes for Flask-SQLAlchemy: something with a `session`."""

    @property
    def session(self) -> Session:
        """The session of the request's unit of work."""
        return work.raw_uow().session


class Accounts(SQLAlchemyUserDatastore):
    """Flask-Security's view of the accounts. It never commits: the unit of work does, after the view."""

    def __init__(self) -> None:
        super().__init__(RequestsDatabase(), Person, RoleMixin)

    def commit(self) -> None:
        """Do nothing."""


def register(app: Flask) -> None:
    """Set Flask-Security up without any page, command, token or remembering cookie of its own."""
    app.config.update(_SETTINGS)
    security = Security(app, Accounts(), register_blueprint=False)
    security.login_manager.request_loader(lambda _: None)  # no tokens in headers or addresses
    security.principal.identity_loaders.clear()  # it would ask the database who is there even for a style sheet
    # Flask-Login would ask it for every page, the one that says that the database does not answer included.
    app.template_context_processors[None].remove(_user_context_processor)


def sign_in(person: Person) -> None:
    """From now on this browser is `person`'s, with a fresh session: what was in the old one is gone."""
    session.clear()
    login_user(person, authn_via=["password"])
    work.forget_person()


def sign_out() -> None:
    """From now on this browser is nobody's."""
    logout_user()
    session.clear()
    work.forget_person()
