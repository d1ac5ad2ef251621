"""What belongs to projects beside dates and money, for those who take the record away: of many at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from data.queries.project_record import ContractView
from models.contract import Contract, ContractModification
from models.disclosure_item import DisclosureItem
from models.document import StoredFile
from models.milestone import Milestone
from models.milestone_dependency import MilestoneDependency, holding
from models.package import PackageRevision
from models.project import ProjectIdentifier
from models.withheld_item import WithheldItem


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """What belongs to a project, as it holds now."""

    contracts: Sequence[ContractView] = ()
    #: What is held back.
    withheld: Sequence[WithheldItem] = ()
    #: What was said last of each item that is to be published.
    disclosures: Sequence[DisclosureItem] = ()
    #: What each milestone waits for.
    waits_for: Mapping[int, Sequence[int]] = field(default_factory=dict)
    #: Which project it is a part of, and the names of that project by scheme.
    parent_id: str | None = None
    parent_names: Mapping[str, str] = field(default_factory=dict)


def belongings(session: Session, projects: Sequence[str]) -> dict[str, Belongings]:
    """Return what belongs to projects, by their numbers. Seven statements."""
    contracts = _contracts(session, projects)
    withheld = _latest(session, WithheldItem, projects, "field")
    disclosures = _latest(session, DisclosureItem, projects, "rule_key")
    packages = _latest(session, PackageRevision, projects, "project_id")
    waits_for = _waits_for(session, projects)
    parents = {one: said[0].parent_id for one, said in packages.items() if said[0].parent_id}
    names: dict[str, dict[str, str]] = defaultdict(dict)
    of_parents = select(ProjectIdentifier).where(col(ProjectIdentifier.project_id).in_(set(parents.values())))
    for name in session.exec(of_parents):
        names[name.project_id][name.scheme] = name.value
    return {
        one: Belongings(
            contracts=contracts.get(one, ()),
            withheld=[item for item in withheld.get(one, ()) if item.holds],
            disclosures=disclosures.get(one, ()),
            waits_for=waits_for.get(one, {}),
            parent_id=parents.get(one),
            parent_names=names.get(parents.get(one, ""), {}),
        )
        for one in projects
    }


def _contracts(session: Session, projects: Sequence[str]) -> dict[str, list[ContractView]]:
    of_projects = col(Contract.project_id).in_(projects)
    changed: dict[int, list[ContractModification]] = defaultdict(list)
    for one in session.exec(
        select(ContractModification)
        .join(Contract, col(Contract.id) == col(ContractModification.contract_id))
        .where(of_projects)
        .order_by(col(ContractModification.number))
    ):
        changed[one.contract_id].append(one)
    found: dict[str, list[ContractView]] = defaultdict(list)
    for signed in session.exec(select(Contract).where(of_projects).order_by(col(Contract.number))):
        found[signed.project_id].append(ContractView(signed=signed, modifications=changed[signed.id]))
    return found


def _latest(session: Session, kind: Any, projects: Sequence[str], key: str) -> dict[str, list[Any]]:
    """Return what was said last of each thing of each project, in the order of their keys."""
    latest = {
        (row.project_id, getattr(row, key)): row
        for row in session.exec(select(kind).where(kind.project_id.in_(projects)).order_by(kind.number))
    }
    found: dict[str, list[Any]] = defaultdict(list)
    for (project, _), row in sorted(latest.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        found[project].append(row)
    return found


def _waits_for(session: Session, projects: Sequence[str]) -> dict[str, dict[int, Sequence[int]]]:
    said = session.execute(
        select(Milestone.project_id, MilestoneDependency)
        .join(MilestoneDependency, col(MilestoneDependency.milestone_id) == col(Milestone.id))
        .where(col(Milestone.project_id).in_(projects))
        .order_by(col(MilestoneDependency.id))
    ).all()
    by_project: dict[str, list[MilestoneDependency]] = defaultdict(list)
    for project, link in said:
        by_project[project].append(link)
    return {project: dict(holding(links)) for project, links in by_project.items()}


def contents_of(session: Session, addresses: Mapping[int, str]) -> dict[int, bytes]:
    """Return the bytes of files, by the numbers of the documents that they are of."""
    if not addresses:
        return {}
    rows = select(StoredFile.address, StoredFile.content).where(col(StoredFile.address).in_(addresses.values()))
    found: dict[str, bytes] = dict(iter(session.exec(rows)))
    return {number: found[address] for number, address in addresses.items() if address in found}
