"""The facts of one project, from rows that were read already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from data.queries.project_rows import ProjectRows
from data.queries.promise_facts import promises_among
from data.queries.promise_rows import Among, Rows
from data.queries.promised import ProjectPromises
from models.milestone import Milestone
from models.milestone_amendment import MilestoneAmendment, descriptions


def promises_of(rows: ProjectRows) -> ProjectPromises:
    """Return the facts that rules take of a project."""
    return next(promises_among(_Read(rows)))


class _Read(Among):
    """What facts are made of, as it was read already."""

    def __init__(self, rows: ProjectRows) -> None:
        self._rows = rows

    def projects(self) -> Rows:
        return {self._rows.id: self._all(self._rows.revisions[-1:])}

    def places(self) -> Rows:
        return self._of_project(self._rows.locations)

    def milestones(self) -> Rows:
        return self._of_project([_as_amended(one, self._rows.amendments) for one in self._rows.milestones])

    def revisions(self) -> Rows:
        return {milestone: self._all(said) for milestone, said in self._rows.said.items()}

    def confirmations(self) -> Rows:
        return _grouped(self._rows.confirmations, "milestone_id")

    def dependencies(self) -> Rows:
        return _grouped(self._rows.dependencies, "milestone_id")

    def reports(self) -> Rows:
        return self._of_project(self._rows.reports)

    def budgets(self) -> Rows:
        return self._of_project(self._rows.budgets)

    def approvals(self) -> Rows:
        return _grouped([said for said, _ in self._rows.documents], "document_id")

    def contracts(self) -> Rows:
        return self._of_project(self._rows.contracts)

    def contract_changes(self) -> Rows:
        return _grouped(self._rows.modifications, "contract_id")

    def _of_project(self, rows: Sequence[Any]) -> Rows:
        return {self._rows.id: self._all(rows)} if rows else {}

    @staticmethod
    def _all(rows: Iterable[Any]) -> list[Any]:
        return list(rows)


def _as_amended(milestone: Milestone, amendments: Sequence[MilestoneAmendment]) -> Any:
    """Return a milestone with what it was said to be last, by what had been read."""
    of_this = [one for one in amendments if one.milestone_id == milestone.id]
    said = descriptions(milestone.first_description, of_this)[-1]
    kept = {name: getattr(milestone, name) for name in ("id", "type", "completes")}
    return SimpleNamespace(**kept, **vars(said), amended_at=max((one.recorded_at for one in of_this), default=None))


def _grouped(rows: Iterable[Any], by: str) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found
