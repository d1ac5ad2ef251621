"""Comments, projects and milestones as CSV, written as they are read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlmodel import Session

from data.feeds import csv_text, tables
from data.feeds.parts import Part, Source, batches
from data.feeds.summaries import summaries
from data.queries import everything

#: How many rows are read at once: of comments some 500 kB.
_ROWS = 4_000


def comments(source: Source) -> Iterator[Part]:
    """Return the points of all comments, or of those on one decision."""

    def read(session: Session, after: int) -> Sequence[Sequence[Any]]:
        return everything.comment_rows(session, decision_id=source.decision_id, after=after, size=_ROWS)

    yield Part(csv_text.BYTE_ORDER_MARK + csv_text.lines([tables.COMMENTS]), 0)
    for rows in batches(source, read, first=0, key=lambda row: int(row[0]), size=_ROWS):
        yield Part("".join(tables.comments(rows, _answers(source, rows))).encode(), len(rows))


def milestones(source: Source) -> Iterator[Part]:
    """Return every statement about every milestone."""

    def read(session: Session, after: int) -> Sequence[Sequence[Any]]:
        return everything.milestone_rows(session, after=after, size=_ROWS, is_past=source.as_of is not None)

    found: Iterable[Sequence[Any]] = batches(source, read, first=0, key=lambda row: int(row[0]), size=_ROWS)
    if source.as_of is not None:
        titles = {one.id: one.title for some in summaries(source, _ROWS) for one in some}
        found = ([(*row[:2], titles[row[1]], *row[3:]) for row in rows] for rows in found)
    return _table(tables.MILESTONES, found, tables.milestones)


def projects(source: Source) -> Iterator[Part]:
    """Return all projects, in a few cells each."""
    return _table(tables.PROJECTS, summaries(source, _ROWS), tables.projects)


def _table(
    columns: Sequence[str],
    found: Iterable[Sequence[Any]],
    cells: Callable[[Sequence[Any]], Iterable[Sequence[Any]]],
) -> Iterator[Part]:
    yield Part(csv_text.BYTE_ORDER_MARK + csv_text.lines([columns]), 0)
    for rows in found:
        yield Part(csv_text.lines(cells(rows)), len(rows))


def _answers(source: Source, rows: Sequence[Sequence[Any]]) -> dict[int, tuple[str, Any]]:
    answered = [row[0] for row in rows if row[-1]]
    if not answered:
        return {}
    with source.reading() as session:
        return everything.latest_verdicts(
            session, first=answered[0], last=answered[-1], decision_id=source.decision_id
        )
