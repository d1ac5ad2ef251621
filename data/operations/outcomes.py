"""Publishing what was decided and why, and later whether it worked."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from data.operations.numbering import next_number
from data.operations.standing import demand_on_decision
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.decision import decision_subject
from models.draft import DraftVersion
from models.exceptions import FutureEventError, OrderError
from models.ledger import EntryType
from models.outcome import Evaluation, Outcome, OutcomeCode
from models.revision import demand_reason
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class PublishOutcome:
    """What was decided, by whom, why, and what differs from the draft."""

    decision_id: str
    code: OutcomeCode
    reason: str
    changes: str = ""
    decided_by: str
    decided_on: date
    effective_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PublishEvaluation:
    """Whether it worked: what was expected, and what was measured."""

    decision_id: str
    expected: str
    measured: str
    conclusion: str
    evaluator: str
    #: Whether the evaluator did the main assessment before the decision, which Article 36 does not allow.
    did_assessment: bool = False
    evaluated_on: date


def publish_outcome(command: PublishOutcome, uow: UnitOfWork) -> Kept:
    """
    Publish what was decided. The latest version of the draft is the text it decides on.

    :raises ReasonMissingError: if nothing says why
    :raises FutureEventError: if it is said to have been decided on a day to come
    :raises OrderError: if it would take effect before it was decided
    """
    demand_on_decision(Act.PUBLISH_OUTCOME, uow, command.decision_id)
    if command.decided_on > local_date(uow.now):
        raise FutureEventError(command.decided_on)
    if command.effective_on is not None and command.effective_on < command.decided_on:
        raise OrderError(command.decided_on, command.effective_on)
    draft_id = uow.session.exec(
        select(DraftVersion.id)
        .where(DraftVersion.decision_id == command.decision_id)
        .order_by(col(DraftVersion.number).desc())
        .limit(1)
    ).first()
    outcome = Outcome(
        decision_id=command.decision_id,
        code=command.code,
        reason=demand_reason("outcome", cleaned(command.reason)),
        changes=cleaned(command.changes),
        decided_by=one_line(command.decided_by),
        decided_on=command.decided_on,
        effective_on=command.effective_on,
        draft_version_id=draft_id,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(outcome)
    uow.record(
        EntryType.DECISION_PUBLISHED,
        subject=decision_subject(command.decision_id),
        about=f"outcome/{outcome.number}",
        pub={
            "code": str(outcome.code),
            "decided_on": str(outcome.decided_on),
            "effective_on": str(outcome.effective_on) if outcome.effective_on else None,
        },
        public={"reason": outcome.reason, "changes": outcome.changes, "decided_by": outcome.decided_by},
    )
    return Kept(subject=decision_subject(command.decision_id), key=command.decision_id, number=outcome.number)


def publish_evaluation(command: PublishEvaluation, uow: UnitOfWork) -> Kept:
    """
    Publish whether a decision worked.

    :raises FutureEventError: if it is said to have been evaluated on a day to come
    """
    demand_on_decision(Act.PUBLISH_EVALUATION, uow, command.decision_id)
    if command.evaluated_on > local_date(uow.now):
        raise FutureEventError(command.evaluated_on)
    evaluation = Evaluation(
        decision_id=command.decision_id,
        number=next_number(uow, Evaluation, decision_id=command.decision_id),
        expected=cleaned(command.expected),
        measured=cleaned(command.measured),
        conclusion=cleaned(command.conclusion),
        evaluator=one_line(command.evaluator),
        did_assessment=command.did_assessment,
        evaluated_on=command.evaluated_on,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(evaluation)
    uow.record(
        EntryType.EVALUATION_PUBLISHED,
        subject=decision_subject(command.decision_id),
        about=f"evaluation/{evaluation.number}",
        pub={"evaluated_on": str(evaluation.evaluated_on), "did_assessment": evaluation.did_assessment},
        public={
            "expected": evaluation.expected,
            "measured": evaluation.measured,
            "conclusion": evaluation.conclusion,
            "evaluator": evaluation.evaluator,
        },
    )
    return Kept(subject=decision_subject(command.decision_id), key=command.decision_id, number=evaluation.number)
