"""What a comment would be about: the draft or one clause of it, and until when comments are taken."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from data.database import reading
from data.queries.comments import Receipt
from data.queries.decision_view import (
    DecisionView,
    clauses_of_version,
    draft_versions,
    find_decision,
)
from data.queries.departments import DepartmentName, departments
from models.comment import comment_body
from models.decision import Language
from models.draft import Clause
from models.personal_data import personal_data_in
from models.text import masked_name
from pages.components.comment_form import Written
from pages.readable import Readable, Visit
from pages.readable.plain import not_found
from pages.rendering import render
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class CommentSubject:
    """What is commented on."""

    view: DecisionView
    department: DepartmentName
    #: None for the draft as a whole.
    clause: Clause | None
    #: The language of the draft; none where no draft is published.
    draft_language: Language | None

    @property
    def is_open(self) -> bool:
        """Whether comments are taken, as far as the page can tell; the record decides when one arrives."""
        return self.view.takes_comments and self.draft_language is not None


def comment_subject(session: Session, visit: Visit) -> CommentSubject | None:
    """
    Return what the address asks to comment on; nothing if there is none.

    The clause may be one of an earlier version: somebody may have been writing while a new version was published.
    """
    decision_id, clause_id = visit.query.get("decision", ""), visit.query.get("clause", "")
    view = find_decision(session, decision_id, now=visit.now) if decision_id else None
    if view is None:
        return None
    versions = draft_versions(session, view.id)
    clause = None
    if clause_id:
        clauses = (clauses_of_version(session, version.id) for version in reversed(versions))
        clause = next((found for rows in clauses for found in rows if str(found.id) == clause_id), None)
        if clause is None:
            return None
    return CommentSubject(
        view=view,
        department=departments(session)[view.department_id],
        clause=clause,
        draft_language=versions[-1].language if versions else None,
    )


def subject_html(subject: CommentSubject, visit: Visit) -> str:
    """Return what is commented on as HTML, and until when."""
    return render("comment_subject.html", visit.language, subject=subject, view=subject.view, visit=visit)


def read_comment(visit: Visit) -> Readable:
    """Return the page to read: what a comment would be about. The form needs Streamlit."""
    with reading() as session:
        subject = comment_subject(session, visit)
    if subject is None:
        return not_found(visit)
    without = render("comment_without_script.html", visit.language, subject=subject) if subject.is_open else ""
    heading, colon = (word(f"comment.{key}", visit.language) for key in ("heading", "colon"))
    return Readable(
        title=heading + colon + subject.view.said.title,
        description=word("page.comment.description", visit.language),
        language=visit.language,
        body_html=subject_html(subject, visit) + without,
    )


def check_html(written: Written, language: str) -> tuple[str, bool]:
    """Return what was written as it will be kept, as HTML; and whether it holds personal data."""
    body = comment_body(written.body)
    personal = personal_data_in(body)
    html = render(
        "comment_check.html",
        language,
        written=replace(written, body=body),
        name=masked_name(written.name),
        personal=personal,
    )
    return html, bool(personal)


def sent_html(
    receipt: Receipt, subject: CommentSubject, language: str, *, receipt_code: str, receipt_address: str, qr: str
) -> str:
    """Return the receipt for what was sent, as HTML."""
    return render(
        "comment_sent.html",
        language,
        comment=receipt.comment,
        view=subject.view,
        receipt_code=receipt_code,
        receipt_address=receipt_address,
        qr=qr,
    )
