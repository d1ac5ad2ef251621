"""Amounts of money in whole units of their currency, as spreadsheets have them."""

from decimal import Decimal

from data.exchange.cells import in_smallest_unit


def in_whole_units(amount: int, currency: str) -> Decimal:
    """Return an amount that is kept in the smallest unit, such as fen, in whole units, such as yuan."""
    return Decimal(amount) / in_smallest_unit(Decimal(1), currency)
