"""The list of projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from data.database import reading
from data.queries.departments import DepartmentName, departments
from data.queries.paging import Page
from data.queries.projects import (
    ProjectFilter,
    ProjectState,
    ProjectSummary,
    count_projects,
    list_projects,
    regions,
)
from models.project import Phase, Sector
from pages.filters import project_filter
from pages.readable import Readable, Visit
from pages.readable.kept import kept
from pages.rendering import render
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class ProjectList:
    """A page of the list, with what it can be narrowed to."""

    visit: Visit
    asked: ProjectFilter
    page: Page[ProjectSummary]
    counts: Mapping[ProjectState, int]
    departments: Mapping[str, DepartmentName]
    regions: Sequence[str]

    @cached_property
    def html(self) -> str:
        """What was found, as HTML."""
        return render(
            "project_table.html", self.visit.language, found=self, visit=self.visit, states=list(ProjectState)
        )

    @property
    def narrowed(self) -> dict[str, str]:
        """What the list is narrowed to but for the state, as it stands in addresses."""
        asked = {
            "words": self.asked.words,
            "department": self.asked.department_id,
            "sector": self.asked.sector,
            "phase": self.asked.phase,
            "region": self.asked.region,
        }
        return {name: str(value) for name, value in asked.items() if value}

    @property
    def query(self) -> dict[str, str]:
        """All that the list is narrowed to: the same for the list, the map and the open data."""
        return self.narrowed | ({"state": str(self.asked.state)} if self.asked.state else {})


def project_list(session: Session, visit: Visit) -> ProjectList:
    """Return the projects that the address asks for. Four statements, once for each state of the record."""
    return kept("projects", visit, lambda: _read(session, visit))


def _read(session: Session, visit: Visit) -> ProjectList:
    asked = project_filter(visit.query)
    return ProjectList(
        visit=visit,
        asked=asked,
        page=list_projects(session, asked, today=visit.today, after=visit.query.get("after")),
        counts=count_projects(session, asked, today=visit.today),
        departments=departments(session),
        regions=regions(session),
    )


def results_html(found: ProjectList) -> str:
    """Return what was found, as HTML: the same on the first page and on Streamlit's."""
    return found.html


def read_projects(visit: Visit) -> Readable:
    """Return the list as a page to read."""
    with reading() as session:
        found = project_list(session, visit)
    title = word("page.projects.title", visit.language)
    description = word("page.projects.description", visit.language)
    body = render(
        "projects.html",
        visit.language,
        title=title,
        description=description,
        found=found,
        visit=visit,
        states=list(ProjectState),
        sectors=list(Sector),
        phases=list(Phase),
    )
    return Readable(title=title, description=description, language=visit.language, body_html=body)
