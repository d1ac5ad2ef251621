"""A stage is one of the procedure that was chosen, no longer one of ten."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_LONGEST = 60
_CHECK = "ck_stage_revision_stage"


def upgrade() -> None:
    """Let any key stand for a stage, without writing what was said of stages anew."""
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(_CHECK), "stage_revision", type_="check")
        op.alter_column("stage_revision", "stage", type_=sa.String(length=_LONGEST))
        return
    # https://www.sqlite.org/lang_altertable.html#otheralter: the second procedure, for a change of a CHECK.
    connection = op.get_bind()
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    found = connection.execute(
        sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'stage_revision'")
    ).scalar_one()
    without = re.sub(rf",\s*CONSTRAINT {_CHECK} CHECK \(stage IN \([^()]*\)\)", "", found)
    longer = re.sub(r"\bstage VARCHAR\(\d+\)", f"stage VARCHAR({_LONGEST})", without)
    op.execute("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = 'stage_revision'"),
        {"sql": longer},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
