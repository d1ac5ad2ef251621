"""What a row says of the dates of a project: planned, reached, or one of both."""

from collections.abc import Iterator
from typing import Any

from data.exchange.cells import text_of
from data.exchange.dates import Day, day_of
from data.exchange.promises import Promise
from data.exchange.row_reader import RowReader
from data.exchange.sources import MILESTONES, Row
from models.milestone import MilestoneType
from models.text import one_line

#: What is promised for so many years from now is a slip of the pen: 2069 for 1969.
_FARTHEST = 40


def promises_in(reader: RowReader) -> Iterator[Promise]:
    """Yield what a row says of each milestone."""

    def day(column: str) -> Day | None:
        return reader.cell(column, lambda cell: day_of(cell, reader.survey.orders.get(column)))

    for milestone in reader.mapping.milestones:
        planned, actual, either = day(milestone.planned), day(milestone.actual), day(milestone.either)
        if actual is not None and actual.day > reader.purpose.today:
            reader.fault(milestone.actual, actual.day, "future_date")
        for column, said in ((milestone.planned, planned), (milestone.either, either)):
            if said is not None and said.day.year > reader.purpose.today.year + _FARTHEST:
                reader.fault(column, said.day, "doubtful_year")
        if planned or actual or either:
            yield Promise(
                title=milestone.title,
                planned=planned,
                actual=actual,
                either=either,
                type=milestone.type,
                completes=milestone.completes,
            )
    if isinstance(listed := reader.row.cells.get(MILESTONES), list):
        yield from _standard_promises(reader, listed)


def _standard_promises(reader: RowReader, listed: list[Any]) -> Iterator[Promise]:
    """Yield the milestones of a project of OC4IDS that have a date."""
    seen: set[str] = set()
    for told_of in listed:
        one = RowReader(Row(reader.row.number, told_of), reader.mapping, reader.survey, reader.purpose, reader.faults)
        title = one_line(text_of(told_of.get("title")) or text_of(told_of.get("id")))[:300]
        planned, actual = one.cell("dueDate", day_of), one.cell("dateMet", day_of)
        if not (planned or actual) or not title or title in seen:
            reader.note(MILESTONES, title, "milestone_left_out")
            continue
        seen.add(title)
        known = {kind.value: kind for kind in MilestoneType}
        type_ = known.get(text_of(told_of.get("type")), MilestoneType.DELIVERY)
        yield Promise(title=title, planned=planned, actual=actual, type=type_)
