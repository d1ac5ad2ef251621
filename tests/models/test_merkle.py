"""The tree, against the definition of RFC 6962, section 2.1."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from models.merkle import appended, leaf_hash, root, subtree_root


def defined(leaves):
    """Return the root as the RFC defines it, by recursion."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + defined(leaves[:split]) + defined(leaves[split:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_frontier_comes_to_the_root_that_the_rfc_defines(leaves):
    frontier = []

    for size, leaf in enumerate(leaves):
        frontier = appended(frontier, size, leaf_hash(leaf))

    assert root(frontier) == defined(leaves)
    assert len(frontier) == len(leaves).bit_count()


def test_a_full_tile_has_the_root_of_its_leaves():
    leaves = [bytes([number]) for number in range(256)]

    assert subtree_root([leaf_hash(leaf) for leaf in leaves]) == defined(leaves)


def test_known_roots_of_the_certificate_transparency_vectors():
    leaves = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243")]
    frontier = []

    for size, leaf in enumerate(leaves):
        frontier = appended(frontier, size, leaf_hash(leaf))

    assert root(frontier).hex() == "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"
