"""
Making of a whole file one change: every row becomes the statement an officer would make, or nothing of it is kept.

What is shown before anything is sent is found out by making the change and taking it back, so that a preview and what
then happens cannot disagree, and every row that is at fault is told at once.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from data.database import reading as read_record
from data.exchange.round_trip import (
    MOST_EDITS,
    Change,
    Fault,
    MilestoneUpdate,
    ProgressUpdate,
    Reading,
    RoundTripReport,
    Sheet,
    Updates,
)
from data.exchange.round_trip_statements import milestone_statement, progress_statement
from data.exchange.round_trip_unedited import edited_only
from data.operations.commands import trying
from data.operations.milestone_duties import ConfirmMilestone, confirm_milestone
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.money import ConfirmUnchanged, ReportProgress, confirm_unchanged, report_progress
from data.operations.proposals import ProposeChange, propose_change
from data.operations.standing import needs_second_person
from data.unit_of_work import Kept, UnitOfWork
from data.writer import change
from models.actor import Actor
from models.exceptions import InvalidValueError, RecordError, UnreadableFileError
from models.proposal import demand_instant, proposal_in

__all__ = ["keep_updates", "look_at_updates"]

_OPERATIONS: dict[type, Callable[..., Kept]] = {
    ReviseMilestone: revise_milestone,
    ConfirmMilestone: confirm_milestone,
    ReportProgress: report_progress,
    ConfirmUnchanged: confirm_unchanged,
}


class _NotKeptError(RecordError):
    """Raised so that nothing of a file is kept: a row is at fault, or it was only looked at."""


@dataclass
class _Outcome:
    changes: list[Change] = field(default_factory=list)
    commands: list[object] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True, kw_only=True)
class _Sent:
    updates: Updates
    publish_at: datetime | None
    note: str


def look_at_updates(reading: Reading, actor: Actor, *, publish_at: datetime | None = None) -> RoundTripReport:
    """
    Return what a file would come to. Nothing is kept.

    :param publish_at: the instant at which it would be published, where not at once
    :raises UnreadableFileError: ``too_many_edits``
    """
    return _report(reading, actor, is_kept=False, token="", publish_at=publish_at)


def keep_updates(
    reading: Reading, actor: Actor, *, token: str = "", publish_at: datetime | None = None, note: str = ""
) -> RoundTripReport:
    """
    Keep everything that a file says, if all of it can be kept; or propose all of it.

    It is proposed where a second person has to agree, or an instant is given.

    :param token: drawn once for the file; sent again with the same content, nothing happens twice
    :param note: what the second person is told
    :raises TokenReusedError: if it came with other content before
    :raises InvalidValueError: if the instant has passed
    :raises UnreadableFileError: ``too_many_edits``
    """
    return _report(reading, actor, is_kept=True, token=token, publish_at=publish_at, note=note)


def _report(
    reading: Reading, actor: Actor, *, is_kept: bool, token: str, publish_at: datetime | None, note: str = ""
) -> RoundTripReport:
    is_kept = is_kept and not reading.faults
    outcome = _Outcome()
    done: Kept | None = None

    def publish_updates(sent: _Sent, uow: UnitOfWork) -> Kept:
        # A change may be tried again that the database refused for no fault of its own.
        outcome.changes, outcome.commands, outcome.faults, outcome.unchanged = [], [], [], 0
        demand_instant(sent.publish_at, uow.now)
        is_proposed = sent.publish_at is not None or needs_second_person(str(uow.actor.department_id), uow)
        with trying(uow, sent.publish_at or uow.now) if is_proposed else nullcontext(uow) as inner:
            _apply(sent.updates, inner, outcome)
        if outcome.faults or not outcome.changes or not is_kept:
            raise _NotKeptError
        if is_proposed:
            commands = tuple(outcome.commands)
            return propose_change(ProposeChange(commands=commands, publish_at=sent.publish_at, note=sent.note), uow)
        return Kept(subject="updates", number=len(outcome.changes))

    with read_record() as session:
        updates = edited_only(reading.updates, session)
    edited = len(updates.milestones) + len(updates.progress)
    if edited > MOST_EDITS:
        raise UnreadableFileError("too_many_edits", MOST_EDITS)
    if updates.milestones or updates.progress:
        try:
            sent = _Sent(updates=updates, publish_at=publish_at, note=note)
            done = change(publish_updates, sent, actor, token=token if is_kept else "")
        except _NotKeptError:
            pass
    faults = sorted((*reading.faults, *outcome.faults), key=lambda fault: (fault.sheet, fault.row))
    proposal_id = proposal_in(done.subject) if done else None
    return RoundTripReport(
        rows=reading.rows,
        unchanged=outcome.unchanged + len(reading.updates.milestones) + len(reading.updates.progress) - edited,
        changes=outcome.changes,
        faults=faults,
        is_kept=done is not None and proposal_id is None,
        was_sent_before=done is not None and not outcome.changes,
        proposal_id=proposal_id,
    )


def _apply(updates: Updates, uow: UnitOfWork, outcome: _Outcome) -> None:
    rows: Sequence[MilestoneUpdate | ProgressUpdate] = (*updates.milestones, *updates.progress)
    for row in rows:
        sheet = Sheet.MILESTONES if isinstance(row, MilestoneUpdate) else Sheet.PROGRESS
        try:
            with uow.session.begin_nested():
                found = _statement(row, uow)
                if found is not None:
                    _OPERATIONS[type(found[0])](found[0], uow)
        except (RecordError, IntegrityError) as error:
            refused = error if isinstance(error, RecordError) else InvalidValueError("entry", "integrity")
            outcome.faults.append(Fault(sheet=sheet, row=row.row, code=type(refused).__name__, error=refused))
        else:
            if found is None:
                outcome.unchanged += 1
            else:
                outcome.commands.append(found[0])
                outcome.changes.append(found[1])


def _statement(row: MilestoneUpdate | ProgressUpdate, uow: UnitOfWork) -> tuple[object, Change] | None:
    return milestone_statement(row, uow) if isinstance(row, MilestoneUpdate) else progress_statement(row, uow)
