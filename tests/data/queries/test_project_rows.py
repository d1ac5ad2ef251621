"""Everything that was said of a project, read at once: the same as each query for itself, now and on any past day."""

from datetime import timedelta

import pytest
from sqlmodel import select

from data.database import reading
from data.queries.project_facts import promises_of
from data.queries.project_page import find_project_page
from data.queries.project_rows import project_rows
from data.queries.promises import project_promises
from models.milestone import RevisionKind
from models.money import BudgetVersion, ProgressReport
from models.project import ProjectIdentifier, ProjectRevision
from tests.conftest import NOW
from tests.pages.promises import cost, day, move, plan, report, say_of


@pytest.fixture
def told(city):
    """A project of which things were said on several days."""
    move(city.milestone, day(140), after=timedelta(days=3))
    reached = plan(city.project, "开工", day(2))
    say_of(reached, RevisionKind.ACHIEVED, day(4), after=timedelta(days=5))
    cost(city.project, 100_00)
    report(city.project, physical=1000, spent=10_00, currency="CNY", after=timedelta(days=6))
    report(city.project, physical=2000, planned_physical=3000, after=timedelta(days=8))
    return city.project


@pytest.mark.parametrize("days", [-1, 0, 2, 3, 4, 6, 9])
def test_what_a_past_day_knew_is_what_queries_of_that_day_return(told, days):
    with reading() as session:
        rows = project_rows(session, told)
        expected = project_promises(session, told, day(days))
    known = rows.as_of(day(days))

    assert (promises_of(known) if known else None) == expected


def test_rows_of_a_union_are_those_of_their_tables(told):
    with reading() as session:
        rows = project_rows(session, told)
        for found, model in (
            (rows.revisions, ProjectRevision),
            (rows.budgets, BudgetVersion),
            (rows.reports, ProgressReport),
            (rows.identifiers, ProjectIdentifier),
        ):
            expected = session.exec(select(model).where(model.project_id == told)).all()
            assert [vars(one) for one in found] == [dict(one) for one in expected]


def test_a_project_that_is_none_has_no_rows(told):
    with reading() as session:
        assert project_rows(session, "P-9999") is None
        assert find_project_page(session, "P-9999", now=NOW) == []
