"""Fixtures: the whole example, made once in each kind of database, for two days as different as can be."""

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, text

from data.database import Database
from data.samples import steps
from data.samples.example import replay_example
from data.schema import migrate, open_record
from data.writer import Writer

#: In the middle of a working day in Yunjiang, and one second after midnight on a leap day.
MOMENTS = {
    "sqlite": (date(2026, 11, 24), datetime(2026, 11, 24, 6, 30, tzinfo=UTC)),
    "postgresql": (date(2028, 2, 29), datetime(2028, 2, 28, 16, 0, 1, tzinfo=UTC)),
}


def make(url, name):
    """Replay the example into an empty database."""
    today, now = MOMENTS[name]
    kept_in = Database(url)
    migrate(kept_in)
    hand = Writer(kept_in)
    told = []
    try:
        open_record(hand, example_day=today)
        replay_example(kept_in, hand, today=today, now=now, progress=lambda *progress: told.append(progress))
    finally:
        hand.close()
    return SimpleNamespace(kept_in=kept_in, today=today, now=now, told=told)


@pytest.fixture(scope="session")
def sqlite_example(tmp_path_factory):
    """The example in SQLite."""
    made = make(f"sqlite:///{tmp_path_factory.mktemp('example')}/record.db", "sqlite")
    yield made
    made.kept_in.dispose()


@pytest.fixture(scope="session")
def postgresql_example(postgresql):
    """The example in PostgreSQL."""
    admin = create_engine(
        postgresql.format("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS the_example WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE the_example"))
    made = make(postgresql.format("the_example"), "postgresql")
    yield made
    made.kept_in.dispose()
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def example(request):
    """The example, once in each database. Only to be read."""
    return request.getfixturevalue(f"{request.param}_example")


@pytest.fixture
def short_example(monkeypatch, tmp_path):
    """Have the example be two steps long: what starting does with it does not depend on its length."""
    folder = tmp_path / "example"
    folder.mkdir()
    told = [
        {
            "at": f"-{days}d 09:00",
            "as": "operator",
            "do": "publish_department",
            "with": {"id": code, "name_zh": code, "name_en": code},
        }
        for days, code in ((9, "water"), (8, "parks"))
    ]
    (folder / "departments.json").write_text(json.dumps({"steps": told}), "utf-8")
    monkeypatch.setattr(steps, "_FILES", folder)
    return folder
