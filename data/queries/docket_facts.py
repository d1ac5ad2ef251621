"""The facts of decisions, as the engine of procedures takes them: of one or of thousands with the same statements."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import func, literal, null, select, union_all
from sqlmodel import Session, col

from data.queries import docket_rows
from data.queries.docket_tallies import Counted, Periods
from models.catalogue import CatalogueEntry, CatalogueRevision
from models.comment_period import CommentPeriod, PeriodRevision
from models.decision import Decision
from models.docket import Docket
from models.document import Document, DocumentRevision
from models.draft import DraftVersion
from models.hearing import HearingStep
from models.notice import Notice
from models.opinion import ExpertOpinion
from models.outcome import Evaluation, Outcome
from models.present import DecisionPresent
from models.procedure_act import IN_CATALOGUE, Conclusion, ProcedureAct
from models.procedure_choice import ProcedureRevision, flag_facts
from models.stage import StageRevision
from models.waiver import Waiver

F = TypeVar("F")
#: How points are counted: as they are now, or as they came in.
Tallies = Callable[[Session, Sequence[str] | None, Periods], Counted]
#: What was said of one kind of thing, by decision, first to last.
Said = dict[str, list[F]]


def dockets(session: Session, identifiers: Sequence[str] | None, tallies: Tallies) -> dict[str, Docket]:
    """
    Return the dockets of decisions by their numbers; of all, if none are named.

    Eleven statements, and those by which points are counted.
    """
    among = _Among(session, identifiers)
    procedures = among.read(ProcedureRevision, ("template", "overlays", "flags", "zone", "recorded_at"))
    stages = among.read(StageRevision, ("number", "stage", "kind", "starts_on", "ends_on", "reason", "recorded_at"))
    drafts = among.read(DraftVersion, ("number", "is_materially_changed", "recorded_at"))
    notices = among.read(Notice, ("number", "of", "round", "channel", "from_on", "to_on", "recorded_at"))
    hearings = among.read(
        HearingStep, ("number", "step", "held_on", "participants", "interested", "attended", "recorded_at")
    )
    waivers = among.read(Waiver, ("number", "of", "reason", "ground", "recorded_at"))
    opinions, documents, acts = _opinions(among), _documents(among), _acts(among)
    periods = {identifier: list(docket_rows.periods(iter(rows))) for identifier, rows in _periods(among).items()}
    counted = tallies(session, identifiers, periods)
    return {
        identifier: Docket(
            decision_id=identifier,
            announced_at=rows[0].announced_at,
            procedures=tuple(map(docket_rows.procedure, procedures.get(identifier, ()))),
            flags=(*flag_facts(procedures.get(identifier, ())), *counted.objections.get(identifier, ())),
            stages=tuple(map(docket_rows.stage, stages.get(identifier, ()))),
            drafts=tuple(map(docket_rows.draft, drafts.get(identifier, ()))),
            periods=tuple(periods.get(identifier, ())),
            notices=tuple(map(docket_rows.notice, notices.get(identifier, ()))),
            documents=tuple(map(docket_rows.document, documents.get(identifier, ()))),
            opinions=tuple(map(docket_rows.opinion, opinions.get(identifier, ()))),
            hearings=tuple(map(docket_rows.hearing, hearings.get(identifier, ()))),
            tallies=tuple(counted.tallies.get(identifier, ())),
            outcomes=docket_rows.outcomes(rows),
            evaluations=docket_rows.evaluations(rows),
            acts=tuple(docket_rows.acts(acts.get(identifier, ()))),
            waivers=tuple(map(docket_rows.waiver, waivers.get(identifier, ()))),
        )
        for identifier, rows in _decisions(among).items()
    }


class _Among:
    """The decisions that are read about."""

    def __init__(self, session: Session, identifiers: Sequence[str] | None) -> None:
        self._session = session
        self._identifiers = identifiers

    def of(self, statement: Any, owner: Any) -> Any:
        """Return a statement as far as it is about these decisions."""
        return statement if self._identifiers is None else statement.where(col(owner).in_(self._identifiers))

    def grouped(self, statement: Any) -> Said[Any]:
        """Return the rows of a statement, by the decision that each names first."""
        found: Said[Any] = defaultdict(list)
        # Past the object mapper: an object for each of a hundred thousand rows would take longer than the evaluation.
        for row in self._session.connection().execute(statement):
            found[row[0]].append(row)
        return found

    def read(self, kind: Any, columns: Sequence[str], *more: Any) -> Said[Any]:
        """Return what was said in a table, with the department that answers for the decision."""
        chosen = select(*(getattr(kind, name) for name in ("decision_id", *columns)), *more, _BY)
        return self.grouped(self.of(_with_department(chosen, kind), kind.decision_id).order_by(kind.id))


_BY: Any = DecisionPresent.department_id


def _with_department(statement: Any, kind: Any) -> Any:
    return statement.join(DecisionPresent, col(DecisionPresent.decision_id) == kind.decision_id)


def _opinions(among: _Among) -> Said[Any]:
    # The words of an opinion are none of its facts; only whether there is dissent is.
    dissent = (func.length(ExpertOpinion.dissent) > 0).label("has_dissent")
    columns = ("number", "is_from_own_department", "stance", "signed_on", "recorded_at")
    return among.read(ExpertOpinion, columns, dissent)


def _documents(among: _Among) -> Said[Any]:
    said = DocumentRevision
    columns: Any = (
        Document.decision_id,
        said.document_id,
        said.type,
        said.key,
        said.disclosure,
        said.ground,
        said.recorded_at,
    )
    statement = select(*columns).join(Document).where(col(Document.decision_id).is_not(None))
    return among.grouped(among.of(statement, Document.decision_id).order_by(said.id))


def _periods(among: _Among) -> Said[Any]:
    said = PeriodRevision
    period = CommentPeriod
    columns: Any = (period.decision_id, period.stage, period.round, period.zone, said.opens_at, said.closes_at)
    more: Any = (said.reason, said.recorded_at, _BY)
    statement = _with_department(select(*columns, *more).join(said), period)
    return among.grouped(among.of(statement, period.decision_id).order_by(period.round, said.number))


def _acts(among: _Among) -> Said[Any]:
    """Return what was done; and, as the first of it, that the catalogue names the decision."""
    done = ProcedureAct
    columns: Any = (done.decision_id, done.number, done.act, done.began_on, done.held_on, done.conclusion, done.amount)
    published_at: Any = col(done.recorded_at).label("published_at")
    acts = among.of(select(*columns, col(done.recorded_at), published_at), done.decision_id)
    named = CatalogueRevision
    catalogue: Any = select(
        col(named.decision_id),
        literal(0),
        literal(IN_CATALOGUE),
        null(),
        null(),
        literal(Conclusion.DONE.value),
        null(),
        func.min(named.recorded_at),
        func.min(CatalogueEntry.recorded_at),
    )
    catalogue = catalogue.join(CatalogueEntry).where(col(named.decision_id).is_not(None))
    catalogue = among.of(catalogue, named.decision_id).group_by(col(named.decision_id))
    return among.grouped(union_all(acts, catalogue).order_by("number"))


def _decisions(among: _Among) -> Said[Any]:
    """Return the decisions, in as many rows as there are evaluations of each."""
    result, measured = Outcome, Evaluation
    columns: Any = (
        Decision.id,
        col(Decision.recorded_at).label("announced_at"),
        col(result.number).label("outcome_number"),
        result.code,
        result.decided_on,
        result.effective_on,
        (func.length(result.changes) > 0).label("states_changes"),
        col(result.recorded_at).label("published_at"),
        col(measured.number).label("evaluation_number"),
        measured.evaluated_on,
        measured.did_assessment,
        col(measured.recorded_at).label("measured_at"),
    )
    statement: Any = select(*columns).select_from(Decision)
    for kind in (result, measured):
        statement = statement.join(kind, col(kind.decision_id) == col(Decision.id), isouter=True)
    return among.grouped(among.of(statement, Decision.id).order_by(Decision.id, result.number, measured.number))
