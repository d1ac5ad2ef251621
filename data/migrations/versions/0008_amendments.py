"""What milestones are, said anew; and by which rule each item of the catalogue of disclosure is due."""

import sqlalchemy as sa
from alembic import op

from data.migrations.checks import let_the_ledger_tell
from data.schema import protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CODES = (
    "project_approval",
    "environmental_approval",
    "land_approval",
    "preliminary_design",
    "tender_notice",
    "award",
    "construction_permit",
    "start",
    "main_structure",
    "acceptance",
    "filing",
    "handover",
    "final_audit",
    "evaluation",
)


def upgrade() -> None:
    """Create them, with what protects them. Of what was promised until now everything holds."""
    codes = sa.Enum(*_CODES, name="milestonecode", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "milestone_amendment",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("code", codes, nullable=True),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_milestone_amendment_reason_given")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_amendment_milestone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_amendment")),
        sa.UniqueConstraint("milestone_id", "number", name=op.f("uq_milestone_amendment_milestone_id")),
    )
    op.execute("ALTER TABLE disclosure_rule_revision ADD COLUMN source VARCHAR(500) NOT NULL DEFAULT ''")
    let_the_ledger_tell("milestone.amended")
    protect(op.get_bind())


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
