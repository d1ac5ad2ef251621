"""Cells that are codes or money, as people write them."""

import math
import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from data.exchange.words import PHASES, SECTORS
from models.project import Phase, Sector

#: Currencies whose smallest unit is not a hundredth: the exponents of ISO 4217.
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"), 0),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip
#: Names and signs that mean one currency. ``$`` and ``¥`` are signs of several, and say nothing.
_CURRENCIES = {"€": "EUR", "£": "GBP", "元": "CNY", "人民币": "CNY", "RMB": "CNY"}
_CODE = re.compile(r"\b([A-Z]{3})\b")
_UNITS = (("亿", 100_000_000), ("百万", 1_000_000), ("万", 10_000), ("千", 1_000))
_WORDS = (("billion", 10**9), ("million", 10**6), ("thousand", 1_000), ("000s", 1_000), ("'000", 1_000))
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_EUROPEAN = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+|-?\d{1,3}(?:\.\d{3}){2,}")
#: What stands in cells in place of what their column says.
_INSTEAD = (
    (
        "to_be_decided",
        re.compile(
            r"t\.?b\.?[acd]\.?|to be (?:confirmed|determined|decided|advised|announced)|unknown|待定|未定|未确定",
            re.IGNORECASE,
        ),
    ),
    (
        "withheld_there",
        re.compile(
            r"(?:exempt|withheld|redacted|confidential|not disclosed|commercial in confidence)\b.*"
            r"|(?:不予公开|涉密|保密).*",
            re.IGNORECASE | re.DOTALL,
        ),
    ),
    (
        "told_in_another_row",
        re.compile(
            r"(?:see|refer to|included in|part of|same as|as above|ditto)\b.*|见.+|同上|已?(?:包含|计入).*|含在.+",
            re.IGNORECASE | re.DOTALL,
        ),
    ),
)
#: The largest amount that the record can keep, in the smallest unit.
_MOST = 2**63 - 1


class CellFault(Exception):  # noqa: N818 - a fault of the file, told in the report, not an error of the program.
    """Raised if a cell is not what its column says: ``(reason code,)``."""

    @property
    def reason(self) -> str:
        """Return the reason code."""
        return str(self.args[0])


def is_blank(cell: Any) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def said_instead(cell: Any) -> str:
    """Return why a cell says nothing of what its column says, as a code: undecided, withheld, told in another row."""
    text = cell if isinstance(cell, str) else ""
    return next((code for code, pattern in _INSTEAD if pattern.fullmatch(text.strip())), "")


def percent_of(cell: Any) -> float:
    """
    Return a cell that is a share in per cent, with its sign or without.

    :raises CellFault: ``not_a_number``
    """
    return number_of(text_of(cell).rstrip("%％ ") if isinstance(cell, str) else cell)


def text_of(cell: Any) -> str:
    """Return a cell as text; empty for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell).strip()


def number_of(cell: Any) -> float:
    """
    Return a cell that is a number.

    :raises CellFault: ``not_a_number``
    """
    try:
        number = float(cell) if isinstance(cell, int | float) else float(text_of(cell).replace("−", "-"))
    except (ValueError, OverflowError) as error:
        raise CellFault("not_a_number") from error
    if not math.isfinite(number):
        raise CellFault("not_a_number")
    return number


def amount_of(cell: Any, *, unit: int = 1) -> Decimal:
    """
    Return a cell that is an amount of money, in whole units of its currency.

    :param unit: what the column counts in, such as 10,000 for 万元; a unit in the cell comes before it
    :raises CellFault: ``not_a_number``, ``negative_amount``
    """
    text = _CODE.sub("", text_of(cell))
    for name, times in _UNITS:
        if name in text:
            unit, text = times, text.replace(name, "")
            break
    digits = re.sub(r"[\s¥￥$€£元'’]|人民币|RMB", "", text).replace("，", ",")
    if _EUROPEAN.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif not _PLAIN.fullmatch(digits):
        raise CellFault("not_a_number")
    try:
        amount = Decimal(digits.replace(",", "")) * unit
    except InvalidOperation as error:
        raise CellFault("not_a_number") from error
    if amount < 0:
        raise CellFault("negative_amount")
    return amount


def in_smallest_unit(amount: Decimal, currency: str) -> int:
    """
    Return an amount as the record keeps it: fen, cents.

    :raises CellFault: ``too_large``
    """
    scaled = amount.scaleb(_EXPONENTS.get(currency, 2))
    if scaled > _MOST:
        raise CellFault("too_large")
    return int(scaled.to_integral_value())


def currency_in(text: str) -> str:
    """Return the currency that a heading or a cell names; empty if it names none, or a sign that several have."""
    code = next((code for code in _CODE.findall(text) if code not in ("FFC", "WKT")), "")
    if code and code != "RMB":
        return code
    return next((code for name, code in _CURRENCIES.items() if name in text), "")


def unit_in(heading: str) -> int:
    """Return what a column counts in, as its heading says: 10,000 for 万元, 1,000 for "thousands"."""
    said = (*_UNITS, *_WORDS) if re.search(r"元|thousand|million|billion|000", heading, re.IGNORECASE) else ()
    return next((times for name, times in said if name in heading.lower()), 1)


def phase_of(word: str) -> Phase | None:
    """Return the phase that a word means."""
    return _phases().get(folded(word))


def sector_of(word: str) -> Sector | None:
    """Return the sector that a word means. Subsectors of the standard (``transport.road``) are their sector."""
    return _sectors().get(folded(word)) or _sectors().get(folded(word.partition(".")[0]))


def folded(text: str) -> str:
    """Return words without what does not tell them apart: case, underscores, hyphens, spaces."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return " ".join(re.sub(r"[_\-/()（）:：\[\]]", " ", text).split()).casefold()


@cache
def _phases() -> dict[str, Phase]:
    return {folded(word): phase for phase in Phase for word in (phase.value, *PHASES.get(phase, ()))}


@cache
def _sectors() -> dict[str, Sector]:
    return {folded(word): sector for sector in Sector for word in (sector.value, *SECTORS.get(sector, ()))}
