"""How true dates were: those that departments said, and the likelihoods that the record published itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from data.queries.record import example_day
from data.queries.remembered import remembered
from data.queries.standings import all_standings, standings_on
from data.versions import PROJECTS
from models.clock import end_of_day, local_date
from models.forecast_record import ForecastRecord, Lead
from models.forecast_score import Prediction, Score, score
from models.likelihood import Rung
from models.milestone import MilestoneRevision
from models.money import WHOLE
from models.published_forecast import PublishedForecast, came_true


@dataclass(frozen=True, kw_only=True)
class ForecastScores:
    """How true the published likelihoods were: all of them, and by the rung of evidence on which they stood."""

    all: Score
    #: Whether the record is an example: then those of its invented projects are scored, and are called so.
    is_example: bool
    by_rung: Mapping[Rung, Score]
    #: When the first and the last of them were published; nothing where none was.
    first_made_on: date | None
    last_made_on: date | None


def department_records(
    session: Session, *, now: datetime, as_of: date | None = None
) -> dict[str, dict[Lead, ForecastRecord]]:
    """Return how true the dates of each department were, three, six and twelve months ahead."""
    known = all_standings(session, now) if as_of is None else standings_on(session, as_of, now=now)
    found: dict[str, dict[Lead, ForecastRecord]] = {}
    for (department, lead), record in known.evidence.records.items():
        found.setdefault(department, {})[lead] = record
    return found


def forecast_scores(session: Session, *, now: datetime, as_of: date | None = None) -> ForecastScores:
    """
    Return how true the published likelihoods were, by what has become of their milestones.

    Those of invented projects prove nothing: in a record in earnest they are counted, and not scored; the score of an
    example says that it is one. Four statements, one where nothing changed.
    """
    today = as_of or local_date(now)
    last = session.exec(select(func.max(col(PublishedForecast.id)))).one()
    return remembered(session, PROJECTS, ("scores", last, today), lambda: _scores(session, today))


def _scores(session: Session, today: date) -> ForecastScores:
    latest, is_example = _latest_statements(session, today), example_day(session) is not None
    made = [(Rung(row.rung), _prediction(row, latest[row.milestone_id], today)) for row in _published(session, today)]
    predictions = [one for _, one in made]
    return ForecastScores(
        all=score(predictions, of_invented=is_example),
        is_example=is_example,
        by_rung={
            rung: score([one for on, one in made if on is rung], of_invented=is_example)
            for rung in Rung
            if any(on is rung for on, _ in made)
        },
        first_made_on=min((one.made_on for one in predictions), default=None),
        last_made_on=max((one.made_on for one in predictions), default=None),
    )


def _prediction(row: Any, latest: Any, today: date) -> Prediction:
    return Prediction(
        milestone=row.milestone_id,
        made_on=local_date(row.made_at),
        by=row.target_on,
        chance=row.probability / WHOLE,
        came_true=came_true(row.target_on, [latest], today),
        is_synthetic=row.is_synthetic,
    )


def _published(session: Session, today: date) -> Sequence[Any]:
    said: Any = PublishedForecast
    columns = (said.milestone_id, said.made_at, said.target_on, said.probability, said.rung, said.is_synthetic)
    statement = select_columns(*columns).where(said.made_at < end_of_day(today)).order_by(said.id)
    return session.connection().execute(statement).all()


def _latest_statements(session: Session, today: date) -> dict[int, Any]:
    """Return what was last said of each milestone of which anything was forecast."""
    said: Any = MilestoneRevision
    forecast = select_columns(col(PublishedForecast.milestone_id)).distinct()
    newest = (
        select_columns(said.milestone_id, func.max(said.number).label("number"))
        .where(said.milestone_id.in_(forecast), said.recorded_at < end_of_day(today))
        .group_by(said.milestone_id)
        .subquery()
    )
    statement = select_columns(said.milestone_id, said.kind, said.due_date, said.recorded_at).join(
        newest, (newest.c.milestone_id == said.milestone_id) & (newest.c.number == said.number)
    )
    return {row.milestone_id: row for row in session.connection().execute(statement)}
