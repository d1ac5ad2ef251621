"""The parts of a decision, by their codes in the address: each alone under a tab, or all of them below each other."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from data.queries.changes import changes
from data.queries.decision_view import projects_of_decision
from data.queries.departments import departments
from data.queries.documents import documents_of_decision
from data.queries.duties import duties_at
from data.queries.project_gaps import days_said
from models.clock import end_of_day
from models.decision import decision_subject
from pages.readable import Visit
from pages.readable.decision_comments import comments_html, comments_shown
from pages.readable.decision_draft import draft_html, draft_shown
from pages.readable.decision_duties import duties_html, late
from pages.readable.decision_head import DecisionHead, written_once
from pages.readable.decision_proceedings import opinions_html, proceedings_html
from pages.rendering import render
from pages.words import word

#: Numbers of entries have fewer digits.
_LONG = 18


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What a part is read from, and for."""

    session: Session
    head: DecisionHead
    visit: Visit
    #: Whether it stands alone under a tab that names it, and Streamlit draws what can be chosen.
    on_tab: bool

    def html(self, template: str, **values: object) -> str:
        """Return a template filled with these values."""
        return render(template, self.visit.language, head=self.head, view=self.head.view, **values)


def part_labels(head: DecisionHead, language: str) -> dict[str, str]:
    """Return the names of the parts of a decision, by their codes in the address."""
    counts = {"comments": head.view.tally.points, "opinions": head.view.present.opinions}
    names = {part: word(f"decision.part.{part}", language) for part in _PARTS}
    labels = {part: f"{name} · {counts[part]:,}" if part in counts else name for part, name in names.items()}
    overdue = late(head.evaluation).count if head.evaluation else 0
    return labels | ({"duties": f"{names['duties']} · {overdue} !"} if overdue else {})


def part_html(part: str, session: Session, head: DecisionHead, visit: Visit, *, on_tab: bool) -> str:
    """
    Return one part of a decision as HTML. Eight statements at most.

    :param on_tab: whether it stands alone under a tab that names it, and Streamlit draws what can be chosen
    """
    asked = _Asked(session=session, head=head, visit=visit, on_tab=on_tab)
    return written_once(head, visit, lambda: _part(part, asked), part, on_tab)


def _part(part: str, asked: _Asked) -> str:
    language = asked.visit.language
    label = part_labels(asked.head, language)[part]
    heading = render("decision_part.html", language, part=part, label=label, on_tab=asked.on_tab)
    return heading + _PARTS[part](asked)


def _draft(asked: _Asked) -> str:
    view = asked.head.view
    return draft_html(draft_shown(asked.session, view, asked.visit), view, asked.visit)


def _comments(asked: _Asked) -> str:
    view = asked.head.view
    shown = comments_shown(asked.session, view, asked.visit.query)
    return comments_html(shown, view, asked.visit, has_form=not asked.on_tab)


def _opinions(asked: _Asked) -> str:
    return opinions_html(asked.session, asked.head.view, asked.head.evaluation, asked.visit)


def _proceedings(asked: _Asked) -> str:
    return proceedings_html(asked.session, asked.head.view, asked.head.evaluation, asked.visit)


def _documents(asked: _Asked) -> str:
    return asked.html("decision_documents.html", documents=documents_of_decision(asked.session, asked.head.view.id))


def _result(asked: _Asked) -> str:
    return asked.html("decision_result.html")


def _duties(asked: _Asked) -> str:
    """Return the checklist as it stands; or as it stood at the end of a past day, by what was known then."""
    view, as_of = asked.head.view, asked.visit.as_of
    evaluation, documents = asked.head.evaluation, documents_of_decision(asked.session, view.id)
    if as_of is not None:
        instant = end_of_day(as_of)
        then = duties_at(asked.session, view.id, instant)
        evaluation = then.evaluation if then else None
        documents = [one for one in documents if one.recorded_at < instant]
    return duties_html(
        evaluation,
        documents,
        departments=departments(asked.session),
        decision_id=view.id,
        content_language=view.said.language,
        visit=asked.visit,
    )


def _projects(asked: _Asked) -> str:
    projects = projects_of_decision(asked.session, asked.head.view.id)
    said = days_said(asked.session, [one.completion_id for one in projects if one.completion_id is not None])
    return asked.html("decision_projects.html", projects=projects, said=said, today=asked.visit.today)


def _record(asked: _Asked) -> str:
    """Return the record. Everything that was published is listed where it is asked for; the statements always are."""
    before, page = asked.visit.query.get("before", ""), None
    if asked.on_tab or asked.visit.query.get("tab") == "record":
        subject = decision_subject(asked.head.view.id)
        page = changes(asked.session, subject=subject, before=int(before) if _is_number(before) else None)
    return asked.html("decision_record.html", page=page, is_first=not _is_number(before))


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < _LONG


#: The parts, by their codes in the address, in the order they are read.
_PARTS: dict[str, Callable[[_Asked], str]] = {
    "draft": _draft,
    "comments": _comments,
    "opinions": _opinions,
    "proceedings": _proceedings,
    "documents": _documents,
    "result": _result,
    "duties": _duties,
    "projects": _projects,
    "record": _record,
}
#: Their codes.
PARTS = tuple(_PARTS)
