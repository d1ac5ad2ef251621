"""The decision that is worked on: what is said of it, where it stands, and what may be done to it by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from data.accounts import SignedIn
from data.operations.standing import standing_of
from data.queries.decision_view import DecisionView, find_decision
from data.queries.departments import DepartmentName, departments
from models.access import Act, Standing, is_allowed
from models.clock import local_date
from pages.context import current_language, reading
from pages.rendering import render


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A decision, as whoever works on it finds it."""

    view: DecisionView
    standing: Standing
    account: SignedIn
    departments: Mapping[str, DepartmentName]
    now: datetime

    @property
    def id(self) -> str:
        """Its number."""
        return self.view.id

    @property
    def today(self) -> date:
        """The day on the calendar of the jurisdiction."""
        return local_date(self.now)

    def may(self, act: Act) -> bool:
        """Whether whoever is signed in may do this to it, where it stands. The operation asks again."""
        return is_allowed(act, self.account.actor, standing=self.standing, department_id=self.view.department_id)


def find_matter(decision_id: str, account: SignedIn, now: datetime) -> Matter | None:
    """Return the decision of that number; nothing if there is none."""
    with reading() as session:
        view = find_decision(session, decision_id, now=now)
        if view is None:
            return None
        return Matter(
            view=view,
            standing=standing_of(session, decision_id, now),
            account=account,
            departments=departments(session),
            now=now,
        )


def is_possible(matter: Matter, act: Act) -> bool:
    """Whether this may be done now; where it may not, say so on the page in place of the form."""
    if matter.may(act):
        return True
    say_not_now(matter)
    return False


def say_not_now(matter: Matter) -> None:
    """Say that something cannot be done, and where the matter stands."""
    st.html(render("work_not_now.html", current_language(), standing=matter.standing))
