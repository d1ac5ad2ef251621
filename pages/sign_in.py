"""Signing in, and who is signed in."""

import streamlit as st

from data.accounts import IDLE, OLDEST
from data.queries.departments import departments
from pages.context import current_account, current_language, reading, say, visit
from pages.readable.sign_in import sign_in_html
from pages.rendering import render

_HOUR = 3600

account = current_account()
if account is None:
    st.title(say("page.sign_in.title"))
    st.caption(say("page.sign_in.description"))
    st.html(sign_in_html(visit()))
else:
    with reading() as session:
        department = departments(session).get(account.department_id or "")
    st.title(say("sign_in.signed_in"))
    st.html(
        render(
            "signed_in.html",
            current_language(),
            account=account,
            department=department,
            idle=IDLE.seconds // _HOUR,
            oldest=OLDEST.seconds // _HOUR,
        )
    )
