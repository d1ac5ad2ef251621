"""What rows of the record come to as facts of projects."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from data.queries.promise_rows import Among, Rows
from data.queries.promised import ContractFact, MilestonePromise, ProjectPromises, SaidOfProject
from models.clock import local_date
from models.day_said import day_said, said_on
from models.document import DisclosureClass
from models.milestone_codes import Precision, ReasonCode, RevisionKind
from models.milestone_dependency import holding
from models.project_facts import Amount, BudgetFact, MilestoneFact, ReportFact
from models.promise_history import PromiseHistory, Said

# Codes by themselves: rows of thousands have them as text, which is the same key, and is read in half the time.
_KINDS = {kind: kind for kind in RevisionKind}
_PRECISIONS = {precision: precision for precision in Precision}
_REASONS: dict[ReasonCode | None, ReasonCode | None] = {None: None, **{reason: reason for reason in ReasonCode}}


def promises_among(among: Among) -> Iterator[ProjectPromises]:
    """Yield what was promised of projects, from eleven statements."""
    projects, places = among.projects(), among.places()
    milestones = milestones_among(among)
    reports, budgets, approvals = among.reports(), among.budgets(), among.approvals()
    contracts, changes = among.contracts(), among.contract_changes()
    for identifier, (said,) in projects.items():
        told = reports.get(identifier, ())
        yield ProjectPromises(
            project_id=identifier,
            said=_said_of_project(said),
            milestones=tuple(milestones.get(identifier, ())),
            reports=tuple(map(_report, told)),
            budgets=tuple(_budget(row, approvals) for row in budgets.get(identifier, ())),
            contracts=tuple(_contract(row, changes.get(row.id, ())) for row in contracts.get(identifier, ())),
            plan=tuple((row.period_end, row.planned_physical) for row in told if row.planned_physical is not None),
            place=_place(places.get(identifier)),
            changed_at=max(
                [
                    said.recorded_at,
                    *(one.changed_at for one in milestones.get(identifier, ())),
                    *(
                        rows[identifier][-1].recorded_at
                        for rows in (places, reports, budgets, contracts)
                        if rows.get(identifier)
                    ),
                ]
            ),
        )


def milestones_among(among: Among) -> dict[str, list[MilestonePromise]]:
    """Return what was promised of the milestones of projects, by the day first promised; from four statements."""
    milestones, revisions, confirmations = among.milestones(), among.revisions(), among.confirmations()
    waits_for = holding(row for rows in among.dependencies().values() for row in rows)
    found: dict[str, list[MilestonePromise]] = {}
    for identifier, rows in milestones.items():
        promised = [
            _milestone(row, revisions[row.id], confirmations.get(row.id, ()), tuple(waits_for.get(row.id, ())))
            for row in rows
            if row.id in revisions
        ]
        found[identifier] = sorted(promised, key=lambda one: (one.history.first.day, one.id))
    return found


def _milestone(
    row: Any, said: Sequence[Any], confirmed: Sequence[Any], depends_on: tuple[int, ...]
) -> MilestonePromise:
    recorded_on = tuple(local_date(one.recorded_at) for one in said)
    confirmed_on = sorted(map(said_on, confirmed))
    history = PromiseHistory(tuple(map(_said, said, recorded_on)), tuple(confirmed_on))
    fact = MilestoneFact(
        id=row.id,
        history=history,
        is_critical=row.is_critical,
        completes=row.completes,
        code=row.code,
        depends_on=depends_on,
    )
    changed_at = max(filter(None, (row.amended_at, *(one.recorded_at for one in (*said[-1:], *confirmed[-1:])))))
    return MilestonePromise(title=row.title, type=row.type, fact=fact, recorded_on=recorded_on, changed_at=changed_at)


def _said(row: Any, recorded_on: date) -> Said:
    return Said(
        number=row.number,
        kind=_KINDS[row.kind],
        due_date=row.due_date,
        said_on=day_said(row.data_date, row.recorded_by, recorded_on),
        precision=_PRECISIONS[row.precision],
        date_low=row.date_low,
        date_high=row.date_high,
        reason_code=_REASONS[row.reason_code],
        resume_on=row.resume_on,
    )


def _said_of_project(row: Any) -> SaidOfProject:
    return SaidOfProject(
        title=row.title,
        language=row.language,
        department_id=row.department_id,
        phase=row.phase,
        sector=row.sector,
        region=row.region,
        cadence=row.cadence,
        approval_route=row.approval_route,
        said_on=local_date(row.recorded_at),
    )


def _report(row: Any) -> ReportFact:
    return ReportFact(
        id=row.id,
        period_start=row.period_start,
        period_end=row.period_end,
        said_on=local_date(row.recorded_at),
        physical=row.physical,
        spent=None if row.spent is None else Amount(row.spent, row.currency),
        is_correction=row.is_correction,
    )


def _budget(row: Any, approvals: Rows) -> BudgetFact:
    said = approvals.get(row.document_id, ())
    return BudgetFact(
        id=row.id,
        kind=row.kind,
        amount=Amount(row.amount, row.currency),
        approved_on=row.approved_on,
        said_on=local_date(row.recorded_at),
        has_document=any(one.disclosure is DisclosureClass.PUBLIC for one in said[-1:]),
    )


def _contract(row: Any, changes: Sequence[Any]) -> ContractFact:
    said = [row, *changes]
    amount = next((one for one in reversed(said) if one.amount is not None), None)
    return ContractFact(
        id=row.id,
        title=row.title,
        nature=row.nature,
        amount=None if amount is None else Amount(amount.amount, amount.currency),
        ends_on=next((one.ends_on for one in reversed(said) if one.ends_on is not None), None),
    )


def _place(said: Sequence[Any] | None) -> tuple[float, float] | None:
    return (said[-1].longitude, said[-1].latitude) if said else None
