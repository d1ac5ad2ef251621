"""
Everything that was said of one decision, read with one statement.

A page about a decision asks for its stages, its periods, its documents, where its duties stand. Whoever reads in one
session sees one state of the record, so what was read for the first of them answers the others.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from data.database import SEES_ONE_STATE
from data.queries.united import Part, United
from models.base import Record
from models.catalogue import CatalogueEntry, CatalogueRevision
from models.comment_period import CommentPeriod, PeriodRevision
from models.decision import Decision, DecisionRevision
from models.document import Document, DocumentRevision, StoredFile
from models.draft import DraftVersion
from models.effect import Effect, EffectMeasurement
from models.hearing import HearingStep
from models.notice import Notice
from models.opinion import ExpertOpinion, ExpertPanel, OpinionAdoption
from models.outcome import Evaluation, Outcome
from models.present import DecisionPresent, ProjectPresent
from models.procedure_act import ProcedureAct
from models.procedure_choice import ProcedureRevision
from models.project import ProjectDecision
from models.stage import StageRevision
from models.waiver import Waiver

R = TypeVar("R", bound=Record)
#: What was said of one decision, by the kind of statement; each first to last.
DocketRecord = Mapping[type[Record], Sequence[Any]]
_KEPT = "docket_record"
_DECISION: Any = bindparam("decision")
_OF_DECISION: tuple[Any, ...] = (
    DecisionPresent,
    DecisionRevision,
    ProcedureRevision,
    StageRevision,
    DraftVersion,
    CommentPeriod,
    Notice,
    HearingStep,
    ExpertPanel,
    ExpertOpinion,
    ProcedureAct,
    Waiver,
    Outcome,
    Effect,
    Evaluation,
)
#: What is told of something that belongs to a decision: how it names its owner, the owner, and how that names itself.
_OF_BELONGINGS: tuple[tuple[Any, str, Any, str], ...] = (
    (PeriodRevision, "period_id", CommentPeriod, "id"),
    (OpinionAdoption, "opinion_id", ExpertOpinion, "id"),
    (EffectMeasurement, "effect_id", Effect, "id"),
    (DocumentRevision, "document_id", Document, "id"),
    (ProjectPresent, "project_id", ProjectDecision, "project_id"),
)


def said(session: Session, decision_id: str, kind: type[R]) -> Sequence[R]:
    """Return everything of one kind that was said of a decision, first to last. One statement for all kinds."""
    return docket_record(session, decision_id).get(kind, ())


def docket_record(session: Session, decision_id: str) -> DocketRecord:
    """Return everything that was said of a decision; of none of that number, nothing. One statement in a session."""
    if SEES_ONE_STATE not in session.info:
        return _united().records(session, decision=decision_id)
    # Of one decision at a time: an export reads thousands in one session.
    kept: dict[str, DocketRecord] = session.info.setdefault(_KEPT, {})
    if decision_id not in kept:
        kept.clear()
        kept[decision_id] = _united().records(session, decision=decision_id)
    return kept[decision_id]


@cache
def _united() -> United:
    files = select(col(DocumentRevision.stored_file_id)).join(Document).where(col(Document.decision_id) == _DECISION)
    named = select(col(CatalogueRevision.entry_id)).where(col(CatalogueRevision.decision_id) == _DECISION)
    return United(
        Part(Decision, col(Decision.id) == _DECISION),
        *(Part(kind, kind.decision_id == _DECISION) for kind in _OF_DECISION),
        *(
            Part(kind, owner.decision_id == _DECISION, joined=(owner, getattr(owner, its) == getattr(kind, name)))
            for kind, name, owner, its in _OF_BELONGINGS
        ),
        Part(StoredFile, col(StoredFile.id).in_(files), without=frozenset({"content"})),
        Part(CatalogueEntry, col(CatalogueEntry.id).in_(named)),
        Part(CatalogueRevision, col(CatalogueRevision.entry_id).in_(named)),
    )
