"""The facts of decisions, as the engine of procedures takes them: of one or of thousands with the same statements."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from data.queries import docket_rows
from data.queries.docket_record import docket_record
from data.queries.docket_tallies import Counted, Periods
from models.base import Record
from models.catalogue import CatalogueEntry, CatalogueRevision
from models.comment_period import CommentPeriod, PeriodRevision
from models.decision import Decision
from models.docket import Docket
from models.docket_facts import ActFact, PeriodFact
from models.document import Document, DocumentRevision
from models.draft import DraftVersion
from models.hearing import HearingStep
from models.notice import Notice
from models.opinion import ExpertOpinion
from models.outcome import Evaluation, Outcome
from models.present import DecisionPresent
from models.procedure_act import ProcedureAct, facts_of
from models.procedure_choice import ProcedureRevision, flag_facts
from models.stage import StageRevision
from models.waiver import Waiver

#: How points are counted: as they are now, or as they came in.
Tallies = Callable[[Session, Sequence[str] | None, Periods], Counted]
#: What was said of one decision, by the kind of statement, in the order it was recorded.
Said = Mapping[type[Record], Sequence[Any]]
#: Of many decisions only what the facts need is read: their words are longer than all the rest.
_COLUMNS: Mapping[Any, tuple[str, ...]] = {
    DecisionPresent: ("department_id",),
    CommentPeriod: ("id", "stage", "round", "zone"),
    CatalogueRevision: ("entry_id", "recorded_at"),
    ProcedureRevision: ("template", "overlays", "flags", "zone", "recorded_at"),
    StageRevision: ("number", "stage", "kind", "starts_on", "ends_on", "reason", "recorded_at"),
    DraftVersion: ("number", "is_materially_changed", "recorded_at"),
    Notice: ("number", "of", "round", "channel", "from_on", "to_on", "recorded_at"),
    HearingStep: ("number", "step", "held_on", "participants", "interested", "attended", "recorded_at"),
    Waiver: ("number", "of", "reason", "ground", "recorded_at"),
    ProcedureAct: ("number", "act", "began_on", "held_on", "conclusion", "amount", "recorded_at"),
    ExpertOpinion: ("number", "is_from_own_department", "stance", "signed_on", "recorded_at"),
    Outcome: ("number", "code", "decided_on", "effective_on", "recorded_at"),
    Evaluation: ("number", "evaluated_on", "did_assessment", "recorded_at"),
}
#: Of a text, only whether there is one.
_WHETHER: Mapping[Any, tuple[str, ...]] = {ExpertOpinion: ("dissent",), Outcome: ("changes",)}
#: The same of what is said of something that belongs to a decision: its owner, how that is named, and the columns.
_BELONGINGS: Mapping[Any, tuple[Any, str, tuple[str, ...]]] = {
    PeriodRevision: (CommentPeriod, "period_id", ("number", "opens_at", "closes_at", "reason", "recorded_at")),
    DocumentRevision: (Document, "document_id", ("type", "key", "disclosure", "ground", "recorded_at")),
}


def dockets(session: Session, identifiers: Sequence[str] | None, tallies: Tallies) -> dict[str, Docket]:
    """
    Return the dockets of decisions by their numbers; of all, if none are named.

    Seventeen statements, or one for a single decision; and those by which points are counted.
    """
    if identifiers is not None and len(identifiers) == 1:
        record = docket_record(session, identifiers[0])
        told: Mapping[str, Said] = {identifiers[0]: _in_order(record)} if record.get(Decision) else {}
    else:
        told = _Among(session, identifiers).found
    by = {identifier: said[DecisionPresent][0].department_id for identifier, said in told.items()}
    periods = {
        identifier: list(docket_rows.periods(_periods(said), by[identifier])) for identifier, said in told.items()
    }
    counted = tallies(session, identifiers, periods)
    return {
        identifier: _docket(identifier, said, by[identifier], periods[identifier], counted)
        for identifier, said in told.items()
    }


def _docket(identifier: str, said: Said, by: str, periods: Sequence[PeriodFact], counted: Counted) -> Docket:
    return Docket(
        decision_id=identifier,
        announced_at=said[Decision][0].recorded_at,
        procedures=tuple(map(docket_rows.procedure, said[ProcedureRevision])),
        flags=(*flag_facts(said[ProcedureRevision]), *counted.objections.get(identifier, ())),
        stages=tuple(docket_rows.stage(row, by) for row in said[StageRevision]),
        drafts=tuple(map(docket_rows.draft, said[DraftVersion])),
        periods=tuple(periods),
        notices=tuple(map(docket_rows.notice, said[Notice])),
        documents=tuple(map(docket_rows.document, said[DocumentRevision])),
        opinions=tuple(map(docket_rows.opinion, said[ExpertOpinion])),
        hearings=tuple(map(docket_rows.hearing, said[HearingStep])),
        tallies=tuple(counted.tallies.get(identifier, ())),
        outcomes=tuple(map(docket_rows.outcome, said[Outcome])),
        evaluations=tuple(map(docket_rows.evaluation, said[Evaluation])),
        acts=(*_named(said), *chain.from_iterable(map(facts_of, said[ProcedureAct]))),
        waivers=tuple(docket_rows.waiver(row, by) for row in said[Waiver]),
    )


def _in_order(record: Said) -> Said:
    """Return what was said in the order it was recorded, whatever it was said of."""
    found: defaultdict[type[Record], Sequence[Any]] = defaultdict(tuple)
    found.update({kind: sorted(rows, key=lambda row: getattr(row, "id", 0)) for kind, rows in record.items()})
    return found


def _order(kind: Any) -> Iterator[Any]:
    return (getattr(kind, name) for name in ("id", "decision_id") if hasattr(kind, name))


def _periods(said: Said) -> Iterator[tuple[Any, Any]]:
    periods = {one.id: one for one in said[CommentPeriod]}
    return ((periods[one.period_id], one) for one in said[PeriodRevision])


def _named(said: Said) -> Iterator[ActFact]:
    """Yield that the catalogue names a decision, where it does: by the entry that was first to."""
    published = {one.id: one.recorded_at for one in said[CatalogueEntry]}
    identifier = said[Decision][0].id
    named = [one for one in said[CatalogueRevision] if one.decision_id == identifier]
    if named:
        first = min(published[one.entry_id] for one in named)
        yield docket_rows.in_catalogue(first, min(one.recorded_at for one in named))


class _Among:
    """What was said of many decisions, read kind by kind."""

    def __init__(self, session: Session, identifiers: Sequence[str] | None) -> None:
        """
        Read it.

        :param identifiers: of which decisions; nothing for all
        """
        self._session = session
        self._identifiers = identifiers
        self.found: dict[str, defaultdict[type[Record], list[Any]]] = {}
        self._gather(Decision, Decision.id, Decision.recorded_at)
        for kind, names in _COLUMNS.items():
            whether = [(func.length(getattr(kind, name)) > 0).label(name) for name in _WHETHER.get(kind, ())]
            self._gather(kind, kind.decision_id, *(getattr(kind, name) for name in names), *whether)
        for kind, (owner, link, names) in _BELONGINGS.items():
            columns = (getattr(kind, name) for name in (link, *names))
            self._gather(kind, owner.decision_id, *columns, joined=(owner, owner.id == getattr(kind, link)))
        self._gather(
            CatalogueEntry,
            CatalogueRevision.decision_id,
            CatalogueEntry.id,
            CatalogueEntry.recorded_at,
            joined=(CatalogueRevision, col(CatalogueRevision.entry_id) == CatalogueEntry.id),
        )

    def _gather(self, kind: Any, owner: Any, *columns: Any, joined: tuple[Any, Any] | None = None) -> None:
        """Read one kind, by the decision that each row names first, in the order it was recorded."""
        statement: Any = select(owner, *columns).select_from(kind)
        if joined is not None:
            statement = statement.join(*joined)
        if self._identifiers is not None:
            statement = statement.where(col(owner).in_(self._identifiers))
        # Past the object mapper: an object for each of a hundred thousand rows would take longer than the evaluation.
        for row in self._session.connection().execute(statement.order_by(*_order(kind))):
            if row[0] is not None:
                self.found.setdefault(row[0], defaultdict(list))[kind].append(row)
