"""Pages with nothing to read before Streamlit starts, and addresses under which there is nothing."""

from pages.readable import Readable, Renderer, Visit
from pages.rendering import render
from pages.words import word


def introduced(name: str) -> Renderer:
    """Return the renderer of a page that has nothing to read before Streamlit starts: what it is for."""

    def read(visit: Visit) -> Readable:
        title = word(f"page.{name}.title", visit.language)
        description = word(f"page.{name}.description", visit.language)
        body = render("introduced.html", visit.language, title=title, description=description)
        return Readable(title=title, description=description, language=visit.language, body_html=body)

    return read


def not_found(visit: Visit) -> Readable:
    """Say that nothing is kept under this address, and where to look."""
    title = word("site.not_found", visit.language)
    description = word("site.not_found_body", visit.language)
    body = render("not_found.html", visit.language, title=title, description=description)
    return Readable(title=title, description=description, language=visit.language, body_html=body, status=404)
