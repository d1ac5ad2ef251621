"""The duties of all decisions by day: when each is due by law, and when each step is planned to end."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from sqlmodel import Session

from data.queries.duties import Duties, all_duties
from models.duty_item import Item, ItemKind, ItemState
from models.procedure import ProcessTemplate

#: Told as closings, or by what they guard.
_TOLD_OTHERWISE = (ItemKind.WINDOW, ItemKind.GATE)


class DatedDuty(NamedTuple):
    """A duty on its last day, or a step on the day it is planned to end."""

    day: date
    decision_id: str
    item: Item
    procedure: ProcessTemplate
    is_planned: bool = False


def dated_duties(session: Session, now: datetime) -> Sequence[DatedDuty]:
    """
    Return the duties of all decisions by day. One statement where nothing has changed lately.

    Made once as long as nothing about any of them is another one; whoever gets it shares it with others.
    """
    known, kept = all_duties(session, now), _kept()
    for of, found in kept:
        if of is known:
            return found
    every = (one for identifier, duties in known.items() for one in duties_by_day(identifier, duties))
    made = sorted(every, key=attrgetter("day"))
    kept[:] = [(known, made)]
    return made


def duties_by_day(decision_id: str, duties: Duties) -> Iterator[DatedDuty]:
    """Yield the days of a decision, in no order. When comments close is told by itself."""
    for item in duties.evaluation.items:
        if item.kind in _TOLD_OTHERWISE or item.state is ItemState.NOT_APPLICABLE:
            continue
        if item.due is not None:
            yield DatedDuty(item.due.last_day, decision_id, item, duties.template)
        if item.planned is not None:
            yield DatedDuty(item.planned.ends_on, decision_id, item, duties.template, is_planned=True)


@cache
def _kept() -> list[tuple[Mapping[str, Duties], Sequence[DatedDuty]]]:
    return []
