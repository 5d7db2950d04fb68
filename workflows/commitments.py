"""Commitments: salted hashes of frozen protocols, and the Merkle tree (RFC 6962, section 2.1) that binds them.

Who holds a protocol, its nonce and a proof shows that the protocol existed when the root was published. The root alone
tells nothing: leaves are salted, every tree is filled up to one size, and its leaves stand in the order of their bytes.
"""

import hashlib
import hmac
from collections.abc import Sequence

NONCE_SIZE = 32
HASH_SIZE = 32
TREE_SIZE = 1024

_COMMITMENT = b"nullius/commitment/v1\x00"
_LEAF = b"\x00"
_NODE = b"\x01"


def commit(digest: bytes, *, nonce: bytes) -> bytes:
    """The commitment (32 bytes) to a protocol with the SHA-256 `digest`, salted with a `nonce` of 32 random bytes.

    Without the nonce nobody can test a guess. Raises ValueError when either is not 32 bytes long.
    """
    if len(digest) != HASH_SIZE or len(nonce) != NONCE_SIZE:
        message = f"digest and nonce have 32 bytes each, not {len(digest)} and {len(nonce)}"
        raise ValueError(message)
    return hashlib.sha256(_COMMITMENT + nonce + digest).digest()


def filled(commitments: Sequence[bytes], fillers: Sequence[bytes]) -> tuple[bytes, ...]:
    """The leaves of one published tree: `commitments` and as many random `fillers` as it takes, in order of bytes.

    Neither number nor place then tells how many commitments there are or when they came. Raises ValueError when
    together they do not make TREE_SIZE different leaves of 32 bytes.
    """
    leaves = sorted([*commitments, *fillers])
    if len(leaves) != TREE_SIZE or len(set(leaves)) != TREE_SIZE or any(len(leaf) != HASH_SIZE for leaf in leaves):
        message = f"a tree has {TREE_SIZE} different leaves of {HASH_SIZE} bytes, not {len(leaves)}"
        raise ValueError(message)
    return tuple(leaves)


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf: SHA-256 of a zero byte and the leaf."""
    return hashlib.sha256(_LEAF + leaf).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree over `leaves` (32 bytes; of no leaves the SHA-256 of nothing)."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = _split(len(leaves))
    return _node_hash(root(leaves[:split]), root(leaves[split:]))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from the leaf at `index` to the root, from the leaf upwards.

    Raises IndexError when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return ()
    split = _split(len(leaves))
    if index < split:
        return (*inclusion_proof(leaves[:split], index), root(leaves[split:]))
    return (*inclusion_proof(leaves[split:], index - split), root(leaves[:split]))


def is_included(leaf: bytes, proof: Sequence[bytes], *, index: int, size: int, under: bytes) -> bool:
    """Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves with the root `under`."""
    if not 0 <= index < size or any(len(step) != HASH_SIZE for step in proof):
        return False
    sides = _sides(index, size)
    if len(proof) != len(sides):
        return False
    found = leaf_hash(leaf)
    for step, stands_left in zip(proof, sides, strict=True):
        found = _node_hash(step, found) if stands_left else _node_hash(found, step)
    return hmac.compare_digest(found, under)


def _sides(index: int, size: int) -> list[bool]:
    """For each step of a proof, from the leaf upwards, whether its hash stands left of the way."""
    found: list[bool] = []
    while size > 1:
        split = _split(size)
        found.append(index >= split)
        index, size = (index - split, size - split) if found[-1] else (index, split)
    return found[::-1]


def _split(size: int) -> int:
    """The largest power of two smaller than `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()
