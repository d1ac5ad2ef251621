"""Counting the statements that a query comes to."""

import pytest
from sqlalchemy import event

from data.database import database


@pytest.fixture
def statements():
    """The statements that are sent to the database for readers."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    engine = database().reading_engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
