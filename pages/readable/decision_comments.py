"""The comments on a decision, with what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from data.queries.comments import CommentFilter, CommentSummary, list_comments
from data.queries.decision_view import DecisionView, clauses_of_version
from data.queries.paging import Page
from models.comment import Stance
from models.draft import Clause
from models.verdict import VerdictCode
from pages.filters import code_in
from pages.readable import Visit
from pages.rendering import render
from pages.words import word

#: How the address asks for comments on the draft as a whole, which is no clause and has no key.
WHOLE = "whole"
UNANSWERED = "none"
#: Row numbers have fewer digits.
_LONG = 18


@dataclass(frozen=True, kw_only=True)
class CommentsShown:
    """A page of comments, and what they can be narrowed to."""

    asked: CommentFilter
    page: Page[CommentSummary]
    #: Of the latest version, in order.
    clauses: Sequence[Clause]
    #: What stands in the address, to be kept by links that change one part of it.
    query: Mapping[str, str]

    @property
    def clauses_by_id(self) -> dict[int, Clause]:
        """The clauses by their numbers: verdicts name those that changed."""
        return {clause.id: clause for clause in self.clauses}


def comment_filter(query: Mapping[str, str]) -> CommentFilter:
    """Return which comments an address asks for. What cannot be understood is not asked for."""
    clause, state = query.get("clause"), query.get("state")
    return CommentFilter(
        clause_key="" if clause == WHOLE else clause or None,
        stance=code_in(Stance, query.get("stance")),
        state=code_in(VerdictCode, state),
        unanswered=state == UNANSWERED,
    )


def comments_shown(session: Session, view: DecisionView, query: Mapping[str, str]) -> CommentsShown:
    """Return the comments that the address asks for. Three statements."""
    latest, after = view.present.draft_version_id, query.get("after", "")
    asked = comment_filter(query)
    is_number = after.isascii() and after.isdigit() and len(after) < _LONG
    return CommentsShown(
        asked=asked,
        page=list_comments(session, view.id, asked, after=after if is_number else None),
        clauses=clauses_of_version(session, latest) if latest else (),
        query={
            "tab": "comments",
            "clause": WHOLE if asked.clause_key == "" else asked.clause_key or "",
            "stance": str(asked.stance or ""),
            "state": UNANSWERED if asked.unanswered else str(asked.state or ""),
        },
    )


def commented_clauses(session: Session, view: DecisionView, language: str) -> dict[str, str]:
    """Return what there are comments on, in words, by its code in the address."""
    latest, counts = view.present.draft_version_id, view.tally.by_clause
    clauses = clauses_of_version(session, latest) if latest else ()
    named = {clause.key: clause.label or clause.heading or str(clause.position) for clause in clauses}
    whole = {WHOLE: f"{word('decision.on_whole', language)} ({counts.get('', 0):,})"}
    return whole | {key: f"{name} ({counts[key]:,})" for key, name in named.items() if key in counts}


def comments_html(shown: CommentsShown, view: DecisionView, visit: Visit, *, has_form: bool) -> str:
    """
    Return comments as HTML.

    :param has_form: whether the choices are a form of the page; Streamlit draws its own
    """
    return render(
        "decision_comments.html",
        visit.language,
        shown=shown,
        view=view,
        visit=visit,
        has_form=has_form,
        stances=list(Stance),
        states=[*VerdictCode, UNANSWERED],
    )
