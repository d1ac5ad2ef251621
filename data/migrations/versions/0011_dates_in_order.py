"""Statements about milestones by the date that they say: calendars ask for a month of thousands."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index."""
    op.create_index("ix_milestone_revision_due_date", "milestone_revision", ["due_date", "milestone_id"])


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
