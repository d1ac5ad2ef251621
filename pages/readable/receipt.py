"""A receipt: the comment it is for, where that stands, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from data.queries.comments import CommentSummary, Receipt, find_point, find_receipt
from data.queries.decision_view import DecisionView, clauses_of_version, find_decision
from models.clock import JURISDICTION, days_between
from models.draft import Clause
from models.verdict import VerdictCode
from pages.readable import Readable, Visit
from pages.rendering import render
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class ReceiptShown:
    """What became of one comment."""

    receipt: Receipt
    view: DecisionView
    #: The clauses of the latest version by their numbers: verdicts name those that changed.
    clauses: Mapping[int, Clause]
    #: The point that this one was found to be the same as, whose answer it shares.
    same_as: CommentSummary | None
    #: Civil days since comments were last taken; nothing while they are.
    days_closed: int | None


def receipt_shown(session: Session, code: str, visit: Visit) -> ReceiptShown | None:
    """Return what the receipt with that code is for; nothing if there is none. Twelve statements at most."""
    receipt = find_receipt(session, code)
    view = find_decision(session, receipt.decision_id, now=visit.now) if receipt else None
    if receipt is None or view is None:
        return None
    said, present = receipt.comment.verdict, view.present
    same_as = said.same_as_id if said and said.code is VerdictCode.SAME_AS else None
    clauses = clauses_of_version(session, present.draft_version_id) if present.draft_version_id and said else ()
    is_closed = present.closes_at is not None and present.closes_at <= visit.now
    days = days_between(present.closes_at, visit.now, present.zone or JURISDICTION) if present.closes_at else None
    return ReceiptShown(
        receipt=receipt,
        view=view,
        clauses={clause.id: clause for clause in clauses},
        same_as=find_point(session, same_as) if same_as is not None else None,
        days_closed=days if is_closed else None,
    )


def receipt_html(shown: ReceiptShown, visit: Visit) -> str:
    """Return a receipt as HTML."""
    return render("receipt_found.html", visit.language, shown=shown, view=shown.view, visit=visit)


def heading_html(visit: Visit) -> str:
    """Return the head of the page as HTML."""
    return render("receipt.html", visit.language)


def read_receipt(visit: Visit) -> Readable:
    """Return the page to read. Streamlit alone looks codes up: a form of the page would put them in the address."""
    return Readable(
        title=word("page.receipt.title", visit.language),
        description=word("page.receipt.description", visit.language),
        language=visit.language,
        body_html=heading_html(visit) + render("receipt_without_script.html", visit.language),
    )
