"""Promising what a decision brings about, and publishing what was measured."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from data.operations.numbering import next_number
from data.operations.standing import demand_on_decision
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.decision import decision_subject
from models.effect import Effect, EffectMeasurement
from models.exceptions import FutureEventError, NotFoundError, OrderError
from models.ledger import EntryType
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class PromiseEffect:
    """What is to be brought about: an indicator, from which value to which, by when."""

    decision_id: str
    indicator: str
    unit: str
    #: Decimal numbers, as they are written.
    baseline: str | None = None
    target: str
    by_on: date


@dataclass(frozen=True, kw_only=True)
class MeasureEffect:
    """A value that was measured."""

    decision_id: str
    #: The number of the effect, among those of the decision.
    effect: int
    measured_on: date
    value: str
    #: How, and by whom.
    source: str


def promise_effect(command: PromiseEffect, uow: UnitOfWork) -> Kept:
    """
    Promise an effect. A promise is never changed: another one stands beside it.

    :raises InvalidValueError: if a value is no decimal number, or the indicator or its unit is missing
    :raises OrderError: if it is promised for a day that has passed
    """
    demand_on_decision(Act.PROMISE_EFFECT, uow, command.decision_id)
    today = local_date(uow.now)
    if command.by_on < today:
        raise OrderError(today, command.by_on)
    effect = Effect(
        decision_id=command.decision_id,
        number=next_number(uow, Effect, decision_id=command.decision_id),
        indicator=one_line(command.indicator),
        unit=one_line(command.unit),
        baseline=command.baseline,
        target=command.target,
        by_on=command.by_on,
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(effect)
    uow.record(
        EntryType.EFFECT_PROMISED,
        subject=decision_subject(command.decision_id),
        about=f"effect/{effect.number}",
        pub={
            "indicator": effect.indicator,
            "unit": effect.unit,
            "baseline": effect.baseline,
            "target": effect.target,
            "by_on": str(effect.by_on),
        },
    )
    return Kept(subject=decision_subject(command.decision_id), key=str(effect.number), number=effect.number)


def measure_effect(command: MeasureEffect, uow: UnitOfWork) -> Kept:
    """
    Publish a measured value.

    :raises NotFoundError: if no such effect was promised
    :raises FutureEventError: if it is said to be measured on a day to come
    :raises InvalidValueError: if the value is no decimal number, or nothing says how it was measured
    """
    demand_on_decision(Act.MEASURE_EFFECT, uow, command.decision_id)
    effect = uow.session.exec(
        select(Effect).where(Effect.decision_id == command.decision_id, Effect.number == command.effect)
    ).first()
    if effect is None:
        raise NotFoundError("effect", command.effect)
    if command.measured_on > local_date(uow.now):
        raise FutureEventError(command.measured_on)
    measurement = EffectMeasurement(
        effect_id=effect.id,
        number=next_number(uow, EffectMeasurement, effect_id=effect.id),
        measured_on=command.measured_on,
        value=command.value,
        source=cleaned(command.source),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(measurement)
    uow.record(
        EntryType.EFFECT_MEASURED,
        subject=decision_subject(command.decision_id),
        about=f"effect/{effect.number}/{measurement.number}",
        pub={
            "indicator": effect.indicator,
            "unit": effect.unit,
            "value": measurement.value,
            "measured_on": str(measurement.measured_on),
        },
        public={"source": measurement.source},
    )
    return Kept(subject=decision_subject(command.decision_id), key=str(effect.number), number=measurement.number)
