"""
Closings, hearings, statutory due days and dates of milestones as a calendar (RFC 5545, with names of RFC 7986).

An event keeps its ``UID`` for ever; every statement about its date raises its ``SEQUENCE``, so that calendars move it.
What is said as a month, a quarter, a year or a range takes all the days that it may mean, and says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from data.feeds.written import as_said
from data.feeds.written import closing as closing_words
from data.queries.deadlines import Closing, DueDate
from data.queries.duty_dates import DutyDate, HearingDate
from data.words import in_both
from models.milestone import Precision, RevisionKind
from models.promised_day import PromisedDay

_PRODUCT = "-//Throughline//Deadlines//ZH-EN"
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
#: Not every calendar shows a status, so the words say it, too.
_WHAT = {
    RevisionKind.ACHIEVED: "reached",
    RevisionKind.PAUSED: "milestone.paused",
    RevisionKind.CANCELLED: "milestone.cancelled",
}
_STATUS = {RevisionKind.ACHIEVED: "CONFIRMED", RevisionKind.CANCELLED: "CANCELLED"}


def as_calendar(
    closings: Sequence[Closing],
    due_dates: Sequence[DueDate],
    duties: Sequence[DutyDate] = (),
    hearings: Sequence[HearingDate] = (),
    *,
    site: str,
    is_cut: bool,
) -> bytes:
    """
    Return a calendar.

    :param is_cut: whether there are more dates, farther away
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"{in_both('feeds.title')}: {in_both('feeds.deadlines')}")
    if is_cut:
        calendar.add("x-wr-caldesc", in_both("feeds.nearest"))
    for closing in closings:
        calendar.add_component(_closing(closing, site))
    for hearing in hearings:
        calendar.add_component(_hearing(hearing, site))
    for duty in duties:
        calendar.add_component(_duty(duty, site))
    for due in due_dates:
        calendar.add_component(_due(due, site))
    return bytes(calendar.to_ical())


def _closing(closing: Closing, site: str) -> Event:
    address = f"{site}/decisions/{closing.decision_id}"
    until = closing_words(closing.closes_at, closing.zone)
    event = Event()
    event.add("uid", f"closing-{closing.decision_id}-{closing.round}@{_host(site)}")
    event.add("sequence", closing.number - 1)
    _stamp(event, closing.recorded_at)
    event.add("dtstart", closing.closes_at.astimezone(UTC))
    event.add("summary", _plain(f"{in_both('feeds.closes')}: {closing.title}"))
    event.add("description", _plain(f"{until}\n{address}"))
    event.add("url", address)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _hearing(hearing: HearingDate, site: str) -> Event:
    event = _of_decision(f"hearing-{hearing.decision_id}", hearing.decision_id, hearing.held_on, site)
    event.add("sequence", hearing.number - 1)
    _stamp(event, hearing.recorded_at)
    event.add("summary", _plain(f"{in_both('feeds.hearing')}: {hearing.decision_title}"))
    event.add("description", _plain(f"{hearing.statement}\n{event['url']}".strip()))
    event.add("status", "CONFIRMED")
    return event


def _duty(duty: DutyDate, site: str) -> Event:
    event = _of_decision(f"duty-{duty.decision_id}-{duty.key}", duty.decision_id, duty.due_on, site)
    event.add("sequence", duty.number - 1)
    _stamp(event, duty.recorded_at)
    kind = duty.key.rpartition(":")[2]
    what = f"{duty.title.zh} · {duty.title.en}" if duty.title else in_both(f"codes.document_type.{kind}")
    event.add("summary", _plain(f"{in_both('feeds.duty')}: {what} ({duty.decision_title})"))
    articles = "\n".join(f"{article.zh} · {article.en}" for article in duty.articles)
    event.add("description", _plain(f"{articles}\n{event['url']}"))
    # Where holidays are not published yet, the day can still move.
    event.add("status", "TENTATIVE" if duty.is_provisional else "CONFIRMED")
    return event


def _of_decision(uid: str, decision_id: str, day: date, site: str) -> Event:
    event = Event()
    event.add("uid", f"{uid.replace(':', '-')}@{_host(site)}")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("url", f"{site}/decisions/{decision_id}")
    event.add("transp", "TRANSPARENT")
    return event


def _due(due: DueDate, site: str) -> Event:
    address = f"{site}/projects/{due.project_id}"
    event = Event()
    event.add("uid", f"milestone-{due.milestone_id}@{_host(site)}")
    event.add("sequence", due.number - 1)
    _stamp(event, due.recorded_at)
    event.add("dtstart", due.said.earliest)
    event.add("dtend", due.said.latest + timedelta(days=1))
    what = _WHAT.get(due.kind, "due")
    event.add("summary", _plain(f"{in_both(f'feeds.{what}')}: {due.title}{_roughly(due)} ({due.project_title})"))
    promised = f"{in_both('feeds.promised')}: {as_said(due.promised)}"
    lines = (*_not_exactly(due.said), promised, due.reason, address)
    event.add("description", _plain("\n".join(line for line in lines if line)))
    event.add("url", address)
    event.add("status", _STATUS.get(due.kind, "TENTATIVE"))
    event.add("transp", "TRANSPARENT")
    return event


def _roughly(due: DueDate) -> str:
    """Return how exactly it was said, where the day in the calendar is more exact than that."""
    return "" if due.said.is_exact else f", {as_said(due.said)}"


def _not_exactly(said: PromisedDay) -> Iterator[str]:
    """Yield in words what a day means that is not said exactly."""
    if said.precision is not Precision.DAY:
        yield in_both(f"feeds.within.{said.precision}", days=as_said(replace(said, low=None, high=None)))
    if said.low is not None or said.high is not None:
        yield in_both("feeds.within.range", low=said.earliest, high=said.latest)


def _stamp(event: Event, recorded_at: datetime) -> None:
    """Say when the event last changed. Without a ``METHOD`` both mean the same (section 3.8.7.2)."""
    said_at = recorded_at.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", said_at)
    event.add("last-modified", said_at)


def _host(site: str) -> str:
    return urlsplit(site).hostname or "localhost"


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text)
