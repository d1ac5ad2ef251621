"""Setting up a record: its tables, its guards, the index of its search, and the first entry of its ledger."""

from datetime import UTC, date, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection
from sqlmodel import select

from data.database import Database
from data.guards import guards
from data.search import TABLES
from data.unit_of_work import Kept, UnitOfWork
from data.writer import Writer
from models.actor import OPERATOR
from models.ledger import EntryType, LedgerEntry

#: Before anything that an example could tell.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Bring the tables to the form that this version knows. What is in them stays."""
    with database.writing_engine.connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(database: Database) -> bool:
    """Whether the tables have the form that this version knows."""
    with database.reading_engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def protect(connection: Connection) -> None:
    """Set up what is not a table of ours: the guards, and the index of the search."""
    dialect, tables = connection.dialect.name, inspect(connection).get_table_names()
    for statement in (*TABLES[dialect], *guards(dialect, tables)):
        connection.execute(text(statement))


def open_record(writer: Writer, *, example_day: date | None = None, now: datetime | None = None) -> None:
    """
    Write the first entry of the ledger, which says what kind of record this is. Does nothing to an opened one.

    :param example_day: the day for which an example is made; nothing for a record in earnest
    :param now: when it was opened; nothing for the present
    """
    writer.submit(_open, example_day, OPERATOR, now=now).result()


def drop_everything(database: Database) -> None:
    """Remove the whole record. Only ``clear-example`` asks for it, and only of the example."""
    if database.is_sqlite:
        database.dispose()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{database.url.database}{suffix}").unlink(missing_ok=True)
        return
    engine = create_engine(database.url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def _open(example_day: date | None, uow: UnitOfWork) -> Kept:
    if uow.session.exec(select(LedgerEntry.idx).limit(1)).first() is None:
        # The example begins in the past, and times in a ledger never fall.
        uow.now = BEGINNING if example_day else uow.now
        pub = {"example_day": example_day.isoformat() if example_day else None}
        uow.record(EntryType.LOG_OPENED, subject="log", about="log", pub=pub)
    return Kept(subject="log")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
