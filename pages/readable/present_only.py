"""A page that always shows the present says so, where its address asks for a past day: nothing is silently ignored."""

from pages.readable import Visit
from pages.rendering import render

#: Pages that show a past day.
_SHOW_THE_PAST = frozenset({"projects", "map", "project", "disclosure_catalogue"})


def present_notice(page: str, visit: Visit) -> str:
    """Return as HTML that a page of that name shows the present only; nothing where it shows what is asked for."""
    is_asked = bool(visit.query.get("as_of"))
    # Of a decision, its duties are shown as of a past day.
    shows_it = page in _SHOW_THE_PAST or (page, visit.query.get("tab")) == ("decision", "duties")
    return render("present_only.html", visit.language) if is_asked and not shows_it else ""
