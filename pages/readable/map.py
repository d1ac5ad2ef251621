"""The map of all projects, with the same projects as a list beside it."""

import re
from urllib.parse import urlencode

from data.database import reading
from data.queries.projects import ProjectState
from models.project import Phase, Sector
from pages.readable import Readable, Visit
from pages.readable.projects import ProjectList, project_list
from pages.rendering import render
from pages.words import word

_IS_NUMBER = re.compile(r"P-\d{4,15}", re.ASCII)


def map_address(found: ProjectList, visit: Visit) -> str:
    """Return where the map of what was found is, and at which project it shall be opened."""
    query = f"?{urlencode(found.query)}" if found.query else ""
    shown = visit.query.get("show", "")
    return f"/map/projects{query}" + (f"#{shown}" if _IS_NUMBER.fullmatch(shown) else "")


def counts_html(found: ProjectList, visit: Visit) -> str:
    """Return how many projects stand how, as HTML."""
    return render("map_counts.html", visit.language, found=found, states=list(ProjectState))


def list_html(found: ProjectList, visit: Visit) -> str:
    """Return the list beside the map, as HTML: the same projects, in the same order as the table of projects."""
    return render("map_list.html", visit.language, found=found, visit=visit)


def read_map(visit: Visit) -> Readable:
    """Return the page of the map as a page to read: the list says what the map shows."""
    with reading() as session:
        found = project_list(session, visit)
    title = word("page.map.title", visit.language)
    description = word("page.map.description", visit.language)
    body = render(
        "map.html",
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
