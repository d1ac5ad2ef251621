"""One decision, as its page shows it: what is said of it now, and everything that was said before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from data.queries.decisions import stands
from data.queries.docket_record import said
from data.queries.stages import chosen_of, stage_title
from models.comment import CommentTally, Stance
from models.comment_period import CommentPeriod, PeriodRevision, period_shown
from models.comment_windows import Windows
from models.decision import DecisionRevision, DecisionState
from models.draft import Clause, DraftVersion
from models.opinion import ExpertOpinion
from models.outcome import Evaluation, Outcome
from models.present import DecisionPresent, ProjectPresent
from models.procedure import ProcessTemplate
from models.procedure_choice import ProcedureRevision
from models.procedure_terms import Words
from models.stage import StageRevision, in_order
from models.verdict import VerdictCode

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many points there are: all, those answered, by stance, by verdict, and by clause."""

    points: int = 0
    by_stance: Mapping[Stance, int] = field(default_factory=dict)
    by_state: Mapping[VerdictCode | None, int] = field(default_factory=dict)
    by_clause: Mapping[str, int] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        """How many have a verdict."""
        return self.points - self.by_state.get(None, 0)


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """One decision: what is said of it now, and everything that was said before."""

    id: str
    department_id: str
    state: DecisionState
    present: DecisionPresent
    #: First to last; the last one holds.
    revisions: Sequence[DecisionRevision]
    #: By their keys, in the order of the procedure.
    stages: Mapping[str, Sequence[StageRevision]]
    #: The procedure that was chosen for it; nothing, where none was.
    chosen: ProcessTemplate | None
    #: Of the comment period that is shown, first to last: the open one that closes first, or the next to open, or the
    #: last to have closed.
    period: Sequence[PeriodRevision]
    #: Whether any comment period runs now, be it after the decision.
    takes_comments: bool
    outcome: Outcome | None
    evaluation: Evaluation | None
    tally: Tally

    @property
    def said(self) -> DecisionRevision:
        """What is said of it now."""
        return self.revisions[-1]

    def stage_title(self, key: str) -> Words:
        """Return what a stage is called."""
        return stage_title(self.chosen, key)


def find_decision(session: Session, decision_id: str, *, now: datetime) -> DecisionView | None:
    """Return one decision; nothing if there is none of that number. Two statements."""
    present = _last(said(session, decision_id, DecisionPresent))
    if present is None:
        return None
    outcome = _last(said(session, decision_id, Outcome))
    chosen = chosen_of(_last(said(session, decision_id, ProcedureRevision)))
    stages: dict[str, list[StageRevision]] = {}
    for stage_revision in said(session, decision_id, StageRevision):
        stages.setdefault(stage_revision.stage, []).append(stage_revision)
    runs = _runs(session, decision_id)
    windows = Windows(template=chosen, periods=runs, outcome=outcome.code if outcome else None)
    shown = period_shown(windows.taking or runs, now)
    return DecisionView(
        id=decision_id,
        department_id=present.department_id,
        state=stands(present, now),
        present=_as_shown(present, shown),
        revisions=said(session, decision_id, DecisionRevision),
        stages=in_order(stages, chosen),
        chosen=chosen,
        period=shown.said if shown else (),
        takes_comments=any(run.opens_at <= now < run.closes_at for run in windows.taking),
        outcome=outcome,
        evaluation=_last(said(session, decision_id, Evaluation)),
        tally=tally_of(session, decision_id),
    )


@dataclass(frozen=True, kw_only=True)
class _Run:
    """A comment period, with everything that was said of it."""

    period: CommentPeriod
    said: Sequence[PeriodRevision]

    @property
    def stage(self) -> str:
        return self.period.stage

    @property
    def opens_at(self) -> datetime:
        return self.said[-1].opens_at

    @property
    def closes_at(self) -> datetime:
        return self.said[-1].closes_at


def _runs(session: Session, decision_id: str) -> list[_Run]:
    runs: dict[int, tuple[CommentPeriod, list[PeriodRevision]]] = {}
    for period, revision in periods_of(session, decision_id):
        runs.setdefault(period.id, (period, []))[1].append(revision)
    return [_Run(period=period, said=revisions) for period, revisions in runs.values()]


def _as_shown(present: DecisionPresent, shown: _Run | None) -> DecisionPresent:
    """Return what lists show of a decision, with the comment period that matters now in place of all that run."""
    if shown is None or (present.period_id, present.opens_at) == (shown.period.id, shown.opens_at):
        return present
    runs = {"period_id": shown.period.id, "round": shown.period.round, "zone": shown.period.zone}
    times = {"opens_at": shown.opens_at, "closes_at": shown.closes_at}
    return DecisionPresent(**present.model_dump() | runs | times)


def draft_versions(session: Session, decision_id: str) -> Sequence[DraftVersion]:
    """Return the versions of a draft, first to last."""
    return said(session, decision_id, DraftVersion)


def clauses_of_version(session: Session, draft_version_id: int) -> Sequence[Clause]:
    """Return the clauses of one version, in order."""
    return clauses_of_versions(session, draft_version_id)[draft_version_id]


def clauses_of_versions(session: Session, *draft_version_ids: int) -> Mapping[int, Sequence[Clause]]:
    """Return the clauses of some versions, by the version, in order. One statement."""
    found: dict[int, list[Clause]] = {number: [] for number in draft_version_ids}
    among = select(Clause).where(col(Clause.draft_version_id).in_(draft_version_ids)).order_by(col(Clause.position))
    for clause in session.exec(among):
        found[clause.draft_version_id].append(clause)
    return found


def opinions_on(session: Session, decision_id: str) -> Sequence[ExpertOpinion]:
    """Return the opinions of experts, in the order they were published."""
    return said(session, decision_id, ExpertOpinion)


def projects_of_decision(session: Session, decision_id: str) -> Sequence[ProjectPresent]:
    """Return the projects that carry a decision out."""
    return sorted(said(session, decision_id, ProjectPresent), key=lambda project: project.project_id)


def periods_of(session: Session, decision_id: str) -> Sequence[tuple[CommentPeriod, PeriodRevision]]:
    """Return everything that was said of all comment periods, first to last."""
    periods = {one.id: one for one in said(session, decision_id, CommentPeriod)}
    pairs = [(periods[one.period_id], one) for one in said(session, decision_id, PeriodRevision)]
    return sorted(pairs, key=lambda pair: (pair[0].round, pair[1].number))


def tally_of(session: Session, decision_id: str) -> Tally:
    """Return how many points of a decision there are, counted as they came in."""
    by_stance: dict[Stance, int] = {}
    by_state: dict[VerdictCode | None, int] = {}
    by_clause: dict[str, int] = {}
    points = 0
    counted = select(CommentTally.clause_key, CommentTally.stance, CommentTally.state, CommentTally.count).where(
        CommentTally.decision_id == decision_id
    )
    for clause_key, stance, code, count in session.execute(counted):
        state = VerdictCode(code) if code else None
        by_stance[stance] = by_stance.get(stance, 0) + count
        by_state[state] = by_state.get(state, 0) + count
        by_clause[clause_key] = by_clause.get(clause_key, 0) + count
        points += count
    return Tally(points=points, by_stance=by_stance, by_state=by_state, by_clause=by_clause)


def _last(statements: Sequence[R]) -> R | None:
    return statements[-1] if statements else None
