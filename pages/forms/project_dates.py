"""A date that is said of a milestone, and how exactly: fields for both."""

from calendar import monthrange
from datetime import date

import streamlit as st

from models.milestone import Precision
from pages.context import say
from pages.forms.filling import Filling

#: Streamlit offers ten years around today; a railway takes longer.
EARLIEST, LATEST = date(1950, 1, 1), date(2199, 12, 31)
_LAST_MONTH = 12


def date_field(form: Filling, label: str, field: str, *, value: date | None, latest: date = LATEST) -> date | None:
    """Draw a field for a day, and return what is in it."""
    chosen: date | None = st.date_input(
        label,
        value=value,
        min_value=EARLIEST,
        max_value=latest,
        format="YYYY-MM-DD",
        key=form.key(field),
        persist_state="session",
    )
    return chosen


def promised_date(
    form: Filling, *, value: date | None, precision: Precision = Precision.DAY, suffix: str = ""
) -> tuple[date | None, Precision]:
    """Draw fields for a date and its precision, and return both."""
    columns = st.columns(2)
    with columns[0]:
        day = date_field(form, say("work_project.date"), f"date{suffix}", value=value)
    with columns[1]:
        codes = list(Precision)
        said: Precision = st.selectbox(
            say("work_project.precision"),
            codes,
            index=codes.index(precision),
            format_func=lambda code: say(f"codes.precision.{code}"),
            key=form.key(f"precision{suffix}"),
            persist_state="session",
            help=say("work_project.precision_help"),
        )
    return (last_day(day, said) if day else None), said


def last_day(day: date, precision: Precision) -> date:
    """Return the last day of the month, quarter or year that was said: what is promised for May is not late in May."""
    match precision:
        case Precision.YEAR:
            month = _LAST_MONTH
        case Precision.QUARTER:
            month = (day.month + 2) // 3 * 3
        case Precision.MONTH:
            month = day.month
        case _:
            return day
    return date(day.year, month, monthrange(day.year, month)[1])
