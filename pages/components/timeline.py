"""
The timeline of milestones: promised first, said now, reached, and today.

The figure is the plain dictionary that Plotly's schema describes; Plotly's Python would only build the same. Titles
stand above their rows in lines of their own, so that none is cut on a phone. States differ by shape, colour is third.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.milestone import Precision
from pages.components.timeline_dates import ends_of, half_reach, middle_of, tick_format
from pages.components.timeline_text import plotly_text, wrapped

#: Marks by what they say, as Plotly names them: a hollow diamond, one with a dot, a full one, bars, a cross.
_SYMBOLS = {
    "promised": "diamond-open",
    "expected": "diamond-open-dot",
    "overdue": "diamond-open-dot",
    "reached": "diamond",
    "paused": "square-cross-open",
    "cancelled": "x-thin-open",
}
_INK = {"light": "#1E2326", "dark": "#E8E6E1"}
_RULE = {"light": "#B9B2A4", "dark": "#4A555A"}
_COLORS = {
    "light": {"expected": "#0B5C6B", "overdue": "#A3431F", "reached": "#2F6B4F", "paused": "#7A5A00"},
    "dark": {"expected": "#6FC3D1", "overdue": "#F0A27F", "reached": "#8FCBAA", "paused": "#E0C36B"},
}
#: Under words, so that no line is read through them.
_PAPER = {"light": "rgba(251,250,247,0.85)", "dark": "rgba(21,25,27,0.85)"}
_QUIET = {"light": "#5B6266", "dark": "#A9B0B4"}
#: Heights in pixels: a line of a title, the bar beneath it, the space around all.
_LINE, _BAR, _ABOVE, _BELOW = 17, 24, 64, 34
_NARROWEST = timedelta(days=45)


@dataclass(frozen=True, kw_only=True)
class TimelineRow:
    """A milestone. What people wrote is text; it is escaped here."""

    title: str
    promised_on: date
    promised_precision: Precision
    said_on: date
    said_precision: Precision
    #: ``expected``, ``overdue``, ``reached``, ``paused`` or ``cancelled``.
    standing: str
    #: All of that in a sentence, for whoever points at a mark.
    words: str


@dataclass(frozen=True, kw_only=True)
class TimelineWords:
    """What is written on the timeline besides titles."""

    #: For ``promised`` and each standing.
    marks: Mapping[str, str]
    today: str


def timeline(rows: Sequence[TimelineRow], *, today: date, words: TimelineWords, theme: str) -> dict[str, Any]:
    """
    Return the figure.

    :param theme: ``light`` or ``dark``
    """
    theme = theme if theme in _INK else "light"
    tops, total = _tops(rows)
    first, last = _span(rows, today)
    middles = [top + _LINE * len(wrapped(row.title)) + _BAR / 2 for top, row in zip(tops, rows, strict=True)]
    return {
        "data": [
            _today_line(today, total, theme),
            *(_line(row, middle, theme) for row, middle in zip(rows, middles, strict=True)),
            *_marks(rows, middles, words, theme),
        ],
        "layout": {
            "height": round(total + _ABOVE + _BELOW),
            "margin": {"l": 4, "r": 4, "t": _ABOVE, "b": _BELOW, "pad": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"size": 13, "color": _INK[theme]},
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"align": "left"},
            "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "yref": "paper"}
            | {"itemclick": False, "itemdoubleclick": False, "font": {"size": 13, "color": _INK[theme]}},
            "xaxis": {
                "type": "date",
                "range": [str(first), str(last)],
                "tickformat": tick_format(last - first),
                "nticks": 6,
                "gridcolor": _RULE[theme],
                "griddash": "dot",
                "tickfont": {"color": _QUIET[theme]},
                "fixedrange": True,
                "zeroline": False,
            },
            "yaxis": {"range": [total, 0], "visible": False, "fixedrange": True},
            "annotations": [
                *(_title(row, top, theme) for row, top in zip(rows, tops, strict=True)),
                _today_words(words.today, today, first, last, theme),
            ],
        },
    }


def timeline_config(*, tag: str, dictionary: Mapping[str, str]) -> dict[str, Any]:
    """
    Return how Plotly behaves: its few buttons in the language of the page, and dates in figures.

    :param tag: the language as HTML names it
    """
    locale: dict[str, Any] = {"dictionary": dict(dictionary), "format": {"date": "%Y-%m-%d"}}
    return {
        "locale": tag,
        "locales": {tag: locale},
        "displaylogo": False,
        "scrollZoom": False,
        "modeBarButtons": [["toImage"]],
    }


def _title(row: TimelineRow, top: float, theme: str) -> dict[str, Any]:
    return {
        "text": "<br>".join(plotly_text(line) for line in wrapped(row.title)),
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": top,
        "yanchor": "top",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "bgcolor": _PAPER[theme],
        "font": {"size": 13, "color": _INK[theme]},
    }


def _line(row: TimelineRow, middle: float, theme: str) -> dict[str, Any]:
    """Return the line from what was promised to what is said now."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [middle_of(row.promised_on, row.promised_precision), middle_of(row.said_on, row.said_precision)],
        "y": [middle, middle],
        "line": {"color": _color(row.standing, theme), "width": 2},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(
    rows: Sequence[TimelineRow], middles: Sequence[float], words: TimelineWords, theme: str
) -> list[dict[str, Any]]:
    """Return the marks, and for dates not said to the day how far they reach."""
    standings = [code for code in _SYMBOLS if code == "promised" or any(row.standing == code for row in rows)]
    return [
        _trace(
            code,
            [(row, middle) for row, middle in zip(rows, middles, strict=True) if code in ("promised", row.standing)],
            words.marks[code],
            theme,
        )
        for code in standings
    ]


def _trace(code: str, marked: Sequence[tuple[TimelineRow, float]], name: str, theme: str) -> dict[str, Any]:
    dates = [
        (row.promised_on, row.promised_precision) if code == "promised" else (row.said_on, row.said_precision)
        for row, _ in marked
    ]
    reach = [half_reach(day, precision) for day, precision in dates]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [middle_of(day, precision) for day, precision in dates],
        "y": [middle for _, middle in marked],
        "error_x": {"type": "data", "array": reach, "visible": any(reach), "width": 4, "thickness": 1},
        "marker": {
            "symbol": _SYMBOLS[code],
            "size": 15 if code == "promised" else 12,
            "color": _color(code, theme),
            "line": {"width": 2, "color": _color(code, theme)},
        },
        "hoverinfo": "text",
        "hovertext": ["<br>".join(plotly_text(line) for line in wrapped(row.words)) for row, _ in marked],
    }


def _today_line(today: date, total: float, theme: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [str(today), str(today)],
        "y": [0, total],
        "line": {"color": _INK[theme], "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _today_words(text: str, today: date, first: date, last: date, theme: str) -> dict[str, Any]:
    """Return the words at the line of today, on the side where there is room for them."""
    is_right = today - first > (last - first) / 2
    return {
        "text": plotly_text(text),
        "x": str(today),
        "xanchor": "right" if is_right else "left",
        "yref": "paper",
        "y": 0,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": _QUIET[theme]},
    }


def _tops(rows: Sequence[TimelineRow]) -> tuple[list[float], float]:
    """Return where each row begins, in pixels from above, and the height of all."""
    tops, height = [], 0.0
    for row in rows:
        tops.append(height)
        height += _LINE * len(wrapped(row.title)) + _BAR
    # A last line is left for the words at today.
    return tops, height + _LINE


def _span(rows: Sequence[TimelineRow], today: date) -> tuple[date, date]:
    days = [today, *(end for row in rows for end in ends_of(row.promised_on, row.promised_precision))]
    days += [end for row in rows for end in ends_of(row.said_on, row.said_precision)]
    first, last = min(days), max(days)
    edge = max((last - first) * 0.06, (_NARROWEST - (last - first)) / 2, timedelta(days=3))
    return first - edge, last + edge


def _color(code: str, theme: str) -> str:
    return _COLORS[theme].get(code, _QUIET[theme])
