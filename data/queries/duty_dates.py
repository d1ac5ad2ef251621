"""By when the law asks what of decisions, and when hearings are held: the dates to come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from data.queries.duties import Duties, all_duties, duties_of
from models.decision import decision_subject
from models.duty_item import Item, ItemKind, ItemState
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
    """Return what is still due by law, not counting comment periods, whose closings are dates of their own."""
    matters = _matters(session, decision_id, department_id)
    found = [
        (item.due.last_day, identifier, item)
        for identifier, duties in _duties(session, now, decision_id)
        if identifier in matters
        for item in duties.evaluation.of_state(ItemState.NOT_YET)
        if item.due is not None and item.kind is not ItemKind.WINDOW and item.due.last_day < until
    ]
    nearest = sorted(found, key=lambda one: (*one[:2], one[2].key))[:size]
    numbers = _numbers(session, {identifier for _, identifier, _ in nearest})
    templates = dict(_duties(session, now, decision_id))
    return [
        _date(item, matters[identifier], templates[identifier], numbers[identifier]) for _, identifier, item in nearest
    ]


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


def _duties(session: Session, now: datetime, decision_id: str | None) -> Iterator[tuple[str, Duties]]:
    if decision_id is None:
        yield from all_duties(session, now).items()
        return
    found = duties_of(session, decision_id, now)
    if found is not None:
        yield decision_id, found


def _matters(session: Session, decision_id: str | None, department_id: str | None) -> dict[str, Any]:
    statement = select(DecisionPresent.decision_id, DecisionPresent.title, DecisionPresent.updated_at)
    if decision_id is not None:
        statement = statement.where(DecisionPresent.decision_id == decision_id)
    if department_id is not None:
        statement = statement.where(DecisionPresent.department_id == department_id)
    return {row.decision_id: row for row in session.connection().execute(statement)}


def _numbers(session: Session, identifiers: set[str]) -> Mapping[str, int]:
    subjects = {decision_subject(identifier): identifier for identifier in identifiers}
    statement = select(LedgerSubject.subject, LedgerSubject.last_sseq).where(col(LedgerSubject.subject).in_(subjects))
    return {subjects[subject]: number for subject, number in session.exec(statement)}


def _date(item: Item, matter: Any, duties: Duties, number: int) -> DutyDate:
    due, since = item.due, item.counts_from
    return DutyDate(
        decision_id=matter.decision_id,
        decision_title=matter.title,
        key=item.key,
        title=item.title,
        due_on=due.last_day if due else date.max,
        is_provisional=bool(due and due.is_provisional),
        articles=[duties.template.cite(article) for article in item.articles],
        number=number,
        recorded_at=since.recorded_at if since else matter.updated_at,
    )
