"""The records that a procedure needs: which one, what was displayed, done, heard, waived, promised and planned."""

import re

import sqlalchemy as sa
from alembic import op

from data.schema import protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LAST_BEFORE = "access.granted"
#: What the ledger can tell from now on.
_NEW_ENTRIES = (
    "procedure.chosen",
    "waiver.published",
    "notice.published",
    "act.recorded",
    "hearing.step",
    "hearing.registered",
    "panel.published",
    "opinion.adopted",
    "catalogue.published",
    "catalogue.amended",
    "effect.promised",
    "effect.measured",
)


def upgrade() -> None:
    """Create them, with what protects them."""
    op.create_table(
        "catalogue_entry",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_catalogue_entry_year")),
    )
    op.create_table(
        "catalogue_revision",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.String(), nullable=False),
        sa.Column(
            "language",
            sa.Enum("zh", "en", name="language", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "topic",
            sa.Enum(
                "environment",
                "transport",
                "water",
                "housing",
                "education",
                "health",
                "culture",
                "planning",
                "safety",
                "economy",
                "other",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "started",
                "dropped",
                name="cataloguestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decision_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'started') = (decision_id IS NOT NULL)", name=op.f("ck_catalogue_revision_started_is_named")
        ),
        sa.CheckConstraint("number = 1 OR length(trim(reason)) > 0", name=op.f("ck_catalogue_revision_reason_given")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_catalogue_revision_decision_id")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["department.id"], name=op.f("fk_catalogue_revision_department_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["catalogue_entry.id"], name=op.f("fk_catalogue_revision_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_revision")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_catalogue_revision_entry_id")),
    )
    op.create_index(op.f("ix_catalogue_revision_decision_id"), "catalogue_revision", ["decision_id"], unique=False)
    op.create_table(
        "effect",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("baseline", sa.String(length=24), nullable=True),
        sa.Column("target", sa.String(length=24), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_effect_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_effect_decision_id")),
    )
    op.create_table(
        "expert_panel",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "selection",
            sa.Enum(
                "drawn",
                "invited",
                "nominated",
                "commissioned",
                name="selectionmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("experts", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(length=5000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_expert_panel_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_panel")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_expert_panel_decision_id")),
    )
    op.create_table(
        "hearing_registration",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "interested",
                "public",
                "organisation",
                "expert",
                name="hearingside",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_hearing_registration_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_registration")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_hearing_registration_decision_id")),
    )
    op.create_table(
        "notice",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(length=60), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "gazette",
                "website",
                "new_media",
                "newspaper",
                "radio",
                "television",
                "posted",
                "other",
                name="noticechannel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("link", sa.String(length=2000), nullable=False),
        sa.Column("evidence", sa.String(length=1000), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_notice_begins_before_it_ends")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_notice_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_notice_decision_id")),
    )
    op.create_table(
        "procedure_revision",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("overlays", sa.JSON(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("number = 1 OR length(trim(reason)) > 0", name=op.f("ck_procedure_revision_reason_given")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_procedure_revision_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_revision")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_procedure_revision_decision_id")),
    )
    op.create_table(
        "waiver",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_waiver_reason_given")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_waiver_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_waiver_decision_id")),
    )
    op.create_table(
        "effect_measurement",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("effect_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=24), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["effect_id"], ["effect.id"], name=op.f("fk_effect_measurement_effect_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effect_measurement")),
        sa.UniqueConstraint("effect_id", "number", name=op.f("uq_effect_measurement_effect_id")),
    )
    op.create_table(
        "hearing_step",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "notice",
                "registration",
                "selection",
                "list",
                "materials",
                "held",
                "record",
                "confirmation",
                "handling",
                "feedback",
                name="hearingstepkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("statement", sa.String(length=20000), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("interested", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("seed_digest", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= held_on", name=op.f("ck_hearing_step_begins_before_it_ends")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_hearing_step_decision_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_hearing_step_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_step")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_hearing_step_decision_id")),
    )
    op.create_table(
        "opinion_adoption",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "code",
            sa.Enum(
                "adopted",
                "partly_adopted",
                "not_adopted",
                name="adoptioncode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=5000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_opinion_adoption_reason_given")),
        sa.ForeignKeyConstraint(["opinion_id"], ["expert_opinion.id"], name=op.f("fk_opinion_adoption_opinion_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_adoption")),
        sa.UniqueConstraint("opinion_id", "number", name=op.f("uq_opinion_adoption_opinion_id")),
    )
    op.create_table(
        "procedure_act",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "conclusion",
            sa.Enum(
                "done",
                "passed",
                "passed_with_changes",
                "not_passed",
                "controllable",
                "not_controllable",
                name="conclusion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("statement", sa.String(length=5000), nullable=False),
        sa.Column("by_whom", sa.String(length=300), nullable=False),
        sa.Column("dissent", sa.String(length=5000), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "began_on IS NULL OR began_on <= held_on", name=op.f("ck_procedure_act_begins_before_it_ends")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_procedure_act_decision_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_procedure_act_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_act")),
        sa.UniqueConstraint("decision_id", "number", name=op.f("uq_procedure_act_decision_id")),
    )
    op.add_column("comment_period", sa.Column("stage", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("document_revision", sa.Column("key", sa.String(length=60), nullable=False, server_default=""))
    op.add_column(
        "draft_version", sa.Column("is_materially_changed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("evaluation", sa.Column("did_assessment", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(
        "expert_opinion", sa.Column("is_from_own_department", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _let_the_ledger_tell()
    protect(op.get_bind())


def _let_the_ledger_tell() -> None:
    """Add the new codes to those that an entry may have, without writing a ledger of millions anew."""
    added = ", ".join(f"'{code}'" for code in _NEW_ENTRIES)
    if op.get_bind().dialect.name == "sqlite":
        # https://www.sqlite.org/lang_altertable.html#otheralter: the second procedure, for a change of a CHECK.
        version = op.get_bind().execute(sa.text("PRAGMA schema_version")).scalar_one()
        last = f"'{_LAST_BEFORE}'"
        op.execute("PRAGMA writable_schema = ON")
        op.get_bind().execute(
            sa.text(
                "UPDATE sqlite_schema SET sql = replace(sql, :last, :all) WHERE type = 'table' AND name = 'ledger_entry'"
            ),
            {"last": f"{last})", "all": f"{last}, {added})"},
        )
        op.execute(f"PRAGMA schema_version = {version + 1}")
        op.execute("PRAGMA writable_schema = OFF")
        return
    definition = (
        op.get_bind()
        .execute(
            sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_ledger_entry_entrytype'")
        )
        .scalar_one()
    )
    known = dict.fromkeys(re.findall(r"'([a-z.]+)'", definition))
    codes = ", ".join(f"'{code}'" for code in (*known, *_NEW_ENTRIES))
    op.drop_constraint(op.f("ck_ledger_entry_entrytype"), "ledger_entry", type_="check")
    op.create_check_constraint(op.f("ck_ledger_entry_entrytype"), "ledger_entry", f"type IN ({codes})")


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
