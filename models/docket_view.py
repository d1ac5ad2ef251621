"""A docket as known at an instant, with the rules it is held against, and what in it shows that something happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from models.clock import local_date
from models.docket import Docket
from models.procedure import ProcessTemplate
from models.working_days import Calendar


@dataclass(frozen=True)
class Evidence:
    """What in the record shows that something happened, or will."""

    kind: str
    id: str
    #: The day it counts from, in the zone of the procedure.
    day: date
    recorded_at: datetime
    #: The instant from which it has happened, where it is one and not a day.
    at: datetime | None = None
    #: The ground on which the public does not see it.
    ground: str = ""


@dataclass(frozen=True, eq=False)
class View:
    """A docket as known at an instant, and the rules it is held against."""

    docket: Docket
    template: ProcessTemplate
    calendar: Calendar
    instant: datetime
    today: date
    flags: frozenset[str]
    #: How each kind of happening is found: those of ``models/happenings.py``.
    finders: Mapping[str, "Finder"]
    _found: dict[str, Evidence | None] = field(default_factory=dict)

    def find(self, name: str) -> Evidence | None:
        """Return the evidence of a happening, past or to come."""
        if name not in self._found:
            kind, _, of = name.partition(":")
            self._found[name] = self.finders[kind](self, of)
        return self._found[name]

    def past(self, name: str) -> Evidence | None:
        """Return the evidence of a happening, if it has happened."""
        found = self.find(name)
        return found if found is not None and self.has_happened(found) else None

    def has_happened(self, evidence: Evidence) -> bool:
        """Whether it has happened by the instant of the view."""
        return evidence.at <= self.instant if evidence.at is not None else evidence.day <= self.today

    def day_of(self, instant: datetime) -> date:
        """Return the civil day of an instant, in the zone of the procedure."""
        return local_date(instant, self.template.day_rule.zone)

    def recorded(self, kind: str, identifier: str, at: datetime) -> Evidence:
        """Return the evidence of what happened when it was recorded."""
        return Evidence(kind, identifier, self.day_of(at), at, at)


#: Finds the evidence of a happening, past or to come, given what its name has after the colon.
Finder = Callable[[View, str], Evidence | None]
