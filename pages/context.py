"""
Who is looking, in which language, and when; and the only bridge from the pages to the record.

A page reads with :func:`reading` and changes with :func:`change`. What the record refuses is said in words, and what
was typed stays in the form.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from data.accounts import SignedIn, who_is
from data.database import reading
from data.unit_of_work import Kept, UnitOfWork
from data.writer import change as change_record
from models.actor import CITIZEN, Role
from models.clock import utc_now
from models.exceptions import RecordError
from pages.components.plain_words import drawn_as_text
from pages.explanations import explain
from pages.readable import Visit
from pages.server.accounts import SESSION_COOKIE
from pages.server.allowances import Allowances, network_of
from pages.server.language import LANGUAGE_COOKIE, choose_language
from pages.server.settings import server_settings
from pages.words import word

__all__ = ["change", "current_account", "current_language", "demand_account", "reading", "say", "visit"]

_LOG = logging.getLogger(__name__)
C = TypeVar("C")
#: Forms travel over a websocket, where the limits of requests do not see them.
_ALLOWANCES = Allowances()


def current_language() -> str:
    """Return the language of whoever is looking."""
    return choose_language(
        chosen=st.context.cookies.get(LANGUAGE_COOKIE), accepted=st.context.headers.get("Accept-Language")
    )


def say(key: str, **values: object) -> str:
    """Return the words for ``key``, in the language of whoever is looking."""
    return word(key, current_language(), **values)


def current_account() -> SignedIn | None:
    """
    Return who is signed in, asked anew at each run, so that a session that was ended elsewhere ends here too.

    The server alone writes to the state of a session, so a token found there is as good as the cookie's.
    """
    token = st.session_state.get(SESSION_COOKIE) or st.context.cookies.get(SESSION_COOKIE)
    return who_is(str(token)) if token else None


def demand_account(*roles: Role) -> SignedIn:  # noqa: RET503 - ``st.stop`` does not return.
    """Return who is signed in, in one of these roles; or say that the page is not for this visitor, and stop."""
    account = current_account()
    if account is not None and (not roles or account.role in roles):
        return account
    st.title(say("site.not_yours"))
    st.write(say("site.not_yours_body"))
    st.stop()


def visit(identifier: str | None = None) -> Visit:
    """Return what is asked to be read: the same that the server's first page is given."""
    query = dict(st.query_params)
    return Visit(language=current_language(), now=utc_now(), id=identifier or query.get("id"), query=query)


def change(operation: Callable[[C, UnitOfWork], Kept], command: C, *, token: str = "") -> Kept | None:
    """
    Make a change in the name of whoever is signed in, and return its result when it is durable.

    What the record refuses is explained on the page, and nothing is returned.
    """
    account = current_account()
    network = network_of(st.context.ip_address or "")
    if account is None and not _ALLOWANCES.take(network, server_settings().comments_a_minute):
        st.error(say("errors.too_often"))
        return None
    try:
        return change_record(operation, command, account.actor if account else CITIZEN, token=token)
    except RecordError as error:
        st.error(drawn_as_text(explain(error, current_language())))
    except Exception:  # noqa: BLE001 - whatever it was, nobody is shown a trace; the log has it.
        _LOG.exception("%s failed.", operation.__name__)
        st.error(say("errors.failed"))
    return None
