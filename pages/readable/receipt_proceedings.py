"""Receipts for what is no comment: a registration for a hearing, a question to an expert."""

from sqlmodel import Session

from data.queries.hearings import find_registration
from data.queries.questions import find_question_receipt
from models.hearing import HearingStepKind
from pages.readable import Visit
from pages.rendering import render

#: What those who registered wait for.
_TOLD = (HearingStepKind.HELD, HearingStepKind.LIST, HearingStepKind.HANDLING, HearingStepKind.FEEDBACK)


def proceedings_receipt_html(session: Session, code: str, visit: Visit) -> str | None:
    """Return what the receipt with that code is for, as HTML; nothing if there is none. Seven statements at most."""
    registration = find_registration(session, code)
    if registration is not None:
        steps = [registration.hearing.latest(kind) for kind in _TOLD]
        return render("receipt_registration.html", visit.language, receipt=registration, steps=steps, visit=visit)
    question = find_question_receipt(session, code)
    if question is None:
        return None
    return render("receipt_question.html", visit.language, receipt=question, visit=visit)
