"""Second factors: Flask-Security's codes of authenticator apps, by our clock and our randomness. Needs no web request.

Setting one up asks for the password, and for a code where there is one already: whoever finds a browser signed in
cannot put an app of their own in its place. Why so: docs/adr/0012-lifting-asks-for-a-second-factor.md.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_security.totp import Totp
from sqlalchemy import delete, select

from journal.passwords import is_password
from journal.telling import Recipient, Recipients, tell
from journal.unit_of_work import UnitOfWork
from storage.rows.people import Person
from storage.rows.second_factors import RecoveryCode, SecondFactor
from workflows.machine import Refusal

RECOVERY_CODES = 10
SET_UP_WITHIN = timedelta(minutes=15)
_SLACK = 30
_KEY_BYTES, _CODE_BYTES, _GROUP = 20, 10, 4
NONE_YET = Refusal(
    "no_second_factor",
    "Lifting asks for a second factor, and you have none. Set one up in your profile, then come back to this page.",
)
WRONG_CODE = Refusal(
    "wrong_code", "This is not the code that your app shows now, or it was used already. Type the newest one.", "code"
)
_WRONG_PASSWORD = Refusal("wrong_password", "This is not your password.", "password")
_BEGIN_AGAIN = Refusal("set_up_old", "This was begun too long ago. Begin again: your app gets a new key.")


@dataclass(frozen=True, slots=True)
class SetUp:
    """What an authenticator app needs: an image of the key to scan, as an address of data, and the key to type."""

    image: str
    key: str


class _Codes(Totp):
    """Flask-Security's codes at one moment for one factor, which keeps what it was last shown."""

    def __init__(self, factor: SecondFactor, now: datetime) -> None:
        # What it would seal keys with. It seals none: the cabinet does.
        super().__init__({1: "the cabinet seals"}, "Nullius")
        self._totp = self._totp.using(now=now.timestamp)
        self._factor = factor

    def generate_qrcode(self, username: str, totp: str) -> str:
        """As the library draws it, on white: it draws black on nothing, which no phone reads on a dark page."""
        head, _, drawn = super().generate_qrcode(username, totp).partition(",")
        image = base64.b64decode(drawn).decode()
        begun = image.index(">", image.index("<svg")) + 1
        image = f'{image[:begun]}<rect width="100%" height="100%" fill="#fff"/>{image[begun:]}'
        return f"{head},{base64.b64encode(image.encode()).decode('ascii')}"

    def source(self, key: str) -> str:
        """A key as the library keeps it."""
        return str(self._totp(key=key, format="base32").to_json(encrypt=False))

    def get_last_counter(self, user: Any) -> int | None:  # noqa: ANN401, ARG002 - Flask-Security's signature
        """The time step of the newest code that was taken."""
        return self._factor.last_counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:  # noqa: ANN401, ARG002 - Flask-Security's signature
        """Keep it, so that a code is taken once."""
        self._factor.last_counter = tmatch.counter


def factor_of(uow: UnitOfWork, person_id: str | None) -> SecondFactor | None:
    """The confirmed second factor of somebody, if there is one."""
    wanted = select(SecondFactor).where(SecondFactor.person_id == person_id, SecondFactor.confirmed_at.is_not(None))
    return uow.session.scalar(wanted)


def start_set_up(uow: UnitOfWork, person: Person, *, password: str, code: str) -> SecondFactor | list[Refusal]:
    """Make a key for an app of `person`. It counts once a code of it was shown; until then an earlier one does."""
    refusals = [] if is_password(person.password, password) else [_WRONG_PASSWORD]
    if factor_of(uow, person.id) is not None:
        refused = show(uow, person.id, code)
        refusals += [refused] if refused else []
    if refusals:
        return refusals
    _forget(uow, person, confirmed=False)
    drawn = uow.resources.randomness.draw("second_factor.key", _KEY_BYTES)
    made = SecondFactor(
        id=uow.new_id("second_factor"), person_id=person.id, key_name=uow.cabinet.new_key(), made_at=uow.now
    )
    uow.cabinet.put(made, made, "secret", base64.b32encode(drawn).decode("ascii"))
    uow.session.add(made)
    return made


def waiting(uow: UnitOfWork, person: Person) -> SecondFactor | None:
    """The factor that `person` began to set up a few minutes ago."""
    wanted = select(SecondFactor).where(SecondFactor.person_id == person.id, SecondFactor.confirmed_at.is_(None))
    found = uow.session.scalars(wanted.order_by(SecondFactor.made_at.desc())).first()
    return found if found is not None and uow.now - found.made_at <= SET_UP_WITHIN else None


def set_up(uow: UnitOfWork, person: Person, factor: SecondFactor) -> SetUp:
    """What the app of `person` is given."""
    codes, source = _codes(uow, factor)
    return SetUp(image=codes.generate_qrcode(person.email, source), key=codes.get_totp_pretty_key(source))


def confirm(uow: UnitOfWork, person: Person, code: str) -> list[str] | Refusal:
    """From now on the app counts, and no earlier one: the recovery codes, shown this once. They get a letter."""
    factor = waiting(uow, person)
    if factor is None:
        return _BEGIN_AGAIN
    if not _is_shown(uow, factor, code):
        return WRONG_CODE
    _forget(uow, person, confirmed=True)
    factor.confirmed_at = uow.now
    codes = [_new_code(uow) for _ in range(RECOVERY_CODES)]
    factor.codes = [RecoveryCode(id=uow.new_id("recovery_code"), digest=_digest(each)) for each in codes]
    tell(uow, "accounts/second_factor", [Recipient(Recipients.PERSON, person.id)])
    return codes


def show(uow: UnitOfWork, person_id: str | None, code: str) -> Refusal | None:
    """Take a code of the app, or a recovery code, as shown now. Either is taken once."""
    factor = factor_of(uow, person_id)
    if factor is None:
        return NONE_YET
    return None if _is_shown(uow, factor, code) or _is_recovered(uow, factor, code) else WRONG_CODE


def forget(uow: UnitOfWork, person: Person) -> None:
    """Take the second factor of somebody who lost app and codes; they set up another, and get a letter now."""
    _forget(uow, person, confirmed=True)
    tell(uow, "accounts/second_factor_gone", [Recipient(Recipients.PERSON, person.id)])


def codes_left(factor: SecondFactor) -> int:
    """How many recovery codes were not used."""
    return sum(code.used_at is None for code in factor.codes)


def _codes(uow: UnitOfWork, factor: SecondFactor) -> tuple[_Codes, str]:
    codes = _Codes(factor, uow.now)
    return codes, codes.source(uow.cabinet.get(factor, factor, "secret", str))


def _is_shown(uow: UnitOfWork, factor: SecondFactor, code: str) -> bool:
    codes, source = _codes(uow, factor)
    typed = "".join(code.split())
    # The library asks for the user only to hand them to the two methods above.
    return typed.isascii() and bool(codes.verify_totp(typed, source, None, _SLACK))  # type: ignore[arg-type]


def _is_recovered(uow: UnitOfWork, factor: SecondFactor, code: str) -> bool:
    digest = _digest(code)
    for each in factor.codes:
        if each.digest == digest and each.used_at is None:
            each.used_at = uow.now
            return True
    return False


def _forget(uow: UnitOfWork, person: Person, *, confirmed: bool) -> None:
    """At once: the next may take its place in the same transaction."""
    which = SecondFactor.confirmed_at.is_not(None) if confirmed else SecondFactor.confirmed_at.is_(None)
    uow.session.flush()
    gone = select(SecondFactor.id).where(SecondFactor.person_id == person.id, which)
    uow.session.execute(delete(RecoveryCode).where(RecoveryCode.factor_id.in_(gone)))
    uow.session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id, which))


def _new_code(uow: UnitOfWork) -> str:
    drawn = base64.b32encode(uow.resources.randomness.draw("second_factor.code", _CODE_BYTES)).decode("ascii").lower()
    return "-".join(drawn[at : at + _GROUP] for at in range(0, len(drawn), _GROUP))


def _digest(code: str) -> str:
    """Of the letters alone: people leave out dashes. Codes are long and drawn, so nobody finds one by trying."""
    return hashlib.sha256("".join(code.split()).replace("-", "").lower().encode()).hexdigest()
