"""Authenticator apps of the demonstration's officers, who lift holds with the codes that these show."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from flask_security.totp import Totp

from journal import second_factor
from journal.demonstration.people import Person as Member
from journal.people import find_person
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.people import Person
from storage.rows.second_factors import SecondFactor
from workflows.machine import Refusal
from workflows.people import Actor

PERIOD = timedelta(seconds=30)


def code_of(key: str, at: datetime) -> str:
    """What an app with this key shows at that moment."""
    app = Totp({1: "nothing is sealed"}, "Nullius")
    app._totp = app._totp.using(now=at.timestamp)  # noqa: SLF001 - the library reads the machine's clock otherwise
    return app.generate_totp_password(app._totp(key=key, format="base32").to_json(encrypt=False))  # noqa: SLF001


def give_app(uow: UnitOfWork, person: Person, *, password: str) -> list[str]:
    """Set an app up for `person` as they would, with a code that is past already; the recovery codes.

    Raises LookupError when they could not.
    """
    made = second_factor.start_set_up(uow, person, password=password, code="")
    if not isinstance(made, SecondFactor):
        raise LookupError(made)  # noqa: TRY004 - a refusal, not a mistake of the caller
    uow.session.flush()
    codes = second_factor.confirm(uow, person, code_of(_key(uow, made), uow.now - PERIOD))
    if isinstance(codes, Refusal):
        raise LookupError(codes)  # noqa: TRY004 - as above
    return codes


def key_of(uow: UnitOfWork, person_id: str) -> str:
    """The key in the app of somebody. Raises LookupError when there is none."""
    factor = second_factor.factor_of(uow, person_id)
    if factor is None:
        raise LookupError(person_id)
    return _key(uow, factor)


def keys(resources: Resources, members: Sequence[Member]) -> Iterator[tuple[Member, str]]:
    """The keys of these, for whoever plays their part."""
    with begin(resources, actor=Actor(person=None), writes=False) as uow:
        for member in members:
            person = find_person(uow, member.email)
            if person is not None:
                yield member, key_of(uow, person.id)


def _key(uow: UnitOfWork, factor: SecondFactor) -> str:
    return uow.cabinet.get(factor, factor, "secret", str)
