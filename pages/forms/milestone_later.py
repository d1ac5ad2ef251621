"""Moving a date by so many days with one touch: on a telephone, a calendar takes one touch for each month."""

from datetime import date, timedelta

import streamlit as st

from pages.context import say
from pages.forms.filling import Filling

#: Days later than is said now. Whoever means another day writes it.
_LATER = (15, 30, 60, 90, 180)


def choose_later(form: Filling, said: date, today: date) -> int:
    """
    Draw by how many days it is later than is said now, and return them; 0 where nothing is chosen.

    :param said: the date that is said now; what would still lie in the past is not offered
    """
    offered = [later for later in _LATER if said + timedelta(days=later) > today]
    if not offered:
        return 0
    chosen: int | None = st.pills(
        say("work_project.later"),
        offered,
        format_func=lambda later: say("work_project.later_by", days=later),
        key=form.key("later"),
    )
    return chosen or 0
