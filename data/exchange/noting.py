"""
Making changes, and noting which: so that what an import would do can be proposed as the commands that do it.

Rows are tried one after the other. What a row's project and its milestones would be numbered is not known before they
are published; commands that follow name them by the place of the command that makes them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from data.operations.commands import milestone_made_by, project_made_by
from data.operations.milestones import PlanMilestone
from data.operations.projects import PublishProject
from data.unit_of_work import Kept, UnitOfWork

C = TypeVar("C")


@dataclass
class NotingUnitOfWork(UnitOfWork):
    """A unit of work that remembers which commands were made in it, and what each resulted in."""

    noted: list[tuple[Any, Kept]] = field(default_factory=list)


def make(operation: Callable[[C, UnitOfWork], Kept], command: C, uow: UnitOfWork) -> Kept:
    """
    Make a change as a part of an import; where the import is to be proposed, note it too.

    :raises RecordError: if the record refuses it
    """
    kept = operation(command, uow)
    if isinstance(uow, NotingUnitOfWork):
        uow.noted.append((command, kept))
    return kept


def in_their_places(noted: Sequence[tuple[Any, Kept]], first: int) -> list[Any]:
    """
    Return noted commands such that each names what the ones before it make by their places.

    :param first: the place of the first of them in the proposal
    """
    projects: dict[str, str] = {}
    milestones: dict[int, int] = {}
    found = []
    for place, (command, kept) in enumerate(noted, first):
        told: dict[str, Any] = {}
        if (project := projects.get(getattr(command, "project_id", ""))) is not None:
            told["project_id"] = project
        if (milestone := milestones.get(getattr(command, "milestone_id", 0))) is not None:
            told["milestone_id"] = milestone
        found.append(replace(command, **told))
        if isinstance(command, PublishProject):
            projects[kept.key] = project_made_by(place)
        elif isinstance(command, PlanMilestone):
            milestones[int(kept.key)] = milestone_made_by(place)
    return found
