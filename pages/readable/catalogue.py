"""The catalogue of decisions of a year: what is planned, when, by whom, and everything that was changed in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from data.database import reading
from data.queries.catalogue import (
    CatalogueFilter,
    CatalogueStanding,
    ListedEntry,
    catalogue_years,
    count_catalogue,
    find_entry,
    list_catalogue,
)
from data.queries.departments import DepartmentName, departments
from data.queries.paging import Page
from pages.filters import catalogue_filter
from pages.readable import Readable, Visit
from pages.readable.kept import kept
from pages.rendering import render
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class CatalogueList:
    """A page of the catalogue, with what it can be narrowed to."""

    visit: Visit
    asked: CatalogueFilter
    page: Page[ListedEntry]
    counts: Mapping[CatalogueStanding, int]
    years: Mapping[int, int]
    departments: Mapping[str, DepartmentName]

    @property
    def entry(self) -> str:
        """The entry that the address asks for by itself; the empty text where it asks for a list."""
        return self.visit.query.get("entry", "")

    @property
    def query(self) -> dict[str, object]:
        """What it is narrowed to, as it stands in the address."""
        asked = self.asked
        return {"year": asked.year, "department": asked.department_id, "standing": asked.standing}

    @cached_property
    def html(self) -> str:
        """What was found, as HTML."""
        return self.rendered("catalogue_entries.html")

    def rendered(self, template: str, **more: object) -> str:
        """Return a template filled with what was found."""
        standings = list(CatalogueStanding)
        values = {"found": self, "visit": self.visit, "standings": standings, "query": self.query, **more}
        return render(template, self.visit.language, **values)


def catalogue_list(session: Session, visit: Visit) -> CatalogueList:
    """Return the entries that the address asks for. Seven statements at most, once for each state of the record."""
    return kept("catalogue", visit, lambda: _read(session, visit))


def _read(session: Session, visit: Visit) -> CatalogueList:
    asked = catalogue_filter(visit.query)
    name = visit.query.get("entry", "")
    if name:
        found = find_entry(session, name)
        page = Page((found,) if found else ())
    else:
        page = list_catalogue(session, asked, after=visit.query.get("after"))
    return CatalogueList(
        visit=visit,
        asked=asked,
        page=page,
        counts={} if name else count_catalogue(session, asked),
        years={} if name else catalogue_years(session),
        departments=departments(session),
    )


def read_catalogue(visit: Visit) -> Readable:
    """Return the catalogue as a page to read."""
    with reading() as session:
        found = catalogue_list(session, visit)
    title = word("page.catalogue.title", visit.language)
    description = word("page.catalogue.description", visit.language)
    body = found.rendered("catalogue.html", title=title, description=description)
    return Readable(title=title, description=description, language=visit.language, body_html=body)
