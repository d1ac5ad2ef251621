"""
Amounts of money as officers type them, and as the record keeps them: whole numbers of the smallest unit.

What could be read in two ways is refused and never guessed: ``1.234,5`` is one number in Berlin and none in Beijing.
"""

import re
from decimal import Decimal

from data.exchange.cells import CellFault, in_smallest_unit

#: The ledger keeps whole numbers as JSON does, exact up to here (RFC 8785, 3.2.2.3).
LARGEST = 2**53 - 1
_UNITS = {"万": 10_000, "萬": 10_000, "百万": 1_000_000, "亿": 100_000_000, "億": 100_000_000}
_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?\s*(百万|[万萬亿億])?元?")
_CURRENCY = re.compile(r"[A-Z]{3}")


class AmountFault(ValueError):  # noqa: N818 - a fault of what was typed, told in words, not an error of the program.
    """Raised if an amount cannot be read in one way only: ``empty``, ``unclear``, ``negative``, ``too_fine``, ``too_large``, ``currency``."""  # noqa: E501 - the reason codes, whole.

    @property
    def reason(self) -> str:
        """Return the reason code."""
        return str(self.args[0])


def smallest_units(text: str, currency: str) -> int:
    """
    Return an amount typed in units of a currency, such as ``1,234.5`` or ``12 万``, in its smallest unit.

    :param currency: ISO 4217
    :raises AmountFault: if it is empty, or not such a number, or finer than the currency
    """
    typed = text.strip().replace("，", ",").replace("．", ".")
    if not typed:
        raise AmountFault("empty")
    if not _CURRENCY.fullmatch(currency):
        raise AmountFault("currency")
    if typed.startswith(("-", "−")):
        raise AmountFault("negative")
    match = _AMOUNT.fullmatch(typed)
    if match is None:
        raise AmountFault("unclear")
    amount = Decimal(f"{match[1].replace(',', '')}.{match[2] or 0}") * _UNITS.get(match[3], 1)
    try:
        units = in_smallest_unit(amount, currency)
    except CellFault as fault:
        raise AmountFault(fault.reason) from fault
    if amount * in_smallest_unit(Decimal(1), currency) != units:
        raise AmountFault("too_fine")
    if units > LARGEST:
        raise AmountFault("too_large")
    return units
