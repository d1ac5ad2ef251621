"""Publishing likelihoods, many at once, so that they can be held against what came of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlmodel import col, select

from data.ledger.canonical import canonical
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.exceptions import InvalidValueError, NotFoundError
from models.ledger import EntryType
from models.milestone import Milestone
from models.published_forecast import Forecast, PublishedForecast

#: How many milestones a database is asked about at once.
_CHUNK = 500
#: How the ledger names the row of all that was ever forecast.
SUBJECT = "forecasts"


@dataclass(frozen=True, kw_only=True)
class PublishForecasts:
    """Likelihoods that are said now, by one version of the rule."""

    forecasts: tuple[Forecast, ...]
    rule_version: str
    #: Whether the record is an example, whose forecasts prove nothing.
    is_synthetic: bool


def publish_forecasts(command: PublishForecasts, uow: UnitOfWork) -> Kept:
    """
    Keep likelihoods as they are said now. One entry of the ledger seals all of them, by the digest of their list.

    :raises NotFoundError: if there is no such milestone
    :raises InvalidValueError: if there are none, or one is no likelihood
    """
    demand(Act.PUBLISH_FORECASTS, uow.actor)
    if not command.forecasts:
        raise InvalidValueError("forecasts", "missing")
    _demand_milestones(command.forecasts, uow)
    uow.keep(
        *(
            PublishedForecast(
                **asdict(forecast),
                made_at=uow.now,
                rule_version=command.rule_version,
                is_synthetic=command.is_synthetic,
            )
            for forecast in command.forecasts
        )
    )
    uow.record(
        EntryType.FORECAST_PUBLISHED,
        subject=SUBJECT,
        about=f"{SUBJECT}/{uow.now:%Y-%m-%dT%H:%M:%SZ}",
        pub={
            "count": len(command.forecasts),
            "rule_version": command.rule_version,
            "synthetic": command.is_synthetic,
            "sha256": forecasts_digest(command.forecasts),
        },
    )
    return Kept(subject=SUBJECT, key=command.rule_version, number=len(command.forecasts))


def forecasts_digest(forecasts: Sequence[Forecast]) -> str:
    """Return the SHA-256 of the canonical JSON (RFC 8785) of likelihoods, in the order of milestones and days."""
    ordered = sorted(forecasts, key=lambda one: (one.milestone_id, one.target_on))
    return hashlib.sha256(
        canonical([asdict(one) | {"target_on": one.target_on.isoformat()} for one in ordered])
    ).hexdigest()


def _demand_milestones(forecasts: Sequence[Forecast], uow: UnitOfWork) -> None:
    asked = sorted({forecast.milestone_id for forecast in forecasts})
    known: set[int] = set()
    for start in range(0, len(asked), _CHUNK):
        some = col(Milestone.id).in_(asked[start : start + _CHUNK])
        known |= set(uow.session.exec(select(Milestone.id).where(some)))
    missing = [number for number in asked if number not in known]
    if missing:
        raise NotFoundError("milestone", missing[0])
