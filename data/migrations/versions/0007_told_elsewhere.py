"""What other records tell: the adopted point of another one that moved a date, and since when a project has its name."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

#: Columns that are new in tables that there are, by table: name, type, and what holds of it.
_COLUMNS = (
    (
        "milestone_revision",
        "point_elsewhere",
        (
            "VARCHAR(2000) NOT NULL DEFAULT '' CONSTRAINT ck_milestone_revision_point_elsewhere_is_the_reason "
            "CHECK (point_elsewhere = '' OR (reason_code = 'publicInput' AND point_id IS NULL))"
        ),
    ),
    ("project_revision", "data_date", "DATE"),
)


def upgrade() -> None:
    """Add them: nothing is written anew, and no guard is taken away meanwhile."""
    for table, column, kind in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
