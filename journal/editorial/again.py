"""Who is signed in shows once more that it is them, by their second factor. It counts for ten minutes, here alone.

When it was shown stands in the session, signed; whether that is still fresh the unit of work's clock says.
"""

from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import cast

from flask import current_app, session
from flask_limiter import Limiter
from limits import parse
from redis.exceptions import RedisError

from journal import second_factor
from journal.editorial import work
from workflows.lifting import CODE_MISSING, is_fresh
from workflows.machine import Refusal

_SHOWN = "shown_at"
_TRIES = parse("10 per hour")
TOO_MANY = Refusal("too_many_codes", "Too many wrong codes. Wait an hour, then try again.", "code")


def shown_at() -> datetime | None:
    """When whoever is signed in showed their second factor in this browser, if that was minutes ago."""
    person, _, moment = str(session.get(_SHOWN, "")).partition(" ")
    if not moment or person != work.uow().actor.person:
        return None
    at = datetime.fromisoformat(moment)
    return at if is_fresh(at, now=work.uow().now) else None


class Standing(StrEnum):
    """What a page asks of whoever it is shown to."""

    NONE_YET = "none yet"
    ASKED = "asked"
    FRESH = "fresh"


def standing() -> Standing:
    """Whether whoever is signed in has a second factor, and need not show it now."""
    uow = work.uow()
    if second_factor.factor_of(uow, uow.actor.person) is None:
        return Standing.NONE_YET
    return Standing.ASKED if shown_at() is None else Standing.FRESH


def show(code: str) -> datetime | Refusal:
    """When the second factor was shown: minutes ago, or now by `code`. Call `remember` once what it is for is done."""
    uow = work.uow()
    if second_factor.factor_of(uow, uow.actor.person) is None:
        return second_factor.NONE_YET
    earlier = shown_at()
    if earlier is not None:
        return earlier
    if not code.strip():
        return CODE_MISSING
    if not may_try():
        return TOO_MANY
    refusal = second_factor.show(uow, uow.actor.person, code)
    if refusal is not None:
        count_wrong_code()
        return refusal
    return uow.now


def everything_refused(refusal: Refusal, shown: datetime | Refusal | None) -> list[Refusal]:
    """What a page says that asked for a factor and for more: of the factor in the words of `show`, the rest beside it.

    Where the step is not open at all, what was typed as a code is of no interest.
    """
    if not isinstance(shown, Refusal) or (refusal.field is None and refusal != CODE_MISSING):
        return [refusal]
    return [shown] if refusal == CODE_MISSING else [refusal, shown]


def remember(at: datetime | None) -> None:
    """From now on it need not be shown again for a while; None: nothing was shown.

    To be called once what it was shown for is done: what is refused is rolled back, and the code is not used up.
    """
    if at is not None:
        session[_SHOWN] = f"{work.uow().actor.person} {at.isoformat()}"


def may_try() -> bool:
    """Whether whoever is signed in has not typed too many wrong codes."""
    with suppress(RedisError):  # a counter that does not answer refuses nobody
        return _limiter().limiter.test(_TRIES, "wrong-code", work.uow().actor.person or "")
    return True


def count_wrong_code() -> None:
    """A code of six digits is guessed by trying, if one may try."""
    with suppress(RedisError):
        _limiter().limiter.hit(_TRIES, "wrong-code", work.uow().actor.person or "")


def _limiter() -> Limiter:
    """The counters of the application, which the pages of accounts set up."""
    return cast("Limiter", current_app.extensions["nullius-knocking"][0])
