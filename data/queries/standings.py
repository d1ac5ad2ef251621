"""
How every project stands: its light, how late it is, how likely its date, and what contradicts itself.

What was evaluated is kept (:mod:`data.queries.evaluations`) until the project changes, or the day ends. What a past
day knew never changes; the last few days that somebody asked for are kept, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from itertools import chain, compress, islice
from operator import is_not
from threading import Lock

from sqlmodel import Session, col, select

from data.queries.evaluations import Evaluations, undisturbed
from data.queries.keeping import Shelf, kept_with
from data.queries.portfolio_columns import Columns
from data.queries.promised import ProjectPromises
from data.queries.promises import chunks, project_facts
from data.queries.standing import Standing, in_class, standing
from models.clock import end_of_day, local_date
from models.evidence import EverythingSaid, Evidence
from models.project import Project, project_subject
from models.promise_cases import Statements, as_statements, statements_of

__all__ = [
    "Standing",
    "Standings",
    "all_standings",
    "standing_of",
    "standings_at",
    "standings_on",
]

#: How many past days are kept: one is some ten megabytes for ten thousand projects.
_DAYS = 4
#: So many changed projects are patched into what was made of all; for more, it is made anew.
_FEW = 200


class Standings(Mapping[str, Standing]):
    """How every project stands on a day, by its number."""

    def __init__(self, evaluated: Mapping[str, "_Evaluated"], on: date, before: "Standings | None" = None) -> None:
        """
        Gather the evaluations of a day.

        :param before: those of before something changed
        """
        self.on = on
        #: The same object as long as nothing has changed.
        self.evaluated = evaluated
        self._columns_before = before.last_columns if before else None
        self._evidence_before = before.last_evidence if before and before.on == on else None

    @cached_property
    def columns(self) -> Columns:
        """How they stand, as columns: of what has not changed, as they were made before."""
        if self._columns_before is not None:
            evaluated, columns = self._columns_before
            changed = self._changed_since(evaluated)
            if len(changed) <= _FEW and len(evaluated) == len(self.evaluated):
                return columns.with_changed([self.evaluated[name].standing for name in changed])
        return Columns([one.standing for one in self.evaluated.values()])

    @cached_property
    def evidence(self) -> Evidence:
        """What all of them are evidence of: with what has not changed, as it was weighed before."""
        if self._evidence_before is not None:
            evaluated, evidence = self._evidence_before
            changed = self._changed_since(evaluated)
            if len(changed) <= _FEW:
                before = (evaluated[name].statements for name in changed if name in evaluated)
                after = (self.evaluated[name].statements for name in changed)
                return evidence.with_changed(before, after, self._departments)
        said = EverythingSaid(lambda: (one.statements for one in self.evaluated.values()))
        return Evidence(said, self._departments, self.on)

    @property
    def last_columns(self) -> "tuple[Mapping[str, _Evaluated], Columns] | None":
        """The columns that were made last, and of what."""
        return (self.evaluated, self.columns) if "columns" in vars(self) else self._columns_before

    @property
    def last_evidence(self) -> "tuple[Mapping[str, _Evaluated], Evidence] | None":
        """The evidence that was weighed last, and of what."""
        is_weighed = "evidence" in vars(self) and self.evidence.is_weighed
        return (self.evaluated, self.evidence) if is_weighed else self._evidence_before

    def departments_changed_since(self, before: "Standings") -> set[str]:
        """Return the departments of which any project stands otherwise than before."""
        changed = self._changed_since(before.evaluated)
        states = (each[name] for each in (before.evaluated, self.evaluated) for name in changed if name in each)
        return {one.standing.said.department_id for one in states}

    def _changed_since(self, before: Mapping[str, "_Evaluated"]) -> list[str]:
        after = self.evaluated
        # Whoever is new comes last, so that most are found without looking for each by its name.
        moved = compress(after, map(is_not, after.values(), before.values()))
        return [name for name in chain(moved, islice(after, len(before), None)) if before.get(name) is not after[name]]

    def _departments(self) -> Iterator[str]:
        return (one.standing.said.department_id for one in self.evaluated.values())

    def __getitem__(self, project_id: str) -> Standing:
        return self.evaluated[project_id].standing.beside(self.evidence)

    def __iter__(self) -> Iterator[str]:
        return iter(self.evaluated)

    def __len__(self) -> int:
        return len(self.evaluated)


@dataclass(frozen=True)
class _Evaluated:
    """How a project stands, but for what others are evidence of; and what it is evidence of itself."""

    standing: Standing
    statements: Statements = field(repr=False)


class _Kept:
    """What is kept of one database, beside the evaluations."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.present: Standings | None = None
        self.past: Shelf[date, Standings] = Shelf(_DAYS)


@cache
def _evaluations() -> Evaluations[_Evaluated]:
    return Evaluations(project_subject(""), _judge)


def standing_of(session: Session, project_id: str, now: datetime) -> Standing | None:
    """Return how a project stands at present; nothing if there is none of that number."""
    return all_standings(session, now).get(project_id)


def all_standings(session: Session, now: datetime) -> Standings:
    """
    Return how every project stands at present.

    One statement where nothing has changed since it was last asked, two where other things have; and eleven for every
    five hundred projects that changed. Whoever gets it shares it with others; it is the same object until one changes.
    """
    evaluated = _evaluations().all(session, now)
    kept = kept_with(session, _Kept)
    with kept.lock:
        if kept.present is None or kept.present.evaluated is not evaluated:
            # The same for all: on another day, all would have been evaluated again.
            on = next((one.standing.on for one in evaluated.values()), local_date(now))
            kept.present = Standings(evaluated, on, kept.present)
        return kept.present


def standings_on(session: Session, day: date, *, now: datetime) -> Standings:
    """
    Return how every project stood at the end of a day, by what had been recorded then.

    All of a past day are evaluated when it is first asked for, which takes as long as all of the present.
    """
    present = all_standings(session, now)
    if day >= present.on:
        return present
    kept = kept_with(session, _Kept)
    # Who comes while all are evaluated waits for that, instead of doing the same.
    with kept.lock:
        return kept.past.find(day, lambda: _past(session, day))


def standings_at(session: Session, project_ids: Sequence[str], day: date, *, now: datetime) -> Mapping[str, Standing]:
    """Return how some projects stood at the end of a day, by what had been recorded then, as if all were asked for."""
    present = all_standings(session, now)
    known = present if day >= present.on else kept_with(session, _Kept).past.get(day)
    if known is not None:
        return {one: known[one] for one in project_ids if one in known}
    evidence = present.evidence.as_of(day)
    told = project_facts(session, project_ids, day)
    return {identifier: standing(one, day, evidence) for identifier, one in told.items()}


def _past(session: Session, day: date) -> Standings:
    known = select(Project.id).where(col(Project.recorded_at) < end_of_day(day)).order_by(Project.id)
    evaluated: dict[str, _Evaluated] = {}
    with undisturbed():
        for some in chunks(session.exec(known).all()):
            evaluated |= {name: _evaluated(one, day) for name, one in project_facts(session, some, day).items()}
    return Standings(evaluated, day)


def _judge(session: Session, identifiers: Sequence[str], now: datetime) -> dict[str, tuple[datetime, _Evaluated]]:
    today = local_date(now)
    told = project_facts(session, identifiers)
    return {identifier: (end_of_day(today), _evaluated(one, today)) for identifier, one in told.items()}


def _evaluated(told: ProjectPromises, today: date) -> _Evaluated:
    rows = (
        row
        for one in sorted(told.milestones, key=lambda one: one.id)
        for row in statements_of(one.history, one.recorded_on, **in_class(told, one))
    )
    return _Evaluated(standing(told, today, _no_evidence()), as_statements(rows))


@cache
def _no_evidence() -> Evidence:
    return Evidence(EverythingSaid(tuple), tuple, date.min)
