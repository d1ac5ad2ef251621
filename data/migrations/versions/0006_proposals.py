"""Proposals: what is published by two, or at an instant to come; and which departments have it so."""

import sqlalchemy as sa
from alembic import op

from data.migrations.checks import let_the_ledger_tell
from data.schema import protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: What the ledger can tell from now on. None of it is listed among the changes: those are listed when they are made.
_NEW_ENTRIES = (
    "change.proposed",
    "change.approved",
    "change.refused",
    "change.withdrawn",
    "change.published",
    "change.failed",
)
_UNLISTED = ("log.opened", "comment.received", "access.granted", *_NEW_ENTRIES)
_LISTED = sa.text(f"type NOT IN ({', '.join(map(repr, _UNLISTED))})")
_LISTS = (("ix_ledger_entry_listed", ["idx"]), ("ix_ledger_entry_listed_of", ["subject", "sseq"]))
_ROLES = ("citizen", "officer", "planner", "approver", "expert", "auditor", "administrator")
_KINDS = ("approved", "refused", "withdrawn", "published", "failed")
_ENDS = sa.text("kind <> 'approved'")


def upgrade() -> None:
    """Create them, with what protects them. Until now no department needed a second person."""
    op.execute("ALTER TABLE department_revision ADD COLUMN needs_second_person BOOLEAN NOT NULL DEFAULT FALSE")
    op.create_table(
        "proposal",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("department_id", sa.String(), nullable=False),
        sa.Column("role", _codes("role", _ROLES), nullable=False),
        sa.Column("needs_second_person", sa.Boolean(), nullable=False),
        sa.Column("publish_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("commands", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_proposal_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_department_id_id", "proposal", ["department_id", "id"], unique=False)
    op.create_table(
        "proposal_step",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("proposal_id", _ROW_NUMBER, nullable=False),
        sa.Column("kind", _codes("proposalstepkind", _KINDS), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("error", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'refused' OR length(trim(reason)) > 0", name=op.f("ck_proposal_step_reason_given")
        ),
        sa.CheckConstraint("kind <> 'failed' OR length(error) > 0", name=op.f("ck_proposal_step_error_given")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_step_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_step")),
        sa.UniqueConstraint("proposal_id", "kind", name=op.f("uq_proposal_step_proposal_id")),
    )
    op.create_index(
        "uq_proposal_step_ends_once",
        "proposal_step",
        ["proposal_id"],
        unique=True,
        sqlite_where=_ENDS,
        postgresql_where=_ENDS,
    )
    let_the_ledger_tell(*_NEW_ENTRIES)
    for name, columns in _LISTS:
        op.drop_index(name, "ledger_entry")
        op.create_index(name, "ledger_entry", columns, unique=False, sqlite_where=_LISTED, postgresql_where=_LISTED)
    protect(op.get_bind())


def _codes(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
