from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from data.database import database
from data.schema import _config, is_current, protect
from models.base import Record


def test_there_is_one_head():
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1


def test_migrations_come_to_the_tables_of_the_models(record):
    assert is_current(database())
    with database().reading_engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, Record.metadata)
    extra = {"search_index", "search_index_data", "search_index_idx", "search_index_docsize", "search_index_config"}
    left = [one for one in differences if not (one[0] in {"remove_table", "remove_index"} and _table(one[1]) in extra)]
    assert left == []


def test_migrations_and_models_have_the_same_guards(sqlite_record, tmp_path):
    fresh = create_engine(f"sqlite:///{tmp_path}/fresh.db", module=__import__("pysqlite3").dbapi2)
    with fresh.begin() as connection:
        Record.metadata.create_all(connection)
        protect(connection)
        expected = _triggers(connection)
    with database().reading_engine.connect() as connection:
        assert _triggers(connection) == expected
        assert len(expected) > 40
        assert "comment" in inspect(connection).get_table_names()
    fresh.dispose()


def _triggers(connection):
    return set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())


def _table(item):
    return getattr(item, "table", item).name
