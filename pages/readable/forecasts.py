"""How true forecasts were: a part of the page on how departments keep their duties."""

from sqlmodel import Session

from data.queries.departments import departments
from data.queries.forecast_records import department_records, forecast_scores
from models.forecast_record import Lead
from models.forecast_score import SCORED_FROM
from pages.readable import Visit
from pages.rendering import render


def forecasts_html(session: Session, visit: Visit) -> str:
    """Return the scores of our own forecasts, and the records of departments, as HTML."""
    scores = forecast_scores(session, now=visit.now)
    return render(
        "project_forecasts.html",
        visit.language,
        own=scores.all,
        is_example=scores.is_example,
        needed=SCORED_FROM,
        records=department_records(session, now=visit.now),
        leads=list(Lead),
        departments=departments(session),
    )
