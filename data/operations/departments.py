"""Changes to departments."""

from dataclasses import dataclass

from data.operations.facts import stated
from data.operations.numbering import latest_of
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.department import Department, DepartmentRevision, department_subject
from models.exceptions import InvalidValueError, NotFoundError
from models.ledger import EntryType
from models.revision import demand_latest, demand_reason
from models.text import one_line


@dataclass(frozen=True, kw_only=True)
class PublishDepartment:
    """A department, as it is first known."""

    id: str
    name_zh: str
    name_en: str
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class AmendDepartment:
    """What is now said of a department."""

    department_id: str
    name_zh: str
    name_en: str
    contact: str = ""
    #: Whether a second person must agree to what is published of its projects; as before, where it does not say.
    needs_second_person: bool | None = None
    reason: str
    seen: int | None = None


def publish_department(command: PublishDepartment, uow: UnitOfWork) -> Kept:
    """
    Publish a department.

    :raises InvalidValueError: if the code is taken
    """
    demand(Act.KEEP_DEPARTMENTS, uow.actor)
    if uow.session.get(Department, command.id):
        raise InvalidValueError("id", command.id)
    department = Department(id=command.id, recorded_at=uow.now)
    uow.keep(department)
    revision = DepartmentRevision.first(
        department_id=command.id,
        name_zh=one_line(command.name_zh),
        name_en=one_line(command.name_en),
        contact=one_line(command.contact),
        at=uow.now,
    )
    uow.keep(revision)
    _record(EntryType.DEPARTMENT_PUBLISHED, revision, uow)
    return Kept(subject=department_subject(command.id), key=command.id)


def amend_department(command: AmendDepartment, uow: UnitOfWork) -> Kept:
    """
    Say something else of a department.

    :raises NotFoundError: if there is no such department
    :raises ConflictError: if somebody else did since
    """
    demand(Act.KEEP_DEPARTMENTS, uow.actor)
    latest = latest_of(uow.session, DepartmentRevision, department_id=command.department_id)
    if latest is None:
        raise NotFoundError("department", command.department_id)
    demand_latest("department", seen=command.seen, latest=latest, says=latest.name_zh)
    revision = DepartmentRevision(
        department_id=command.department_id,
        number=latest.number + 1,
        name_zh=one_line(command.name_zh),
        name_en=one_line(command.name_en),
        contact=one_line(command.contact),
        needs_second_person=(
            latest.needs_second_person if command.needs_second_person is None else command.needs_second_person
        ),
        reason=demand_reason("department", command.reason),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(revision)
    _record(EntryType.DEPARTMENT_AMENDED, revision, uow, needed_one=latest.needs_second_person)
    return Kept(subject=department_subject(command.department_id), key=command.department_id, number=revision.number)


def _record(entry_type: EntryType, revision: DepartmentRevision, uow: UnitOfWork, *, needed_one: bool = False) -> None:
    needs_one = revision.needs_second_person
    uow.record(
        entry_type,
        subject=department_subject(revision.department_id),
        about=f"department/{revision.department_id}/{revision.number}",
        pub={
            "name_zh": revision.name_zh,
            "name_en": revision.name_en,
            "reason": revision.reason,
            **stated(needs_second_person=needs_one if needs_one or needed_one else None),
        },
    )
