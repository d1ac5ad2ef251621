"""The decisions and projects behind each figure of the board."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from data.queries.board import COUNTS, Figure, Matter, matters_of
from data.queries.contradictory_projects import contradictions_of
from data.queries.departments import departments
from data.queries.duties import Duties, all_duties
from data.queries.duty_counts import DutyCounts, duty_counts
from data.queries.project_states import ProjectState
from data.queries.projects import ProjectFilter, list_projects
from data.queries.standings import all_standings
from data.queries.unreported import stale_projects
from models.clock import local_date
from models.decision import Language

#: How many projects of a department are listed. The list of projects has them all.
_MOST_PROJECTS = 100


@dataclass(frozen=True, kw_only=True)
class Case:
    """One decision or project that is counted in a figure."""

    decision_id: str = ""
    project_id: str = ""
    title: str
    language: Language
    department_id: str
    #: What is counted of the decision, with the procedure it runs by.
    counts: DutyCounts | None = None
    duties: Duties | None = None
    #: Days of silence or of lateness, and of projects the days late.
    days: int | None = None
    #: How many things of the project do not fit together, where that is counted.
    contradictions: int = 0


def cases(session: Session, figure: Figure, *, department_id: str | None, now: datetime) -> list[Case]:
    """Return what is counted in a figure, what is worst first."""
    if figure is Figure.CONTRADICTORY_PROJECTS:
        return _contradictory(session, department_id, now)
    if figure in (Figure.LATE_PROJECTS, Figure.STALE_PROJECTS):
        names = [department_id] if department_id else list(departments(session))
        return [case for one in names for case in _project_cases(session, figure, one, now)]
    duties = all_duties(session, now)
    found = [
        _case(figure, matter, duties[matter.id])
        for matter in matters_of(session)
        if matter.id in duties and department_id in (None, matter.department_id)
        if COUNTS[figure](duty_counts(duties[matter.id]))
    ]
    return sorted(found, key=lambda case: (-(case.days or 0), case.decision_id))


def _contradictory(session: Session, department_id: str | None, now: datetime) -> list[Case]:
    known, counted = all_standings(session, now).evaluated, contradictions_of(session, now=now)
    found = [
        Case(
            project_id=name,
            title=known[name].standing.said.title,
            language=known[name].standing.said.language,
            department_id=of,
            contradictions=count,
        )
        for of, counts in counted.items()
        if department_id in (None, of)
        for name, count in counts.items()
    ]
    return sorted(found, key=lambda case: (-case.contradictions, case.project_id))


def _case(figure: Figure, matter: Matter, duties: Duties) -> Case:
    counts = duty_counts(duties)
    return Case(
        decision_id=matter.id,
        title=matter.title,
        language=matter.language,
        department_id=matter.department_id,
        counts=counts,
        duties=duties,
        days=counts.silent_days if figure is Figure.SILENCE else counts.waiting_days,
    )


def _project_cases(session: Session, figure: Figure, department_id: str, now: datetime) -> list[Case]:
    if figure is Figure.LATE_PROJECTS:
        asked = ProjectFilter(state=ProjectState.LATE, department_id=department_id)
        late = list_projects(session, asked, today=local_date(now), size=_MOST_PROJECTS).rows
        return [
            Case(
                project_id=one.id,
                title=one.title,
                language=one.language,
                department_id=department_id,
                days=one.slip_days,
            )
            for one in late
        ]
    return [
        Case(
            project_id=one.id,
            title=one.title,
            language=one.language,
            department_id=department_id,
            days=(now - one.reported_at).days if one.reported_at else None,
        )
        for one in stale_projects(session, department_id, now=now, size=_MOST_PROJECTS).rows
    ]
