"""Rows of a file that nobody edited: found before anything is changed, so that they keep nobody waiting."""

from dataclasses import replace

from sqlmodel import Session, col, select

from data.exchange.round_trip import MilestoneUpdate, ProgressUpdate, Updates
from data.exchange.round_trip_statements import is_edited, says_something
from models.milestone import MilestoneRevision

_CHUNK = 500


def edited_only(updates: Updates, session: Session) -> Updates:
    """
    Return what was edited.

    What a statement said that its author saw never changes, so that the same file always comes to the same.
    """
    silent = [row for row in updates.milestones if _may_be_silent(row)]
    seen = _seen(session, [row.milestone_id for row in silent])
    unedited = {
        row.row
        for row in silent
        if (said := seen.get((row.milestone_id, row.seen))) is not None and not is_edited(row, said)
    }
    return replace(
        updates,
        milestones=tuple(row for row in updates.milestones if row.row not in unedited),
        progress=tuple(row for row in updates.progress if _reports(row)),
    )


def _may_be_silent(row: MilestoneUpdate) -> bool:
    return row.kind is None and not (row.reason or row.reason_code or row.resume_on or row.next_steps)


def _reports(row: ProgressUpdate) -> bool:
    return row.is_unchanged or says_something(row)


def _seen(session: Session, milestones: list[int]) -> dict[tuple[int, int], MilestoneRevision]:
    found: dict[tuple[int, int], MilestoneRevision] = {}
    for start in range(0, len(milestones), _CHUNK):
        of_these = select(MilestoneRevision).where(
            col(MilestoneRevision.milestone_id).in_(milestones[start : start + _CHUNK])
        )
        found |= {(said.milestone_id, said.number): said for said in session.exec(of_these)}
    return found
