"""Promises: what more is said of milestones, money and contracts, what is disclosed, and what was forecast."""

import re

import sqlalchemy as sa
from alembic import op

from data.schema import protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: What the ledger can tell from now on.
_NEW_ENTRIES = (
    "milestone.confirmed",
    "milestone.linked",
    "contract.published",
    "contract.modified",
    "value.withheld",
    "disclosure.stated",
    "disclosure.rule",
    "project.packaged",
    "project.identified",
    "rating.published",
    "forecast.published",
)
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
#: Columns that are new in tables that there are, by table: name, type, and what holds of it. Existing rows keep to it.
_COLUMNS = (
    ("milestone", "code", f"VARCHAR(40) CONSTRAINT ck_milestone_milestonecode CHECK (code IN {_CODES})"),
    ("milestone", "is_critical", "BOOLEAN NOT NULL DEFAULT FALSE"),
    (
        "milestone_revision",
        "date_low",
        "DATE CONSTRAINT ck_milestone_revision_not_before_its_range CHECK (date_low IS NULL OR date_low <= due_date)",
    ),
    (
        "milestone_revision",
        "date_high",
        "DATE CONSTRAINT ck_milestone_revision_not_after_its_range CHECK (date_high IS NULL OR date_high >= due_date)",
    ),
    ("milestone_revision", "data_date", "DATE"),
    (
        "milestone_revision",
        "document_id",
        (
            "INTEGER CONSTRAINT fk_milestone_revision_document_id REFERENCES document (id) "
            "CONSTRAINT ck_milestone_revision_rebaseline_is_approved "
            "CHECK (kind <> 'rebaseline' OR document_id IS NOT NULL)"
        ),
    ),
    (
        "milestone_revision",
        "point_id",
        (
            "INTEGER CONSTRAINT fk_milestone_revision_point_id REFERENCES point (id) "
            "CONSTRAINT ck_milestone_revision_point_is_the_reason "
            "CHECK (point_id IS NULL OR reason_code = 'publicInput')"
        ),
    ),
    (
        "milestone_revision",
        "corrects",
        (
            "INTEGER CONSTRAINT ck_milestone_revision_corrects_what_was_said "
            "CHECK (corrects IS NULL OR (kind = 'correction' AND corrects >= 1 AND corrects < number))"
        ),
    ),
    ("milestone_revision", "next_steps", "VARCHAR(5000) NOT NULL DEFAULT ''"),
    (
        "milestone_revision",
        "resume_on",
        "DATE CONSTRAINT ck_milestone_revision_only_paused_goes_on CHECK (resume_on IS NULL OR kind = 'paused')",
    ),
    ("budget_version", "document_id", "INTEGER CONSTRAINT fk_budget_version_document_id REFERENCES document (id)"),
    ("budget_version", "document_number", "VARCHAR(100) NOT NULL DEFAULT ''"),
    ("progress_report", "planned_physical", "INTEGER"),
    (
        "progress_report",
        "planned_spent",
        (
            "BIGINT CONSTRAINT ck_progress_report_planned_money_has_a_currency "
            "CHECK (planned_spent IS NULL OR currency IS NOT NULL)"
        ),
    ),
    ("progress_report", "annual_share", "INTEGER"),
    ("progress_report", "reason", "VARCHAR(2000) NOT NULL DEFAULT ''"),
    (
        "progress_report",
        "is_correction",
        (
            "BOOLEAN NOT NULL DEFAULT FALSE CONSTRAINT ck_progress_report_correction_has_a_reason "
            "CHECK (NOT is_correction OR length(trim(reason)) > 0)"
        ),
    ),
    ("document_revision", "taken_on", "DATE"),
    ("document_revision", "place", "VARCHAR(200) NOT NULL DEFAULT ''"),
    (
        "document_revision",
        "pair_key",
        (
            "VARCHAR(60) NOT NULL DEFAULT '' CONSTRAINT ck_document_revision_paired_is_dated "
            "CHECK (pair_key = '' OR taken_on IS NOT NULL)"
        ),
    ),
    (
        "project_revision",
        "approval_route",
        (
            "VARCHAR(40) CONSTRAINT ck_project_revision_approvalroute "
            "CHECK (approval_route IN ('approval', 'verification', 'filing'))"
        ),
    ),
    (
        "project_revision",
        "cadence",
        "VARCHAR(40) CONSTRAINT ck_project_revision_cadence CHECK (cadence IN ('monthly', 'quarterly'))",
    ),
)


def upgrade() -> None:
    """Add and create them, with what protects them."""
    _create_what_is_said_of_milestones()
    _create_contracts()
    _create_disclosure()
    _create_the_rest()
    for table, column, kind in _COLUMNS:
        # Nothing is written anew, and no guard is taken away meanwhile: a column is added, and what holds of it.
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    op.create_index(op.f("ix_milestone_revision_point_id"), "milestone_revision", ["point_id"], unique=False)
    op.create_index(op.f("ix_stored_file_sha256"), "stored_file", ["sha256"], unique=False)
    _let(table="milestone_revision", column="kind", check="ck_milestone_revision_revisionkind", know=("rebaseline",))
    _let(table="ledger_entry", column="type", check="ck_ledger_entry_entrytype", know=_NEW_ENTRIES)
    protect(op.get_bind())


def _create_what_is_said_of_milestones() -> None:
    op.create_table(
        "milestone_confirmation",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_confirmation_milestone_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_confirmation")),
        sa.UniqueConstraint("milestone_id", "number", name=op.f("uq_milestone_confirmation_milestone_id")),
    )
    op.create_index("ix_milestone_confirmation_recorded_at", "milestone_confirmation", ["recorded_at"], unique=False)
    op.create_table(
        "milestone_dependency",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("milestone_id <> predecessor_id", name=op.f("ck_milestone_dependency_not_of_itself")),
        sa.CheckConstraint(
            "number = 1 OR length(trim(reason)) > 0", name=op.f("ck_milestone_dependency_reason_given")
        ),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_dependency_milestone_id")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["milestone.id"], name=op.f("fk_milestone_dependency_predecessor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_dependency")),
        sa.UniqueConstraint(
            "milestone_id", "predecessor_id", "number", name=op.f("uq_milestone_dependency_milestone_id")
        ),
    )
    op.create_index(
        op.f("ix_milestone_dependency_predecessor_id"), "milestone_dependency", ["predecessor_id"], unique=False
    )
    op.create_table(
        "published_forecast",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("class_key", sa.String(length=200), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("rule_version", sa.String(length=40), nullable=False),
        sa.Column("is_synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_published_forecast_milestone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_forecast")),
        sa.UniqueConstraint(
            "milestone_id", "made_at", "target_on", "rule_version", name=op.f("uq_published_forecast_milestone_id")
        ),
    )
    op.create_index("ix_published_forecast_made_at", "published_forecast", ["made_at"], unique=False)


def _create_contracts() -> None:
    op.create_table(
        "contract",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "design",
                "construction",
                "supervision",
                "other",
                name="contractnature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("supplier", sa.String(length=300), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "open",
                "selective",
                "limited",
                "direct",
                name="procurementmethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("bidders", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(amount IS NULL) = (currency IS NULL)", name=op.f("ck_contract_money_has_a_currency")),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_contract_period_in_order")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_contract_document_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_contract_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_contract_project_id")),
    )
    op.create_table(
        "contract_modification",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=5000), nullable=False),
        sa.Column("rationale", sa.String(length=5000), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(amount IS NULL) = (currency IS NULL)", name=op.f("ck_contract_modification_money_has_a_currency")
        ),
        sa.CheckConstraint("length(trim(rationale)) > 0", name=op.f("ck_contract_modification_reason_given")),
        sa.CheckConstraint(
            "starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_contract_modification_period_in_order"),
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_modification_contract_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_contract_modification_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_modification")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_contract_modification_contract_id")),
    )


def _create_disclosure() -> None:
    op.create_table(
        "disclosure_rule_revision",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("class_number", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column(
            "document_type",
            sa.Enum(
                "draft_explanation",
                "legal_basis",
                "cost_benefit",
                "risk_assessment",
                "legality_opinion",
                "expert_report",
                "hearing_record",
                "adoption_statement",
                "interpretation",
                "decision_text",
                "evaluation_report",
                "feasibility_study",
                "environmental_impact",
                "project_plan",
                "budget_approval",
                "progress_report",
                "illustration",
                "completion_certificate",
                "other",
                name="documenttype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "approval_route",
            sa.Enum(
                "approval",
                "verification",
                "filing",
                name="approvalroute",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_disclosure_rule_revision_reason_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_rule_revision")),
        sa.UniqueConstraint("key", "number", name=op.f("uq_disclosure_rule_revision_key")),
    )
    op.create_table(
        "disclosure_item",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("rule_key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "formed",
                "published",
                "not_applicable",
                "withheld",
                name="disclosurekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(length=2000), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'not_applicable' OR length(trim(reason)) > 0",
            name=op.f("ck_disclosure_item_not_applicable_is_explained"),
        ),
        sa.CheckConstraint(
            "kind <> 'published' OR (published_on IS NOT NULL AND (document_id IS NOT NULL OR length(link) > 0))",
            name=op.f("ck_disclosure_item_published_can_be_read"),
        ),
        sa.CheckConstraint(
            "kind <> 'withheld' OR (length(trim(ground)) > 0 AND review_on IS NOT NULL)",
            name=op.f("ck_disclosure_item_withheld_is_grounded"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('formed', 'published') OR formed_on IS NOT NULL",
            name=op.f("ck_disclosure_item_clock_has_a_start"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_disclosure_item_document_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_disclosure_item_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_item")),
        sa.UniqueConstraint("project_id", "rule_key", "number", name=op.f("uq_disclosure_item_project_id")),
    )
    op.create_table(
        "withheld_item",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "budget",
                "spent",
                "progress",
                "dates",
                "location",
                "contract_value",
                "supplier",
                "bidders",
                "purpose",
                name="withheldfield",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(length=500), nullable=False),
        sa.Column("held_by", sa.String(length=300), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "NOT holds OR (length(trim(ground)) > 0 AND until IS NOT NULL)",
            name=op.f("ck_withheld_item_withheld_is_grounded"),
        ),
        sa.CheckConstraint("number = 1 OR length(trim(reason)) > 0", name=op.f("ck_withheld_item_reason_given")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_withheld_item_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld_item")),
        sa.UniqueConstraint("project_id", "field", "number", name=op.f("uq_withheld_item_project_id")),
    )


def _create_the_rest() -> None:
    op.create_table(
        "package_revision",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_package_revision_reason_given")),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> project_id", name=op.f("ck_package_revision_not_of_itself")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["project.id"], name=op.f("fk_package_revision_parent_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_package_revision_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_revision")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_package_revision_project_id")),
    )
    op.create_index(op.f("ix_package_revision_parent_id"), "package_revision", ["parent_id"], unique=False)
    op.create_table(
        "independent_rating",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column(
            "letter",
            sa.Enum("G", "Y", "R", name="ratingletter", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(length=2000), nullable=False),
        sa.Column("statement", sa.String(length=5000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR length(link) > 0", name=op.f("ck_independent_rating_can_be_read")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_independent_rating_document_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_independent_rating_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_independent_rating")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_independent_rating_project_id")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("department_id", sa.String(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_api_token_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_api_token_token_digest")),
    )
    op.create_table(
        "api_token_revocation",
        sa.Column("token_id", _ROW_NUMBER, nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_api_token_revocation_reason_given")),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name=op.f("fk_api_token_revocation_token_id")),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_api_token_revocation")),
    )


def _let(*, table: str, column: str, check: str, know: tuple[str, ...]) -> None:
    """Add codes to those that a column may have, without writing a table of millions anew."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _let_sqlite(connection, table, check, ", ".join(f"'{code}'" for code in know))
        return
    definition = connection.execute(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :check"), {"check": check}
    ).scalar_one()
    known = dict.fromkeys(re.findall(r"'([a-z_.]+)'", definition))
    codes = ", ".join(f"'{code}'" for code in (*known, *know))
    op.drop_constraint(op.f(check), table, type_="check")
    op.create_check_constraint(op.f(check), table, f"{column} IN ({codes})")


def _let_sqlite(connection: sa.Connection, table: str, check: str, more: str) -> None:
    # https://www.sqlite.org/lang_altertable.html#otheralter: the second procedure, for a change of a CHECK.
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    said: str = connection.execute(
        sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table"), {"table": table}
    ).scalar_one()
    start = said.index(f"CONSTRAINT {check} ")
    end = said.index("))", start)
    op.execute("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :table"),
        {"sql": f"{said[:end]}, {more}{said[end:]}", "table": table},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def downgrade() -> None:
    """Refuse: a public record is not taken back."""
    raise NotImplementedError
