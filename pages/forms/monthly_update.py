"""Going through milestones: tick those that still hold and confirm them together, or speak of one."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from data.queries.open_milestones import OpenMilestone
from data.queries.paging import Page
from data.queries.proposed_milestones import ProposedOfMilestone
from pages.components.plain_words import drawn_as_text
from pages.context import say
from pages.forms.filling import begin
from pages.forms.milestone_card import confirm_several, draw_card, may_confirm

_PLACE = "monthly"
#: What is proposed of milestones, by their numbers.
Proposed = Mapping[int, Sequence[ProposedOfMilestone]]


def draw_milestones(page: Page[OpenMilestone], today: date, proposed: Proposed) -> None:
    """Draw the milestones of a page, the button that confirms all of them, and the way to the next."""
    if not page.rows:
        st.success(say("desk.monthly_done"))
        return
    _draw_confirm_all([one for one in page.rows if may_confirm(one, today)], proposed)
    for one in page.rows:
        draw_card(one, today, _PLACE, proposed.get(one.milestone_id, ()))
    if page.next:
        st.button(say("desk.monthly_later"), on_click=_go_on, args=(page.next,))
    elif "after" in st.query_params:
        st.button(say("desk.monthly_first"), on_click=_go_on, args=("",))


def _draw_confirm_all(shown: list[OpenMilestone], proposed: Proposed) -> None:
    """Draw the choice of those that hold: all of which nothing is proposed, unless one is taken out."""
    if len(shown) < 2:  # noqa: PLR2004 - one is confirmed at its card.
        return
    form = begin("confirm_all_" + "_".join(f"{one.milestone_id}.{one.number}" for one in shown))
    names = {one.milestone_id: f"{one.title} · {one.project_title} · {one.due_date}" for one in shown}
    with st.expander(say("desk.confirm_several", count=len(shown), milestones=len(shown))):
        kept = [
            one
            for one in shown
            if st.checkbox(
                drawn_as_text(names[one.milestone_id]),
                value=one.milestone_id not in proposed,
                key=form.key(f"holds_{one.milestone_id}"),
            )
        ]
        label = say("desk.confirm_chosen", count=len(kept), milestones=len(kept))
        if st.button(label, key=form.key("send"), type="primary", disabled=not kept):
            confirm_several(kept, form)


def _go_on(after: str) -> None:
    if after:
        st.query_params["after"] = after
    else:
        st.query_params.pop("after", None)
