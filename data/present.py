"""
Refreshing the present: what lists show of decisions and projects, from everything that was said about them.

Many are refreshed at once with a handful of queries, whether one of them changed or all are made anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from sqlmodel import Session, col, select

from data.present_decisions import refresh_decisions
from data.present_projects import refresh_projects
from data.present_rows import chunks
from data.tallies import recount
from data.versions import DEPARTMENTS, renew
from models.decision import Decision
from models.project import Project


def refresh(session: Session, subjects: Iterable[str]) -> None:
    """Refresh what is said of the matters that a batch of changes touched."""
    touched: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        kind, _, identifier = subject.partition("/")
        touched[kind].add(identifier)
    refresh_decisions(session, sorted(touched["dec"]))
    refresh_projects(session, sorted(touched["prj"]))
    if touched["dpt"]:
        renew(session, DEPARTMENTS)


def rebuild(session: Session, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Make all of the present anew."""
    decisions = list(session.exec(select(Decision.id).order_by(col(Decision.id))))
    projects = list(session.exec(select(Project.id).order_by(col(Project.id))))
    done, total = 0, len(decisions) + len(projects)
    for refresh_some, identifiers in ((refresh_decisions, decisions), (refresh_projects, projects)):
        for some in chunks(identifiers):
            refresh_some(session, some)
            done += len(some)
            progress(done, total)
    recount(session)
