r"""
A draw that anybody can repeat: who takes part in a hearing, of all who registered.

Before registration closes, a number that nobody can guess from it is published: the SHA-256 of a seed. Afterwards the
seed itself is. For each registration, the SHA-256 of the seed, a line feed and the number of the registration, in
UTF-8 and decimal digits, is written in hexadecimal; those whose hashes come first take part. Whoever holds the draw
cannot choose a seed once the registrations are known, and whoever registers cannot know it before::

    printf 'SEED\n17' | sha256sum
"""

import hashlib
from collections.abc import Iterable

#: A seed that could be tried out would be none: 20 characters or more.
SHORTEST_SEED = 20
#: As it is printed with each draw.
RULE = "SHA-256(seed + LF + number), ascending; the first take part"


def commitment(seed: str) -> str:
    """Return what is published of a seed before it is opened."""
    return hashlib.sha256(seed.encode()).hexdigest()


def rank(seed: str, number: int) -> str:
    """Return by what a registration is ordered."""
    return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()


def drawn(seed: str, numbers: Iterable[int], places: int) -> tuple[int, ...]:
    """Return the numbers of those who take part, in the order in which they were drawn."""
    return tuple(sorted(set(numbers), key=lambda number: (rank(seed, number), number))[:places])
