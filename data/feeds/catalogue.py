"""The catalogue of decisions as a table: every statement about every entry."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session

from data.feeds import csv_text
from data.feeds.answers import Answer
from data.feeds.asked import Asked, demand_known, department_in, number_in
from data.feeds.files import disposition
from data.feeds.written import day, instant
from data.queries.catalogue import CatalogueFilter, ListedEntry, list_catalogue

_COLUMNS = (
    "entry",
    "statement",
    "department",
    "language",
    "topic",
    "title",
    "summary",
    "planned_on",
    "state",
    "decision",
    "reason",
    "recorded_at",
)
#: How many entries are read at once.
_ENTRIES = 500


def catalogue_table(session: Session, asked: Asked) -> Answer:
    """
    Return every statement about every entry: of a year, or of a department, where one is asked for.

    :raises InvalidValueError: if the address asks for what cannot be
    """
    demand_known(asked.query, "year", "department")
    wanted = CatalogueFilter(year=number_in(asked.query, "year"), department_id=department_in(asked.query))
    return Answer(
        body=csv_text.BYTE_ORDER_MARK + csv_text.lines(_rows(session, wanted)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition("catalogue.csv")},
    )


def _rows(session: Session, wanted: CatalogueFilter) -> Iterator[Sequence[Any]]:
    yield _COLUMNS
    after: str | None = ""
    while after is not None:
        page = list_catalogue(session, wanted, after=after, size=_ENTRIES)
        for entry in page.rows:
            yield from _statements(entry)
        after = page.next


def _statements(entry: ListedEntry) -> Iterator[Sequence[Any]]:
    for said in entry.view.revisions:
        yield (
            entry.name,
            said.number,
            said.department_id,
            said.language,
            said.topic,
            csv_text.safe(said.title),
            csv_text.safe(said.summary),
            day(said.planned_on) or "",
            said.state,
            said.decision_id or "",
            csv_text.safe(said.reason),
            instant(said.recorded_at),
        )
