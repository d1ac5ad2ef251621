"""The dates of a row, beside what was said of the same milestones before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from data.exchange.dates import Day
from data.exchange.noting import make
from data.exchange.reasons import reason_code_of
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.unit_of_work import UnitOfWork
from models.clock import local_date
from models.milestone import Milestone, MilestoneRevision, MilestoneType, ReasonCode, RevisionKind

#: How the reason of everything begins that an import changes; the name of the file follows.
IMPORTED = "import from "


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a row says of a milestone: when it is promised or expected, and when it was reached."""

    title: str
    planned: Day | None = None
    actual: Day | None = None
    #: One day that is either: reached if it has come, otherwise expected.
    either: Day | None = None
    type: MilestoneType = MilestoneType.DELIVERY
    completes: bool = False


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """The file that says it, of which day, and why dates moved in its own words."""

    name: str
    as_of: date | None = None
    words: str = ""


def keep_promises(project_id: str, promises: Sequence[Promise], file: SourceFile, uow: UnitOfWork) -> None:
    """
    Plan the milestones that are new; say of the others what has changed.

    :raises RecordError: if the record refuses one of the statements
    """
    if not promises:
        return
    milestones = uow.session.exec(select(Milestone).where(Milestone.project_id == project_id)).all()
    # A file may call it as it was called when it was promised; what it is called now comes first.
    known = {one.first_title: one for one in milestones} | {one.title: one for one in milestones}
    seen = len(milestones)
    for promise in promises:
        planned, actual = resolved(promise, file.as_of or local_date(uow.now))
        milestone = known.get(promise.title)
        if milestone is None:
            milestone = _plan(project_id, promise, planned or actual, file, seen, uow)
            seen += 1
        elif planned and not actual:
            _expect(milestone, planned, file, is_either=promise.either is not None, uow=uow)
        if actual:
            _reach(milestone, actual, file, uow)


def resolved(promise: Promise, today: date) -> tuple[Day | None, Day | None]:
    """Return the day planned, and the day on which it was reached, as a row says them on a day."""
    if promise.either is None:
        return promise.planned, promise.actual
    if promise.either.day <= today:
        return promise.planned, promise.either
    return promise.either, None


def _plan(
    project_id: str, promise: Promise, first: Day | None, file: SourceFile, seen: int, uow: UnitOfWork
) -> Milestone:
    assert first is not None, promise  # noqa: S101 - a row without any day makes no promise.
    kept = make(
        plan_milestone,
        PlanMilestone(
            project_id=project_id,
            title=promise.title,
            due_date=first.day,
            precision=first.precision,
            type=promise.type,
            completes=promise.completes,
            data_date=file.as_of,
            seen=seen,
        ),
        uow,
    )
    return uow.session.get_one(Milestone, int(kept.key))


def _expect(milestone: Milestone, planned: Day, file: SourceFile, *, is_either: bool, uow: UnitOfWork) -> None:
    latest = milestone.latest
    if planned.day in (_last_imported(milestone).due_date, latest.due_date):
        return
    if latest.kind is RevisionKind.ACHIEVED:
        if is_either:
            # The file no longer holds that it was reached.
            _say(milestone, RevisionKind.CORRECTION, planned, file, uow)
        return
    _say(milestone, RevisionKind.REFORECAST, planned, file, uow)


def _reach(milestone: Milestone, actual: Day, file: SourceFile, uow: UnitOfWork) -> None:
    latest, imported = milestone.latest, _last_imported(milestone)
    if any(said.kind is RevisionKind.ACHIEVED and said.due_date == actual.day for said in (imported, latest)):
        return
    if latest.kind is RevisionKind.ACHIEVED:
        _say(milestone, RevisionKind.CORRECTION, actual, file, uow)
    _say(milestone, RevisionKind.ACHIEVED, actual, file, uow)


def _say(milestone: Milestone, kind: RevisionKind, day: Day, file: SourceFile, uow: UnitOfWork) -> None:
    codes = {RevisionKind.REFORECAST: reason_code_of(file.words), RevisionKind.CORRECTION: ReasonCode.DATA_CORRECTION}
    make(
        revise_milestone,
        ReviseMilestone(
            milestone_id=milestone.id,
            kind=kind,
            due_date=day.day,
            precision=day.precision,
            reason_code=codes.get(kind),
            reason=_told(file, milestone.latest, day, local_date(uow.now)),
            data_date=file.as_of,
            seen=milestone.latest.number,
        ),
        uow,
    )


def _told(file: SourceFile, before: MilestoneRevision, day: Day, today: date) -> str:
    """Return why a date moved: what the file says; or else that it says nothing."""
    words = file.words or f"as in the file of {file.as_of or today}; no reason is given in it"
    return f"{IMPORTED}{file.name}: {before.due_date} → {day.day}; {words}"


def _last_imported(milestone: Milestone) -> MilestoneRevision:
    """Return what an import said last, or what was said first."""
    return next((one for one in reversed(milestone.revisions) if one.reason.startswith(IMPORTED)), milestone.baseline)
