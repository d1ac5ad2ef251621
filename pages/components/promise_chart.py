"""
The history of one promise: across, the day on which it was said; upwards, the day then promised.

A line that rises is a date put off. The dashed line is where the promised day has come: a promise that meets it before
it is kept is broken. After the milestone trend analysis of project management. Marks differ by shape.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pages.components.drawing import Scale, area, line, mark, path, svg, text_width, tick_words, words

#: Sizes in pixels: for a page and for a phone.
WIDE, NARROW = 470, 340
_HEIGHT = 300
_LEFT, _TOP, _RIGHT, _BOTTOM = 62, 26, 14, 28
_LINE = 17
_SHORTEST = timedelta(days=75)
#: Where words stand: their start, their line, and how long they are.
_Place = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class SaidPoint:
    """One statement: when it was said, and which day it said, as exactly as it did."""

    said_on: date
    day: date
    low: date
    high: date
    #: One of :data:`pages.components.drawing.MARKS`.
    mark: str
    #: The day, in words.
    words: str


@dataclass(frozen=True, kw_only=True)
class PromiseWords:
    """What is written on the chart besides dates."""

    today: str
    #: By how much the last date is later than the first.
    slip: str
    #: At the dashed line.
    due: str


def promise_chart(
    points: Sequence[SaidPoint], confirmed: Sequence[date], *, today: date, written: PromiseWords, width: int
) -> str:
    """Return the picture, for at least one statement."""
    across, up = _scales(points, today, width)
    dates, taken = _dates(points, across, up, width)
    return svg(
        width,
        _HEIGHT,
        *_ground(across, up, width, today, written),
        *_today(across, up, today, written.today),
        *_line(points, confirmed, across, up, today),
        *_slip(points, up, width, across.at(today), written.slip, taken),
        *dates,
        *(mark(one.mark, across.at(one.said_on), up.at(one.day)) for one in points),
    )


def _scales(points: Sequence[SaidPoint], today: date, width: int) -> tuple[Scale, Scale]:
    first, last = points[0].said_on, max(today, *(one.said_on for one in points))
    edge = max((last - first) * 0.07, (_SHORTEST - (last - first)) / 2, timedelta(days=4))
    days = [today, *(one.low for one in points), *(one.high for one in points)]
    lowest, highest = min(days), max(days)
    space = max((highest - lowest) * 0.1, (_SHORTEST - (highest - lowest)) / 2)
    across = Scale(first - edge / 2, last + edge, _LEFT, width - _RIGHT)
    return across, Scale(lowest - space, highest + space, _HEIGHT - _BOTTOM, _TOP)


def _ground(across: Scale, up: Scale, width: int, today: date, written: PromiseWords) -> list[str]:
    """Return the axes, and the area where the promised day has passed."""
    shapes = [*_passed(across, up, across.at(today), written.due)]
    for day in up.ticks(6):
        shapes.append(line(_LEFT, up.at(day), width - _RIGHT, up.at(day), dash="1 4"))
        shapes.append(words(tick_words(day, up.last - up.first), _LEFT - 6, up.at(day) + 4, anchor="end", kind="q"))
    for day in across.ticks(width // 95):
        shapes.append(line(across.at(day), _HEIGHT - _BOTTOM, across.at(day), _HEIGHT - _BOTTOM + 5))
        place = min(max(across.at(day), _LEFT + 20), width - 24)
        shapes.append(
            words(tick_words(day, across.last - across.first), place, _HEIGHT - 8, anchor="middle", kind="q")
        )
    return [*shapes, line(_LEFT, _HEIGHT - _BOTTOM, width - _RIGHT, _HEIGHT - _BOTTOM)]


def _passed(across: Scale, up: Scale, now: float, due: str) -> list[str]:
    """Return the dashed line of days that have come, and what lies beneath it; nothing where they are out of sight."""
    first, last = max(across.first, up.first), min(across.last, up.last)
    if first >= last:
        return []
    start, end = (across.at(first), up.at(first)), (across.at(last), up.at(last))
    floor = _HEIGHT - _BOTTOM
    shapes = [
        area([start, end, (across.end, end[1]), (across.end, floor), (start[0], floor)], color="--s"),
        line(*start, *end, color="--l", width=1.5, dash="6 5"),
    ]
    place = min(now, across.end) - 6
    if place - start[0] > text_width(due) and floor - end[1] > 2 * _LINE:
        shapes.append(words(due, place, floor - 6, anchor="end", kind="q o"))
    return shapes


def _today(across: Scale, up: Scale, today: date, text: str) -> list[str]:
    x = across.at(today)
    return [
        line(x, up.start, x, _TOP - 8, color="--i", dash="2 3"),
        words(text, x, _TOP - 12, anchor="end" if x > (across.start + across.end) / 2 else "start", kind="q"),
    ]


def _line(points: Sequence[SaidPoint], confirmed: Sequence[date], across: Scale, up: Scale, today: date) -> list[str]:
    """Return what was promised on each day: it holds until something else is said."""
    drawn: list[tuple[float, float]] = []
    for one in points:
        if drawn:
            drawn.append((across.at(one.said_on), drawn[-1][1]))
        drawn.append((across.at(one.said_on), up.at(one.day)))
    if points[-1].mark in ("promised", "expected"):
        drawn.append((across.at(max(today, points[-1].said_on)), drawn[-1][1]))
    first = up.at(points[0].day)
    shapes = [line(across.at(points[0].said_on), first, across.end, first, color="--q", dash="1 3")]
    for one in points:
        if one.low != one.high:
            x = across.at(one.said_on)
            shapes.append(line(x, up.at(one.low), x, up.at(one.high), color="--q", width=2))
    shapes.append(path(drawn, color="--a", width=2.5))
    for day in confirmed:
        held = [one for one in points if one.said_on <= day]
        if held:
            x, y = across.at(day), up.at(held[-1].day)
            shapes.append(line(x, y - 4, x, y + 4, color="--a", width=1.5))
    return shapes


def _slip(
    points: Sequence[SaidPoint], up: Scale, width: int, now: float, text: str, taken: Sequence[_Place]
) -> list[str]:
    """Return how far it is from the first date to the last, at the right edge, written where nothing else is."""
    top, bottom = sorted((up.at(points[0].day), up.at(points[-1].day)))
    if not text or bottom - top < _LINE:
        return []
    x = width - _RIGHT - 3
    places = ((top + bottom) / 2 + 5, bottom + 16, top + 16)
    long = text_width(text, is_bold=True)
    place = min(x - 8, now - 6) if x - 8 - long < now else x - 8
    height = next((y for y in places if _is_free(place - long, y, long, taken)), places[0])
    return [
        line(x, top, x, bottom, color="--l", width=2),
        line(x - 4, top, x + 4, top, color="--l", width=2),
        line(x - 4, bottom, x + 4, bottom, color="--l", width=2),
        words(text, place, height, anchor="end", kind="b l o"),
    ]


def _dates(points: Sequence[SaidPoint], across: Scale, up: Scale, width: int) -> tuple[list[str], list[_Place]]:
    """Return the dates at the marks where there is room, and where they stand: of the last and the first always."""
    shapes, taken, told = list[str](), list[_Place](), list[SaidPoint]()
    order = [points[-1], points[0], *reversed(points[1:-1])] if len(points) > 1 else list(points)
    for one in order:
        x, y, long = across.at(one.said_on), up.at(one.day), text_width(one.words, is_bold=True)
        is_left = x + long + 14 > width - _RIGHT
        start = x - long - 10 if is_left else x + 10
        below = one is points[0] and len(points) > 1 and points[1].day >= one.day
        height = y + 18 if below else y - 9
        is_said = any(other.words == one.words and abs(across.at(other.said_on) - x) < _LINE for other in told)
        if not is_said and _is_free(start, height, long, taken):
            told.append(one)
            taken.append((start, height, long))
            place = x - 10 if is_left else x + 10
            shapes.append(words(one.words, place, height, anchor="end" if is_left else "start", kind="b o"))
    return shapes, taken


def _is_free(start: float, height: float, long: float, taken: Sequence[_Place]) -> bool:
    return all(
        abs(height - other) >= _LINE or start >= left + width or left >= start + long for left, other, width in taken
    )
