"""
What the database itself refuses, whoever asks: to alter or delete what is append-only.

The application could not do it anyway. The guards are for everybody else who has the database open.
"""

from collections.abc import Collection, Iterator

from models.base import Record

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def guarded_tables() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each table that has guards, with the statements it refuses."""
    for mapper in sorted(Record._sa_registry.mappers, key=lambda mapper: mapper.class_.__name__):  # noqa: SLF001
        if mapper.class_.append_only:
            refused = ("UPDATE",) if mapper.class_.erasable else ("UPDATE", "DELETE")
            yield mapper.local_table.name, refused  # type: ignore[attr-defined]


def guards(dialect: str, tables: Collection[str]) -> Iterator[str]:
    """
    Yield the statements that set the guards up.

    :param tables: those that there are: a migration knows none that a later one creates
    """
    if dialect == "postgresql":
        yield _FUNCTION
    for table, refused in guarded_tables():
        if table not in tables:
            continue
        for statement in refused:
            name = f"{table}_refuses_{statement.lower()}"
            if dialect == "sqlite":
                yield (
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {statement} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are kept as they were written'); END"
                )
            else:
                yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
                yield (
                    f"CREATE TRIGGER {name} BEFORE {statement} ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
                )
