"""
Where every duty of a decision stands: the facts of the record, held against its procedure at an instant.

What was evaluated is kept (:mod:`data.queries.evaluations`) until the decision changes or the clock comes to something
that matters to it: a day ends, a comment period opens or closes, a time runs out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from sqlmodel import Session

from data.queries.docket_facts import dockets
from data.queries.docket_tallies import past_tallies, present_tallies
from data.queries.evaluations import Evaluations
from data.templates.calendars import calendar_of
from data.templates.reading import procedure
from models.clock import end_of_day, local_date
from models.decision import decision_subject
from models.docket import Docket
from models.docket_evaluation import DocketEvaluation, evaluate
from models.procedure import ProcessTemplate
from models.procedure_choice import USUAL_PROCEDURE, in_zone


@dataclass(frozen=True)
class Duties:
    """What a decision owes: the procedure it runs by, and where each of its demands stands."""

    template: ProcessTemplate
    evaluation: DocketEvaluation


def docket_of(session: Session, decision_id: str) -> Docket | None:
    """Return everything the record knows of a decision, with when it was known. Twelve statements."""
    return dockets(session, [decision_id], past_tallies).get(decision_id)


def duties_of(session: Session, decision_id: str, instant: datetime) -> Duties | None:
    """
    Return what a decision owes at present; nothing if there is none of that number.

    The instant of the evaluation is the one at which it was last made: nothing that it says has changed since.
    """
    return _duties().one(session, decision_id, instant)


def duties_at(session: Session, decision_id: str, instant: datetime) -> Duties | None:
    """Return what a decision owed at a past instant, by what was known then; nothing if it was not announced yet."""
    docket = docket_of(session, decision_id)
    if docket is None or docket.announced_at > instant:
        return None
    return _evaluated(docket, instant)


def all_duties(session: Session, instant: datetime) -> Mapping[str, Duties]:
    """
    Return what every decision owes at present, by its number.

    Two statements where something has changed since it was last asked, one where nothing has; and fourteen for every
    five hundred decisions of which the answer can be another one. Whoever gets it shares it with others.
    """
    return _duties().all(session, instant)


def procedure_of(docket: Docket, instant: datetime) -> ProcessTemplate:
    """Return the procedure that a decision ran by at an instant: the usual one, where none was chosen."""
    chosen = next((fact for fact in reversed(docket.procedures) if fact.recorded_at <= instant), None)
    if chosen is None:
        return _procedure(USUAL_PROCEDURE, (), "")
    return _procedure(chosen.template, chosen.overlays, chosen.zone)


@lru_cache(maxsize=500)
def _procedure(template: str, overlays: tuple[str, ...], zone: str) -> ProcessTemplate:
    return in_zone(procedure(template, overlays), zone)


def _evaluated(docket: Docket, instant: datetime) -> Duties:
    template = procedure_of(docket, instant)
    return Duties(template, evaluate(docket, template, calendar_of(template.day_rule.calendar), instant))


def _judge(session: Session, identifiers: Sequence[str], now: datetime) -> dict[str, tuple[datetime, Duties]]:
    found: dict[str, tuple[datetime, Duties]] = {}
    for identifier, docket in dockets(session, identifiers, present_tallies).items():
        duties = _evaluated(docket, now)
        found[identifier] = min(later for later in _turning_points(docket, duties, now) if later > now), duties
    return found


def _turning_points(docket: Docket, duties: Duties, now: datetime) -> Iterator[datetime]:
    """Yield the instants from which the evaluation can be another one, though nothing is recorded."""
    zones = {duties.template.day_rule.zone, *(fact.zone for fact in docket.periods)}
    for zone in zones:
        yield end_of_day(local_date(now, zone), zone)
    for fact in docket.periods:
        yield from (fact.opens_at, fact.closes_at)
    for item in duties.evaluation.items:
        if item.due is not None:
            yield item.due.instant


@cache
def _duties() -> Evaluations[Duties]:
    return Evaluations(decision_subject(""), _judge)
