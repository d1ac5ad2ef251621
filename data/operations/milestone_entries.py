"""What the ledger says of milestones: what is promised, and each statement about it."""

from datetime import date

from data.operations.facts import stated
from data.unit_of_work import UnitOfWork
from models.ledger import EntryType
from models.milestone import Milestone, MilestoneRevision, Precision, RevisionKind
from models.project import project_subject


def record_promise(milestone: Milestone, uow: UnitOfWork) -> None:
    """Record what is promised."""
    more = {"code": milestone.first_code, "is_critical": milestone.first_is_critical or None}
    uow.record(
        EntryType.MILESTONE_PLANNED,
        subject=project_subject(milestone.project_id),
        about=f"milestone/{milestone.id}/1",
        pub={
            "title": milestone.first_title,
            "type": str(milestone.type),
            "due_date": str(milestone.baseline.due_date),
            **stated(**more, **_dates(milestone.baseline)),
        },
    )


def record_statement(
    said: MilestoneRevision, before: MilestoneRevision, milestone: Milestone, uow: UnitOfWork
) -> None:
    """Record what was said of a milestone, and which date it had before."""
    uow.record(
        EntryType.MILESTONE_REACHED if said.kind is RevisionKind.ACHIEVED else EntryType.MILESTONE_CHANGED,
        subject=project_subject(milestone.project_id),
        about=f"milestone/{milestone.id}/{said.number}",
        pub={
            "title": milestone.title,
            "kind": str(said.kind),
            "due_date": str(said.due_date),
            "before": str(before.due_date),
            "reason_code": str(said.reason_code) if said.reason_code else None,
            "reason": said.reason,
            **stated(
                document=said.document_id,
                point=said.point_id,
                point_elsewhere=said.point_elsewhere,
                corrects=said.corrects,
                resume_on=said.resume_on,
                before_precision=_if_rough(before),
                **_dates(said),
            ),
        },
        # Beside a long reason there would be no room for them in the entry.
        public={"next_steps": said.next_steps} if said.next_steps else None,
    )


def _dates(said: MilestoneRevision) -> dict[str, date | Precision | None]:
    return {
        "precision": _if_rough(said),
        "date_low": said.date_low,
        "date_high": said.date_high,
        "data_date": said.data_date,
    }


def _if_rough(said: MilestoneRevision) -> Precision | None:
    return None if said.precision is Precision.DAY else said.precision
