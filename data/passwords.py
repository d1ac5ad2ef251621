"""Passwords, as argon2id hashes (RFC 9106)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from models.exceptions import InvalidValueError

#: NIST SP 800-63B-4, 3.1.1.2: at least 15 characters where a password is all there is; at least 8 otherwise.
SHORTEST = 12
LONGEST = 500

# RFC 9106, section 4, second recommended option: 64 MiB, 3 passes, 4 lanes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)


def hashed(password: str) -> str:
    """
    Return the hash of a password, in PHC string format.

    :raises InvalidValueError: if it is too short or too long
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidValueError("password", SHORTEST)
    return _HASHER.hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Return whether a password is the one that was hashed. Where there is no hash, it takes as long to say no."""
    try:
        _HASHER.verify(password_hash or _nobodys(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
