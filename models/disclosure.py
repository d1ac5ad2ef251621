"""
Salted disclosures of RFC 9901 (selective disclosure): what is published of a leaf, and can one day be erased.

The leaf holds digests only. Whoever has a disclosure can check it; whoever has only the leaf learns nothing.
"""

import base64
import binascii
import hashlib
import json
import secrets
from typing import Any

SALT_BYTES = 16
_FOR_URLS = bytes.maketrans(b"+/", b"-_")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def disclosure_of(name: str, value: Any) -> str:
    """Return the disclosure of a field under a fresh random salt (RFC 9901, section 4.2.1)."""
    salt = _base64url(secrets.token_bytes(SALT_BYTES))
    return _base64url(_encode([salt, name, value]).encode())


def digest_of(disclosure: str) -> str:
    """Return the digest of a disclosure, as the leaf holds it (RFC 9901, section 4.2.3)."""
    return _base64url(hashlib.sha256(disclosure.encode("ascii")).digest())


def opened(disclosure: str) -> tuple[str, Any]:
    """
    Return the name and the value of a field that is disclosed.

    :raises ValueError: if it is no disclosure
    """
    padding = "=" * (-len(disclosure) % 4)
    salt, name, value = json.loads(base64.urlsafe_b64decode(disclosure + padding))
    if not isinstance(salt, str) or not isinstance(name, str):
        raise ValueError("not a disclosure")  # noqa: TRY004 - whoever reads one asks only whether it is one.
    return name, value


def _base64url(content: bytes) -> str:
    return binascii.b2a_base64(content, newline=False).translate(_FOR_URLS).decode().rstrip("=")
