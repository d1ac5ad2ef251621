"""How the record is kept and checked, and how all of it can be taken away."""

from data.database import reading
from data.queries.changes import ledger_head
from pages.readable import Readable, Visit
from pages.readable.project_light import rule_values
from pages.rendering import render
from pages.words import word


def about_html(visit: Visit) -> str:
    """Return the page as HTML."""
    with reading() as session:
        return render("about.html", visit.language, head=ledger_head(session), rule=rule_values())


def read_about(visit: Visit) -> Readable:
    """Return the page to read."""
    return Readable(
        title=word("page.about.title", visit.language),
        description=word("page.about.description", visit.language),
        language=visit.language,
        body_html=about_html(visit),
    )
