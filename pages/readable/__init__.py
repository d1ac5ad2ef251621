"""
What can be read on the public pages: one module for each, which asks the queries and fills a template.

The server sends it first, so that a page stands at once and reads without JavaScript; Streamlit then draws the same
templates, with what can be pressed between them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from models.clock import local_date


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What somebody asks to read, and when."""

    language: str
    now: datetime
    #: The decision or project, on a page about one.
    id: str | None = None
    #: What else the address says: filters, tabs.
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on the calendar of the jurisdiction."""
        return local_date(self.now)

    @property
    def as_of(self) -> date | None:
        """The past day by whose end somebody asks how things stood; nothing for the present."""
        try:
            day = date.fromisoformat(self.query.get("as_of", ""))
        except ValueError:
            return None
        return day if day < self.today else None


@dataclass(frozen=True, kw_only=True)
class Readable:
    """A page to read. Everything but ``body_html`` is text and is escaped by whoever writes it out."""

    title: str
    description: str
    language: str
    #: The whole page with its heading, as a template rendered it.
    body_html: str
    status: int = 200


#: Runs in a thread, so it may query the record.
Renderer = Callable[[Visit], Readable]
