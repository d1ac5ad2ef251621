"""
Personal data inside free text, found before it is sent: better one warning too many than a number published.

Resident identity numbers follow GB 11643-1999 (its check digit is ISO/IEC 7064 MOD 11-2), bank cards ISO/IEC 7812
(Luhn), mobile numbers the numbering plan of the Ministry of Industry and Information Technology.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum


class PersonalData(StrEnum):
    """What kind of personal data a text holds."""

    RESIDENT_ID = "resident_id"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"
    EMAIL = "email"


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
#: Digits as people type them: in groups, with spaces, dots or hyphens between.
_RUN = re.compile(r"(?<![0-9])\+?[0-9](?:[ \-.\u00b7]?[0-9]){9,22}(?:[ \-]?[Xx])?(?![0-9])")
_MOBILE = re.compile(r"(?:86|0086)?(1[3-9]\d{9})")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
#: The first two digits of GB/T 2260: provinces, autonomous regions, municipalities, and the three regions beyond.
_REGIONS = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)
_CARD_LENGTHS = range(13, 20)
_EARLIEST_BIRTH = date(1900, 1, 1)


def personal_data_in(text: str) -> list[tuple[PersonalData, str]]:
    """Return what kinds of personal data are in a text, each with the place as it was typed, in order."""
    # Full-width digits and letters are the same ones; each is one character, so places stay where they are.
    plain = "".join(unicodedata.normalize("NFKC", character)[:1] or " " for character in text)
    found = [(match.start(), PersonalData.EMAIL, match.span()) for match in _EMAIL.finditer(plain)]
    for match in _RUN.finditer(plain):
        kind = _kind_of_number(re.sub(r"[^0-9Xx]", "", match[0]).upper())
        if kind:
            found.append((match.start(), kind, match.span()))
    return [(kind, text[start:end]) for _, kind, (start, end) in sorted(found)]


def _kind_of_number(digits: str) -> PersonalData | None:
    if is_resident_id(digits):
        return PersonalData.RESIDENT_ID
    if _MOBILE.fullmatch(digits):
        return PersonalData.MOBILE
    if len(digits) in _CARD_LENGTHS and digits.isdigit() and passes_luhn(digits):
        return PersonalData.BANK_CARD
    return None


def is_resident_id(digits: str) -> bool:
    """Whether 17 digits and a check character are a resident identity number: region, date of birth and check."""
    if not re.fullmatch(r"\d{17}[\dX]", digits) or int(digits[:2]) not in _REGIONS:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True))
    return born >= _EARLIEST_BIRTH and _CHECK_CHARACTERS[total % 11] == digits[17]


def passes_luhn(digits: str) -> bool:
    """Whether the last of these digits is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of its two digits.
    return total % 10 == 0
