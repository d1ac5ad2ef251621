"""What rows of the record come to as facts of a docket: each statement once, under the id by which it is linked to."""

from collections.abc import Iterable, Iterator
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
from models.procedure_act import IN_CATALOGUE, facts_of


def procedure(row: Any) -> ProcedureFact:
    """Return by which procedure it runs."""
    return ProcedureFact(
        template=row.template, overlays=tuple(row.overlays), zone=row.zone, recorded_at=row.recorded_at
    )


def stage(row: Any) -> StageFact:
    """Return what was said of a stage."""
    return StageFact(
        id=f"{row.stage}/{row.number}",
        stage=str(row.stage),
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reason=row.reason,
        by=row.department_id,
        recorded_at=row.recorded_at,
    )


def draft(row: Any) -> DraftFact:
    """Return that a version was published."""
    return DraftFact(id=str(row.number), is_materially_changed=row.is_materially_changed, recorded_at=row.recorded_at)


def periods(rows: Iterator[Any]) -> Iterator[PeriodFact]:
    """Yield what was said of the periods of a decision. Rounds are counted stage by stage."""
    rounds: dict[str, list[int]] = {}
    for row in rows:
        of_stage = rounds.setdefault(row.stage, [])
        if row.round not in of_stage:
            of_stage.append(row.round)
        yield PeriodFact(
            id=str(row.round),
            stage=row.stage,
            round=of_stage.index(row.round) + 1,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            zone=row.zone,
            reason=row.reason,
            by=row.department_id,
            recorded_at=row.recorded_at,
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
        has_dissent=bool(row.has_dissent),
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


def waiver(row: Any) -> WaiverFact:
    """Return a published reason."""
    return WaiverFact(
        id=str(row.number),
        of=row.of,
        reason=row.reason,
        ground=row.ground,
        by=row.department_id,
        recorded_at=row.recorded_at,
    )


def acts(rows: Iterable[Any]) -> Iterator[ActFact]:
    """Yield what was done; the catalogue is told of as an act, too."""
    for row in rows:
        if row.act == IN_CATALOGUE:
            # Known since the entry names the decision; and it was in the catalogue since the entry was published.
            yield ActFact(act=IN_CATALOGUE, on=local_date(row.published_at), recorded_at=row.recorded_at)
        else:
            yield from facts_of(row)


def outcomes(rows: Iterable[Any]) -> tuple[OutcomeFact, ...]:
    """Return what was decided."""
    found = {row.outcome_number: row for row in rows if row.outcome_number is not None}
    return tuple(
        OutcomeFact(
            id=str(row.outcome_number),
            code=row.code,
            decided_on=row.decided_on,
            effective_on=row.effective_on,
            states_changes=bool(row.states_changes),
            recorded_at=row.published_at,
        )
        for row in found.values()
    )


def evaluations(rows: Iterable[Any]) -> tuple[EvaluationFact, ...]:
    """Return whether it worked."""
    found = {row.evaluation_number: row for row in rows if row.evaluation_number is not None}
    return tuple(
        EvaluationFact(
            id=str(row.evaluation_number),
            evaluated_on=row.evaluated_on,
            did_assessment=row.did_assessment,
            recorded_at=row.measured_at,
        )
        for row in found.values()
    )
