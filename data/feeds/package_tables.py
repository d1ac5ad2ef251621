"""The tables of a data package, and what is in their cells. Money is in the smallest unit, shares in basis points."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from data.feeds import tables
from data.feeds.csv_text import safe
from data.feeds.oc4ids_history import said_on
from data.feeds.written import day, instant
from data.queries.whole_tables import (
    BudgetVersion,
    Contract,
    ContractModification,
    DisclosureItem,
    Milestone,
    MilestoneRevision,
    ProgressReport,
)

#: Columns that are no plain text, by name: the types of Table Schema.
TYPES = {
    **dict.fromkeys(
        (
            *("milestone", "number", "moves", "milestones", "milestones_reached", "slip_days", "point", "corrects"),
            *("amount_minor", "spent_minor", "planned_spent_minor", "physical_bp", "planned_physical_bp", "annual_bp"),
            *("document", "contract", "bidders"),
        ),
        "integer",
    ),
    **dict.fromkeys(("budget", "longitude", "latitude"), "number"),
    **dict.fromkeys(("completes", "is_critical", "unchanged", "is_correction"), "boolean"),
    **dict.fromkeys(
        (
            *("promised_on", "expected_on", "reached_on", "next_due", "date", "date_low", "date_high", "said_on"),
            *("resume_on", "approved_on", "period_start", "period_end", "starts_on", "ends_on", "signed_on"),
            *("formed_on", "published_on", "review_on"),
        ),
        "date",
    ),
    **dict.fromkeys(("updated_at", "recorded_at"), "datetime"),
}
#: What points at a row of another table.
_PROJECT = ("project", "projects", "project")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its columns, what tells its rows apart, and what points at other tables."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    #: Column, table, column of that table.
    points: tuple[tuple[str, str, str], ...] = ()
    #: The rows of the record that it is made of, and the cells of one; none for those that are made otherwise.
    kind: Any = None
    cells: Callable[[Any], Sequence[Any]] | None = None


def _of(row: Any, columns: Iterable[str]) -> list[Any]:
    return [_cell(getattr(row, _NAMES.get(column, column))) for column in columns]


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if hasattr(value, "hour"):
        return instant(value)
    return safe(value) if isinstance(value, str) else value


#: Columns that the record calls otherwise.
_NAMES = {
    "project": "project_id",
    "document": "document_id",
    "contract": "contract_id",
    "milestone": "milestone_id",
    "point": "point_id",
    "date": "due_date",
    "amount_minor": "amount",
    "spent_minor": "spent",
    "planned_spent_minor": "planned_spent",
    "physical_bp": "physical",
    "planned_physical_bp": "planned_physical",
    "annual_bp": "annual_share",
    "item": "rule_key",
}


def _table(
    name: str,
    kind: Any,
    columns: str,
    key: str,
    *points: tuple[str, str, str],
    first: Callable[[Any], Any] | None = None,
) -> Table:
    """
    Return a table whose cells are those of a row of the record.

    :param first: what is in the first column, where the row calls it otherwise
    """
    named = tuple(columns.split())

    def cells(row: Any) -> Sequence[Any]:
        return [first(row), *_of(row, named[1:])] if first else _of(row, named)

    return Table(name=name, columns=named, key=tuple(key.split()), points=points, kind=kind, cells=cells)


def _statement(row: Any) -> Sequence[Any]:
    return [day(said_on(row)), *_of(row, _STATEMENTS[1:])]


_STATEMENTS = (
    *("said_on", "milestone", "number", "kind", "date", "precision", "date_low", "date_high", "reason_code", "reason"),
    *("document", "point", "corrects", "next_steps", "resume_on", "recorded_at"),
)
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
    _table(
        "milestones",
        Milestone,
        "milestone project title type code completes is_critical",
        "milestone",
        _PROJECT,
        first=lambda row: row.id,
    ),
    Table(
        name="statements",
        columns=_STATEMENTS,
        key=("milestone", "number"),
        points=(_MILESTONE,),
        kind=MilestoneRevision,
        cells=_statement,
    ),
    _table(
        "budgets",
        BudgetVersion,
        "project number kind amount_minor currency approved_on document document_number reason recorded_at",
        "project number",
        _PROJECT,
    ),
    _table(
        "reports",
        ProgressReport,
        "project number period_start period_end physical_bp planned_physical_bp annual_bp spent_minor "
        "planned_spent_minor currency unchanged is_correction reason body recorded_at",
        "project number",
        _PROJECT,
    ),
    _table(
        "contracts",
        Contract,
        "contract project number nature title supplier method bidders amount_minor currency starts_on ends_on "
        "signed_on document recorded_at",
        "contract",
        _PROJECT,
        first=lambda row: row.id,
    ),
    _table(
        "contract_changes",
        ContractModification,
        "contract number description rationale amount_minor currency starts_on ends_on signed_on document recorded_at",
        "contract number",
        ("contract", "contracts", "contract"),
    ),
    _table(
        "disclosures",
        DisclosureItem,
        "project item number kind formed_on published_on document link ground review_on reason recorded_at",
        "project item number",
        _PROJECT,
    ),
)
TABLES = (DEPARTMENTS, PROJECTS, *KEPT, CONTRADICTIONS)
