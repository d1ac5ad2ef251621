"""The portfolio as a map, with the same projects as a list beside it."""

import re
from urllib.parse import urlencode

from data.database import reading
from pages.portfolio_address import View
from pages.readable import Readable, Visit
from pages.readable.projects import ProjectList, project_list, readable_portfolio

_IS_NUMBER = re.compile(r"P-\d{4,15}", re.ASCII)


def map_address(found: ProjectList, visit: Visit) -> str:
    """Return where the map of what was found is, and at which project it shall be opened."""
    query = f"?{urlencode(found.filters)}" if found.filters else ""
    shown = visit.query.get("show", "")
    return f"/map/projects{query}" + (f"#{shown}" if _IS_NUMBER.fullmatch(shown) else "")


def read_map(visit: Visit) -> Readable:
    """Return the page of the map as a page to read: the list says what the map shows."""
    with reading() as session:
        found = project_list(session, visit, view=View.MAP)
    return readable_portfolio(found, "map")
