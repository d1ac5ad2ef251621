"""The queries of each page, beside the same statements by bare ``sqlite3``."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from data.queries.comments import CommentFilter, find_receipt, list_comments
from data.queries.decision_view import (
    clauses_of_version,
    draft_versions,
    find_decision,
    opinions_on,
    projects_of_decision,
)
from data.queries.decisions import DecisionFilter, count_decisions, list_decisions
from data.queries.departments import departments
from data.queries.documents import documents_of, documents_of_decision
from data.queries.now import happening
from data.queries.project_states import ProjectState
from data.queries.project_view import find_project
from data.queries.projects import ProjectFilter, count_projects, list_projects
from data.samples.synthetic_comments import token_of
from data.samples.synthetic_plan import SIZES, Plan
from models.clock import local_date, utc_now
from models.comment import receipt_code
from models.decision import DecisionState, Topic
from models.project import Phase, Sector
from tests.bench.lines import Line, Times, timed
from tests.bench.record import BenchRecord

#: The most that the queries of a page take, in milliseconds, and the most statements.
_PAGE, _STATEMENTS = 10.0, 12
_FACETS = 1.0
_TIMES = 60
#: A page may take so many times what the bare statements take, unless it is a trifle, in milliseconds.
_RATIO, _TRIFLE = 2.0, 1.0

Query = Callable[[Session], Any]


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield a line for each page and each query of the budget."""
    now = utc_now()
    for name, budget, queries in _asked(record, now):
        yield from _lines(record, name, budget, queries)


def _asked(record: BenchRecord, now: datetime) -> Iterator[tuple[str, float | None, Sequence[Query]]]:
    today = local_date(now)
    decisions = _spread(record.column("SELECT decision_id FROM decision_present ORDER BY updated_at"))
    projects = _spread(record.column("SELECT project_id FROM project_present ORDER BY updated_at"))
    commented = record.column(
        "SELECT decision_id FROM comment_tally GROUP BY decision_id ORDER BY sum(count) DESC LIMIT 10"
    )
    points = {one: record.column(f"SELECT id FROM point WHERE decision_id = '{one}' ORDER BY id") for one in commented}

    def listed(asked: DecisionFilter, after: str | None = None) -> Query:
        return lambda s: (
            list_decisions(s, asked, now=now, after=after),
            count_decisions(s, asked, now=now),
            departments(s),
        )

    def shown(asked: ProjectFilter, after: str | None = None) -> Query:
        return lambda s: (
            list_projects(s, asked, today=today, after=after),
            count_projects(s, asked, today=today),
            departments(s),
        )

    whole, all_of_them = DecisionFilter(), ProjectFilter()
    yield "now", _PAGE, [lambda s: (happening(s, now=now), departments(s))] * _TIMES
    yield "decisions: first page", _PAGE, [listed(whole)] * _TIMES
    yield "decisions: deep page", _PAGE, [listed(whole, after) for after in decisions]
    yield (
        "decisions: filtered",
        _PAGE,
        [listed(DecisionFilter(state=state, topic=topic)) for state in DecisionState for topic in Topic],
    )
    yield "decisions: words", _PAGE, [listed(DecisionFilter(words=words)) for words in _WORDS * 12]
    yield "decisions: counts", _FACETS, [lambda s: count_decisions(s, whole, now=now)] * _TIMES
    yield "one decision", _PAGE, [lambda s, one=one: _decision(s, one, now) for one in decisions]
    yield (
        "comments: first page",
        _PAGE,
        [lambda s, one=one: list_comments(s, one, CommentFilter()) for one in commented * 6],
    )
    yield (
        "comments: deep page",
        _PAGE,
        [
            lambda s, one=one, at=at: list_comments(
                s, one, CommentFilter(), after=str(points[one][len(points[one]) * at // 7])
            )
            for one in commented
            for at in range(1, 7)
        ],
    )
    yield (
        "comments: unanswered on one clause",
        _PAGE,
        [
            lambda s, one=one: list_comments(s, one, CommentFilter(clause_key="1.3", unanswered=True))
            for one in commented * 6
        ],
    )
    yield "projects: first page", _PAGE, [shown(all_of_them)] * _TIMES
    yield "projects: deep page", _PAGE, [shown(all_of_them, after) for after in projects]
    yield (
        "projects: filtered",
        _PAGE,
        [
            shown(ProjectFilter(state=state, sector=sector, phase=Phase.IMPLEMENTATION))
            for state in ProjectState
            for sector in Sector
        ],
    )
    yield "projects: words", _PAGE, [shown(ProjectFilter(words=words)) for words in _WORDS * 12]
    yield "projects: counts", _FACETS, [lambda s: count_projects(s, all_of_them, today=today)] * _TIMES
    yield (
        "one project",
        _PAGE,
        [
            lambda s, one=one: (find_project(s, one, today=today), documents_of(s, project_id=one), departments(s))
            for one in projects
        ],
    )
    plan = Plan(SIZES[record.size], 1, now)
    receipts = [receipt_code(token_of(plan, plan.decisions[number], 0)) for number in range(_TIMES)]
    yield "receipt", _PAGE, [lambda s, code=code: find_receipt(s, code) for code in receipts]


_WORDS = ("水厂", "临江区", "管理办法", "Waterworks", "Noise")


def _spread(rows: Sequence[str]) -> list[str]:
    """Return some of the rows, from all parts of the list."""
    return [rows[len(rows) * place // _TIMES] for place in range(_TIMES)]


def _decision(session: Session, decision: str, now: datetime) -> None:
    found = find_decision(session, decision, now=now)
    versions = draft_versions(session, decision)
    if versions:
        clauses_of_version(session, versions[-1].id)
    opinions_on(session, decision)
    documents_of_decision(session, decision)
    projects_of_decision(session, decision)
    list_comments(session, decision, CommentFilter())
    departments(session)
    if found is None:
        raise AssertionError(decision)


def _lines(record: BenchRecord, name: str, budget: float | None, queries: Sequence[Query]) -> Iterator[Line]:
    ours = timed([lambda query=query: _read(record, query) for query in queries])
    statements = [_statements(record, query) for query in queries]
    floor = _floor(record, statements)
    most = max(map(len, statements))
    yield Line(name=f"query {name}, p95", ours=ours.p95, unit="ms", floor=floor.p95, budget=budget,
               most_ratio=_RATIO if budget else None, trifle=_TRIFLE, note=ours.told)  # fmt: skip
    if most > _STATEMENTS:
        yield Line(name=f"query {name}, statements", ours=most, unit="", budget=_STATEMENTS)


def _read(record: BenchRecord, query: Query) -> None:
    with record.database.reading() as session:
        query(session)


def _statements(record: BenchRecord, query: Query) -> list[tuple[str, Any]]:
    """Return the statements that a query comes to."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        seen.append((statement, values))

    engine = record.database.reading_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        _read(record, query)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [(statement, values) for statement, values in seen if statement != "BEGIN"]


def _floor(record: BenchRecord, statements: Sequence[Sequence[tuple[str, Any]]]) -> Times:
    connection = record.raw()

    def read(some: Sequence[tuple[str, Any]]) -> None:
        connection.execute("BEGIN")
        for statement, values in some:
            connection.execute(statement, values).fetchall()
        connection.execute("ROLLBACK")

    found = timed([lambda some=some: read(some) for some in statements])
    connection.close()
    return found
