"""What was to be spent can be stated where nothing says what was spent: a currency goes with either."""

from data.migrations.checks import replace_check

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a currency stand without what was spent."""
    replace_check(
        "progress_report",
        "ck_progress_report_money_has_a_currency",
        before="(spent IS NULL) = (currency IS NULL)",
        after="(spent IS NULL AND planned_spent IS NULL) = (currency IS NULL)",
    )


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
