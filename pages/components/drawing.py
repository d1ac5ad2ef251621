"""
Pictures as SVG text, for pages that have no script and for print: shapes, words, and an axis of days.

They stand in pages as images at ``data:`` addresses, for Streamlit keeps no SVG in a page. An image does not see the
styles of the page, so each carries its own, light and dark. What people wrote is escaped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

#: Which days between axis marks are fit to be read, in months.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_YEAR = 12
#: From here on, signs are as wide as they are high.
_WIDE = 0x2E80
#: What cannot stand in an address, or in an attribute. Browsers take the rest of Unicode as it is.
_ESCAPED = "%#<>\"'&"
_STYLE = (
    "text{font:13px system-ui,'Noto Sans SC','Noto Sans CJK SC',sans-serif;fill:var(--i)}"
    "svg{--i:#1E2326;--q:#5B6266;--r:#B9B2A4;--a:#0B5C6B;--l:#A3431F;--g:#2F6B4F;--w:#7A5A00;--p:#FBFAF7;--s:#F1EEE7}"
    "@media(prefers-color-scheme:dark){svg{--i:#E8E6E1;--q:#A9B0B4;--r:#4A555A;--a:#6FC3D1;--l:#F0A27F;--g:#8FCBAA;"
    "--w:#E0C36B;--p:#15191B;--s:#1E2427}}"
    "@media print{svg{--i:#000;--q:#333;--r:#888;--a:#0B5C6B;--l:#A3431F;--g:#2F6B4F;--w:#7A5A00;--p:#fff;--s:#eee}}"
    ".q{fill:var(--q);font-size:12px}.b{font-weight:700}.l{fill:var(--l)}.o{stroke:var(--p);stroke-width:4;"
    "paint-order:stroke;stroke-linejoin:round}"
)
#: The outlines of marks, ten units wide around nought: promised, expected, reached, paused, cancelled.
MARKS = {
    "promised": "<path d='M0-7 7 0 0 7-7 0Z' fill='var(--p)' stroke='var(--i)' stroke-width='2'/>",
    "expected": (
        "<path d='M0-7 7 0 0 7-7 0Z' fill='var(--p)' stroke='var(--a)' stroke-width='2'/>"
        "<circle r='2.2' fill='var(--a)'/>"
    ),
    "reached": "<path d='M0-7 7 0 0 7-7 0Z' fill='var(--g)' stroke='var(--g)' stroke-width='2'/>",
    "paused": "<path d='M-3-6V6M3-6V6' fill='none' stroke='var(--w)' stroke-width='3'/>",
    "cancelled": "<path d='M-6-6 6 6M6-6-6 6' fill='none' stroke='var(--q)' stroke-width='3'/>",
    "ring": "<circle r='4.5' fill='var(--p)' stroke='var(--w)' stroke-width='2'/>",
}


@dataclass(frozen=True)
class Scale:
    """Where days lie along a line of pixels."""

    first: date
    last: date
    start: float
    end: float

    def at(self, day: date) -> float:
        """Return the place of a day, in pixels."""
        share = (day - self.first) / (self.last - self.first)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self, most: int) -> list[date]:
        """Return the first days of months, quarters or years that are to be marked, as many as fit."""
        months = max(1, round((self.last - self.first).days / 30.44))
        step = next((one for one in _STEPS if months / one <= most), _STEPS[-1])
        return [day for day in _months(self.first, self.last) if _counts(day, step)]


def svg(width: int, height: int, *shapes: str) -> str:
    """Return a picture of that size in pixels."""
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}'>"
        f"<style>{_STYLE}</style>{''.join(shapes)}</svg>"
    )


def data_address(picture: str) -> str:
    """Return a picture as the address of an image."""
    for sign in _ESCAPED:
        picture = picture.replace(sign, f"%{ord(sign):02X}")
    return f"data:image/svg+xml;charset=utf-8,{picture}"


def words(text: str, x: float, y: float, *, anchor: str = "start", kind: str = "") -> str:
    """
    Return words at a place.

    :param kind: ``q`` quiet, ``b`` bold, ``l`` late, ``o`` with an edge of paper; several apart by spaces
    """
    return f"<text x='{x:g}' y='{y:g}' text-anchor='{anchor}' class='{kind}'>{escape(text)}</text>"


def text_width(text: str, *, is_bold: bool = False) -> float:
    """Return about how long words are, in pixels. The letters are those of the reader's system, and none is wider."""
    wide = sum(1 for one in text if ord(one) >= _WIDE)
    return 13.5 * wide + (8.6 if is_bold else 7.6) * (len(text) - wide)


def line(x1: float, y1: float, x2: float, y2: float, *, color: str = "--r", width: float = 1, dash: str = "") -> str:
    """Return a line."""
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    return (
        f"<path d='M{x1:g} {y1:g}L{x2:g} {y2:g}' stroke='var({color})' stroke-width='{width:g}' fill='none'{dashes}/>"
    )


def path(points: list[tuple[float, float]], *, color: str, width: float, dash: str = "") -> str:
    """Return a line through points."""
    drawn = "L".join(f"{x:g} {y:g}" for x, y in points)
    dashes = f" stroke-dasharray='{dash}'" if dash else ""
    return f"<path d='M{drawn}' stroke='var({color})' stroke-width='{width:g}' fill='none'{dashes}/>"


def area(points: list[tuple[float, float]], *, color: str) -> str:
    """Return a filled area."""
    return f"<path d='M{'L'.join(f'{x:g} {y:g}' for x, y in points)}Z' fill='var({color})'/>"


def mark(kind: str, x: float, y: float) -> str:
    """Return one of :data:`MARKS` at a place."""
    return f"<g transform='translate({x:g} {y:g})'>{MARKS[kind]}</g>"


def tick_words(day: date, length: timedelta) -> str:
    """Return how a day is written at an axis of that length: years alone on long ones."""
    return f"{day:%Y}" if length > timedelta(days=4 * 365) else f"{day:%Y-%m}"


def _months(first: date, last: date) -> Iterator[date]:
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            yield date(year, month, 1)
        year, month = (year + 1, 1) if month == _YEAR else (year, month + 1)


def _counts(day: date, step: int) -> bool:
    if step < _YEAR:
        return (day.month - 1) % step == 0
    return day.month == 1 and day.year % (step // _YEAR) == 0
