"""Saying which project another one is a part of."""

from dataclasses import dataclass

from data.operations.numbering import latest_of
from data.operations.standing import demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.exceptions import InvalidValueError, NotFoundError
from models.ledger import EntryType
from models.package import PackageRevision
from models.project import Project, project_subject
from models.revision import demand_latest, demand_reason
from models.text import cleaned


@dataclass(frozen=True, kw_only=True)
class PackageProject:
    """Which project a project is a part of, from now on."""

    project_id: str
    #: None where it stands by itself again.
    parent_id: str | None
    reason: str
    seen: int | None = None


def package_project(command: PackageProject, uow: UnitOfWork) -> Kept:
    """
    Say which project a project is a part of. Both records tell; what was said before stays to be read.

    :raises NotFoundError: if there is no such project
    :raises ReasonMissingError: if nothing says why
    :raises InvalidValueError: if a project would be a part of itself, or nothing would change
    :raises ConflictError: if somebody else said something since
    """
    demand_on_project(Act.PACKAGE_PROJECT, uow, command.project_id)
    latest = latest_of(uow.session, PackageRevision, project_id=command.project_id)
    if latest is not None:
        demand_latest("package", seen=command.seen, latest=latest, says=str(latest.parent_id or ""))
    _demand_parent(command, latest, uow)
    revision = PackageRevision(
        project_id=command.project_id,
        number=latest.number + 1 if latest else 1,
        parent_id=command.parent_id,
        reason=demand_reason("package", cleaned(command.reason)),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(revision)
    touched = (command.project_id, command.parent_id, latest.parent_id if latest else None)
    for project_id in filter(None, dict.fromkeys(touched)):
        uow.record(
            EntryType.PROJECT_PACKAGED,
            subject=project_subject(project_id),
            about=f"package/{command.project_id}/{revision.number}",
            pub={"project": command.project_id, "parent": command.parent_id, "reason": revision.reason},
        )
    return Kept(subject=project_subject(command.project_id), key=command.project_id, number=revision.number)


def _demand_parent(command: PackageProject, latest: PackageRevision | None, uow: UnitOfWork) -> None:
    if command.parent_id == (latest.parent_id if latest else None):
        raise InvalidValueError("parent_id", "unchanged")
    if command.parent_id is not None and uow.session.get(Project, command.parent_id) is None:
        raise NotFoundError("project", command.parent_id)
    above = command.parent_id
    while above is not None:
        if above == command.project_id:
            raise InvalidValueError("parent_id", "circle")
        said = latest_of(uow.session, PackageRevision, project_id=above)
        above = said.parent_id if said else None
