"""The board: how every department keeps its duties, with the cases behind each figure and the rules of counting."""

from sqlmodel import Session

from data.database import reading
from data.queries.board import Figure, board
from data.queries.board_cases import cases
from data.queries.departments import departments
from pages.filters import code_in
from pages.readable import Readable, Visit
from pages.readable.duty_words import DutyWords
from pages.readable.forecasts import forecasts_html
from pages.readable.kept import kept
from pages.rendering import render
from pages.words import word

#: How many cases are listed. The table to download has them all.
_MOST = 100
#: Figures of which more is worse, and which are marked where there are any.
_MARKED = frozenset({Figure.LATE, Figure.WITHOUT_REASONS, Figure.SHORT_WITHOUT_REASON})


def board_html(session: Session, visit: Visit) -> str:
    """Return the board, with the cases of one figure if the address asks for them, as HTML."""
    return kept("accountability", visit, lambda: _written(session, visit) + forecasts_html(session, visit))


def _written(session: Session, visit: Visit) -> str:
    names = departments(session)
    figure = code_in(Figure, visit.query.get("figure"))
    asked = visit.query.get("department") or None
    department = asked if asked in names else None
    found = cases(session, figure, department_id=department, now=visit.now) if figure else []
    return render(
        "accountability.html",
        visit.language,
        board=board(session, now=visit.now),
        departments=names,
        figures=list(Figure),
        marked=_MARKED,
        figure=figure,
        department=department,
        cases=found[:_MOST],
        count=len(found),
        words={
            case.decision_id: DutyWords(case.duties.template, visit.language) for case in found[:_MOST] if case.duties
        },
        visit=visit,
    )


def read_accountability(visit: Visit) -> Readable:
    """Return the board as a page to read."""
    with reading() as session:
        body = board_html(session, visit)
    return Readable(
        title=word("page.accountability.title", visit.language),
        description=word("page.accountability.description", visit.language),
        language=visit.language,
        body_html=body,
    )
