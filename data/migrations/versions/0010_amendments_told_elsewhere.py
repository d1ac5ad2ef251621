"""On which day another record said anew what a milestone is."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it: nothing is written anew, and no guard is taken away meanwhile. Until now none was told."""
    op.execute("ALTER TABLE milestone_amendment ADD COLUMN data_date DATE")


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
