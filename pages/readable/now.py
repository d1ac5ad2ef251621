"""The first page: what closes, what was decided, which promises moved, and what is overdue."""

from data.database import reading
from data.queries.departments import departments
from data.queries.now import happening
from pages.readable import Readable, Visit
from pages.readable.kept import kept
from pages.rendering import render
from pages.words import word


def now_html(visit: Visit) -> str:
    """Return what happens now, as HTML."""
    return kept("now", visit, lambda: _written(visit))


def _written(visit: Visit) -> str:
    with reading() as session:
        values = {"now": happening(session, now=visit.now), "departments": departments(session)}
    return render("now.html", visit.language, visit=visit, **values)


def read_now(visit: Visit) -> Readable:
    """Return the first page as a page to read."""
    return Readable(
        title=word("site.title", visit.language),
        description=word("page.now.description", visit.language),
        language=visit.language,
        body_html=now_html(visit),
    )
