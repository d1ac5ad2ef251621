"""
What is on which day: comment periods that close, hearings, legal deadlines, planned steps, and milestones.

The calendar page and the calendars that people subscribe to show the same.
"""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from data.queries.dated_duties import dated_duties
from data.queries.deadlines import closings, due_dates
from models.clock import end_of_day, local_date, start_of_day
from models.decision import Language
from models.duty_item import Item
from models.hearing import HearingStep, HearingStepKind
from models.milestone import RevisionKind
from models.present import DecisionPresent
from models.procedure import ProcessTemplate
from models.promised_day import PromisedDay

#: A month holds so many of a kind at most; the tables to download have them all.
MOST = 500
_INSTANT = timedelta(microseconds=1)


class DayKind(StrEnum):
    """What is on a day."""

    CLOSING = "closing"
    HEARING = "hearing"
    #: The last day of a duty, by law.
    DUTY = "duty"
    #: The day on which a step is planned to end.
    STEP = "step"
    MILESTONE = "milestone"


@dataclass(frozen=True, kw_only=True)
class DayEvent:
    """One thing on one day."""

    day: date
    kind: DayKind
    #: The decision or project, and what it is called.
    decision_id: str = ""
    project_id: str = ""
    title: str
    language: Language
    department_id: str
    #: Until when exactly, where there is an instant.
    instant: datetime | None = None
    zone: str | None = None
    #: Of a milestone: what it is, and what is said of it.
    milestone: str = ""
    milestone_id: int | None = None
    revision: RevisionKind | None = None
    said: PromisedDay | None = None
    #: Of a duty or a step: where it stands, in the words of its procedure.
    item: Item | None = None
    procedure: ProcessTemplate | None = None
    is_done: bool = False
    recorded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DayFilter:
    """Which days, of what, of whom. What is not said does not matter."""

    first: date
    #: The day after the last.
    end: date
    kinds: frozenset[DayKind] = field(default_factory=lambda: frozenset(DayKind))
    department_id: str | None = None
    decision_id: str | None = None


@dataclass(frozen=True)
class _Matter:
    title: str
    language: Language
    department_id: str


def days(session: Session, asked: DayFilter, *, now: datetime) -> list[DayEvent]:
    """Return what is on those days, in order. Seven statements where nothing has changed lately."""
    found = [*_duties(session, asked, now), *_closings(session, asked, now), *_hearings(session, asked, now)]
    if DayKind.MILESTONE in asked.kinds and asked.decision_id is None:
        found += _milestones(session, asked)
    order = {kind: number for number, kind in enumerate(DayKind)}
    return sorted(found, key=lambda one: (one.day, order[one.kind], one.decision_id or one.project_id, one.milestone))


def _duties(session: Session, asked: DayFilter, now: datetime) -> list[DayEvent]:
    if asked.kinds.isdisjoint((DayKind.DUTY, DayKind.STEP)):
        return []
    dated = dated_duties(session, now)
    first, end = (bisect_left(dated, day, key=lambda one: one.day) for day in (asked.first, asked.end))
    kinds = {False: DayKind.DUTY, True: DayKind.STEP}
    found = [
        one
        for one in dated[first:end]
        if kinds[one.is_planned] in asked.kinds and asked.decision_id in (None, one.decision_id)
    ]
    matters = _decisions(session, {one.decision_id for one in found})
    return [
        DayEvent(
            day=one.day,
            kind=kinds[one.is_planned],
            decision_id=one.decision_id,
            title=matters[one.decision_id].title,
            language=matters[one.decision_id].language,
            department_id=matters[one.decision_id].department_id,
            instant=one.item.due.instant if one.item.due else None,
            zone=one.procedure.day_rule.zone,
            item=one.item,
            procedure=one.procedure,
            is_done=one.item.is_settled,
        )
        for one in found
        if asked.department_id in (None, matters[one.decision_id].department_id)
    ]


def _closings(session: Session, asked: DayFilter, now: datetime) -> list[DayEvent]:
    if DayKind.CLOSING not in asked.kinds:
        return []
    # A period that closes at the first instant of a day closes on the day before, on the calendar of its zone.
    found = closings(
        session,
        since=start_of_day(asked.first),
        until=end_of_day(asked.end),
        decision_id=asked.decision_id,
        department_id=asked.department_id,
        size=MOST,
    )
    matters = _decisions(session, {one.decision_id for one in found})
    return [
        DayEvent(
            day=day,
            kind=DayKind.CLOSING,
            decision_id=one.decision_id,
            title=one.title,
            language=matters[one.decision_id].language,
            department_id=matters[one.decision_id].department_id,
            instant=one.closes_at,
            zone=one.zone,
            is_done=one.closes_at <= now,
            recorded_at=one.recorded_at,
        )
        for one in found
        if asked.first <= (day := local_date(one.closes_at - _INSTANT, one.zone)) < asked.end
    ]


def _hearings(session: Session, asked: DayFilter, now: datetime) -> list[DayEvent]:
    if DayKind.HEARING not in asked.kinds:
        return []
    statement = select(HearingStep).where(HearingStep.step == HearingStepKind.HELD)
    if asked.decision_id is not None:
        statement = statement.where(HearingStep.decision_id == asked.decision_id)
    # The last statement holds: a hearing may be put off.
    latest = {row.decision_id: row for row in session.exec(statement.order_by(col(HearingStep.number)))}
    held = {key: row for key, row in latest.items() if asked.first <= row.held_on < asked.end}
    matters = _decisions(session, held)
    return [
        DayEvent(
            day=row.held_on,
            kind=DayKind.HEARING,
            decision_id=key,
            title=matters[key].title,
            language=matters[key].language,
            department_id=matters[key].department_id,
            is_done=row.held_on < local_date(now),
            recorded_at=row.recorded_at,
        )
        for key, row in held.items()
        if asked.department_id in (None, matters[key].department_id)
    ]


def _milestones(session: Session, asked: DayFilter) -> list[DayEvent]:
    found = due_dates(session, since=asked.first, until=asked.end, department_id=asked.department_id, size=MOST)
    return [
        DayEvent(
            day=one.said.said,
            said=one.said,
            kind=DayKind.MILESTONE,
            project_id=one.project_id,
            title=one.project_title,
            language=one.language,
            department_id=one.department_id,
            milestone=one.title,
            milestone_id=one.milestone_id,
            revision=one.kind,
            is_done=one.kind in (RevisionKind.ACHIEVED, RevisionKind.CANCELLED),
            recorded_at=one.recorded_at,
        )
        for one in found
    ]


def _decisions(session: Session, identifiers: Collection[str]) -> dict[str, _Matter]:
    if not identifiers:
        return {}
    row = DecisionPresent
    columns: Any = (row.decision_id, row.title, row.language, row.department_id)
    said = select(*columns).where(col(row.decision_id).in_(identifiers))
    return {identifier: _Matter(*values) for identifier, *values in session.connection().execute(said)}
