"""Projects with promises, for the tests of the pages about them."""

from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import event

from data.database import database, reading
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.money import PublishBudget, ReportProgress, publish_budget, report_progress
from data.queries.project_page import find_project_page
from data.writer import change
from models.clock import local_date
from models.milestone import ReasonCode, RevisionKind
from models.money import BudgetKind
from pages.readable import Visit
from tests.conftest import NOW, OFFICER

#: What people try.
HOSTILE = '<img src=x onerror="alert(1)">`${alert(2)}`</script><script>alert(3)</script> {0} %{x} $a$'
TODAY = local_date(NOW)


def plan(project, title, due, **more):
    """Promise a milestone, and return its number."""
    command = PlanMilestone(project_id=project, title=title, due_date=due, **more)
    return int(change(plan_milestone, command, OFFICER, now=NOW).key)


def say_of(milestone, kind, due, *, after=timedelta(hours=1), reason="", code=None, **more):
    """Say something about a milestone."""
    if kind is RevisionKind.PAUSED:
        more = {"next_steps": "改线。", "resume_on": TODAY + timedelta(days=300)} | more
    if kind.moves:
        reason, code = reason or "管线比图纸多。", code or ReasonCode.UTILITIES
    command = ReviseMilestone(milestone_id=milestone, kind=kind, due_date=due, reason=reason, reason_code=code, **more)
    change(revise_milestone, command, OFFICER, now=NOW + after)


def move(milestone, due, **more):
    """Move a date."""
    say_of(milestone, RevisionKind.REFORECAST, due, **more)


def cost(project, amount, currency="CNY", **more):
    """Publish a budget."""
    command = PublishBudget(
        project_id=project, kind=BudgetKind.BUDGET, amount=amount, currency=currency, approved_on=TODAY, **more
    )
    change(publish_budget, command, OFFICER, now=NOW)


def report(project, *, after=timedelta(0), **more):
    """Report progress up to that day."""
    day = local_date(NOW + after)
    command = ReportProgress(project_id=project, period_start=day - timedelta(days=30), period_end=day, **more)
    change(report_progress, command, OFFICER, now=NOW + after)


def page_of(project, today=TODAY):
    """Return a project as its page is given it, on that day."""
    with reading() as session:
        return find_project_page(session, project, now=NOW + (today - TODAY))[0]


def visit_to(project=None, *, language="zh", later=timedelta(0), **query):
    """Return a visit to a page."""
    return Visit(language=language, now=NOW + later, id=project, query=query)


@contextmanager
def statements():
    """Count the SQL statements that are made meanwhile."""
    made: list[str] = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith(("PRAGMA", "BEGIN")):
            made.append(statement)

    engine = database().reading_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)


def day(days) -> date:
    """Return a day, counted from the day of the tests."""
    return TODAY + timedelta(days=days)
