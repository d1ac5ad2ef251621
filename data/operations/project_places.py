"""Changes to where a project is said to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.operations.numbering import latest_of
from data.operations.standing import demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.geometry import point_of, sound_geometry
from models.ledger import EntryType
from models.project import LocationRevision, project_subject
from models.revision import demand_latest, demand_reason
from models.text import one_line


@dataclass(frozen=True, kw_only=True)
class LocateProject:
    """Where a project is now said to be."""

    project_id: str
    geometry: Mapping[str, Any]
    reason: str = ""
    seen: int | None = None


def locate_project(command: LocateProject, uow: UnitOfWork) -> Kept:
    """
    Say where a project is.

    :raises InvalidValueError: if the geometry is not one
    :raises ReasonMissingError: if it was said to be elsewhere and nothing says why it moves
    """
    demand_on_project(Act.AMEND_PROJECT, uow, command.project_id)
    latest = latest_of(uow.session, LocationRevision, project_id=command.project_id)
    if latest is not None:
        demand_latest("location", seen=command.seen, latest=latest, says=f"{latest.latitude}, {latest.longitude}")
        demand_reason("location", command.reason)
    number = latest.number + 1 if latest else 1
    keep_location(command, number, uow)
    return Kept(subject=project_subject(command.project_id), key=command.project_id, number=number)


def keep_location(command: LocateProject, number: int, uow: UnitOfWork) -> None:
    """Keep where a project is said to be, as the statement of this number."""
    geometry = sound_geometry(command.geometry)
    longitude, latitude = point_of(geometry)
    location = LocationRevision(
        project_id=command.project_id,
        number=number,
        geometry=geometry,
        longitude=longitude,
        latitude=latitude,
        reason=one_line(command.reason),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(location)
    uow.record(
        EntryType.PROJECT_AMENDED if number > 1 else EntryType.PROJECT_PUBLISHED,
        subject=project_subject(command.project_id),
        about=f"location/{number}",
        # The ledger holds no fractions: millionths of a degree.
        pub={
            "longitude_e6": round(longitude * 1_000_000),
            "latitude_e6": round(latitude * 1_000_000),
            "form": str(geometry["type"]),
            "reason": location.reason,
        },
    )
