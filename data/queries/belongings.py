"""What belongs to projects beside dates and money, for those who take the record away: of many at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from data.queries.project_record import ContractView
from models.comment import Point
from models.contract import Contract, ContractModification
from models.disclosure_item import DisclosureItem
from models.document import StoredFile
from models.milestone import Milestone, MilestoneRevision
from models.milestone_amendment import MilestoneAmendment
from models.milestone_dependency import MilestoneDependency, holding
from models.milestone_revision import MilestoneConfirmation
from models.package import PackageRevision
from models.project import ProjectIdentifier
from models.published_forecast import PublishedForecast
from models.rating import IndependentRating
from models.withheld_item import WithheldItem


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """What belongs to a project: each list with everything that was said, first to last."""

    contracts: Sequence[ContractView] = ()
    #: Of what is held back; and of items that are to be published: the statements about one thing side by side.
    withheld: Sequence[WithheldItem] = ()
    disclosures: Sequence[DisclosureItem] = ()
    ratings: Sequence[IndependentRating] = ()
    #: When it was said that the date of a milestone still holds.
    confirmations: Mapping[int, Sequence[MilestoneConfirmation]] = field(default_factory=dict)
    #: What a milestone was said to be after it had been promised.
    amendments: Mapping[int, Sequence[MilestoneAmendment]] = field(default_factory=dict)
    #: What each milestone waits for now.
    waits_for: Mapping[int, Sequence[int]] = field(default_factory=dict)
    #: Of which decisions the points are that moved its dates.
    points: Mapping[int, str] = field(default_factory=dict)
    #: Whether it was ever published how likely one of its dates is.
    has_forecasts: bool = False
    #: Which project it is a part of, and the names of that project by scheme.
    parent_id: str | None = None
    parent_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def held_back(self) -> Sequence[WithheldItem]:
        """What is held back now."""
        return [item for item in {said.field: said for said in self.withheld}.values() if item.holds]

    def said_beside_dates(self, milestone: int) -> Sequence[MilestoneConfirmation | MilestoneAmendment]:
        """Return what was said of a milestone that moves no date: that it still holds, and what it is."""
        return [*self.confirmations.get(milestone, ()), *self.amendments.get(milestone, ())]


def belongings(session: Session, projects: Sequence[str]) -> dict[str, Belongings]:
    """Return what belongs to projects, by their numbers. Twelve statements."""
    contracts = _contracts(session, projects)
    withheld = _said(session, WithheldItem, projects, "field")
    disclosures = _said(session, DisclosureItem, projects, "rule_key")
    ratings = _said(session, IndependentRating, projects)
    packages = _said(session, PackageRevision, projects)
    confirmations = _said_of_milestones(session, MilestoneConfirmation, projects)
    amendments = _said_of_milestones(session, MilestoneAmendment, projects)
    waits_for = _waits_for(session, projects)
    points = _points(session, projects)
    forecast = _forecast(session, projects)
    parents = {one: said[-1].parent_id for one, said in packages.items() if said[-1].parent_id}
    names: dict[str, dict[str, str]] = defaultdict(dict)
    of_parents = select(ProjectIdentifier).where(col(ProjectIdentifier.project_id).in_(set(parents.values())))
    for name in session.exec(of_parents):
        names[name.project_id][name.scheme] = name.value
    return {
        one: Belongings(
            contracts=contracts.get(one, ()),
            withheld=withheld.get(one, ()),
            disclosures=disclosures.get(one, ()),
            ratings=ratings.get(one, ()),
            confirmations=confirmations.get(one, {}),
            amendments=amendments.get(one, {}),
            waits_for=waits_for.get(one, {}),
            points=points.get(one, {}),
            has_forecasts=one in forecast,
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


def _said(session: Session, kind: Any, projects: Sequence[str], key: str = "number") -> dict[str, list[Any]]:
    """Return what was said of projects in a table: of each in the order of the key, then of the numbers."""
    statement = select(kind).where(kind.project_id.in_(projects)).order_by(getattr(kind, key), kind.number)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in session.exec(statement):
        found[row.project_id].append(row)
    return found


def _said_of_milestones(session: Session, kind: Any, projects: Sequence[str]) -> dict[str, dict[int, list[Any]]]:
    """Return what was said of milestones in a table, by project and milestone, each first to last."""
    said = session.execute(
        select(Milestone.project_id, kind)
        .join(kind, kind.milestone_id == col(Milestone.id))
        .where(col(Milestone.project_id).in_(projects))
        .order_by(kind.number)
    ).all()
    found: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for project, one in said:
        found[project][one.milestone_id].append(one)
    return found


def _points(session: Session, projects: Sequence[str]) -> dict[str, dict[int, str]]:
    named = session.execute(
        select(Milestone.project_id, Point.id, Point.decision_id)
        .join(MilestoneRevision, col(MilestoneRevision.milestone_id) == col(Milestone.id))
        .join(Point, col(Point.id) == col(MilestoneRevision.point_id))
        .where(col(Milestone.project_id).in_(projects))
    ).all()
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for project, point, decision in named:
        found[project][point] = decision
    return found


def _forecast(session: Session, projects: Sequence[str]) -> set[str]:
    published = (
        select(Milestone.project_id)
        .join(PublishedForecast, col(PublishedForecast.milestone_id) == col(Milestone.id))
        .where(col(Milestone.project_id).in_(projects))
        .distinct()
    )
    return set(session.exec(published))


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
