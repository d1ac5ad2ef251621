"""
What became of each row of a file.

Every row is taken or reported: ``rows == taken + len(reported)``. A row that was taken and changed nothing, because
the record says the same already, counts among ``unchanged`` as well. A row is reported once, with the first thing
that is wrong with it; what else there is to say about rows stands in ``notes``, and does not count.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.exc import IntegrityError

from data.exchange.phases import PhaseCounts
from models.exceptions import (
    ConflictError,
    FileRefusedError,
    FutureEventError,
    InvalidValueError,
    NotAllowedError,
    NotFoundError,
    NotOpenError,
    OrderError,
    ReasonMissingError,
    RecordError,
    RuleError,
    TokenReusedError,
)

#: As much of a cell is told in a report.
_LONGEST_VALUE = 200
#: What the record's refusals are called, the more special first.
_REFUSALS: tuple[tuple[type[RecordError], str], ...] = (
    (NotAllowedError, "not_allowed"),
    (NotFoundError, "not_found"),
    (NotOpenError, "outside_period"),
    (FutureEventError, "future_date"),
    (OrderError, "out_of_order"),
    (ReasonMissingError, "no_reason"),
    (FileRefusedError, "file_refused"),
    (ConflictError, "changed_meanwhile"),
    (TokenReusedError, "changed_since"),
    (InvalidValueError, "invalid"),
    (RuleError, "against_the_rules"),
)


@dataclass(frozen=True, slots=True)
class Reported:
    """Something about a row: where, what stands there, and why it is told, as a code."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of a file."""

    file: str
    rows: int
    taken: int
    unchanged: int
    reported: Sequence[Reported]
    notes: Sequence[Reported] = ()
    #: In which phase projects are by their dates, where no column says it.
    phases: PhaseCounts | None = None
    #: The proposal that was made of it, where a second person has to agree.
    proposal_id: int | None = None

    def by_reason(self) -> Mapping[str, int]:
        """Return how many rows were reported for each reason, the most frequent first."""
        return dict(Counter(reported.reason for reported in self.reported).most_common())

    def notes_by_reason(self) -> Mapping[str, int]:
        """Return how many notes there are of each kind, the most frequent first."""
        return dict(Counter(note.reason for note in self.notes).most_common())

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values. The keys are stable."""
        return asdict(self)


@dataclass
class Tally:
    """A report that is still being written."""

    file: str
    rows: int = 0
    taken: int = 0
    unchanged: int = 0
    reported: list[Reported] = field(default_factory=list)
    notes: list[Reported] = field(default_factory=list)
    phases: PhaseCounts | None = None
    proposal_id: int | None = None

    def take(self, *, unchanged: bool) -> None:
        """Count a row that was taken."""
        self.taken += 1
        self.unchanged += unchanged

    def report(self, first: Reported, *others: Reported) -> None:
        """Report a row; what else is wrong with it becomes notes."""
        self.reported.append(first)
        self.notes.extend(others)

    def refuse(self, row: int, error: RecordError | IntegrityError) -> None:
        """Report a row that the record refused."""
        if isinstance(error, IntegrityError):
            self.report(told(row, "", str(error.orig), "integrity"))
            return
        reason = next((code for kind, code in _REFUSALS if isinstance(error, kind)), "refused")
        column = str(error.facts[0]) if isinstance(error, InvalidValueError) else ""
        value = ", ".join(map(str, error.facts[bool(column) :]))
        self.report(told(row, column, value, reason))

    def finished(self) -> Report:
        """Return the report, in the order of the rows."""
        return Report(
            file=self.file,
            rows=self.rows,
            taken=self.taken,
            unchanged=self.unchanged,
            reported=sorted(self.reported, key=lambda reported: reported.row),
            notes=sorted(self.notes, key=lambda note: note.row),
            phases=self.phases,
            proposal_id=self.proposal_id,
        )


def told(row: int, column: str, value: Any, reason: str) -> Reported:
    """Return what is told of a cell, shortened."""
    text = "" if value is None else json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    return Reported(row, column, text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…", reason)
