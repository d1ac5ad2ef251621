"""What procedures ask of a department: overdue first, then missing, then what is due soonest; and the next gates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from data.queries.duties import Duties, all_duties
from models.clock import local_date
from models.decision import Language
from models.docket_evaluation import DocketEvaluation
from models.duty_item import Item, ItemKind, ItemState, Why
from models.next_step import next_steps
from models.present import DecisionPresent
from models.procedure import ProcessStage, ProcessTemplate

#: How many are shown at once.
MOST = 50
#: What can be done now, and has no date of its own, comes after what is due within so long, and before the rest.
_SOON = timedelta(days=30)
#: What is not settled, the most urgent first.
_OPEN = (ItemState.OVERDUE, ItemState.MISSING, ItemState.NOT_YET)


@dataclass(frozen=True, kw_only=True)
class DepartmentDuty:
    """One thing that the procedure of a decision asks for."""

    decision_id: str
    title: str
    language: Language
    item: Item
    procedure: ProcessTemplate
    #: The last day; none where no law says by when, or where it depends on what has not happened.
    due_on: date | None
    #: Whether nothing else has to come first.
    is_next: bool


@dataclass(frozen=True, kw_only=True)
class NextGate:
    """What a decision still needs before its next guarded stage may be finished."""

    decision_id: str
    title: str
    language: Language
    stage: ProcessStage
    procedure: ProcessTemplate
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class DepartmentDuties:
    """What a department has to do for its decisions, by their procedures."""

    duties: tuple[DepartmentDuty, ...]
    gates: tuple[NextGate, ...]
    #: How many duties more there are.
    more: int


def department_duties(session: Session, department_id: str, *, now: datetime) -> DepartmentDuties:
    """Return what is due from a department. Three statements, where nothing has changed lately."""
    known = all_duties(session, now)
    columns = (DecisionPresent.decision_id, DecisionPresent.title, DecisionPresent.language)
    rows = session.execute(
        select(*columns)
        .where(col(DecisionPresent.department_id) == department_id)
        .order_by(col(DecisionPresent.decision_id))
    ).all()
    found: list[DepartmentDuty] = []
    gates: list[NextGate] = []
    for identifier, title, language in rows:
        if identifier in known:
            found += _duties(known[identifier], identifier, title, language)
            gates += _next_gate(known[identifier], identifier, title, language)
    soon = local_date(now) + _SOON
    ordered = sorted(found, key=lambda duty: _urgency(duty, soon))
    return DepartmentDuties(duties=tuple(ordered[:MOST]), gates=tuple(gates[:MOST]), more=max(0, len(found) - MOST))


def _duties(duties: Duties, identifier: str, title: str, language: Language) -> Iterator[DepartmentDuty]:
    steps = {item.key for item in next_steps(duties.evaluation)}
    for item in duties.evaluation.items:
        if item.state not in _OPEN or (item.key not in steps and not _is_asked(item)):
            continue
        planned = item.planned.ends_on if item.planned else None
        yield DepartmentDuty(
            decision_id=identifier,
            title=title,
            language=language,
            item=item,
            procedure=duties.template,
            due_on=item.due.last_day if item.due else planned,
            is_next=item.key in steps,
        )


def _is_asked(item: Item) -> bool:
    """Whether what is open can be done, and is to be: a gate repeats it, and a period that runs asks for nothing."""
    if item.kind in (ItemKind.GATE, ItemKind.DURATION) or (item.kind is ItemKind.WINDOW and item.evidence):
        return item.kind is ItemKind.WINDOW and item.state is ItemState.MISSING
    if item.state is not ItemState.NOT_YET:
        return True
    is_timed = item.due is not None or item.planned is not None or item.why is Why.NO_LEGAL_DEADLINE
    return is_timed or item.kind is ItemKind.ROUND


def _urgency(duty: DepartmentDuty, soon: date) -> tuple[int, date, str, str]:
    return (
        _OPEN.index(duty.item.state),
        duty.due_on or (soon if duty.is_next else date.max),
        duty.decision_id,
        duty.item.key,
    )


def _next_gate(duties: Duties, identifier: str, title: str, language: Language) -> Iterator[NextGate]:
    waiting = _open_gates(duties.evaluation)
    for stage in duties.template.stages:
        if waiting.get(stage.key):
            yield NextGate(
                decision_id=identifier,
                title=title,
                language=language,
                stage=stage,
                procedure=duties.template,
                items=tuple(waiting[stage.key]),
            )
            return


def _open_gates(evaluation: DocketEvaluation) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in evaluation.items:
        if item.kind is ItemKind.GATE and item.state is ItemState.NOT_YET and item.stage:
            found.setdefault(item.stage, []).append(item)
    return found
