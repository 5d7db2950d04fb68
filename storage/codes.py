"""What may be written in clear beside a report: codes, identifiers, digests and numbers; never words about it."""

import re
from collections.abc import Mapping
from typing import Any

CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,120}")


def refuse_prose(facts: Mapping[str, Any]) -> None:
    """Raise `ValueError` unless `facts` are codes, whole numbers and truth values, in lists and mappings of these.

    No blank and no @ fits in a code, so neither a title, nor a name, nor an address gets in by mistake.
    """
    for name, value in facts.items():
        _refuse(name, name)
        _refuse(name, value)


def _refuse(name: str, value: object) -> None:
    match value:
        case None | bool() | int():
            return
        case str() if CODE.fullmatch(value):
            return
        case list() | tuple():
            for part in value:
                _refuse(name, part)
        case dict():
            refuse_prose(value)
        case _:
            raise ValueError(f"{name!r} is no code, identifier, digest or whole number")  # its value may be private
