"""The list of decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlmodel import Session

from data.database import reading
from data.queries.decisions import DecisionFilter, DecisionSummary, count_decisions, list_decisions
from data.queries.departments import DepartmentName, departments
from data.queries.paging import Page
from models.decision import DecisionState, Topic
from pages.filters import decision_filter
from pages.readable import Readable, Visit
from pages.readable.kept import kept
from pages.rendering import render
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class DecisionList:
    """A page of the list, with what it can be narrowed to."""

    visit: Visit
    asked: DecisionFilter
    page: Page[DecisionSummary]
    counts: Mapping[DecisionState, int]
    departments: Mapping[str, DepartmentName]

    @cached_property
    def html(self) -> str:
        """What was found, as HTML."""
        return render(
            "decision_cards.html", self.visit.language, found=self, visit=self.visit, states=list(DecisionState)
        )


def decision_list(session: Session, visit: Visit) -> DecisionList:
    """Return the decisions that the address asks for. Four statements, once for each state of the record."""
    return kept("decisions", visit, lambda: _read(session, visit))


def _read(session: Session, visit: Visit) -> DecisionList:
    asked = decision_filter(visit.query)
    return DecisionList(
        visit=visit,
        asked=asked,
        page=list_decisions(session, asked, now=visit.now, after=visit.query.get("after")),
        counts=count_decisions(session, asked, now=visit.now),
        departments=departments(session),
    )


def results_html(found: DecisionList) -> str:
    """Return what was found, as HTML: the same on the first page and on Streamlit's."""
    return found.html


def read_decisions(visit: Visit) -> Readable:
    """Return the list as a page to read."""
    with reading() as session:
        found = decision_list(session, visit)
    title = word("page.decisions.title", visit.language)
    description = word("page.decisions.description", visit.language)
    body = render(
        "decisions.html",
        visit.language,
        title=title,
        description=description,
        found=found,
        visit=visit,
        states=list(DecisionState),
        topics=list(Topic),
    )
    return Readable(title=title, description=description, language=visit.language, body_html=body)
