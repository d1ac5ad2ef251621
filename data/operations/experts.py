"""Publishing how experts were selected, and what became of their opinions."""

from dataclasses import dataclass

from sqlmodel import select

from data.operations.numbering import next_number
from data.operations.standing import demand_on_decision
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.decision import decision_subject
from models.exceptions import NotFoundError
from models.ledger import EntryType
from models.opinion import AdoptionCode, ExpertOpinion, ExpertPanel, OpinionAdoption, SelectionMethod
from models.revision import demand_latest, demand_reason
from models.text import cleaned


@dataclass(frozen=True, kw_only=True)
class PublishPanel:
    """How experts were selected, and how many."""

    decision_id: str
    selection: SelectionMethod
    experts: int
    statement: str


@dataclass(frozen=True, kw_only=True)
class AdoptOpinion:
    """What became of the opinion of an expert, and why."""

    decision_id: str
    #: The number of the opinion, among those on the decision.
    opinion: int
    code: AdoptionCode
    reason: str
    #: The number of the latest statement, as its author saw it; 0 for none.
    seen: int | None = None


def publish_panel(command: PublishPanel, uow: UnitOfWork) -> Kept:
    """
    Publish how the experts of a decision are selected. What was said before stays to be read.

    :raises InvalidValueError: if there are none, or nothing is said
    """
    demand_on_decision(Act.PUBLISH_OPINION, uow, command.decision_id)
    panel = ExpertPanel(
        decision_id=command.decision_id,
        number=next_number(uow, ExpertPanel, decision_id=command.decision_id),
        selection=command.selection,
        experts=command.experts,
        statement=cleaned(command.statement),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(panel)
    uow.record(
        EntryType.PANEL_PUBLISHED,
        subject=decision_subject(command.decision_id),
        about=f"panel/{panel.number}",
        pub={"selection": str(panel.selection), "experts": panel.experts},
        public={"statement": panel.statement},
    )
    return Kept(subject=decision_subject(command.decision_id), key=command.decision_id, number=panel.number)


def adopt_opinion(command: AdoptOpinion, uow: UnitOfWork) -> Kept:
    """
    Publish what became of the opinion of an expert. An earlier statement stays to be read.

    :raises NotFoundError: if there is no such opinion
    :raises ReasonMissingError: if nothing says why
    :raises ConflictError: if somebody else said something since
    """
    demand_on_decision(Act.ADOPT_OPINION, uow, command.decision_id)
    opinion = uow.session.exec(
        select(ExpertOpinion).where(
            ExpertOpinion.decision_id == command.decision_id, ExpertOpinion.number == command.opinion
        )
    ).first()
    if opinion is None:
        raise NotFoundError("opinion", command.opinion)
    number = next_number(uow, OpinionAdoption, opinion_id=opinion.id)
    adoption = OpinionAdoption(
        opinion_id=opinion.id,
        number=number,
        code=command.code,
        reason=demand_reason("adoption", cleaned(command.reason)),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    if number > 1:
        latest = uow.session.exec(
            select(OpinionAdoption).where(
                OpinionAdoption.opinion_id == opinion.id, OpinionAdoption.number == number - 1
            )
        ).one()
        demand_latest("adoption", seen=command.seen, latest=latest, says=f"{latest.code}: {latest.reason}")
    uow.keep(adoption)
    uow.record(
        EntryType.OPINION_ADOPTED,
        subject=decision_subject(command.decision_id),
        about=f"opinion/{opinion.number}/{number}",
        pub={"opinion": opinion.number, "number": number, "code": str(adoption.code)},
        public={"reason": adoption.reason},
    )
    return Kept(subject=decision_subject(command.decision_id), key=str(opinion.number), number=number)
