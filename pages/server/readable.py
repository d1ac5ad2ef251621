"""
What can be read without JavaScript: one renderer for each public page.

The server sends the readable page first, and Streamlit takes its place when it has drawn its own. Both read the same
queries, so they say the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from pages.words import word


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What somebody asks to read."""

    language: str
    #: The decision or project, on a page about one.
    id: str | None = None
    #: What else the address says: filters, tabs.
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Readable:
    """A page to read. Everything but ``body_html`` is text and is escaped by whoever writes it out."""

    title: str
    description: str
    language: str
    #: What follows the heading. Written by a renderer, which escapes all it was given.
    body_html: str
    status: int = 200


#: Runs in a thread, so it may query the record.
Renderer = Callable[[Visit], Readable]


def introduced(name: str) -> Renderer:
    """Return the renderer of a page that has nothing to read before Streamlit starts: what it is for."""

    def render(visit: Visit) -> Readable:
        description = word(f"page.{name}.description", visit.language)
        note = word("site.needs_javascript", visit.language)
        return Readable(
            title=word(f"page.{name}.title", visit.language),
            description=description,
            language=visit.language,
            body_html=f"<p>{escape(description)}</p><noscript><p>{escape(note)}</p></noscript>",
        )

    return render


def not_found(visit: Visit) -> Readable:
    """Say that nothing is kept under this address, and where to look."""
    body = word("site.not_found_body", visit.language)
    return Readable(
        title=word("site.not_found", visit.language),
        description=body,
        language=visit.language,
        body_html=f"<p>{escape(body)}</p>",
        status=404,
    )


#: The renderers of the record, by page. A page that is missing here is introduced, no more.
RENDERERS: dict[str, Renderer] = {"decision": not_found, "project": not_found}
