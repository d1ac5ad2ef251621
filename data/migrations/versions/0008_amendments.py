"""What milestones are, said anew; and by which rule each item of the catalogue of disclosure is due."""

import re

import sqlalchemy as sa
from alembic import op

from data.schema import protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CHECK = "ck_ledger_entry_entrytype"
#: What the ledger can tell from now on.
_NEW_ENTRY = "milestone.amended"
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
    _let_the_ledger_tell()
    protect(op.get_bind())


def _let_the_ledger_tell() -> None:
    """Add the new code to those that an entry may have, without writing a ledger of millions anew."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _let_sqlite(connection)
        return
    definition = connection.execute(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :check"), {"check": _CHECK}
    ).scalar_one()
    known = dict.fromkeys(re.findall(r"'([a-z_.]+)'", definition))
    codes = ", ".join(f"'{code}'" for code in (*known, _NEW_ENTRY))
    op.drop_constraint(op.f(_CHECK), "ledger_entry", type_="check")
    op.create_check_constraint(op.f(_CHECK), "ledger_entry", f"type IN ({codes})")


def _let_sqlite(connection: sa.Connection) -> None:
    # https://www.sqlite.org/lang_altertable.html#otheralter: the second procedure, for a change of a CHECK.
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    said: str = connection.execute(
        sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'ledger_entry'")
    ).scalar_one()
    end = said.index("))", said.index(f"CONSTRAINT {_CHECK} "))
    op.execute("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = 'ledger_entry'"),
        {"sql": f"{said[:end]}, '{_NEW_ENTRY}'{said[end:]}"},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
