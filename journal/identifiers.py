"""Identifiers of people and institutions: read as the world writes them, checked, kept bare."""

import re

_ORCID = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])/?", re.IGNORECASE | re.ASCII
)
_ROR = re.compile(
    r"(?:https?://(?:www\.)?ror\.org/|ror\.org/)?(0[a-hj-km-np-tv-z\d]{6}\d{2})/?", re.IGNORECASE | re.ASCII
)
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def as_orcid(text: str) -> str | None:
    """`text`, an address or a number, as "0000-0002-1825-0097", or None if it is no ORCID iD.

    The last digit is checked by ISO 7064 MOD 11-2, as
    https://support.orcid.org/hc/en-us/articles/360006897674 describes.
    """
    found = _ORCID.fullmatch(text.strip())
    if found is None:
        return None
    digits = "".join(found.groups()).upper()
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4)) if _orcid_check(digits[:-1]) == digits[-1] else None


def _orcid_check(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)  # noqa: PLR2004 - X is how the standard writes ten


def as_ror(text: str) -> str | None:
    """`text`, an address or its last part, as "05a28rw58", or None if it is no ROR identifier.

    The last two digits are ISO 7064 MOD 97-10 over the Crockford base 32 number before them, as ROR makes them
    (https://github.com/ror-community/ror-api, `generate_ror_id`).
    """
    found = _ROR.fullmatch(text.strip())
    if found is None:
        return None
    identifier = found[1].lower()
    number = 0
    for letter in identifier[1:7]:
        number = number * 32 + _CROCKFORD.index(letter)
    return identifier if 98 - number * 100 % 97 == int(identifier[7:]) else None
