"""
The national code of an investment project (投资项目统一代码): ``2103-440300-04-01-123451``.

GB/T 40058-2021, section 4: time, region (GB/T 2260), central department (4.4), type of project (4.5), random number,
check digit (4.7); twenty digits, four hyphens. Since November 2020 the time is year and month: 发改投资〔2020〕1439号.
Before, it was the year alone, of 2015 or later, so that the two cannot be confused; the third part was the industry,
and the last digit no check digit, so that it is not checked.

The check digit is that of ISO/IEC 7064, MOD 11,10 (GB/T 17710). The text of 4.7 is sold and not cited here: the method
was found from codes in public notices, all of which agree with it, such as ``2509-320193-89-01-544060`` and
``2502-140109-89-01-287745``; those of before do not. The tables of 4.4 and 4.5 are not public either, and grow
(section 7.8), so that of these parts only the shape is checked.
"""

import re
from dataclasses import dataclass

from models.exceptions import InvalidValueError
from models.text import one_line

#: How OC4IDS ``identifiers[].scheme`` names it.
SCHEME = "CN-GBT40058"

_TENS = 10
_SHAPE = re.compile(r"(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})", re.ASCII)
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_FIRST_YEAR, _LAST_YEAR = 2015, 2020
#: Years and months, as they are written: November 2020 was the first.
_FIRST_MONTH = 2011
#: The provinces (GB/T 2260), and 00 for the centre.
_PROVINCES = frozenset(
    (0, *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 67), 71, 81, 82)
)


@dataclass(frozen=True)
class ProjectCode:
    """A national code, in its parts."""

    time: str
    #: Where it was approved: a code of GB/T 2260.
    region: str
    #: The central department that guides its trade.
    department: str
    type: str
    #: The random number, and its check digit.
    serial: str

    def __str__(self) -> str:
        return f"{self.time}-{self.region}-{self.department}-{self.type}-{self.serial}"

    @property
    def year(self) -> int:
        """The year in which it was given."""
        return int(self.time) if _is_year(self.time) else 2000 + int(self.time[:2])

    @property
    def month(self) -> int | None:
        """The month in which it was given; older codes do not say."""
        return None if _is_year(self.time) else int(self.time[2:])


def project_code(text: str) -> ProjectCode:
    """
    Return the code that a text is. Wide digits and dashes of other kinds are read as what they mean.

    :raises InvalidValueError: if it is none, naming the part that is wrong
    """
    found = _SHAPE.fullmatch(one_line(text).translate(_HYPHENS).translate(_DIGITS))
    if found is None:
        raise InvalidValueError("national_code", text)
    code = ProjectCode(*found.groups())
    if not (_is_year(code.time) or _is_month(code.time)):
        raise InvalidValueError("national_code.time", code.time)
    if int(code.region[:2]) not in _PROVINCES:
        raise InvalidValueError("national_code.region", code.region)
    if code.month is not None and check_digit(str(code)) != code.serial[-1]:
        raise InvalidValueError("national_code", "check_digit")
    return code


def check_digit(code: str) -> str:
    """Return the digit that a code has to end with: ISO/IEC 7064, MOD 11,10, over all digits before it."""
    product = _TENS
    for digit in code.replace("-", "")[:-1]:
        product = ((product + int(digit)) % _TENS or _TENS) * 2 % (_TENS + 1)
    return str((_TENS + 1 - product) % _TENS)


def _is_year(time: str) -> bool:
    return _FIRST_YEAR <= int(time) <= _LAST_YEAR


def _is_month(time: str) -> bool:
    return int(time) >= _FIRST_MONTH and 1 <= int(time[2:]) <= 12  # noqa: PLR2004 - the months of a year
