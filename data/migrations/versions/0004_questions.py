"""Questions to experts with their answers, and receipts for those who register for a hearing."""

import re

import sqlalchemy as sa
from alembic import op

from data.schema import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: The last code that the revision before let the ledger tell, and what it can tell from now on.
_LAST_BEFORE = "effect.measured"
_NEW_ENTRIES = ("question.asked", "question.answered")


def upgrade() -> None:
    """Create them, with what protects them."""
    op.create_table(
        "expert_question",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _language(),
        sa.Column("receipt_digest", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_expert_question_decision_id")),
        sa.ForeignKeyConstraint(["opinion_id"], ["expert_opinion.id"], name=op.f("fk_expert_question_opinion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_question")),
        sa.UniqueConstraint("opinion_id", "number", name=op.f("uq_expert_question_opinion_id")),
        sa.UniqueConstraint("receipt_digest", name=op.f("uq_expert_question_receipt_digest")),
    )
    op.create_index("ix_expert_question_decision_id_id", "expert_question", ["decision_id", "id"], unique=False)
    op.create_table(
        "question_text",
        sa.Column("question_id", _ROW_NUMBER, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["expert_question.id"], name=op.f("fk_question_text_question_id")),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_text")),
    )
    op.create_table(
        "expert_answer",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        _language(),
        sa.Column("signed_by", sa.String(length=100), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_expert_answer_decision_id")),
        sa.ForeignKeyConstraint(["question_id"], ["expert_question.id"], name=op.f("fk_expert_answer_question_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_expert_answer_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_answer")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_expert_answer_question_id")),
    )
    op.create_index("ix_expert_answer_decision_id_id", "expert_answer", ["decision_id", "id"], unique=False)
    op.add_column("hearing_registration", sa.Column("receipt_digest", sa.String(length=64), nullable=True))
    op.create_index(
        op.f("ix_hearing_registration_receipt_digest"), "hearing_registration", ["receipt_digest"], unique=True
    )
    _let_the_ledger_tell()
    protect(op.get_bind())


def _language() -> sa.Column[str]:
    codes = sa.Enum("zh", "en", name="language", native_enum=False, create_constraint=True, length=40)
    return sa.Column("language", codes, nullable=False)


def _let_the_ledger_tell() -> None:
    """Add the new codes to those that an entry may have, without writing a ledger of millions anew."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        # https://www.sqlite.org/lang_altertable.html#otheralter: the second procedure, for a change of a CHECK.
        version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
        all_codes = ", ".join(f"'{code}'" for code in (_LAST_BEFORE, *_NEW_ENTRIES))
        op.execute("PRAGMA writable_schema = ON")
        bind.execute(
            sa.text(
                "UPDATE sqlite_schema SET sql = replace(sql, :last, :all) WHERE type = 'table' AND name = 'ledger_entry'"
            ),
            {"last": f"'{_LAST_BEFORE}'", "all": all_codes},
        )
        op.execute(f"PRAGMA schema_version = {version + 1}")
        op.execute("PRAGMA writable_schema = OFF")
        return
    definition = bind.execute(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_ledger_entry_entrytype'")
    ).scalar_one()
    known = dict.fromkeys(re.findall(r"'([a-z.]+)'", definition))
    codes = ", ".join(f"'{code}'" for code in (*known, *_NEW_ENTRIES))
    op.drop_constraint(op.f("ck_ledger_entry_entrytype"), "ledger_entry", type_="check")
    op.create_check_constraint(op.f("ck_ledger_entry_entrytype"), "ledger_entry", f"type IN ({codes})")


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
