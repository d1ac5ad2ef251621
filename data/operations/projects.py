"""Changes to what is said of a project: what it is, and why it was said to be something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from data.operations.facts import stated
from data.operations.identifiers import keep_identifier
from data.operations.project_places import LocateProject, keep_location
from data.operations.standing import demand_on_project, demand_second_person
from data.search import Kind, number_of
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.clock import local_date
from models.decision import Language
from models.department import Department
from models.exceptions import FutureEventError, NotFoundError
from models.ledger import EntryType
from models.project import ApprovalRoute, Cadence, Phase, Project, ProjectRevision, Sector, project_subject
from models.revision import demand_latest, demand_reason
from models.text import cleaned, one_line

#: The first number given to a project.
_FIRST = 1001


@dataclass(frozen=True, kw_only=True)
class ProjectText:
    """What is said of a project."""

    language: Language
    title: str
    description: str = ""
    purpose: str = ""
    phase: Phase
    sector: Sector = Sector.OTHER
    region: str = ""
    #: How it is approved, and how often it is reported of; as before, where an amendment does not say.
    approval_route: ApprovalRoute | None = None
    cadence: Cadence | None = None
    #: The state of affairs of which day is told.
    data_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class PublishProject(ProjectText):
    """A project, as it is first published."""

    department_id: str
    #: GeoJSON, longitude first.
    geometry: Mapping[str, Any] | None = None
    #: Its names in other lists, by scheme.
    identifiers: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class AmendProject(ProjectText):
    """What is now said of a project."""

    project_id: str
    reason: str
    seen: int | None = None


def publish_project(command: PublishProject, uow: UnitOfWork) -> Kept:
    """
    Publish a project.

    :raises NotFoundError: if there is no such department
    :raises InvalidValueError: if an identifier belongs to another project, or the geometry is not one
    :raises FutureEventError: if it is told of a day to come
    """
    demand(Act.PUBLISH_PROJECT, uow.actor, department_id=command.department_id)
    if uow.session.get(Department, command.department_id) is None:
        raise NotFoundError("department", command.department_id)
    demand_second_person(command.department_id, uow)
    project = Project(id=f"P-{uow.next_number('project', first=_FIRST)}", recorded_at=uow.now)
    uow.keep(project)
    for scheme, value in (command.identifiers or {}).items():
        keep_identifier(project.id, scheme, value, uow)
    revision = _said(command, project.id, command.department_id, uow)
    uow.keep(revision)
    _record(EntryType.PROJECT_PUBLISHED, revision, uow)
    if command.geometry is not None:
        keep_location(LocateProject(project_id=project.id, geometry=command.geometry), 1, uow)
    return Kept(subject=project.subject, key=project.id)


def amend_project(command: AmendProject, uow: UnitOfWork) -> Kept:
    """
    Say something else of a project; what was said before stays to be read.

    :raises ConflictError: if somebody else did since
    :raises ReasonMissingError: if nothing says why
    """
    latest = demand_on_project(Act.AMEND_PROJECT, uow, command.project_id)
    demand_latest("project", seen=command.seen, latest=latest, says=latest.title)
    revision = _said(command, command.project_id, latest.department_id, uow)
    revision.number = latest.number + 1
    revision.reason = demand_reason("project", command.reason)
    revision.approval_route = command.approval_route or latest.approval_route
    revision.cadence = command.cadence or latest.cadence
    uow.keep(revision)
    _record(EntryType.PROJECT_AMENDED, revision, uow)
    return Kept(subject=project_subject(command.project_id), key=command.project_id, number=revision.number)


def _said(text: ProjectText, project_id: str, department_id: str, uow: UnitOfWork) -> ProjectRevision:
    if text.data_date is not None and text.data_date > local_date(uow.now):
        raise FutureEventError(text.data_date)
    return ProjectRevision(
        project_id=project_id,
        department_id=department_id,
        language=text.language,
        title=one_line(text.title),
        description=cleaned(text.description),
        purpose=cleaned(text.purpose),
        phase=text.phase,
        sector=text.sector,
        region=one_line(text.region),
        approval_route=text.approval_route,
        cadence=text.cadence,
        data_date=text.data_date,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )


def _record(entry_type: EntryType, revision: ProjectRevision, uow: UnitOfWork) -> None:
    titles = dict.fromkeys((revision.title, *_former_titles(revision, uow)))
    uow.make_findable(Kind.PROJECT, number_of(revision.project_id), *titles, revision.description)
    uow.record(
        entry_type,
        subject=project_subject(revision.project_id),
        about=f"project/{revision.project_id}/{revision.number}",
        pub={
            "department": revision.department_id,
            "title": revision.title,
            "phase": str(revision.phase),
            "sector": str(revision.sector),
            "region": revision.region,
            "reason": revision.reason,
            **stated(approval_route=revision.approval_route, cadence=revision.cadence, data_date=revision.data_date),
        },
        public={"description": revision.description, "purpose": revision.purpose},
    )


def _former_titles(revision: ProjectRevision, uow: UnitOfWork) -> Sequence[str]:
    """Return the names that a project had before: whoever knows it by one of them must find it."""
    if revision.number == 1:
        return ()
    of_project = select(ProjectRevision.title).where(ProjectRevision.project_id == revision.project_id)
    return uow.session.exec(of_project.order_by(col(ProjectRevision.number).desc())).all()
