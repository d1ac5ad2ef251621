"""What milestones were said to be, and are said to be since: a correction, with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from data.queries.project_rows import ProjectRows
from models.day_said import said_on
from models.milestone import Milestone
from models.milestone_amendment import Description, MilestoneAmendment, descriptions
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class Amended:
    """One correction of what a milestone is."""

    recorded_at: datetime
    said_on: date
    #: What it was called when that was said.
    title: str
    #: What was said before, and what is said instead.
    says: str
    reason: str


def amended(milestone: Milestone, amendments: Sequence[MilestoneAmendment], language: str) -> list[Amended]:
    """Return what was said anew of a milestone, first to last; ``amendments`` may be of others, too."""
    own = [one for one in amendments if one.milestone_id == milestone.id]
    said = descriptions(milestone.first_description, own)
    return [
        Amended(
            recorded_at=one.recorded_at,
            said_on=said_on(one),
            title=after.title,
            says=_difference(before, after, language),
            reason=one.reason,
        )
        for one, (before, after) in zip(own, pairwise(said), strict=True)
    ]


def all_amended(rows: ProjectRows, language: str) -> list[Amended]:
    """Return what was said anew of the milestones of a project."""
    return [one for milestone in rows.milestones for one in amended(milestone, rows.amendments, language)]


def _difference(before: Description, after: Description, language: str) -> str:
    pairs = {
        "title": (before.title, after.title),
        "code": (_code(before, language), _code(after, language)),
        "critical": (_critical(before, language), _critical(after, language)),
    }
    parts = [
        word("project.change.from_to", language, what=word(f"project.change.{name}", language), before=old, after=new)
        for name, (old, new) in pairs.items()
        if old != new
    ]
    said = word("project.change.between", language).join(parts)
    return word("project.change.amended", language, said=said)


def _code(said: Description, language: str) -> str:
    return word(f"codes.milestone_code.{said.code}" if said.code else "site.not_stated", language)


def _critical(said: Description, language: str) -> str:
    return word("project.change.is_critical" if said.is_critical else "project.change.is_not_critical", language)
