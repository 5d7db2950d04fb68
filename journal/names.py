"""Names and mail addresses: what is one, and what words say why something is none."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from workflows.machine import Refusal

LINE_LIMIT = 200
_TURNS_TEXT_ROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def unfit_line(text: str, what: str, field: str) -> Refusal | None:
    """Why `text` cannot stand on one line of a page or a letter, if it cannot. `what` begins the sentence."""
    if len(text) > LINE_LIMIT:
        words = f"{what} may have at most {LINE_LIMIT} characters; this has {len(text):,}. Nothing was cut off."
        return Refusal("too_long", words, field)
    if any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} or letter in _TURNS_TEXT_ROUND for letter in text):
        return Refusal("unfit_letters", f"{what} cannot contain line breaks or invisible control characters.", field)
    return None


def unfit_name(name: str) -> Refusal | None:
    """Why `name` cannot be a person's, if it cannot. Any script and any sign will do."""
    if not name.strip():
        return Refusal("no_name", "Give the name by which readers and colleagues know you.", "name")
    return unfit_line(name, "A name", "name")


def as_address(text: str) -> str | None:
    """`text` as a mail address in the form in which addresses are kept and compared, or None if it is none."""
    try:
        return validate_email(text.strip(" "), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def unfit_address(text: str) -> Refusal | None:
    """Why `text` is no mail address, if it is none."""
    if as_address(text) is not None:
        return None
    return Refusal("unfit_address", "This is no mail address. It looks like name@example.org.", "email")
