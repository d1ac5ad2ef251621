"""Addresses inside this site: a link may bring people back here and nowhere else."""

import re

# No backslash and no control character, which browsers read as "/" or drop. No second "/" at the start, which names
# another host.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")

_LONGEST = 2000


def local_address(asked: str | None) -> str:
    """Return ``asked`` if it is an address of this site, and else the first page."""
    return asked if asked and len(asked) <= _LONGEST and _LOCAL.fullmatch(asked) else "/"
