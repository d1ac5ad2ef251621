"""
Merkle tree hashing of RFC 6962 (and RFC 9162), section 2.1, on a frontier.

The frontier is what must be remembered of a tree to append to it: the roots of the perfect subtrees that the bits
of its size name, largest first. At most 64 hashes of 32 bytes.
"""

import hashlib

HASH_SIZE = 32


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def appended(frontier: list[bytes], size: int, leaf: bytes) -> list[bytes]:
    """Return the frontier of a tree of ``size`` leaves after one more, whose hash is given."""
    frontier = [*frontier, leaf]
    while size & 1:
        right, left = frontier.pop(), frontier.pop()
        frontier.append(node_hash(left, right))
        size >>= 1
    return frontier


def root(frontier: list[bytes]) -> bytes:
    """Return the root of the tree; for the empty tree, the hash of nothing."""
    if not frontier:
        return hashlib.sha256(b"").digest()
    result = frontier[-1]
    for left in reversed(frontier[:-1]):
        result = node_hash(left, result)
    return result


def subtree_root(hashes: list[bytes]) -> bytes:
    """Return the root over consecutive hashes; their number is a power of two where they fill a tile."""
    level = hashes
    while len(level) > 1:
        # What has no neighbour goes up as it is, as in RFC 6962.
        level = [*map(node_hash, level[::2], level[1::2]), *(level[-1:] if len(level) % 2 else ())]
    return level[0] if level else root([])
