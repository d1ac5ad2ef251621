"""The calendar: what closes, what is heard, what is due and what is promised, by month and day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import partial

from sqlmodel import Session

from data.database import reading
from data.queries.days import MOST, DayEvent, DayFilter, DayKind, days
from data.queries.departments import departments
from pages.filters import code_in
from pages.readable import Readable, Visit
from pages.readable.duty_words import DutyWords
from pages.readable.kept import kept
from pages.rendering import render
from pages.words import word

_MONTH = re.compile(r"(\d{4})-(\d{2})")
#: How much is shown on a day of the month. The day by itself shows all.
_MOST_ON_A_DAY = 6


@dataclass(frozen=True)
class CalendarDay:
    """A day of the month."""

    day: date
    events: Sequence[DayEvent]
    #: How many more there are.
    more: int


def month_html(session: Session, visit: Visit) -> str:
    """Return the month that the address asks for, this one unless it says another, as HTML."""
    return kept("deadlines", visit, lambda: _month(session, visit))


def read_deadlines(visit: Visit) -> Readable:
    """Return the calendar as a page to read."""
    with reading() as session:
        body = month_html(session, visit)
    return Readable(
        title=word("page.deadlines.title", visit.language),
        description=word("page.deadlines.description", visit.language),
        language=visit.language,
        body_html=body,
    )


def _month(session: Session, visit: Visit) -> str:
    first = _asked_month(visit.query.get("month", "")) or visit.today.replace(day=1)
    names = departments(session)
    kind = code_in(DayKind, visit.query.get("kind"))
    department = visit.query.get("department")
    department = department if department in names else None
    end = _next_month(first)
    day = _asked_day(visit.query.get("day", ""), first)
    asked = DayFilter(
        first=day or first,
        end=day + timedelta(days=1) if day else end,
        kinds=frozenset([kind] if kind else DayKind),
        department_id=department,
    )
    found = days(session, asked, now=visit.now)
    return render(
        "deadlines.html",
        visit.language,
        days=_by_day(first, end, found, day),
        count=len(found),
        is_cut=sum(1 for one in found if one.kind is DayKind.MILESTONE) >= MOST,
        first=first,
        previous=(first - timedelta(days=1)).replace(day=1) if first.year > MINYEAR else None,
        following=end if end.year < MAXYEAR else None,
        day=day,
        kind=kind,
        kinds=list(DayKind),
        department=department,
        departments=names,
        visit=visit,
        speak_of=partial(DutyWords, language=visit.language),
        query={"department": department, "kind": kind},
    )


def _by_day(first: date, end: date, found: Sequence[DayEvent], only: date | None) -> list[CalendarDay]:
    on: dict[date, list[DayEvent]] = {}
    for event in found:
        on.setdefault(event.day, []).append(event)
    shown = [only] if only else [first + timedelta(days=number) for number in range((end - first).days)]
    most = None if only else _MOST_ON_A_DAY
    return [
        CalendarDay(day, on.get(day, [])[:most], max(0, len(on.get(day, [])) - (most or MAXYEAR))) for day in shown
    ]


def _asked_month(text: str) -> date | None:
    found = _MONTH.fullmatch(text)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    # One year is left on either side, so that there is always a month before and after.
    return date(year, month, 1) if MINYEAR < year < MAXYEAR and 1 <= month <= 12 else None  # noqa: PLR2004 - months


def _asked_day(text: str, first: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.replace(day=1) == first else None


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
