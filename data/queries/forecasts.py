"""Likelihoods that were published, beside what came of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.milestone import MilestoneRevision
from models.published_forecast import PublishedForecast, came_true

_CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class ResolvedForecast:
    """A likelihood as it was published, and whether it came true; nothing while that is open."""

    published: PublishedForecast
    came_true: bool | None


def forecasts_of(session: Session, milestone_id: int, *, today: date) -> list[ResolvedForecast]:
    """Return what was said of a milestone's likelihood, first to last. Two statements."""
    of_milestone = select(PublishedForecast).where(PublishedForecast.milestone_id == milestone_id)
    return _resolved(session, session.exec(of_milestone.order_by(col(PublishedForecast.id))).all(), today)


def resolved_forecasts(
    session: Session, *, today: date, rule_version: str | None = None, synthetic: bool = False
) -> list[ResolvedForecast]:
    """
    Return everything that was ever forecast, with what came of it: to be scored.

    :param synthetic: whether to return what was forecast of examples, and that alone
    """
    statement = select(PublishedForecast).where(PublishedForecast.is_synthetic == synthetic)
    if rule_version is not None:
        statement = statement.where(PublishedForecast.rule_version == rule_version)
    return _resolved(session, session.exec(statement.order_by(col(PublishedForecast.id))).all(), today)


def _resolved(session: Session, published: Sequence[PublishedForecast], today: date) -> list[ResolvedForecast]:
    said: dict[int, list[MilestoneRevision]] = defaultdict(list)
    milestones = sorted({one.milestone_id for one in published})
    for start in range(0, len(milestones), _CHUNK):
        some = col(MilestoneRevision.milestone_id).in_(milestones[start : start + _CHUNK])
        for one in session.exec(select(MilestoneRevision).where(some).order_by(col(MilestoneRevision.number))):
            said[one.milestone_id].append(one)
    return [
        ResolvedForecast(published=one, came_true=came_true(one.target_on, said[one.milestone_id], today))
        for one in published
    ]
