"""Saying what is held back of a project, on which ground and until when; and that it no longer is."""

from dataclasses import dataclass
from datetime import date

from data.operations.facts import stated
from data.operations.numbering import latest_of
from data.operations.standing import demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.exceptions import InvalidValueError, OrderError
from models.ledger import EntryType
from models.project import project_subject
from models.revision import demand_latest, demand_reason
from models.text import cleaned, one_line
from models.withheld_item import WithheldField, WithheldItem


@dataclass(frozen=True, kw_only=True)
class WithholdField:
    """Whether something is held back, from now on."""

    project_id: str
    field: WithheldField
    #: False where it no longer is.
    holds: bool = True
    #: The law and the article.
    ground: str = ""
    #: Who decided so.
    held_by: str = ""
    #: When it is published, or the ground is looked at again.
    until: date | None = None
    #: Why what was said of it before changes.
    reason: str = ""
    seen: int | None = None
    #: Whether it repeats a file from elsewhere, of which a ground may be over by now.
    is_as_told: bool = False


def withhold_field(command: WithholdField, uow: UnitOfWork) -> Kept:
    """
    Say that something is held back, or no longer. What was said before stays to be read.

    :raises InvalidValueError: if it is held back without a ground and a date, or is not held back to begin with
    :raises OrderError: if the ground would be looked at before today
    :raises ReasonMissingError: if something was said before and nothing says why it changes
    :raises ConflictError: if somebody else said something since
    """
    demand_on_project(Act.WITHHOLD_FIELD, uow, command.project_id)
    latest = latest_of(uow.session, WithheldItem, project_id=command.project_id, field=command.field)
    if latest is not None:
        demand_latest("withheld", seen=command.seen, latest=latest, says=latest.ground)
    _demand_ground(command, latest, local_date(uow.now))
    item = WithheldItem(
        project_id=command.project_id,
        field=command.field,
        number=latest.number + 1 if latest else 1,
        holds=command.holds,
        ground=one_line(command.ground),
        held_by=one_line(command.held_by),
        until=command.until,
        reason=demand_reason("withheld", cleaned(command.reason)) if latest else cleaned(command.reason),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(item)
    uow.record(
        EntryType.VALUE_WITHHELD,
        subject=project_subject(command.project_id),
        about=f"withheld/{item.field}/{item.number}",
        pub={
            "field": str(item.field),
            "holds": item.holds,
            "ground": item.ground,
            **stated(by=item.held_by, until=item.until),
            "reason": item.reason,
        },
    )
    return Kept(subject=project_subject(command.project_id), key=str(item.field), number=item.number)


def _demand_ground(command: WithholdField, latest: WithheldItem | None, today: date) -> None:
    if not command.holds:
        if latest is None or not latest.holds:
            raise InvalidValueError("holds", "unchanged")
        return
    if not command.ground.strip():
        raise InvalidValueError("ground", "missing")
    if command.until is None:
        raise InvalidValueError("until", "missing")
    if command.until < today and not command.is_as_told:
        raise OrderError(today, command.until)
