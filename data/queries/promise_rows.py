"""Rows of what was said of projects, as far as rules need them: of one or of thousands with the same statements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from data.queries.promise_statements import promise_statements
from models.clock import end_of_day

#: Rows by what they belong to, first to last.
Rows = dict[Any, list[Any]]


class _Revision(NamedTuple):
    """What was said of a milestone. Its fields are found in a tenth of the time that those of a row take."""

    milestone_id: int
    number: int
    kind: str
    due_date: date
    precision: str
    date_low: date | None
    date_high: date | None
    reason_code: str | None
    resume_on: date | None
    data_date: date | None
    recorded_at: datetime
    recorded_by: int | None


class Among:
    """The projects that are read about, and by when it is to have been recorded."""

    def __init__(self, session: Session, identifiers: Sequence[str], as_of: date | None) -> None:
        self._session = session
        self._statements = promise_statements(is_past=as_of is not None)
        self._asked = {"projects": identifiers} | ({} if as_of is None else {"before": end_of_day(as_of)})

    def projects(self) -> Rows:
        """Return what is said of each project now, and how long: the last statement about each."""
        return self._read(self._statements.projects)

    def places(self) -> Rows:
        """Return where each project is said to be."""
        return self._read(self._statements.places)

    def milestones(self) -> Rows:
        """Return the milestones of each project. What was planned later has not been said anything of by then."""
        return self._read(self._statements.milestones)

    def revisions(self) -> Rows:
        """Return what was said of each milestone."""
        found = self._read(self._statements.revisions)
        return {milestone: [_Revision._make(row) for row in rows] for milestone, rows in found.items()}

    def confirmations(self) -> Rows:
        """Return on which days it was said of each milestone that it still holds."""
        return self._read(self._statements.confirmations)

    def dependencies(self) -> Rows:
        """Return what was said of what each milestone waits for."""
        return self._read(self._statements.dependencies)

    def reports(self) -> Rows:
        """Return the reports of each project."""
        return self._read(self._statements.reports)

    def budgets(self) -> Rows:
        """Return what each project was said to cost."""
        return self._read(self._statements.budgets)

    def approvals(self) -> Rows:
        """Return whether each document by which a budget was approved can be read."""
        return self._read(self._statements.approvals)

    def contracts(self) -> Rows:
        """Return the contracts of each project, as they were signed."""
        return self._read(self._statements.contracts)

    def contract_changes(self) -> Rows:
        """Return what was changed of each contract."""
        return self._read(self._statements.contract_changes)

    def _read(self, statement: Any) -> Rows:
        found: Rows = defaultdict(list)
        # All at once: one after the other, they would take half as long again.
        for row in self._session.connection().execute(statement, self._asked).all():
            found[row[0]].append(row)
        return found
