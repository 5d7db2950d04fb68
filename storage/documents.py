"""Between the rules' dataclasses and the JSON that is sealed, hashed or published. Unknown fields are ignored and
missing ones take their defaults, so that what was kept by an older version still opens.
"""

import hashlib
from decimal import Decimal
from typing import TypeVar, cast

import rfc8785
from cattrs.preconf.json import make_converter

from storage.sealing import JSON
from workflows.protocol import Protocol

ContentT = TypeVar("ContentT")

_CONVERTER = make_converter(omit_if_default=False)
_CONVERTER.register_unstructure_hook(Decimal, str)
_CONVERTER.register_structure_hook(Decimal, lambda text, _: Decimal(text))


def to_json(content: object) -> JSON:
    """The dataclass `content` as JSON values."""
    return cast("JSON", _CONVERTER.unstructure(content))


def from_json(kind: type[ContentT], data: JSON) -> ContentT:
    """A `kind` made from `data`. Raises cattrs' errors when `data` was never one, which is a bug or damage."""
    return _CONVERTER.structure(data, kind)


def canonical(content: object) -> bytes:
    """`content` as canonical JSON (RFC 8785): the bytes that a digest is about."""
    return rfc8785.dumps(cast("dict[str, rfc8785._impl._Value]", to_json(content)))  # noqa: SLF001 - its only name


def protocol_bytes(protocol: Protocol) -> bytes:
    """The protocol's canonical JSON (RFC 8785) without what is empty: no words, no entries, nothing answered.

    So a protocol keeps its digest when a later version of the engine has more to ask.
    """
    return rfc8785.dumps(cast("dict[str, rfc8785._impl._Value]", _said(to_json(protocol))))  # noqa: SLF001 - its only name


def protocol_digest(protocol: Protocol) -> str:
    """SHA-256 (hex) of `protocol_bytes`, which contain the SHA-256 of each of the protocol's files."""
    return hashlib.sha256(protocol_bytes(protocol)).hexdigest()


def _said(data: JSON) -> JSON:
    """`data` without the fields that say nothing. In a list, where the place means something, all stay."""
    if isinstance(data, dict):
        fields = {name: _said(value) for name, value in data.items()}
        return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    return [_said(each) for each in data] if isinstance(data, list) else data
