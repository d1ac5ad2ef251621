"""Changes to which decisions a project carries out."""

from dataclasses import dataclass

from data.operations.standing import demand_on_decision, demand_on_project, demand_second_person, said_of_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.decision import decision_subject
from models.exceptions import NotAllowedError
from models.ledger import EntryType
from models.project import ProjectDecision, project_subject


@dataclass(frozen=True, kw_only=True)
class LinkProject:
    """That a project carries out a decision."""

    project_id: str
    decision_id: str


def link_project(command: LinkProject, uow: UnitOfWork) -> Kept:
    """
    Say that a project carries out a decision. Either department may.

    :raises NotAllowedError: if the actor speaks for neither
    :raises SecondPersonError: if the department of the project has it that a second person agrees, and none did
    """
    try:
        demand_on_decision(Act.LINK_PROJECT, uow, command.decision_id)
        demand_second_person(said_of_project(uow.session, command.project_id).department_id, uow)
    except NotAllowedError:
        demand_on_project(Act.AMEND_PROJECT, uow, command.project_id)
    if uow.session.get(ProjectDecision, (command.decision_id, command.project_id)) is None:
        link = ProjectDecision(decision_id=command.decision_id, project_id=command.project_id, recorded_at=uow.now)
        uow.keep(link)
        for subject in (decision_subject(command.decision_id), project_subject(command.project_id)):
            uow.record(
                EntryType.PROJECT_LINKED,
                subject=subject,
                about=f"link/{command.decision_id}/{command.project_id}",
                pub={"decision": command.decision_id, "project": command.project_id},
            )
    return Kept(subject=project_subject(command.project_id), key=command.project_id)
