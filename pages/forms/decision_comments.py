"""The comments that came in, and answering them: one point after the other, every answer with its reason."""

from collections.abc import Sequence

import streamlit as st

from data.queries.comments import CommentFilter, find_point, list_comments
from data.queries.decision_view import clauses_of_version
from models.access import Act
from models.comment import Stance
from models.draft import Clause
from models.verdict import VerdictCode
from pages.components.choices import choose_code
from pages.context import current_language, reading, say
from pages.filters import code_in
from pages.forms.decision_matter import Matter, is_possible
from pages.forms.decision_verdict import draw_verdict
from pages.rendering import render

#: In the address, for the draft as a whole, which has no key.
WHOLE = "whole"
_ANSWERED = ("unanswered", *(code.value for code in VerdictCode))


def draw_comments(matter: Matter) -> None:
    """Draw the point that is chosen with the form for its answer, and the list to choose from."""
    clauses = clauses_now(matter)
    asked = asked_comments()
    with reading() as session:
        page = list_comments(session, matter.id, asked, after=st.query_params.get("after"))
        number = st.query_params.get("point", "")
        point = find_point(session, int(number)) if number.isdecimal() and len(number) < len("1" * 19) else None
    if point is not None and point.decision_id == matter.id:
        st.html(render("work_point.html", current_language(), comment=point))
        if is_possible(matter, Act.GIVE_VERDICT):
            draw_verdict(matter, point, clauses, asked)
        st.divider()
    elif number:
        st.warning(say("work.comments.no_point"))
    _draw_filters(clauses)
    st.html(
        render(
            "work_comments.html",
            current_language(),
            page=page,
            tally=matter.view.tally,
            query={**st.query_params.to_dict(), "point": "", "after": ""},
            chosen=number,
        )
    )


def clauses_now(matter: Matter) -> Sequence[Clause]:
    """Return the clauses of the version that holds now."""
    version = matter.view.present.draft_version_id
    if version is None:
        return ()
    with reading() as session:
        return clauses_of_version(session, version)


def asked_comments() -> CommentFilter:
    """Return which comments the address asks for."""
    answer, clause = st.query_params.get("answer", ""), st.query_params.get("clause", "")
    return CommentFilter(
        clause_key="" if clause == WHOLE else clause or None,
        stance=code_in(Stance, st.query_params.get("stance")),
        state=code_in(VerdictCode, answer),
        unanswered=answer == _ANSWERED[0],
    )


def clause_name(clause: Clause) -> str:
    """Return what a clause is called: its label, its heading, or how it begins."""
    return f"{clause.label} {clause.heading}".strip() or clause.body[:30]


def _draw_filters(clauses: Sequence[Clause]) -> None:
    names = {WHOLE: say("work.comments.whole"), **{clause.key: clause_name(clause) for clause in clauses}}
    columns = st.columns(3)
    with columns[0]:
        choose_code(
            say("work.comments.answer"),
            _ANSWERED,
            parameter="answer",
            words=lambda code: say("codes.verdict.none" if code == _ANSWERED[0] else f"codes.verdict.{code}"),
            any_word=say("site.any"),
        )
    with columns[1]:
        choose_code(
            say("work.comments.clause"),
            names,
            parameter="clause",
            words=lambda code: names[code],
            any_word=say("site.any"),
        )
    with columns[2]:
        choose_code(
            say("work.comments.stance"),
            [stance.value for stance in Stance],
            parameter="stance",
            words=lambda code: say(f"codes.stance.{code}"),
            any_word=say("site.any"),
        )
