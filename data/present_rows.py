"""What was said last of many matters at once, and when: what the present is refreshed from."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, union_all
from sqlmodel import Session, select

from models.contract import Contract, ContractModification
from models.decision import DecisionRevision
from models.document import Document, DocumentRevision
from models.draft import DraftVersion
from models.effect import Effect, EffectMeasurement
from models.milestone import Milestone
from models.milestone_amendment import MilestoneAmendment
from models.milestone_dependency import MilestoneDependency
from models.milestone_revision import MilestoneConfirmation
from models.money import BudgetVersion
from models.opinion import ExpertOpinion, OpinionAdoption
from models.outcome import Evaluation, Outcome
from models.procedure_choice import ProcedureRevision
from models.project import LocationRevision, ProjectRevision

_CHUNK = 400
#: What is said of something that belongs to a matter, by how it names that.
_OF: dict[type[Any], str] = {
    DocumentRevision: "document_id",
    OpinionAdoption: "opinion_id",
    EffectMeasurement: "effect_id",
    ContractModification: "contract_id",
    MilestoneConfirmation: "milestone_id",
    MilestoneDependency: "milestone_id",
    MilestoneAmendment: "milestone_id",
}
_THROUGH: dict[str, tuple[tuple[type[Any], type[Any]], ...]] = {
    "decision_id": ((Document, DocumentRevision), (ExpertOpinion, OpinionAdoption), (Effect, EffectMeasurement)),
    "project_id": (
        (Document, DocumentRevision),
        (Contract, ContractModification),
        (Milestone, MilestoneConfirmation),
        (Milestone, MilestoneDependency),
        (Milestone, MilestoneAmendment),
    ),
}
#: What lists show of each kind of statement. The texts, which they do not show, are not read.
_SHOWN: dict[type[Any], tuple[str, ...]] = {
    DecisionRevision: ("department_id", "language", "topic", "title"),
    DraftVersion: ("number",),
    Outcome: ("code", "recorded_at"),
    Evaluation: ("recorded_at",),
    ProjectRevision: ("department_id", "language", "title", "phase", "sector", "region"),
    LocationRevision: ("longitude", "latitude"),
    BudgetVersion: ("amount", "currency"),
    ProcedureRevision: ("template", "overlays", "flags", "zone"),
}
T = TypeVar("T")


def latest(session: Session, kind: type[Any], key: str, identifiers: Sequence[str]) -> dict[str, Any]:
    """Return what lists show of the statement with the highest number about each thing."""
    owner = getattr(kind, key)
    columns = [getattr(kind, name) for name in ("id", *_SHOWN[kind])]
    found = session.execute(select(owner, *columns).where(owner.in_(identifiers)).order_by(kind.number))
    return {row[0]: row for row in found}


def counts(session: Session, key: Any, identifiers: Sequence[str]) -> dict[str, int]:
    """Return how many there are of each thing."""
    return dict(session.exec(select(key, func.count()).where(key.in_(identifiers)).group_by(key)).all())


def newest_said(
    session: Session, kinds: Sequence[type[Any]], key: str, identifiers: Sequence[str]
) -> dict[str, list[datetime]]:
    """Return, by matter, the instants at which something of each kind was last said about it. One statement."""
    newest: dict[str, list[datetime]] = defaultdict(list)
    each = []
    for kind, said in (*((kind, None) for kind in kinds), *_THROUGH[key]):
        owner = getattr(kind, key)
        statement = select(owner, func.max((said or kind).recorded_at))
        statement = statement.join(said, said.__table__.c[_OF[said]] == kind.id) if said else statement
        each.append(statement.where(owner.in_(identifiers)).group_by(owner))
    for identifier, instant in session.execute(union_all(*each)):
        newest[identifier].append(instant)
    return newest


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield so many things at a time as a statement takes well."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
