"""The tables of a data package, and what is in their cells. Money is in the smallest unit, shares in basis points."""

from data.feeds import tables
from data.feeds.package_columns import Table, kept_table
from data.queries.whole_tables import (
    BudgetVersion,
    Contract,
    ContractModification,
    DisclosureItem,
    IndependentRating,
    Milestone,
    MilestoneAmendment,
    MilestoneConfirmation,
    MilestoneRevision,
    PackageRevision,
    ProgressReport,
    WithheldItem,
)

#: What points at a row of another table.
_PROJECT = ("project", "projects", "project")


DEPARTMENTS = Table(name="departments", columns=("department", "name_zh", "name_en"), key=("department",))
PROJECTS = Table(
    name="projects",
    columns=tables.PROJECTS,
    key=("project",),
    points=(("department", "departments", "department"),),
)
CONTRADICTIONS = Table(
    name="contradictions",
    columns=("project", "kind", "sources"),
    key=("project", "kind", "sources"),
    points=(_PROJECT,),
)
_MILESTONE = ("milestone", "milestones", "milestone")
#: Those that are rows of the record.
KEPT = (
    kept_table(
        "milestones",
        Milestone,
        "milestone project title type code completes is_critical",
        "milestone",
        _PROJECT,
    ),
    kept_table(
        "statements",
        MilestoneRevision,
        "said_on milestone number kind date precision date_low date_high reason_code reason document point "
        "point_elsewhere corrects next_steps resume_on recorded_at",
        "milestone number",
        _MILESTONE,
    ),
    kept_table(
        "amendments",
        MilestoneAmendment,
        "said_on milestone number title code is_critical reason recorded_at",
        "milestone number",
        _MILESTONE,
    ),
    kept_table(
        "confirmations",
        MilestoneConfirmation,
        "said_on milestone number statement recorded_at",
        "milestone number",
        _MILESTONE,
    ),
    kept_table(
        "budgets",
        BudgetVersion,
        "project number kind amount_minor currency approved_on document document_number reason recorded_at",
        "project number",
        _PROJECT,
    ),
    kept_table(
        "reports",
        ProgressReport,
        "project number period_start period_end physical_bp planned_physical_bp annual_bp spent_minor "
        "planned_spent_minor currency unchanged is_correction reason body recorded_at",
        "project number",
        _PROJECT,
    ),
    kept_table(
        "contracts",
        Contract,
        "contract project number nature title supplier method bidders amount_minor currency starts_on ends_on "
        "signed_on document recorded_at",
        "contract",
        _PROJECT,
    ),
    kept_table(
        "contract_changes",
        ContractModification,
        "contract number description rationale amount_minor currency starts_on ends_on signed_on document recorded_at",
        "contract number",
        ("contract", "contracts", "contract"),
    ),
    kept_table(
        "disclosures",
        DisclosureItem,
        "project item number kind formed_on published_on document link ground review_on reason recorded_at",
        "project item number",
        _PROJECT,
    ),
    kept_table(
        "withheld",
        WithheldItem,
        "project field number holds ground held_by until reason recorded_at",
        "project field number",
        _PROJECT,
    ),
    kept_table(
        "ratings",
        IndependentRating,
        "project number rated_by letter rated_on document link words recorded_at",
        "project number",
        _PROJECT,
    ),
    kept_table(
        "packages",
        PackageRevision,
        "project number whole reason recorded_at",
        "project number",
        _PROJECT,
        ("whole", "projects", "project"),
    ),
)
TABLES = (DEPARTMENTS, PROJECTS, *KEPT, CONTRADICTIONS)
