"""What is kept of a project beside its dates and its money: contracts, packages, what is held back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.contract import Contract, ContractModification
from models.milestone import Milestone
from models.milestone_dependency import MilestoneDependency, holding
from models.package import PackageRevision
from models.withheld_item import WithheldField, WithheldItem


@dataclass(frozen=True, kw_only=True)
class ContractView:
    """A contract as it was signed, and what was changed of it since."""

    signed: Contract
    #: First to last.
    modifications: Sequence[ContractModification]

    @property
    def amount(self) -> int | None:
        """What it comes to now, in the smallest unit of its currency; nothing where nobody says."""
        return next((one.amount for one in reversed(self.modifications) if one.amount is not None), self.signed.amount)

    @property
    def currency(self) -> str | None:
        """The currency of what it comes to now."""
        stated = (one.currency for one in reversed(self.modifications) if one.currency is not None)
        return next(stated, self.signed.currency)

    @property
    def ends_on(self) -> date | None:
        """When it ends, as agreed last."""
        return next(
            (one.ends_on for one in reversed(self.modifications) if one.ends_on is not None), self.signed.ends_on
        )


def contracts_of(session: Session, project_id: str) -> list[ContractView]:
    """Return the contracts of a project in the order in which they were published. Two statements."""
    signed = session.exec(
        select(Contract).where(Contract.project_id == project_id).order_by(col(Contract.number))
    ).all()
    changed: dict[int, list[ContractModification]] = defaultdict(list)
    of_project = (
        select(ContractModification)
        .join(Contract, col(Contract.id) == col(ContractModification.contract_id))
        .where(Contract.project_id == project_id)
    )
    for one in session.exec(of_project.order_by(col(ContractModification.number))):
        changed[one.contract_id].append(one)
    return [ContractView(signed=one, modifications=changed[one.id]) for one in signed]


def parent_of(session: Session, project_id: str) -> list[PackageRevision]:
    """Return everything that was said of which project this one is a part of, first to last."""
    of_project = select(PackageRevision).where(PackageRevision.project_id == project_id)
    return list(session.exec(of_project.order_by(col(PackageRevision.number))))


def packages_of(session: Session, project_id: str) -> list[str]:
    """Return the projects that are parts of this one now, in the order of their numbers."""
    latest = (
        select(PackageRevision.project_id, func.max(PackageRevision.number).label("number"))
        .group_by(col(PackageRevision.project_id))
        .subquery()
    )
    return sorted(
        session.exec(
            select(PackageRevision.project_id)
            .join(
                latest,
                (col(PackageRevision.project_id) == latest.c.project_id)
                & (col(PackageRevision.number) == latest.c.number),
            )
            .where(PackageRevision.parent_id == project_id)
        ),
        key=lambda identifier: int(identifier.removeprefix("P-")),
    )


def withheld_of(session: Session, project_id: str) -> dict[WithheldField, list[WithheldItem]]:
    """Return everything that was said of what is held back, by what it is, each first to last; the last one holds."""
    found: dict[WithheldField, list[WithheldItem]] = defaultdict(list)
    of_project = select(WithheldItem).where(WithheldItem.project_id == project_id)
    for item in session.exec(of_project.order_by(col(WithheldItem.field), col(WithheldItem.number))):
        found[item.field].append(item)
    return dict(found)


def predecessors_of(session: Session, project_id: str) -> Mapping[int, Sequence[int]]:
    """Return what each milestone of a project waits for now."""
    of_project = (
        select(MilestoneDependency)
        .join(Milestone, col(Milestone.id) == col(MilestoneDependency.milestone_id))
        .where(Milestone.project_id == project_id)
    )
    return holding(session.exec(of_project.order_by(col(MilestoneDependency.id))))
