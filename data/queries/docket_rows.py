"""What rows of the record come to as facts of a docket: each statement once, under the id by which it is linked to."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from models.clock import local_date
from models.docket_facts import (
    ActFact,
    DocumentFact,
    DraftFact,
    EvaluationFact,
    HearingFact,
    NoticeFact,
    OpinionFact,
    OutcomeFact,
    PeriodFact,
    ProcedureFact,
    StageFact,
    WaiverFact,
)
from models.procedure_act import IN_CATALOGUE


def procedure(row: Any) -> ProcedureFact:
    """Return by which procedure it runs."""
    return ProcedureFact(
        template=row.template, overlays=tuple(row.overlays), zone=row.zone, recorded_at=row.recorded_at
    )


def stage(row: Any, by: str) -> StageFact:
    """Return what was said of a stage."""
    return StageFact(
        id=f"{row.stage}/{row.number}",
        stage=str(row.stage),
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reason=row.reason,
        by=by,
        recorded_at=row.recorded_at,
    )


def draft(row: Any) -> DraftFact:
    """Return that a version was published."""
    return DraftFact(id=str(row.number), is_materially_changed=row.is_materially_changed, recorded_at=row.recorded_at)


def periods(pairs: Iterable[tuple[Any, Any]], by: str) -> Iterator[PeriodFact]:
    """Yield what was said of the periods of a decision, each with its period. Rounds are counted stage by stage."""
    rounds: dict[str, list[int]] = {}
    for period, said in sorted(pairs, key=lambda pair: (pair[0].round, pair[1].number)):
        of_stage = rounds.setdefault(period.stage, [])
        if period.round not in of_stage:
            of_stage.append(period.round)
        yield PeriodFact(
            id=str(period.round),
            stage=period.stage,
            round=of_stage.index(period.round) + 1,
            opens_at=said.opens_at,
            closes_at=said.closes_at,
            zone=period.zone,
            reason=said.reason,
            by=by,
            recorded_at=said.recorded_at,
        )


def notice(row: Any) -> NoticeFact:
    """Return what was displayed."""
    return NoticeFact(
        id=str(row.number),
        of=row.of,
        round=row.round,
        channel=str(row.channel),
        from_on=row.from_on,
        to_on=row.to_on,
        recorded_at=row.recorded_at,
    )


def document(row: Any) -> DocumentFact:
    """Return what was said of a document."""
    return DocumentFact(
        id=str(row.document_id),
        type=str(row.type),
        key=row.key,
        disclosure=row.disclosure,
        ground=row.ground,
        recorded_at=row.recorded_at,
    )


def opinion(row: Any) -> OpinionFact:
    """Return that an expert signed."""
    return OpinionFact(
        id=str(row.number),
        is_from_own_department=row.is_from_own_department,
        stance=row.stance,
        has_dissent=bool(row.dissent),
        signed_on=row.signed_on,
        recorded_at=row.recorded_at,
    )


def hearing(row: Any) -> HearingFact:
    """Return a step of the hearing."""
    return HearingFact(
        id=str(row.number),
        step=str(row.step),
        on=row.held_on,
        participants=row.participants,
        interested=row.interested,
        attended=row.attended,
        recorded_at=row.recorded_at,
    )


def waiver(row: Any, by: str) -> WaiverFact:
    """Return a published reason."""
    return WaiverFact(
        id=str(row.number),
        of=row.of,
        reason=row.reason,
        ground=row.ground,
        by=by,
        recorded_at=row.recorded_at,
    )


def in_catalogue(published_at: datetime, named_at: datetime) -> ActFact:
    """
    Return that the catalogue names a decision.

    :param published_at: when the entry was: so long it has been in the catalogue
    :param named_at: when the entry first named the decision: since then that is known
    """
    return ActFact(act=IN_CATALOGUE, on=local_date(published_at), recorded_at=named_at)


def outcome(row: Any) -> OutcomeFact:
    """Return what was decided."""
    return OutcomeFact(
        id=str(row.number),
        code=row.code,
        decided_on=row.decided_on,
        effective_on=row.effective_on,
        states_changes=bool(row.changes),
        recorded_at=row.recorded_at,
    )


def evaluation(row: Any) -> EvaluationFact:
    """Return whether it worked."""
    return EvaluationFact(
        id=str(row.number),
        evaluated_on=row.evaluated_on,
        did_assessment=row.did_assessment,
        recorded_at=row.recorded_at,
    )
