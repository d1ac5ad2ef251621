"""Projects in a few lines each, as they are or as a past day knew them, some at a time."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from data.feeds.parts import Source, batches
from data.queries import everything
from data.queries.projects import ProjectSummary


def summaries(source: Source, size: int) -> Iterator[Sequence[ProjectSummary]]:
    """Return all projects in the order of their identifiers, at most ``size`` at a time."""

    def read(session: Session, after: str) -> list[ProjectSummary]:
        return everything.project_summaries(session, today=source.today, after=after, size=size)

    if source.as_of is None:
        yield from batches(source, read, first="", key=lambda one: one.id, size=size)
        return
    with source.reading() as session:
        past = everything.past_summaries(session, source.as_of, now=source.now)
    yield from (past[start : start + size] for start in range(0, len(past), size))
