"""The notice that a record is an example. It stands on every page."""

from functools import lru_cache

from data.database import Database, database
from data.queries.changes import Head
from data.queries.head import head_now
from data.queries.record import example_day
from pages.rendering import render


def example_notice(language: str) -> str:
    """Return the notice as HTML; nothing for a record in earnest."""
    return _written(language, database(), head_now())


@lru_cache(maxsize=8)
def _written(language: str, kept_in: Database, _head: Head) -> str:
    with kept_in.reading() as session:
        day = example_day(session)
    return render("example.html", language, day=day) if day else ""
