"""Histories for tests, told in a line a statement: what a test does not speak of is ordinary."""

from datetime import date, timedelta

from models.milestone_codes import ReasonCode, RevisionKind
from models.money import BudgetKind
from models.project_facts import Amount, BudgetFact, MilestoneFact, ReportFact
from models.promise_history import PromiseHistory, Said

TODAY = date(2026, 11, 24)
RECENT = "2026-11-20"


def day(text):
    return date.fromisoformat(text)


def is_working(some_day):
    return some_day.weekday() < 5


def told(*statements, confirmed=()):
    """Return the history of statements like ``"2026-01-05 reforecast 2026-09-30"``: said on, kind, date."""
    said = []
    for number, text in enumerate(statements, 1):
        said_on, kind, due = text.split()
        needs_reason = RevisionKind(kind).moves
        said.append(
            Said(
                number=number,
                kind=RevisionKind(kind),
                due_date=day(due),
                said_on=day(said_on),
                reason_code=ReasonCode.LAND if needs_reason else None,
            )
        )
    return PromiseHistory(tuple(said), tuple(day(one) for one in confirmed))


def milestone(*statements, id=1, confirmed=(), **more):  # noqa: A002 - the field's name.
    return MilestoneFact(id=id, history=told(*statements, confirmed=confirmed), **more)


def report(id=1, physical=None, spent=None, said_on=RECENT, **more):  # noqa: A002 - the field's name.
    said = day(said_on)
    return ReportFact(
        id=id,
        period_start=said - timedelta(days=30),
        period_end=said,
        said_on=said,
        physical=physical,
        spent=None if spent is None else Amount(spent, "CNY"),
        **more,
    )


def budget(units, kind=BudgetKind.APPROVED_ESTIMATE, id=1, currency="CNY", **more):  # noqa: A002 - the field's name.
    return BudgetFact(
        id=id,
        kind=kind,
        amount=Amount(units, currency),
        approved_on=day("2024-01-01"),
        said_on=day("2024-01-02"),
        **more,
    )
