"""What a question to an expert would be about: the opinion, and what was asked and answered before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from data.database import reading
from data.queries.decision_view import DecisionView, find_decision, opinions_on
from data.queries.departments import DepartmentName, departments
from data.queries.questions import QuestionReceipt, QuestionView, questions_on
from models.opinion import ExpertOpinion
from models.personal_data import personal_data_in
from models.question import question_body
from models.text import masked_name
from pages.components.question_form import Asking
from pages.readable import Readable, Visit
from pages.readable.plain import not_found
from pages.rendering import render
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class QuestionSubject:
    """The opinion that is asked about."""

    view: DecisionView
    department: DepartmentName
    opinion: ExpertOpinion
    #: What was asked before, so that nobody need ask it again.
    questions: Sequence[QuestionView]

    @property
    def is_open(self) -> bool:
        """Whether questions are taken, as far as the page can tell; the record decides when one arrives."""
        return self.view.outcome is None


def question_subject(session: Session, visit: Visit) -> QuestionSubject | None:
    """Return the opinion that the address asks about; nothing if there is none. Twelve statements at most."""
    decision_id, number = visit.query.get("decision", ""), visit.query.get("opinion", "")
    view = find_decision(session, decision_id, now=visit.now) if decision_id else None
    if view is None:
        return None
    opinion = next((one for one in opinions_on(session, view.id) if str(one.number) == number), None)
    if opinion is None:
        return None
    return QuestionSubject(
        view=view,
        department=departments(session)[view.department_id],
        opinion=opinion,
        questions=questions_on(session, view.id).get(opinion.number, ()),
    )


def subject_html(subject: QuestionSubject, visit: Visit) -> str:
    """Return what is asked about as HTML, with what was asked before."""
    return render("question_subject.html", visit.language, subject=subject, view=subject.view, visit=visit)


def read_question(visit: Visit) -> Readable:
    """Return the page to read: what a question would be about. The form needs Streamlit."""
    with reading() as session:
        subject = question_subject(session, visit)
    if subject is None:
        return not_found(visit)
    why = word("question.needs_javascript", visit.language)
    without = render("without_script.html", visit.language, department=subject.department, why=why)
    heading, colon = word("question.heading", visit.language), word("comment.colon", visit.language)
    return Readable(
        title=heading + colon + subject.opinion.name,
        description=word("page.question.description", visit.language),
        language=visit.language,
        body_html=subject_html(subject, visit) + (without if subject.is_open else ""),
    )


def check_html(written: Asking, language: str) -> tuple[str, bool]:
    """Return what was asked as it will be kept, as HTML; and whether it holds personal data."""
    body = question_body(written.body)
    personal = personal_data_in(body)
    html = render(
        "question_check.html",
        language,
        written=replace(written, body=body),
        name=masked_name(written.name),
        personal=personal,
    )
    return html, bool(personal)


def sent_html(receipt: QuestionReceipt, language: str, *, code: str, address: str, qr: str) -> str:
    """Return the receipt for a question, as HTML."""
    return render("question_sent.html", language, receipt=receipt, receipt_code=code, receipt_address=address, qr=qr)
