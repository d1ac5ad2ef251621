"""
The phase of a project of which no column says one: what its own dates, progress and contracts say of it.

A project whose completing milestone is reached is completed; one of which works have begun, is a contract signed or
anything is built, is being built; one of which anything else is reached is being prepared. Where nothing says so much,
the mapping's default holds. Every preview and report counts what was found in this way, so that nobody takes it for
what the file says.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from data.exchange.mapping import ColumnMapping
from data.exchange.project_row import PhaseMarks, TakeRow
from data.exchange.promises import resolved
from data.exchange.said_before import revisions
from data.unit_of_work import UnitOfWork
from models.clock import local_date
from models.milestone import Milestone, MilestoneType, RevisionKind
from models.money import BudgetKind, BudgetVersion, ProgressReport
from models.project import Phase

#: One date that is reached does not end a project, unless it is named as what completes it.
_FEWEST_DATES = 2


@dataclass(frozen=True, kw_only=True)
class PhaseCounts:
    """How many projects stand in which phase, as far as their dates, progress and contracts say."""

    completion: int = 0
    implementation: int = 0
    preparation: int = 0
    #: Of how many nothing says that anything has begun, and in which phase they are taken to be.
    not_begun: int = 0
    assumed: Phase


@dataclass
class _Facts:
    """What the record, or a row, says of a project that bears on its phase."""

    #: The milestones that count, by title: whether each is reached.
    reached: dict[str, bool]
    completing: set[str]
    is_begun: bool = False


def marks_in(mapping: ColumnMapping) -> PhaseMarks | None:
    """Return which milestones of a mapping tell the phase; nothing where a column says it."""
    if mapping.phase:
        return None
    completes = any(one.completes for one in mapping.milestones)
    delivered = [one.title for one in mapping.milestones if one.type is MilestoneType.DELIVERY and not one.begins]
    return PhaseMarks(
        begins=tuple(one.title for one in mapping.milestones if one.begins),
        last="" if completes or not delivered else delivered[-1],
        assumed=mapping.default_phase,
    )


def phase_by_facts(command: TakeRow, today: date) -> Phase | None:
    """Return the phase that the dates, progress and contract of a row say; nothing where they say none."""
    marks = command.marks
    return None if marks is None else _phase(_with_row(_Facts({}, set()), command, today), marks)


def phase_followed(command: TakeRow, project_id: str, said: Phase, uow: UnitOfWork) -> Phase | None:
    """
    Return the phase in which a known project now is by a row; nothing where that is as before.

    Only a phase that follows from what the record says already goes along with what the row adds: one that anybody
    said otherwise, in a column or a form, holds until somebody says another.
    """
    marks = command.marks
    if marks is None:
        return None
    before = _recorded(command, project_id, uow)
    if (_phase(before, marks) or marks.assumed) is not said:
        return None
    after = _phase(_with_row(before, command, command.as_of or local_date(uow.now)), marks) or marks.assumed
    return None if after is said else after


def counted_phases(phases: Iterable[Phase | None], assumed: Phase) -> PhaseCounts:
    """Return how many projects stand in which phase; those of which nothing says it count as not begun."""
    found = Counter(phases)
    return PhaseCounts(
        completion=found[Phase.COMPLETION],
        implementation=found[Phase.IMPLEMENTATION],
        preparation=found[Phase.PREPARATION],
        not_begun=found[None],
        assumed=assumed,
    )


def _phase(facts: _Facts, marks: PhaseMarks) -> Phase | None:
    reached = {title for title, is_reached in facts.reached.items() if is_reached}
    is_all = len(reached) == len(facts.reached) >= _FEWEST_DATES
    if reached & facts.completing or (is_all and not facts.completing and marks.last in reached):
        return Phase.COMPLETION
    if facts.is_begun or reached & set(marks.begins):
        return Phase.IMPLEMENTATION
    return Phase.PREPARATION if reached else None


def _recorded(command: TakeRow, project_id: str, uow: UnitOfWork) -> _Facts:
    """Return what the record says of a project; of progress and contracts only where the row speaks of them too."""
    kept = uow.session.exec(select(Milestone).where(Milestone.project_id == project_id)).all()
    standing = [one for one in kept if one.latest.kind is not RevisionKind.CANCELLED]
    built = revisions(ProgressReport, project_id, uow) if command.progress else ()
    agreed = revisions(BudgetVersion, project_id, uow) if command.budget else ()
    return _Facts(
        reached={one.title: one.latest.kind is RevisionKind.ACHIEVED for one in standing},
        completing={one.title for one in standing if one.completes},
        is_begun=any(one.physical for one in built) or any(one.kind is BudgetKind.CONTRACT for one in agreed),
    )


def _with_row(before: _Facts, command: TakeRow, today: date) -> _Facts:
    reached = dict(before.reached)
    for promise in command.promises:
        if resolved(promise, today)[1] is not None:
            reached[promise.title] = True
        elif promise.either is not None:
            # One day that is either, and has not come: whatever was said before, it is not reached.
            reached[promise.title] = False
        else:
            reached.setdefault(promise.title, False)
    is_built = command.progress is not None and bool(command.progress.built)
    is_agreed = command.budget is not None and command.budget.kind is BudgetKind.CONTRACT
    return _Facts(
        reached=reached,
        completing=before.completing | {promise.title for promise in command.promises if promise.completes},
        is_begun=before.is_begun or is_built or is_agreed,
    )
