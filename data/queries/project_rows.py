"""Everything that was ever said of one project, read at once; what a past day knew is a part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased, selectinload
from sqlmodel import Session, col

from data.queries.agreements import agreed_part, agreements
from data.queries.documents import DocumentSummary, summary_of
from data.queries.united import Part, United
from models.clock import end_of_day
from models.contract import Contract, ContractModification
from models.disclosure_item import DisclosureItem
from models.document import Document, DocumentRevision, StoredFile
from models.ledger import LedgerEntry
from models.milestone import Milestone, MilestoneRevision
from models.milestone_amendment import MilestoneAmendment
from models.milestone_dependency import MilestoneDependency
from models.milestone_revision import MilestoneConfirmation
from models.money import BudgetVersion, ProgressReport
from models.package import PackageRevision
from models.present import DecisionPresent
from models.project import LocationRevision, ProjectDecision, ProjectIdentifier, ProjectRevision
from models.proposal import Agreement
from models.rating import IndependentRating
from models.withheld_item import WithheldItem

#: The project that is asked about.
_PROJECT: Any = bindparam("project")
_OF_PROJECT: tuple[Any, ...] = (
    ProjectRevision,
    BudgetVersion,
    ProgressReport,
    Contract,
    ProjectIdentifier,
    IndependentRating,
    WithheldItem,
    DisclosureItem,
)
#: What is known as of a day when it was recorded by then.
_DATED = (
    "revisions",
    "confirmations",
    "dependencies",
    "amendments",
    "locations",
    "budgets",
    "reports",
    "contracts",
    "modifications",
    "ratings",
    "withheld",
    "disclosures",
    "packages",
)
_OF_MILESTONES: tuple[Any, ...] = (MilestoneConfirmation, MilestoneDependency, MilestoneAmendment)


@dataclass(frozen=True, kw_only=True)
class ProjectRows:
    """What is said of a project: each first to last; the last one holds."""

    id: str
    revisions: Sequence[ProjectRevision]
    milestones: Sequence[Milestone]
    #: What was said of each milestone, by its number.
    said: Mapping[int, Sequence[MilestoneRevision]]
    confirmations: Sequence[MilestoneConfirmation]
    dependencies: Sequence[MilestoneDependency]
    #: What milestones were said to be after they had been promised.
    amendments: Sequence[MilestoneAmendment]
    locations: Sequence[LocationRevision]
    budgets: Sequence[BudgetVersion]
    reports: Sequence[ProgressReport]
    contracts: Sequence[Contract]
    modifications: Sequence[ContractModification]
    identifiers: Sequence[ProjectIdentifier]
    decisions: Sequence[DecisionPresent]
    ratings: Sequence[IndependentRating]
    withheld: Sequence[WithheldItem]
    disclosures: Sequence[DisclosureItem]
    #: Of which project it was said to be a part, and which were said to be parts of it.
    packages: Sequence[PackageRevision]
    #: Each statement about a document, with its file.
    documents: Sequence[tuple[DocumentRevision, Any]]
    #: Under which proposal a statement about a milestone was published, by what it is about: ``milestone/17/2``.
    agreements: Mapping[str, Agreement]

    def as_of(self, day: date) -> "ProjectRows | None":
        """Return what had been recorded at the end of a day; nothing if the project had not."""
        before = end_of_day(day)

        def known(rows: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(row for row in rows if row.recorded_at < before)

        said = {milestone: rows for milestone, all_rows in self.said.items() if (rows := known(all_rows))}
        found = replace(
            self,
            said=said,
            milestones=tuple(one for one in self.milestones if one.id in said),
            documents=tuple(one for one in self.documents if one[0].recorded_at < before),
            **{name: known(getattr(self, name)) for name in _DATED},  # type: ignore[arg-type]  # these are rows.
        )
        return found if found.revisions else None

    @property
    def latest_documents(self) -> list[DocumentSummary]:
        """What is said of each document, in the order they were published."""
        latest = {said.document_id: (said, file) for said, file in self.documents}
        return [summary_of(said, file) for _, (said, file) in sorted(latest.items())]


def project_rows(session: Session, project_id: str) -> ProjectRows | None:
    """Return everything that was said of a project; nothing if there is none of that number. Six statements."""
    found = _united().rows(session, project=project_id)
    if not found[ProjectRevision]:
        return None
    milestones = _milestones(session, project_id)
    return ProjectRows(
        id=project_id,
        revisions=found[ProjectRevision],
        milestones=milestones,
        said={one.id: tuple(one.revisions) for one in milestones},
        confirmations=found[MilestoneConfirmation],
        dependencies=sorted(found[MilestoneDependency], key=lambda one: one.id),
        amendments=found[MilestoneAmendment],
        locations=session.execute(_of_project().locations, {"project": project_id}).scalars().all(),
        budgets=found[BudgetVersion],
        reports=found[ProgressReport],
        contracts=found[Contract],
        modifications=found[ContractModification],
        identifiers=found[ProjectIdentifier],
        decisions=session.execute(_of_project().decisions, {"project": project_id}).scalars().all(),
        ratings=found[IndependentRating],
        withheld=found[WithheldItem],
        disclosures=found[DisclosureItem],
        packages=sorted(found[PackageRevision], key=lambda one: one.id),
        documents=_documents(session, project_id),
        agreements=agreements(found[LedgerEntry]),
    )


@cache
def _united() -> United:
    of_milestone = (Milestone.__table__,)  # type: ignore[attr-defined]  # SQLModel does not tell of it.
    return United(
        *(Part(model, col(model.project_id) == _PROJECT) for model in _OF_PROJECT),
        *(
            Part(
                model, col(Milestone.project_id) == _PROJECT, (*of_milestone, col(Milestone.id) == model.milestone_id)
            )
            for model in _OF_MILESTONES
        ),
        Part(
            ContractModification,
            col(Contract.project_id) == _PROJECT,
            (Contract.__table__, col(Contract.id) == col(ContractModification.contract_id)),  # type: ignore[attr-defined]  # as above.
        ),
        Part(PackageRevision, _is_package()),
        agreed_part(),
    )


def _is_package() -> Any:
    """Return what is said of the project as a part, and of all that was ever said to be a part of it."""
    said, part = PackageRevision, aliased(PackageRevision)
    parts = select(part.project_id).where(col(part.parent_id) == _PROJECT)  # type: ignore[call-overload]  # as SQLAlchemy has it.
    return (col(said.project_id) == _PROJECT) | col(said.project_id).in_(parts)


def _milestones(session: Session, project_id: str) -> list[Milestone]:
    found = session.execute(_of_project().milestones, {"project": project_id}).scalars()
    return sorted(found, key=lambda milestone: (milestone.baseline.due_date, milestone.id))


def _documents(session: Session, project_id: str) -> list[tuple[DocumentRevision, Any]]:
    return [(row[0], row) for row in session.execute(_of_project().documents, {"project": project_id})]


@dataclass(frozen=True)
class _Statements:
    """What is read as objects. Put together once: that takes longer than to run it."""

    milestones: Any
    locations: Any
    decisions: Any
    documents: Any


@cache
def _of_project() -> _Statements:
    file: Any = StoredFile
    return _Statements(
        milestones=select(Milestone)
        .where(col(Milestone.project_id) == _PROJECT)
        .options(selectinload(Milestone.revisions)),  # type: ignore[arg-type]  # SQLModel types it as a list.
        locations=select(LocationRevision)
        .where(col(LocationRevision.project_id) == _PROJECT)
        .order_by(col(LocationRevision.number)),
        decisions=select(DecisionPresent)
        .join(ProjectDecision, col(ProjectDecision.decision_id) == col(DecisionPresent.decision_id))
        .where(col(ProjectDecision.project_id) == _PROJECT)
        .order_by(col(DecisionPresent.decision_id)),
        documents=select(DocumentRevision, file.address, file.name, file.media_type, file.size, file.sha256)
        .join(Document, col(Document.id) == col(DocumentRevision.document_id))
        .join(StoredFile, col(StoredFile.id) == col(DocumentRevision.stored_file_id), isouter=True)
        .where(col(Document.project_id) == _PROJECT)
        .order_by(col(DocumentRevision.document_id), col(DocumentRevision.number)),
    )
