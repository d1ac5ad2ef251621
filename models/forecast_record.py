"""
The forecast record of a department: how true its dates were three, six and twelve months ahead.

It rewards candour: a department that says early how late it will be has a good record, and one whose dates always
move at the last moment has not. Forecasts that have not come true yet count as late so far; those of what was given up
are counted apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from models.milestone_codes import RevisionKind
from models.promise_history import PromiseHistory
from models.reference_class import MEDIAN_FROM, SHARE_FROM
from models.survival import Curve, Floats, Share, kaplan_meier, wilson

#: What tells of no date to come.
NO_FORECAST = (RevisionKind.ACHIEVED, RevisionKind.CANCELLED, RevisionKind.PAUSED)


class Lead(IntEnum):
    """How many months ahead a date was said, about."""

    THREE = 3
    SIX = 6
    TWELVE = 12


#: The days between the day a date is said and the date, for each lead: the last is not within.
LEAD_DAYS = {Lead.THREE: (45, 136), Lead.SIX: (136, 274), Lead.TWELVE: (274, 549)}


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """One date that a department said, and what became of it."""

    department: str
    lead: Lead
    due: date
    actual: date | None = None
    is_cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class ForecastRecord:
    """How true the dates of a department were at one lead. Days are those after the date said, early ones negative."""

    department: str
    lead: Lead
    #: Forecasts whose date has passed, and how many of them came true by it.
    n: int
    on_time: int
    cancelled: int
    #: From five on.
    share: Share | None = None
    #: From eight on. The bias is the median; the spread reaches from the best tenth to the worst. None if it is not
    #: known yet, because too many are unfinished.
    bias: int | None = None
    best_tenth: int | None = None
    worst_tenth: int | None = None
    #: How the days after the date said are distributed.
    curve: Curve | None = None


@dataclass(frozen=True)
class RecordDays:
    """What the record of a department makes of a date that it says now; none where the record cannot say."""

    record: ForecastRecord
    median: date | None
    most: date | None


def forecasts(history: PromiseHistory, department: str) -> Iterator[Forecast]:
    """Yield the last date said of a milestone at each lead."""
    for lead, (least, most) in LEAD_DAYS.items():
        for one in reversed(history.said):
            if one.kind not in NO_FORECAST and least <= (one.day - one.said_on).days < most:
                yield Forecast(
                    department=department,
                    lead=lead,
                    due=one.day,
                    actual=history.actual,
                    is_cancelled=history.is_cancelled,
                )
                break


def forecast_records(said: Iterable[Forecast], today: date) -> dict[tuple[str, Lead], ForecastRecord]:
    """Return the record of each department at each lead at which it said anything, as of a day."""
    by_record: dict[tuple[str, Lead], list[Forecast]] = {}
    for one in said:
        by_record.setdefault((one.department, one.lead), []).append(one)
    return {key: _record(*key, group, today) for key, group in by_record.items()}


def lead_of(due: date, today: date) -> Lead | None:
    """Return the lead at which a date lies today; none if it is nearer or farther than any."""
    days = (due - today).days
    return next((lead for lead, (least, most) in LEAD_DAYS.items() if least <= days < most), None)


def record_days(record: ForecastRecord, due: date, today: date) -> RecordDays:
    """Return when half, and four of five, of a department's forecasts of this lead would have come true."""
    if record.curve is None or record.n < MEDIAN_FROM:
        return RecordDays(record, None, None)
    late = [record.curve.quantile(share, after=(today - due).days) for share in (0.5, 0.8)]
    median, most = (None if days is None else due + timedelta(days=int(days)) for days in late)
    return RecordDays(record, median, most)


def forecast_record(
    department: str, lead: Lead, *, due: Floats, actual: Floats, is_cancelled: NDArray[np.bool_], today: date
) -> ForecastRecord:
    """
    Return what forecasts of a department at a lead come to, as of a day; days are ordinals.

    :param actual: not a number, where it has not come true yet
    """
    due, actual, now = due[~is_cancelled], actual[~is_cancelled], today.toordinal()
    n, on_time = int((due < now).sum()), int(((due < now) & (actual <= due)).sum())
    is_done = ~np.isnan(actual)
    curve = kaplan_meier(np.where(is_done, actual, now) - due, is_done) if n >= MEDIAN_FROM else None
    best, bias, worst = (_days(curve, share) for share in (0.1, 0.5, 0.9))
    return ForecastRecord(
        department=department,
        lead=lead,
        n=n,
        on_time=on_time,
        cancelled=int(is_cancelled.sum()),
        share=wilson(on_time, n) if n >= SHARE_FROM else None,
        bias=bias,
        best_tenth=best,
        worst_tenth=worst,
        curve=curve,
    )


def _record(department: str, lead: Lead, group: list[Forecast], today: date) -> ForecastRecord:
    return forecast_record(
        department,
        lead,
        due=np.array([one.due.toordinal() for one in group], dtype=np.float64),
        actual=np.array([one.actual.toordinal() if one.actual else np.nan for one in group], dtype=np.float64),
        is_cancelled=np.array([one.is_cancelled for one in group], dtype=np.bool_),
        today=today,
    )


def _days(curve: Curve | None, share: float) -> int | None:
    found = curve.quantile(share) if curve else None
    return None if found is None else int(found)
