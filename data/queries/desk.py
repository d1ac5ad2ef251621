"""What the decisions of a department wait for, soonest first: answers, results, stages and reviews that are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from data.queries.stages import chosen_of, stage_title
from models.clock import local_date
from models.comment import CommentTally
from models.decision import Language
from models.document import DisclosureClass, Document, DocumentRevision
from models.outcome import OutcomeCode
from models.present import DecisionPresent
from models.procedure_choice import ProcedureRevision
from models.procedure_terms import Words
from models.stage import StageKind, StageRevision

#: A comment period that ends within so many days is looked at before it does.
CLOSING_SOON = timedelta(days=7)
#: How many of a kind are shown at once.
MOST = 50


class DutyKind(StrEnum):
    """What a decision waits for."""

    #: Its comment period ends soon.
    CLOSING = "closing"
    #: Its comment period is over, and there are points without an answer.
    UNANSWERED = "unanswered"
    #: Its comment period is over, every point has an answer, and nothing is decided.
    RESULT_MISSING = "result_missing"
    #: A stage should have ended.
    STAGE_OVERDUE = "stage_overdue"
    #: The day has come to look again at why a document is withheld.
    DOCUMENT_REVIEW = "document_review"


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing that a decision waits for."""

    kind: DutyKind
    decision_id: str
    title: str
    language: Language
    #: The day from which it is overdue; for a comment period, the day it closes.
    due_on: date
    closes_at: datetime | None = None
    zone: str | None = None
    #: How many points have no answer.
    count: int = 0
    #: Its key, and what it is called.
    stage: str | None = None
    stage_title: Words | None = None
    document_id: int | None = None
    document: str = ""


def decision_duties(session: Session, department_id: str, *, now: datetime) -> Sequence[Duty]:
    """Return what the decisions of a department wait for, soonest first. Five statements."""
    undecided = _undecided(session, department_id, now)
    found = [
        *(duty for duty in undecided if duty is not None),
        *_stages(session, department_id, local_date(now)),
        *_documents(session, department_id, local_date(now)),
    ]
    return sorted(found, key=lambda duty: (duty.due_on, duty.decision_id, duty.kind))


def _undecided(session: Session, department_id: str, now: datetime) -> list[Duty | None]:
    rows = session.exec(
        select(DecisionPresent)
        .where(
            DecisionPresent.department_id == department_id,
            col(DecisionPresent.outcome).is_(None),
            col(DecisionPresent.opens_at) <= now,
            col(DecisionPresent.closes_at) <= now + CLOSING_SOON,
        )
        .order_by(col(DecisionPresent.closes_at))
        .limit(MOST)
    ).all()
    waiting = select(CommentTally.decision_id, func.sum(CommentTally.count)).where(
        col(CommentTally.decision_id).in_([row.decision_id for row in rows]), CommentTally.state == ""
    )
    unanswered = {decision: int(count) for decision, count in session.exec(waiting.group_by(CommentTally.decision_id))}
    return [_undecided_duty(row, unanswered.get(row.decision_id, 0), now) for row in rows]


def _undecided_duty(row: DecisionPresent, unanswered: int, now: datetime) -> Duty | None:
    if row.closes_at is None:
        return None
    over = DutyKind.UNANSWERED if unanswered else DutyKind.RESULT_MISSING
    return Duty(
        kind=DutyKind.CLOSING if now < row.closes_at else over,
        decision_id=row.decision_id,
        title=row.title,
        language=row.language,
        due_on=local_date(row.closes_at - timedelta(minutes=1), row.zone or "UTC"),
        closes_at=row.closes_at,
        zone=row.zone,
        count=unanswered,
    )


def _stages(session: Session, department_id: str, today: date) -> list[Duty]:
    later = aliased(StageRevision)
    superseded = select(later.id).where(
        col(later.decision_id) == col(StageRevision.decision_id),
        col(later.stage) == col(StageRevision.stage),
        col(later.number) > col(StageRevision.number),
    )
    chosen = aliased(ProcedureRevision)
    of_decision = col(ProcedureRevision.decision_id) == col(StageRevision.decision_id)
    rechosen = select(chosen.id).where(
        col(chosen.decision_id) == col(ProcedureRevision.decision_id),
        col(chosen.number) > col(ProcedureRevision.number),
    )
    rows = session.execute(
        select(StageRevision, DecisionPresent, ProcedureRevision)
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(StageRevision.decision_id))
        .join(ProcedureRevision, and_(of_decision, ~rechosen.exists()), isouter=True)
        .where(
            DecisionPresent.department_id == department_id,
            or_(
                col(DecisionPresent.outcome).is_(None),
                col(DecisionPresent.outcome).not_in([code for code in OutcomeCode if code.drops]),
            ),
            col(StageRevision.kind).not_in((StageKind.FINISHED, StageKind.SKIPPED)),
            col(StageRevision.ends_on) < today,
            ~superseded.exists(),
        )
        .order_by(col(StageRevision.ends_on))
        .limit(MOST)
    )
    return [
        Duty(
            kind=DutyKind.STAGE_OVERDUE,
            decision_id=row.decision_id,
            title=row.title,
            language=row.language,
            due_on=said.ends_on,
            stage=said.stage,
            stage_title=stage_title(chosen_of(choice), said.stage),
        )
        for said, row, choice in rows
    ]


def _documents(session: Session, department_id: str, today: date) -> list[Duty]:
    later = aliased(DocumentRevision)
    said = DocumentRevision
    superseded = select(later.id).where(
        col(later.document_id) == col(said.document_id), col(later.number) > col(said.number)
    )
    rows = session.execute(
        select(said, DecisionPresent)
        .join(Document, col(Document.id) == col(said.document_id))
        .join(DecisionPresent, col(DecisionPresent.decision_id) == col(Document.decision_id))
        .where(
            DecisionPresent.department_id == department_id,
            said.disclosure != DisclosureClass.PUBLIC,
            col(said.review_on) <= today,
            ~superseded.exists(),
        )
        .order_by(col(said.review_on))
        .limit(MOST)
    )
    return [
        Duty(
            kind=DutyKind.DOCUMENT_REVIEW,
            decision_id=row.decision_id,
            title=row.title,
            language=row.language,
            due_on=document.review_on or today,
            document_id=document.document_id,
            document=document.title,
        )
        for document, row in rows
    ]
