"""Calendars end where publication does, and a table overrides them."""

from datetime import date

import pytest

from data.templates.calendars import CALENDARS, calendar_of
from models.exceptions import InvalidValueError, NotFoundError
from models.working_days import DayKind


@pytest.mark.parametrize(
    ("code", "day", "kind"),
    [
        ("cn", date(2025, 2, 8), DayKind.MAKE_UP),
        ("cn", date(2026, 10, 1), DayKind.HOLIDAY),
        ("cn", date(2026, 10, 10), DayKind.MAKE_UP),
        ("cn", date(2027, 10, 1), DayKind.WORKING),
        ("us", date(2026, 7, 3), DayKind.HOLIDAY),
        ("us", date(2026, 11, 26), DayKind.HOLIDAY),
        ("us", date(2030, 12, 25), DayKind.HOLIDAY),
        ("uk", date(2026, 8, 31), DayKind.HOLIDAY),
        ("uk-sct", date(2026, 8, 31), DayKind.WORKING),
        ("jp", date(2026, 9, 22), DayKind.HOLIDAY),
        ("de", date(2026, 10, 3), DayKind.HOLIDAY),
        ("de", date(2026, 6, 4), DayKind.WORKING),
        ("de-by", date(2026, 6, 4), DayKind.HOLIDAY),
        ("eu", date(2026, 5, 1), DayKind.HOLIDAY),
        ("none", date(2026, 10, 1), DayKind.WORKING),
        ("none", date(2026, 10, 3), DayKind.WEEKEND),
    ],
)
def test_a_day_is_what_its_jurisdiction_makes_of_it(code, day, kind):
    assert calendar_of(code).kind(day) is kind


def test_every_calendar_says_how_far_it_is_published_and_by_whom():
    for code in CALENDARS:
        calendar = calendar_of(code)

        assert calendar.source
        assert all(day.year <= calendar.known_until for day in calendar.holidays)
    assert calendar_of("cn").known_until == 2026


@pytest.mark.parametrize("code", ["xx", "", "de-zz", "none-a", "cn-../etc"])
def test_a_calendar_that_does_not_exist_is_not_found(code):
    with pytest.raises(NotFoundError):
        calendar_of(code)


def test_a_table_makes_a_year_known_and_overrides_the_list(tmp_path):
    table = tmp_path / "cn-2027.csv"
    table.write_text(
        "\ufeffdate,kind,name\n2027-10-01,holiday,国庆节\n2027-10-09,workday,\n2026-10-07,ordinary,\n", "utf-8"
    )

    calendar = calendar_of("cn", table)

    assert calendar.known_until == 2027
    assert (calendar.kind(date(2027, 10, 1)), calendar.name(date(2027, 10, 1))) == (DayKind.HOLIDAY, "国庆节")
    assert calendar.kind(date(2027, 10, 9)) is DayKind.MAKE_UP
    assert calendar.kind(date(2026, 10, 7)) is DayKind.WORKING
    assert calendar_of("cn").kind(date(2026, 10, 7)) is DayKind.HOLIDAY


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("day,what\n2027-10-01,holiday\n", "calendar"),
        ("date,kind,name\n01/10/2027,holiday,x\n", "date"),
        ("date,kind,name\n2027-10-01,feast,x\n", "kind"),
        ("", "calendar"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(tmp_path, text, field):
    table = tmp_path / "wrong.csv"
    table.write_text(text, "utf-8")

    with pytest.raises(InvalidValueError) as refused:
        calendar_of("cn", table)

    assert refused.value.facts[0] == field
    assert field == "calendar" or "line 2" in refused.value.facts[1]


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidValueError):
        calendar_of("cn", tmp_path / "none.csv")
