"""The names of projects in other lists: they identify a project through every change of its title."""

from dataclasses import dataclass

from data.operations.standing import demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.exceptions import InvalidValueError
from models.ledger import EntryType
from models.project import ProjectIdentifier, project_subject
from models.project_code import SCHEME, project_code
from models.text import one_line


@dataclass(frozen=True, kw_only=True)
class IdentifyProject:
    """The name of a project in somebody else's list."""

    project_id: str
    #: The list: ``CN-GBT40058`` is that of the national project codes.
    scheme: str
    value: str


def identify_project(command: IdentifyProject, uow: UnitOfWork) -> Kept:
    """
    Publish the name of a project in another list.

    :raises InvalidValueError: if it is the name of another project, or no code of that list
    """
    demand_on_project(Act.AMEND_PROJECT, uow, command.project_id)
    kept = keep_identifier(command.project_id, one_line(command.scheme), one_line(command.value), uow)
    uow.record(
        EntryType.PROJECT_IDENTIFIED,
        subject=project_subject(command.project_id),
        about=f"project/{command.project_id}/identifier",
        pub={"scheme": kept.scheme, "value": kept.value},
    )
    return Kept(subject=project_subject(command.project_id), key=command.project_id)


def keep_identifier(project_id: str, scheme: str, value: str, uow: UnitOfWork) -> ProjectIdentifier:
    """
    Keep the name of a project in another list.

    :raises InvalidValueError: if it is the name of another project, or no code of that list
    """
    if scheme == SCHEME:
        value = str(project_code(value))
    if uow.session.get(ProjectIdentifier, (scheme, value)):
        raise InvalidValueError("identifier", value)
    identifier = ProjectIdentifier(scheme=scheme, value=value, project_id=project_id)
    uow.keep(identifier)
    return identifier
