"""Randomness for two worlds that must draw alike: what is drawn depends on the operation, the purpose and the turn.

A stream that all operations shared would tell of every one of them. With this, an operation on withheld work moves no
draw of any other.
"""

import hashlib

from storage.randomness import LabelledRandomness


class ScopedRandomness:
    """Draws under `scope`, the name of the operation that is done. A scope that is entered again goes on."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._scopes: dict[str, LabelledRandomness] = {}
        self.scope = "house"

    def draw(self, label: str, size: int) -> bytes:
        """The next `size` bytes of this scope under this label."""
        if self.scope not in self._scopes:
            seed = hashlib.sha256(self._seed + b"\0" + self.scope.encode()).digest()
            self._scopes[self.scope] = LabelledRandomness(seed)
        return self._scopes[self.scope].draw(label, size)
