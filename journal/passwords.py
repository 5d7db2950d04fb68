"""Passwords: what makes one fit, how it is kept (argon2id), and how one is recognised. Needs no web application."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from storage.randomness import Randomness
from workflows.machine import Refusal

SHORTEST = 10
LONGEST = 1000
_FEWEST_LETTERS = 5
_SALT_BYTES = 16
# OWASP's Password Storage Cheat Sheet asks for no less. More would let strangers who guess keep the machine busy.
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
_HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def hash_password(password: str, randomness: Randomness) -> str:
    """What is kept of `password`: argon2id in the PHC string format, which Flask-Security reads too."""
    return _HASHER.hash(_normal(password), salt=randomness.draw("password.salt", _SALT_BYTES))


def is_password(kept: str | None, typed: str) -> bool:
    """Whether `typed` is the password. With nothing kept the answer is no, and takes as long."""
    try:
        _HASHER.verify(_nobodys() if kept is None else kept, _normal(typed[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def unfit_password(password: str, *, about: tuple[str, ...] = (), field: str = "password") -> Refusal | None:
    """Why `password` would not do, if it would not. `about` are words that belong to the person: name and address."""
    words = _objection(_normal(password), {_normal(word).casefold() for word in about if word})
    return Refusal("unfit_password", words, field) if words else None


def _objection(password: str, about: set[str]) -> str:
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters. A short sentence is a good one."
    if len(password) > LONGEST:
        return f"A password may have at most {LONGEST} characters."
    if len(set(password)) < _FEWEST_LETTERS:
        return f"Use at least {_FEWEST_LETTERS} different characters. A short sentence is a good one."
    if password.casefold() in about:
        return "Do not use your name or your address as the password."
    return ""


def _normal(password: str) -> str:
    """One form of the same letters, whichever keyboard typed them (NFKD, as Flask-Security and NIST SP 800-63B do)."""
    return unicodedata.normalize("NFKD", password)


@cache
def _nobodys() -> str:
    """The password of nobody: verified for addresses without an account, so that the time taken tells nothing."""
    return _HASHER.hash("nobody", salt=bytes(_SALT_BYTES))
