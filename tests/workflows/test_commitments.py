"""Commitments: a salted hash, and a tree after RFC 6962 whose proofs hold for their leaf and for nothing else."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.commitments import TREE_SIZE, commit, filled, inclusion_proof, is_included, leaf_hash, root

# The leaves and roots of the tests of Certificate Transparency (google/certificate-transparency, merkle_tree_test.cc).
CT_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

LEAVES = st.lists(st.binary(max_size=40), min_size=1, max_size=40)
DIGEST = hashlib.sha256(b"protocol").digest()
NONCE = bytes(32)


@pytest.mark.parametrize("size", range(len(CT_ROOTS)))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert root(CT_LEAVES[:size]).hex() == CT_ROOTS[size]


def test_a_proof_is_that_of_certificate_transparency() -> None:
    proof = inclusion_proof(CT_LEAVES[:5], 1)
    assert [step.hex() for step in proof] == [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]


@given(leaves=LEAVES, data=st.data())
def test_every_leaf_can_be_proved(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index)
    assert is_included(leaves[index], proof, index=index, size=len(leaves), under=root(leaves))
    assert len(proof) <= (len(leaves) - 1).bit_length()


@given(leaves=LEAVES, other=st.binary(max_size=40), data=st.data())
def test_no_other_leaf_can_be_proved_with_it(leaves: list[bytes], other: bytes, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index)
    shown = is_included(other, proof, index=index, size=len(leaves), under=root(leaves))
    assert shown is (other == leaves[index])


@given(
    leaves=st.lists(st.binary(min_size=1, max_size=8), min_size=2, max_size=20, unique=True),
    bit=st.integers(0, 255),
    data=st.data(),
)
def test_a_proof_with_anything_changed_shows_nothing(leaves: list[bytes], bit: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    leaf, size, under = leaves[index], len(leaves), root(leaves)
    proof = inclusion_proof(leaves, index)
    step = data.draw(st.integers(0, len(proof) - 1))
    flipped = (int.from_bytes(proof[step]) ^ (1 << bit)).to_bytes(32)
    wrong = [
        is_included(leaf, (*proof[:step], flipped, *proof[step + 1 :]), index=index, size=size, under=under),
        is_included(leaf, proof[:-1], index=index, size=size, under=under),
        is_included(leaf, (*proof, proof[-1]), index=index, size=size, under=under),
        is_included(leaf, proof, index=(index + 1) % size, size=size, under=under),
        is_included(leaf, proof, index=index, size=size, under=leaf_hash(under)),
        is_included(leaf, (*proof[:step], proof[step][:-1], *proof[step + 1 :]), index=index, size=size, under=under),
    ]
    assert not any(wrong)


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0), (1, 0), (5, 2**4000)])
def test_a_place_outside_the_tree_or_an_absurd_tree_shows_nothing(index: int, size: int) -> None:
    leaves = CT_LEAVES[:4]
    assert not is_included(leaves[0], inclusion_proof(leaves, 0), index=index, size=size, under=root(leaves))


def test_there_is_no_proof_of_a_leaf_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(CT_LEAVES, len(CT_LEAVES))
    with pytest.raises(IndexError):
        inclusion_proof(CT_LEAVES, -1)


@given(LEAVES, LEAVES)
def test_two_lists_of_leaves_share_no_root(one: list[bytes], other: list[bytes]) -> None:
    assert (root(one) == root(other)) is (one == other)


def test_a_node_cannot_pass_for_a_leaf() -> None:
    inside = leaf_hash(CT_LEAVES[0]) + leaf_hash(CT_LEAVES[1])
    assert root([inside]) != root(CT_LEAVES[:2])


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_commitment_depends_on_its_salt_and_is_no_plain_hash(digest: bytes, nonce: bytes) -> None:
    commitment = commit(digest, nonce=nonce)
    assert len(commitment) == 32
    assert commitment == commit(digest, nonce=nonce)
    assert (commitment == commit(digest, nonce=NONCE)) is (nonce == NONCE)
    assert commitment not in {digest, hashlib.sha256(digest).digest(), hashlib.sha256(nonce + digest).digest()}


@pytest.mark.parametrize(
    ("digest", "nonce"), [(DIGEST[1:], NONCE), (DIGEST, NONCE[1:]), (DIGEST + b"0", NONCE), (b"", b"")]
)
def test_a_commitment_takes_a_whole_digest_and_a_whole_nonce(digest: bytes, nonce: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit(digest, nonce=nonce)


def numbered(count: int, *, of: str) -> list[bytes]:
    """So many different leaves of 32 bytes."""
    return [hashlib.sha256(f"{of} {number}".encode()).digest() for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 3, TREE_SIZE])
def test_a_published_tree_looks_the_same_whatever_its_number_of_commitments(count: int) -> None:
    commitments = numbered(count, of="commitment")
    leaves = filled(commitments, numbered(TREE_SIZE - count, of="filler"))
    assert len(leaves) == TREE_SIZE
    assert set(commitments) <= set(leaves)
    assert all(one < other for one, other in pairwise(leaves))


def test_the_order_of_submission_does_not_show() -> None:
    commitments, fillers = numbered(5, of="commitment"), numbered(TREE_SIZE - 5, of="filler")
    assert filled(commitments[::-1], fillers[::-1]) == filled(commitments, fillers)


@pytest.mark.parametrize(
    ("commitments", "fillers"),
    [
        ([], numbered(TREE_SIZE - 1, of="filler")),
        (numbered(1, of="commitment"), numbered(TREE_SIZE, of="filler")),
        (numbered(1, of="filler"), numbered(TREE_SIZE - 1, of="filler")),
        ([b"short"], numbered(TREE_SIZE - 1, of="filler")),
    ],
)
def test_a_tree_of_another_size_or_with_a_leaf_twice_is_refused(commitments: list[bytes], fillers: list[bytes]) -> None:
    with pytest.raises(ValueError, match="different leaves"):
        filled(commitments, fillers)
