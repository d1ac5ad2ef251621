"""Hearings: their steps, who asked to take part, and the receipts of those."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from data.queries.docket_record import said
from models.comment import receipt_digest
from models.decision import Language
from models.draw import RULE
from models.hearing import (
    HearingRegistration,
    HearingSide,
    HearingStep,
    HearingStepKind,
    RegistrationState,
    latest_step,
    registration_state,
    selected,
)
from models.present import DecisionPresent
from models.text import masked_name


@dataclass(frozen=True, kw_only=True)
class Registrant:
    """Somebody who asked to take part in a hearing."""

    number: int
    side: HearingSide
    masked_name: str
    registered_at: datetime
    #: None before the draw; the place in it, from 1, of those who take part; 0 for others.
    drawn: int | None


@dataclass(frozen=True, kw_only=True)
class HearingView:
    """The hearing on a decision."""

    #: First to last; of each kind, the last one holds.
    steps: Sequence[HearingStep]
    registrants: Sequence[Registrant]
    #: By which anybody can repeat the draw.
    rule: str

    def latest(self, kind: HearingStepKind) -> HearingStep | None:
        """Return what was last said of a step."""
        return latest_step(self.steps, kind)

    def of_kind(self, kind: HearingStepKind) -> Sequence[HearingStep]:
        """Return everything that was said of a step, first to last."""
        return [step for step in self.steps if step.step is kind]

    def registration(self, today: date) -> RegistrationState:
        """Return whether anybody may register on a day."""
        return registration_state(self.latest(HearingStepKind.REGISTRATION), today)


@dataclass(frozen=True, kw_only=True)
class RegistrationReceipt:
    """What a receipt is for: a registration, and the hearing it is for."""

    decision_id: str
    decision_title: str
    decision_language: Language
    registrant: Registrant
    hearing: HearingView


def hearing_of(session: Session, decision_id: str) -> HearingView | None:
    """Return the hearing on a decision; nothing if none was announced."""
    steps = said(session, decision_id, HearingStep)
    if not steps:
        return None
    registrations = session.exec(
        select(HearingRegistration)
        .where(HearingRegistration.decision_id == decision_id)
        .order_by(col(HearingRegistration.number))
    ).all()
    drawn = selected(steps, [one.number for one in registrations])
    return HearingView(
        steps=steps,
        registrants=[
            Registrant(
                number=one.number,
                side=one.side,
                masked_name=masked_name(one.name),
                registered_at=one.recorded_at,
                drawn=(drawn.index(one.number) + 1 if one.number in drawn else 0) if drawn else None,
            )
            for one in registrations
        ],
        rule=RULE,
    )


def open_registration(session: Session, decision_id: str, today: date) -> HearingStep | None:
    """Return until when anybody may register for the hearing; nothing if nobody may today."""
    announced = latest_step(said(session, decision_id, HearingStep), HearingStepKind.REGISTRATION)
    return announced if registration_state(announced, today) is RegistrationState.OPEN else None


def find_registration(session: Session, code: str) -> RegistrationReceipt | None:
    """Return what the receipt with that code is for; nothing if it is for no registration. Four statements at most."""
    found = session.exec(
        select(HearingRegistration).where(HearingRegistration.receipt_digest == receipt_digest(code))
    ).first()
    hearing = hearing_of(session, found.decision_id) if found else None
    if found is None or hearing is None:
        return None
    title, language = session.exec(
        select(DecisionPresent.title, DecisionPresent.language).where(DecisionPresent.decision_id == found.decision_id)
    ).one()
    return RegistrationReceipt(
        decision_id=found.decision_id,
        decision_title=title,
        decision_language=Language(language),
        registrant=next(one for one in hearing.registrants if one.number == found.number),
        hearing=hearing,
    )
