"""How far a project is, and how far it was to be: shares of the whole, by the day that each report tells of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pages.components.drawing import Scale, line, mark, path, svg, tick_words, words

_HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 240, 44, 16, 14, 28
_WHOLE = 10_000
_QUARTERS = (0, 2500, 5000, 7500, _WHOLE)
_SHORTEST = timedelta(days=60)


@dataclass(frozen=True)
class Series:
    """One line: its mark and dashes tell it from the others, and a word at its end."""

    mark: str
    color: str
    dash: str
    words: str
    #: The day, and the share of the whole in basis points.
    points: Sequence[tuple[date, int]]


def progress_chart(series: Sequence[Series], *, width: int) -> str:
    """Return the picture, for at least one point."""
    days = [day for one in series for day, _ in one.points]
    first, last = min(days), max(days)
    edge = max((last - first) * 0.05, (_SHORTEST - (last - first)) / 2)
    across = Scale(first - edge, last + edge, _LEFT, width - _RIGHT)
    most = max(_WHOLE, *(share for one in series for _, share in one.points))

    def up(share: int) -> float:
        return round(_HEIGHT - _BOTTOM - share / most * (_HEIGHT - _BOTTOM - _TOP), 1)

    shapes = []
    for share in _QUARTERS:
        shapes.append(line(_LEFT, up(share), width - _RIGHT, up(share), dash="" if share in (0, _WHOLE) else "1 4"))
        shapes.append(words(f"{share // 100}%", _LEFT - 6, up(share) + 4, anchor="end", kind="q"))
    for day in across.ticks(width // 95):
        place = min(max(across.at(day), _LEFT + 20), width - 24)
        shapes.append(
            words(tick_words(day, across.last - across.first), place, _HEIGHT - 8, anchor="middle", kind="q")
        )
    for one in series:
        drawn = [(across.at(day), up(share)) for day, share in one.points]
        shapes.append(path(drawn, color=one.color, width=2.5, dash=one.dash))
        shapes += [mark(one.mark, x, y) for x, y in drawn]
    return svg(width, _HEIGHT, *shapes)
