"""What was to be spent can be stated where nothing says what was spent: a currency goes with either."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLE, _CHECK = "progress_report", "ck_progress_report_money_has_a_currency"
_BEFORE = "(spent IS NULL) = (currency IS NULL)"
_AFTER = "(spent IS NULL AND planned_spent IS NULL) = (currency IS NULL)"


def upgrade() -> None:
    """Let a currency stand without what was spent, without writing the reports anew."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f(_CHECK), _TABLE, type_="check")
        op.create_check_constraint(op.f(_CHECK), _TABLE, _AFTER)
        return
    # https://www.sqlite.org/lang_altertable.html#otheralter: the second procedure, for a change of a CHECK.
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    said: str = connection.execute(
        sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table"), {"table": _TABLE}
    ).scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :table"),
        {"sql": said.replace(_BEFORE, _AFTER), "table": _TABLE},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
