"""Changing what a CHECK lets in, without writing a table of millions anew. Older migrations do it by themselves."""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

_ENTRY_TYPES = "ck_ledger_entry_entrytype"


def let_the_ledger_tell(*types: str) -> None:
    """Add types to those that an entry of the ledger may have."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _rewrite("ledger_entry", lambda said: _with_types(said, types))
        return
    definition = connection.execute(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :check"), {"check": _ENTRY_TYPES}
    ).scalar_one()
    known = dict.fromkeys(re.findall(r"'([a-z_.]+)'", definition))
    op.drop_constraint(op.f(_ENTRY_TYPES), "ledger_entry", type_="check")
    op.create_check_constraint(op.f(_ENTRY_TYPES), "ledger_entry", f"type IN ({_listed((*known, *types))})")


def replace_check(table: str, check: str, *, before: str, after: str) -> None:
    """Put one condition in place of another. Every row that there is has to meet it."""
    if op.get_bind().dialect.name == "sqlite":
        _rewrite(table, lambda said: said.replace(before, after))
        return
    op.drop_constraint(op.f(check), table, type_="check")
    op.create_check_constraint(op.f(check), table, after)


def _with_types(said: str, types: tuple[str, ...]) -> str:
    end = said.index("))", said.index(f"CONSTRAINT {_ENTRY_TYPES} "))
    return f"{said[:end]}, {_listed(types)}{said[end:]}"


def _listed(types: tuple[str, ...]) -> str:
    return ", ".join(f"'{one}'" for one in types)


def _rewrite(table: str, change: Callable[[str], str]) -> None:
    # https://www.sqlite.org/lang_altertable.html#otheralter: the second procedure, for a change of a CHECK.
    connection, of_table = op.get_bind(), {"table": table}
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    said: str = connection.execute(
        sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table"), of_table
    ).scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :table"),
        {"sql": change(said), **of_table},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")
