"""What somebody registers for: the hearing on a decision, until when, and how those who take part are chosen."""

from dataclasses import dataclass

from sqlmodel import Session

from data.database import reading
from data.queries.decision_view import DecisionView, find_decision
from data.queries.departments import DepartmentName, departments
from data.queries.hearings import HearingView, RegistrationReceipt, hearing_of
from models.hearing import HearingStepKind, RegistrationState
from models.personal_data import personal_data_in
from models.text import masked_name, one_line
from pages.components.hearing_form import Registering
from pages.readable import Readable, Visit
from pages.readable.plain import not_found
from pages.rendering import render
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class HearingSubject:
    """The hearing on a decision, as far as somebody who would take part must know it."""

    view: DecisionView
    department: DepartmentName
    hearing: HearingView
    registration: RegistrationState

    @property
    def is_open(self) -> bool:
        """Whether anybody may register, as far as the page can tell; the record decides when somebody does."""
        return self.registration is RegistrationState.OPEN and self.view.outcome is None


def hearing_subject(session: Session, visit: Visit) -> HearingSubject | None:
    """Return the hearing that the address asks for; nothing if none was announced. Twelve statements at most."""
    decision_id = visit.query.get("decision", "")
    view = find_decision(session, decision_id, now=visit.now) if decision_id else None
    hearing = hearing_of(session, view.id) if view else None
    if view is None or hearing is None:
        return None
    return HearingSubject(
        view=view,
        department=departments(session)[view.department_id],
        hearing=hearing,
        registration=hearing.registration(visit.today),
    )


def subject_html(subject: HearingSubject, visit: Visit) -> str:
    """Return what somebody registers for as HTML, and until when."""
    return render(
        "hearing_subject.html",
        visit.language,
        subject=subject,
        view=subject.view,
        visit=visit,
        **{kind.value: subject.hearing.latest(kind) for kind in HearingStepKind},
    )


def read_hearing(visit: Visit) -> Readable:
    """Return the page to read: what would be registered for. The form needs Streamlit."""
    with reading() as session:
        subject = hearing_subject(session, visit)
    if subject is None:
        return not_found(visit)
    without = (
        render(
            "without_script.html",
            visit.language,
            department=subject.department,
            why=word("hearing.needs_javascript", visit.language),
        )
        if subject.is_open
        else ""
    )
    heading, colon = word("hearing.heading", visit.language), word("comment.colon", visit.language)
    return Readable(
        title=heading + colon + subject.view.said.title,
        description=word("page.hearing.description", visit.language),
        language=visit.language,
        body_html=subject_html(subject, visit) + without,
    )


def check_html(written: Registering, language: str) -> tuple[str, bool]:
    """Return what was filled in as it will be kept, as HTML; and whether the public part holds personal data."""
    name = masked_name(written.name)
    personal = personal_data_in(one_line(written.name))
    return render("hearing_check.html", language, written=written, name=name, personal=personal), bool(personal)


def sent_html(receipt: RegistrationReceipt, language: str, *, code: str, address: str, qr: str) -> str:
    """Return the receipt for a registration, as HTML."""
    return render("hearing_sent.html", language, receipt=receipt, receipt_code=code, receipt_address=address, qr=qr)
