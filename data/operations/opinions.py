"""Publishing the opinions of experts."""

from dataclasses import dataclass
from datetime import date

from data.operations.numbering import next_number
from data.operations.standing import demand_on_decision
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.decision import Language, decision_subject
from models.exceptions import FutureEventError
from models.ledger import EntryType
from models.opinion import ExpertOpinion, OpinionStance, SelectionMethod
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class PublishOpinion:
    """What an expert says, who that is, how chosen, and what binds them."""

    decision_id: str
    name: str
    affiliation: str
    selection: SelectionMethod
    conflict_statement: str
    #: Whether the expert belongs to the department that answers for the decision, or to one below it.
    is_from_own_department: bool = False
    stance: OpinionStance
    body: str
    dissent: str = ""
    language: Language
    signed_on: date


def publish_opinion(command: PublishOpinion, uow: UnitOfWork) -> Kept:
    """
    Publish the opinion of an expert.

    :raises FutureEventError: if it is said to be signed on a day to come
    :raises InvalidValueError: if the name, the affiliation, the conflict statement or the opinion is missing
    """
    demand_on_decision(Act.PUBLISH_OPINION, uow, command.decision_id)
    if command.signed_on > local_date(uow.now):
        raise FutureEventError(command.signed_on)
    opinion = ExpertOpinion(
        decision_id=command.decision_id,
        number=next_number(uow, ExpertOpinion, decision_id=command.decision_id),
        name=one_line(command.name),
        affiliation=one_line(command.affiliation),
        selection=command.selection,
        conflict_statement=cleaned(command.conflict_statement),
        is_from_own_department=command.is_from_own_department,
        stance=command.stance,
        dissent=cleaned(command.dissent),
        body=cleaned(command.body),
        language=command.language,
        signed_on=command.signed_on,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(opinion)
    _record(opinion, uow)
    return Kept(subject=decision_subject(command.decision_id), key=str(opinion.number), number=opinion.number)


def _record(opinion: ExpertOpinion, uow: UnitOfWork) -> None:
    uow.record(
        EntryType.EXPERT_OPINION,
        subject=decision_subject(opinion.decision_id),
        about=f"opinion/{opinion.number}",
        pub={
            "stance": str(opinion.stance),
            "selection": str(opinion.selection),
            "own_department": opinion.is_from_own_department,
            "signed_on": str(opinion.signed_on),
        },
        public={
            "name": opinion.name,
            "affiliation": opinion.affiliation,
            "conflict_statement": opinion.conflict_statement,
            "body": opinion.body,
            "dissent": opinion.dissent,
        },
    )
