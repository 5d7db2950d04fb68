"""The cabinet: what one unit of work reads and writes under the keys of reports.

Text in rows is sealed under the report's data key for the very row and column it stands in; files lie in the vault.
"""

from typing import Protocol, TypeVar

from storage.documents import from_json, to_json
from storage.keyring import Keyring
from storage.randomness import Randomness
from storage.sealing import DataKey, seal_document, unseal_document
from storage.vault import Deposit, Vault

ContentT = TypeVar("ContentT")


class Keyed(Protocol):
    """A report, as far as the cabinet cares."""

    @property
    def key_name(self) -> str:
        """The name of its data key."""
        ...


class Sealable(Protocol):
    """A row with sealed columns. It has its identifier before anything is sealed into it."""

    __tablename__: str

    @property
    def id(self) -> str:
        """Its identifier."""
        ...


class Cabinet:
    """Seals and opens for one unit of work, and keeps the keys it opened no longer than that."""

    def __init__(self, *, keyring: Keyring, vault: Vault, randomness: Randomness) -> None:
        self._keyring = keyring
        self._vault = vault
        self._randomness = randomness
        self._keys: dict[str, DataKey] = {}

    def new_key(self) -> str:
        """Make the data key of a new report and return its name."""
        return self._keyring.make()

    def put(self, report: Keyed, row: Sealable, column: str, content: object) -> None:
        """Seal `content` (a dataclass of the rules, or JSON) into a column of `row`, for that place alone."""
        context = _context(row, column)
        sealed = seal_document(self._key(report), to_json(content), context=context, randomness=self._randomness)
        setattr(row, column, sealed)

    def get(self, report: Keyed, row: Sealable, column: str, kind: type[ContentT]) -> ContentT:
        """What was put into a column of `row`, as a `kind`. Raises `SealBroken` and `KeyDestroyed`."""
        sealed: bytes = getattr(row, column)
        return from_json(kind, unseal_document(self._key(report), sealed, context=_context(row, column)))

    def deposit(self, report: Keyed, body: bytes) -> Deposit:
        """Keep a file of the report in the vault."""
        return self._vault.deposit(self._key(report), body)

    def file(self, report: Keyed, name: str) -> bytes:
        """The file of the report that the vault keeps under `name`."""
        return self._vault.read(self._key(report), name)

    def _key(self, report: Keyed) -> DataKey:
        name = report.key_name
        if name not in self._keys:
            self._keys[name] = self._keyring.open(name)
        return self._keys[name]


def _context(row: Sealable, column: str) -> str:
    return f"{row.__tablename__}/{row.id}/{column}"
