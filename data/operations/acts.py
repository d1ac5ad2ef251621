"""Recording what was done in a procedure: assessments, reviews, consultations, and the meeting that decides."""

from dataclasses import dataclass
from datetime import date

from data.operations.numbering import next_number
from data.operations.procedures import template_of
from data.operations.standing import demand_on_decision
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.decision import decision_subject
from models.document import Document
from models.exceptions import FutureEventError, NotFoundError, OrderError
from models.ledger import EntryType
from models.procedure_act import Conclusion, GeneralAct, ProcedureAct
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class RecordAct:
    """What was done, when, by whom, and what it came to."""

    decision_id: str
    #: A general act, or one by the key that the procedure gives it: ``legality_reviewed``, ``executor_named``.
    act: str
    #: When it was asked for, where that is when its time began.
    began_on: date | None = None
    held_on: date
    conclusion: Conclusion = Conclusion.DONE
    statement: str = ""
    by_whom: str
    #: What members of the meeting said against it, where that is public.
    dissent: str = ""
    amount: int | None = None
    document_id: int | None = None


def record_act(command: RecordAct, uow: UnitOfWork) -> Kept:
    """
    Record an act of the procedure.

    :raises NotFoundError: if neither we nor the procedure know such an act, or the decision has no such document
    :raises FutureEventError: if it is said to have happened on a day to come
    :raises OrderError: if it would have begun after it was done
    :raises InvalidValueError: if nobody is said to have done it
    """
    demand_on_decision(Act.RECORD_ACT, uow, command.decision_id)
    if command.act not in {*GeneralAct, *template_of(uow, command.decision_id).acts}:
        raise NotFoundError("act", command.act)
    if command.held_on > local_date(uow.now):
        raise FutureEventError(command.held_on)
    if command.began_on is not None and command.began_on > command.held_on:
        raise OrderError(command.began_on, command.held_on)
    demand_document(command.document_id, command.decision_id, uow)
    act = ProcedureAct(
        decision_id=command.decision_id,
        number=next_number(uow, ProcedureAct, decision_id=command.decision_id),
        act=command.act,
        began_on=command.began_on,
        held_on=command.held_on,
        conclusion=command.conclusion,
        statement=cleaned(command.statement),
        by_whom=one_line(command.by_whom),
        dissent=cleaned(command.dissent),
        amount=command.amount,
        document_id=command.document_id,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(act)
    uow.record(
        EntryType.ACT_RECORDED,
        subject=decision_subject(command.decision_id),
        about=f"act/{act.number}",
        pub={
            "act": act.act,
            "began_on": str(act.began_on) if act.began_on else None,
            "held_on": str(act.held_on),
            "conclusion": str(act.conclusion),
            "amount": act.amount,
            "document": act.document_id,
        },
        public={"statement": act.statement, "by_whom": act.by_whom, "dissent": act.dissent},
    )
    return Kept(subject=decision_subject(command.decision_id), key=act.act, number=act.number)


def demand_document(document_id: int | None, decision_id: str, uow: UnitOfWork) -> None:
    """
    Let a document be named only with the decision it belongs to.

    :raises NotFoundError: if the decision has no such document
    """
    if document_id is None:
        return
    document = uow.session.get(Document, document_id)
    if document is None or document.decision_id != decision_id:
        raise NotFoundError("document", document_id)
