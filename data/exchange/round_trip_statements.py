"""What a row of the spreadsheet comes to: a statement, or nothing where it was not edited."""

from datetime import date

from sqlmodel import col, select

from data.exchange.round_trip import Change, MilestoneUpdate, ProgressUpdate, Sheet, UpdateKind
from data.operations.milestone_duties import ConfirmMilestone
from data.operations.milestones import ReviseMilestone
from data.operations.money import ConfirmUnchanged, ReportProgress
from data.unit_of_work import UnitOfWork
from models.clock import local_date
from models.exceptions import ConflictError, InvalidValueError, NotFoundError
from models.milestone import Milestone, MilestoneRevision, Precision
from models.money import ProgressReport
from models.present import ProjectPresent
from models.project import Project
from models.promised_day import last_day

#: A date that moves by more years than these is more likely a slip of the pen.
_FAR = 10
#: Of what these say, the date said last still stands.
_DATE_STANDS = (UpdateKind.CONFIRMED, UpdateKind.PAUSED, UpdateKind.CANCELLED)
_NEEDS_DATE = (UpdateKind.REFORECAST, UpdateKind.REBASELINE, UpdateKind.ACHIEVED)


def milestone_statement(
    row: MilestoneUpdate, uow: UnitOfWork
) -> tuple[ReviseMilestone | ConfirmMilestone, Change] | None:
    """
    Return what a row says of a milestone.

    :raises NotFoundError: if there is no such milestone, or not in that project
    :raises InvalidValueError: if it says something that does not go together
    """
    milestone = uow.session.get(Milestone, row.milestone_id)
    if milestone is None:
        raise NotFoundError("milestone", row.milestone_id)
    if row.project_id and row.project_id != milestone.project_id:
        raise InvalidValueError("project_id", "another")
    seen = milestone.revisions[min(max(row.seen, 1), len(milestone.revisions)) - 1]
    edited = is_edited(row, seen)
    if row.kind is None and not edited:
        if row.reason or row.reason_code or row.resume_on or row.next_steps:
            raise InvalidValueError("due_date", "unchanged")
        return None
    if _is_said_already(row, milestone):
        return None
    kind = row.kind or UpdateKind.REFORECAST
    if kind is UpdateKind.CONFIRMED:
        if edited:
            raise InvalidValueError("kind", "confirmed_but_edited")
        confirmed = ConfirmMilestone(milestone_id=milestone.id, seen=row.seen, data_date=row.data_date)
        return confirmed, _told(row, milestone, kind, milestone.latest.due_date, milestone.latest.precision, uow)
    if row.due_date is None and kind in _NEEDS_DATE:
        raise InvalidValueError("due_date", "missing")
    return _revision(row, milestone, kind, uow)


def _revision(
    row: MilestoneUpdate, milestone: Milestone, kind: UpdateKind, uow: UnitOfWork
) -> tuple[ReviseMilestone, Change]:
    latest = milestone.latest
    stands = row.due_date is None or kind in _DATE_STANDS
    due_date = latest.due_date if stands or row.due_date is None else row.due_date
    precision = Precision.DAY if kind is UpdateKind.ACHIEVED else (latest.precision if stands else row.precision)
    keeps_range = kind is not UpdateKind.ACHIEVED
    low, high = (row.date_low, row.date_high) if row.has_range else _range_around(due_date, latest)
    statement = ReviseMilestone(
        milestone_id=milestone.id,
        kind=kind.revision,
        due_date=due_date,
        precision=precision,
        reason_code=row.reason_code,
        reason=row.reason,
        seen=row.seen,
        date_low=low if keeps_range else None,
        date_high=high if keeps_range else None,
        data_date=row.data_date,
        document_id=row.document_id,
        point_id=row.point_id,
        next_steps=row.next_steps,
        resume_on=row.resume_on,
    )
    return statement, _told(row, milestone, kind, due_date, precision, uow)


def _range_around(day: date, latest: MilestoneRevision) -> tuple[date | None, date | None]:
    """Return the range said last, as far as a date that moved still lies in it."""
    low, high = latest.date_low, latest.date_high
    return (low if low and low <= day else None), (high if high and high >= day else None)


def is_edited(row: MilestoneUpdate, seen: MilestoneRevision) -> bool:
    """Whether a row says another date than the statement that its author saw."""
    if row.has_range and (row.date_low, row.date_high) != (seen.date_low, seen.date_high):
        return True
    if row.due_date is None:
        return False
    return (row.due_date, row.precision) != (last_day(seen.due_date, seen.precision), seen.precision)


def _is_said_already(row: MilestoneUpdate, milestone: Milestone) -> bool:
    """Whether what a row says was said by the statement after the one it saw: the file was sent before."""
    if len(milestone.revisions) != row.seen + 1 or row.kind is UpdateKind.CONFIRMED:
        return False
    latest = milestone.latest
    kind = row.kind or UpdateKind.REFORECAST
    says_date = row.due_date is None or kind in _DATE_STANDS or row.due_date == latest.due_date
    return kind.revision is latest.kind and says_date and row.reason == latest.reason


def _told(
    row: MilestoneUpdate, milestone: Milestone, kind: UpdateKind, day: date, precision: Precision, uow: UnitOfWork
) -> Change:
    latest, today = milestone.latest, local_date(uow.now)
    notes = []
    if abs(day.year - latest.due_date.year) > _FAR:
        notes.append("far")
    if kind in (UpdateKind.REFORECAST, UpdateKind.REBASELINE) and day < today:
        notes.append("past")
    return Change(
        sheet=Sheet.MILESTONES,
        row=row.row,
        project_id=milestone.project_id,
        project=_title(milestone.project_id, uow),
        milestone_id=milestone.id,
        title=milestone.title,
        kind=kind,
        before=latest.due_date,
        before_precision=latest.precision,
        after=day,
        after_precision=precision,
        reason_code=row.reason_code,
        reason=row.reason,
        notes=tuple(notes),
    )


def progress_statement(
    row: ProgressUpdate, uow: UnitOfWork
) -> tuple[ReportProgress | ConfirmUnchanged, Change] | None:
    """
    Return what a row reports of a project.

    :raises NotFoundError: if there is no such project
    :raises ConflictError: if somebody else reported since
    """
    if not row.is_unchanged and not says_something(row):
        return None
    if uow.session.get(Project, row.project_id) is None:
        raise NotFoundError("project", row.project_id)
    latest = uow.session.exec(
        select(ProgressReport)
        .where(ProgressReport.project_id == row.project_id)
        .order_by(col(ProgressReport.number).desc())
        .limit(1)
    ).first()
    now = latest.number if latest else 0
    if now != row.seen:
        raise ConflictError("progress", row.seen, now, str(latest.period_end) if latest else "")
    if row.is_unchanged and says_something(row):
        raise InvalidValueError("kind", "confirmed_but_edited")
    told = Change(
        sheet=Sheet.PROGRESS,
        row=row.row,
        project_id=row.project_id,
        project=_title(row.project_id, uow),
        kind="unchanged" if row.is_unchanged else "report",
        reason=row.body,
    )
    if row.is_unchanged:
        return ConfirmUnchanged(project_id=row.project_id), told
    end = row.period_end or local_date(uow.now)
    report = ReportProgress(
        project_id=row.project_id,
        period_start=row.period_start or (min(latest.period_end, end) if latest else end),
        period_end=end,
        physical=row.physical,
        spent=row.spent,
        currency=row.currency,
        body=row.body,
        planned_physical=row.planned_physical,
        annual_share=row.annual_share,
    )
    return report, told


def says_something(row: ProgressUpdate) -> bool:
    """Whether a row reports anything: 0 is something, and nothing is not."""
    says = (row.physical, row.spent, row.planned_physical, row.annual_share, row.body or None)
    return any(one is not None for one in says)


def _title(project_id: str, uow: UnitOfWork) -> str:
    found = uow.session.get(ProjectPresent, project_id)
    return found.title if found else ""
