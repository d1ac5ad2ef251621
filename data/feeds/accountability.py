"""The board as a table: the figures of each department, or the cases behind one of them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from data.feeds import csv_text
from data.feeds.answers import Answer
from data.feeds.asked import Asked, code_in, demand_known, department_in
from data.feeds.files import disposition
from data.queries.board import BoardRow, Figure, board
from data.queries.board_cases import Case, cases
from data.queries.departments import DepartmentName, departments
from models.exceptions import NotFoundError

_CASE_COLUMNS = (
    "figure",
    "department",
    "decision",
    "project",
    "title",
    "days",
    "met",
    "due",
    "duties",
    "contradictions",
)


def board_table(session: Session, asked: Asked) -> Answer:
    """
    Return the figures of each department; the cases, if a figure is asked for.

    :raises NotFoundError: if there is no such department
    """
    demand_known(asked.query, "department", "figure")
    department_id, figure = department_in(asked.query), code_in(Figure, asked.query, "figure")
    names = departments(session)
    if department_id is not None and department_id not in names:
        raise NotFoundError("department", department_id)
    if figure is None:
        rows = _rows(session, asked, names, department_id)
    else:
        rows = _case_rows(figure, cases(session, figure, department_id=department_id, now=asked.now))
    return Answer(
        body=csv_text.BYTE_ORDER_MARK + csv_text.lines(rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition("accountability.csv")},
    )


def _rows(
    session: Session, asked: Asked, names: dict[str, DepartmentName], department_id: str | None
) -> Iterator[Sequence[Any]]:
    found = board(session, now=asked.now)
    before = [f"{figure}_at_{found.quarter_began}" for figure in found.total.before]
    yield ("department", "name_zh", "name_en", *Figure, "past_legal_deadline", *before)
    for row in found.rows:
        if row.department_id is not None and department_id in (None, row.department_id):
            name = names[row.department_id]
            yield (row.department_id, csv_text.safe(name.name_zh), csv_text.safe(name.name_en), *_figures(row))
    if department_id is None:
        yield ("", "全部", "all", *_figures(found.total))


def _figures(row: BoardRow) -> Iterator[Any]:
    yield from (_cell(row.values[figure]) for figure in Figure)
    yield row.past_deadline
    yield from (_cell(value) for value in row.before.values())


def _cell(value: int | Fraction | None) -> Any:
    """Return a figure: a share with four digits, nothing for none, which is not zero."""
    if value is None:
        return ""
    return f"{float(value):.4f}" if isinstance(value, Fraction) else value


def _case_rows(figure: Figure, found: Sequence[Case]) -> Iterator[Sequence[Any]]:
    yield _CASE_COLUMNS
    for case in found:
        counts = case.counts
        yield (
            figure,
            case.department_id,
            case.decision_id,
            case.project_id,
            csv_text.safe(case.title),
            "" if case.days is None else case.days,
            counts.met if counts else "",
            counts.due if counts else "",
            " ".join(item.key for item in counts.late) if counts else "",
            case.contradictions or "",
        )
