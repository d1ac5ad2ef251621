"""Refreshing the present of decisions, from everything that was said about them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from data.present_rows import chunks, counts, latest, newest_said
from data.templates.minimum import least_until
from data.versions import DECISIONS, renew
from models.base import Record
from models.comment_period import CommentPeriod, PeriodRevision, is_short, last_together
from models.decision import Decision, DecisionRevision
from models.draft import DraftVersion
from models.effect import Effect
from models.hearing import HearingStep
from models.notice import Notice
from models.opinion import ExpertOpinion, ExpertPanel
from models.outcome import Evaluation, Outcome
from models.present import DecisionPresent
from models.procedure_act import ProcedureAct
from models.procedure_choice import ProcedureRevision
from models.question import ExpertAnswer, ExpertQuestion
from models.stage import StageRevision
from models.waiver import Waiver

_ABOUT_DECISIONS = (
    DecisionRevision,
    StageRevision,
    DraftVersion,
    ExpertOpinion,
    Outcome,
    Evaluation,
    ProcedureRevision,
    Waiver,
    Notice,
    ProcedureAct,
    HearingStep,
    ExpertPanel,
    ExpertQuestion,
    ExpertAnswer,
    Effect,
)
# Written to the table itself, without what the ORM would add for each row.
_DECISIONS = Record.metadata.tables["decision_present"]


class _Run(NamedTuple):
    """A comment period, as far as lists need it."""

    period_id: int
    round: int
    zone: str
    stage: str
    opens_at: datetime
    closes_at: datetime
    recorded_at: datetime


def refresh_decisions(session: Session, identifiers: Sequence[str]) -> None:
    """Refresh what is said of these decisions."""
    for some in chunks(identifiers):
        revisions = latest(session, DecisionRevision, "decision_id", some)
        drafts = latest(session, DraftVersion, "decision_id", some)
        outcomes = latest(session, Outcome, "decision_id", some)
        evaluations = latest(session, Evaluation, "decision_id", some)
        periods = _periods(session, some)
        choices = latest(session, ProcedureRevision, "decision_id", some) if periods else {}
        opinions = counts(session, ExpertOpinion.decision_id, some)
        newest = newest_said(session, _ABOUT_DECISIONS, "decision_id", some)
        announced = dict(
            session.exec(select(Decision.id, Decision.recorded_at).where(col(Decision.id).in_(some))).all()
        )
        rows = []
        for identifier in some:
            said = revisions[identifier]
            runs = periods.get(identifier, ())
            newest[identifier] += [run.recorded_at for run in runs]
            draft, outcome, evaluation = drafts.get(identifier), outcomes.get(identifier), evaluations.get(identifier)
            rows.append(
                {
                    "decision_id": identifier,
                    "revision_id": said.id,
                    "department_id": said.department_id,
                    "language": said.language,
                    "topic": said.topic,
                    "title": said.title,
                    **_comments_taken(last_together(runs), choices.get(identifier)),
                    "draft_version_id": draft.id if draft else None,
                    "draft_number": draft.number if draft else None,
                    "opinions": opinions.get(identifier, 0),
                    "outcome": outcome.code if outcome else None,
                    "decided_at": outcome.recorded_at if outcome else None,
                    "evaluated_at": evaluation.recorded_at if evaluation else None,
                    "announced_at": announced[identifier],
                    "updated_at": max(newest[identifier]),
                }
            )
        session.execute(delete(DecisionPresent).where(col(DecisionPresent.decision_id).in_(some)))
        session.execute(insert(_DECISIONS), rows)
        renew(session, DECISIONS)


def _comments_taken(runs: Sequence[_Run], choice: Any) -> dict[str, Any]:
    """
    Return when comments are taken, given the periods that run together and the procedure that was chosen.

    Whatever time it is, comments are taken exactly between the two instants: which of several periods is shown is
    for whoever knows the time.
    """
    last = runs[-1] if runs else None
    return {
        "period_id": last.period_id if last else None,
        "round": last.round if last else None,
        "zone": last.zone if last else None,
        "opens_at": min((run.opens_at for run in runs), default=None),
        "closes_at": last.closes_at if last else None,
        "is_short": any(
            is_short(run.closes_at, least_until(choice, run.stage, run.opens_at, run.zone)) for run in runs
        ),
    }


def _periods(session: Session, decisions: Sequence[str]) -> dict[str, Sequence[_Run]]:
    """Return every comment period of these decisions, as said now."""
    period, said = CommentPeriod, PeriodRevision
    columns: Any = (
        period.decision_id,
        period.id,
        period.round,
        period.zone,
        period.stage,
        said.opens_at,
        said.closes_at,
        said.recorded_at,
    )
    found = session.execute(
        select(*columns)
        .join(said, col(said.period_id) == col(period.id))
        .where(col(period.decision_id).in_(decisions))
        .order_by(col(period.round), col(said.number))
    )
    latest: dict[str, dict[int, _Run]] = defaultdict(dict)
    for decision_id, *run in found:
        latest[decision_id][run[0]] = _Run(*run)
    return {decision_id: list(runs.values()) for decision_id, runs in latest.items()}
