"""One decision: where it stands and what happens next, then one part after another."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from data.database import reading
from data.queries.changes import changes
from data.queries.decision_view import DecisionView, find_decision, projects_of_decision
from data.queries.departments import DepartmentName, departments
from data.queries.documents import documents_of_decision
from data.queries.duties import duties_at, duties_of
from data.queries.proceedings import open_registration
from data.queries.project_gaps import days_said
from models.clock import JURISDICTION, days_between, end_of_day
from models.decision import decision_subject
from models.docket_evaluation import DocketEvaluation
from models.hearing import HearingStep
from models.procedure_terms import Words
from models.stage import StageRevision
from pages.readable import Readable, Visit
from pages.readable.decision_comments import comments_html, comments_shown
from pages.readable.decision_draft import draft_html, draft_shown
from pages.readable.decision_duties import duties_html, following, late
from pages.readable.decision_proceedings import opinions_html, proceedings_html
from pages.readable.decision_rail import rail
from pages.readable.duty_words import DutyWords
from pages.readable.kept import kept
from pages.readable.plain import not_found
from pages.rendering import render
from pages.words import word

_LONGEST_DESCRIPTION = 200
#: Numbers of entries have fewer digits.
_LONG = 18


@dataclass(frozen=True, kw_only=True)
class DecisionHead:
    """What stands above the parts of a decision: where it stands, and what happens next."""

    view: DecisionView
    department: DepartmentName
    #: Civil days since comments were last taken; nothing while they are, and before.
    days_closed: int | None
    #: Where it stands against its procedure.
    evaluation: DocketEvaluation | None = None
    #: Until when anybody may register for its hearing; nothing if nobody may today.
    registration: HearingStep | None = None
    #: What was written of it, by what was asked for.
    written: dict[Hashable, str] = field(default_factory=dict)

    @property
    def stages(self) -> list[tuple[Words, Sequence[StageRevision]]]:
        """What was said of each stage, by what it is called, in the order of the procedure."""
        return [(self.view.stage_title(stage), said) for stage, said in self.view.stages.items()]


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


def decision_head(session: Session, visit: Visit) -> DecisionHead | None:
    """
    Return the head of the decision that is asked for; nothing if there is none.

    Eleven statements once for each state of the record, and those by which its duties are judged where it changed.
    """
    return kept("decision", visit, lambda: _read_head(session, visit))


def _read_head(session: Session, visit: Visit) -> DecisionHead | None:
    view = find_decision(session, visit.id, now=visit.now) if visit.id else None
    if view is None:
        return None
    duties = duties_of(session, view.id, visit.now)
    closes_at, zone = view.present.closes_at, view.present.zone or JURISDICTION
    is_closed = closes_at is not None and closes_at <= visit.now
    return DecisionHead(
        view=view,
        department=departments(session)[view.department_id],
        days_closed=days_between(closes_at, visit.now, zone) if closes_at and is_closed else None,
        evaluation=duties.evaluation if duties else None,
        registration=open_registration(session, view.id, visit.today) if view.outcome is None else None,
    )


def head_html(head: DecisionHead, visit: Visit) -> str:
    """Return the head as HTML."""
    return _once(head, visit, lambda: _write_head(head, visit))


def _write_head(head: DecisionHead, visit: Visit) -> str:
    found = head.evaluation
    return render(
        "decision_head.html",
        visit.language,
        head=head,
        view=head.view,
        visit=visit,
        rail=rail(found, head.view.stages) if found else (),
        late=late(found) if found else None,
        following=following(found) if found else (),
        words=DutyWords(found.template, visit.language) if found else None,
    )


def _once(head: DecisionHead, visit: Visit, write: Callable[[], str], *asked: Hashable) -> str:
    """Return what is written of a decision, written once for each question."""
    key = (visit.language, tuple(sorted(visit.query.items())), *asked)
    if key not in head.written:
        head.written[key] = write()
    return head.written[key]


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
    return _once(head, visit, lambda: _part(part, asked), part, on_tab)


def _part(part: str, asked: _Asked) -> str:
    language = asked.visit.language
    label = part_labels(asked.head, language)[part]
    heading = render("decision_part.html", language, part=part, label=label, on_tab=asked.on_tab)
    return heading + _PARTS[part](asked)


def read_decision(visit: Visit) -> Readable:
    """Return a decision as a page to read: all its parts, the one that is asked for first."""
    with reading() as session:
        head = decision_head(session, visit)
        if head is None:
            return not_found(visit)
        parts = _parts_to_read(session, head, visit)
    said = head.view.said
    contents = render("decision_contents.html", visit.language, labels=part_labels(head, visit.language))
    return Readable(
        title=said.title,
        description=said.summary[:_LONGEST_DESCRIPTION] or word("page.decision.description", visit.language),
        language=visit.language,
        body_html="\n".join((head_html(head, visit), contents, *parts)),
    )


def _parts_to_read(session: Session, head: DecisionHead, visit: Visit) -> list[str]:
    """Return all parts. What else the address asks for is asked of the part that it names."""
    asked = visit.query.get("tab", _FIRST)
    elsewhere = replace(visit, query={})
    order = sorted(_PARTS, key=lambda part: part != asked)
    return [part_html(part, session, head, visit if part == asked else elsewhere, on_tab=False) for part in order]


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
_FIRST = next(iter(_PARTS))
