"""Numbers as authors type them."""

import re
from decimal import Decimal
from functools import lru_cache

NUMBER_LIMIT = 40

# No more than people write: Decimal also reads "1_000", "Infinity" and exponents that no arithmetic survives.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=4096)  # the linter asks for the same few numbers again and again
def number(text: str) -> Decimal | None:
    """The number that `text` states, such as "-0.3", ".5" or "2e-4" (Unicode minus understood), or None."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    return Decimal(plain) if len(plain) <= NUMBER_LIMIT and _NUMBER.fullmatch(plain) else None
