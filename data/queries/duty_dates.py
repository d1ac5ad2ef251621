"""By when the law asks what of decisions, and when hearings are held: the dates to come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from data.queries.dated_duties import DatedDuty, dated_duties, duties_by_day
from data.queries.duties import duties_of
from models.decision import decision_subject
from models.duty_item import ItemState
from models.hearing import HearingStep, HearingStepKind
from models.ledger import LedgerSubject
from models.present import DecisionPresent
from models.procedure_terms import Words


@dataclass(frozen=True, kw_only=True)
class DutyDate:
    """The last day on which something is due by law."""

    decision_id: str
    decision_title: str
    #: The key of the duty in the evaluation.
    key: str
    #: None for a document without a name of its own.
    title: Words | None
    due_on: date
    is_provisional: bool
    articles: Sequence[Words]
    #: How many entries there are on the decision: it rises whenever the date can have moved.
    number: int
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class HearingDate:
    """The day on which a hearing is or was held, as said now."""

    decision_id: str
    decision_title: str
    held_on: date
    statement: str
    #: How many statements there are about the hearing.
    number: int
    recorded_at: datetime


def duty_dates(
    session: Session,
    *,
    now: datetime,
    until: date,
    decision_id: str | None = None,
    department_id: str | None = None,
    size: int,
) -> list[DutyDate]:
    """
    Return what is still due by law, not counting comment periods, whose closings are dates of their own.

    Three statements where nothing has changed lately, one more for a department.
    """
    every = dated_duties(session, now) if decision_id is None else _duties_of(session, decision_id, now)
    theirs = None if department_id is None else _decisions_of(session, department_id)
    found = [
        one
        for one in every
        if one.item.state is ItemState.NOT_YET
        and not one.is_planned
        and one.day < until
        and (theirs is None or one.decision_id in theirs)
    ]
    nearest = sorted(found, key=lambda one: (one.day, one.decision_id, one.item.key))[:size]
    identifiers = {one.decision_id for one in nearest}
    matters, numbers = _matters(session, identifiers), _numbers(session, identifiers)
    return [_date(one, matters[one.decision_id], numbers[one.decision_id]) for one in nearest]


def hearing_dates(
    session: Session,
    *,
    since: date,
    until: date,
    decision_id: str | None = None,
    department_id: str | None = None,
    size: int,
) -> list[HearingDate]:
    """Return when hearings are held in that time, as said now, by that day."""
    statement = (
        select(HearingStep, DecisionPresent.title)
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(HearingStep.decision_id))
        .where(HearingStep.step == HearingStepKind.HELD)
        .order_by(col(HearingStep.number))
    )
    if decision_id is not None:
        statement = statement.where(HearingStep.decision_id == decision_id)
    if department_id is not None:
        statement = statement.where(DecisionPresent.department_id == department_id)
    latest = {step.decision_id: (step, title) for step, title in session.exec(statement)}
    found = [
        HearingDate(
            decision_id=step.decision_id,
            decision_title=title,
            held_on=step.held_on,
            statement=step.statement,
            number=step.number,
            recorded_at=step.recorded_at,
        )
        for step, title in latest.values()
        if since <= step.held_on < until
    ]
    return sorted(found, key=lambda one: (one.held_on, one.decision_id))[:size]


def _duties_of(session: Session, decision_id: str, now: datetime) -> Iterable[DatedDuty]:
    found = duties_of(session, decision_id, now)
    return () if found is None else duties_by_day(decision_id, found)


def _decisions_of(session: Session, department_id: str) -> frozenset[str]:
    statement = select(DecisionPresent.decision_id).where(DecisionPresent.department_id == department_id)
    return frozenset(session.exec(statement))


def _matters(session: Session, identifiers: set[str]) -> dict[str, Any]:
    row = DecisionPresent
    statement = select(row.decision_id, row.title, row.updated_at).where(col(row.decision_id).in_(identifiers))
    return {found.decision_id: found for found in session.connection().execute(statement)}


def _numbers(session: Session, identifiers: set[str]) -> Mapping[str, int]:
    subjects = {decision_subject(identifier): identifier for identifier in identifiers}
    statement = select(LedgerSubject.subject, LedgerSubject.last_sseq).where(col(LedgerSubject.subject).in_(subjects))
    return {subjects[subject]: number for subject, number in session.exec(statement)}


def _date(one: DatedDuty, matter: Any, number: int) -> DutyDate:
    due, since = one.item.due, one.item.counts_from
    return DutyDate(
        decision_id=one.decision_id,
        decision_title=matter.title,
        key=one.item.key,
        title=one.item.title,
        due_on=one.day,
        is_provisional=bool(due and due.is_provisional),
        articles=[one.procedure.cite(article) for article in one.item.articles],
        number=number,
        recorded_at=since.recorded_at if since else matter.updated_at,
    )
