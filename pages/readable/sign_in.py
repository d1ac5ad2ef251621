"""Signing in: an ordinary form, which works without JavaScript and which password managers know."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.database import reading
from data.queries.accounts import AccountSummary, list_accounts
from data.queries.departments import DepartmentName, departments
from data.queries.record import example_day
from pages.readable import Readable, Visit
from pages.rendering import render
from pages.server.local_address import local_address
from pages.words import word

#: The password of every account of the example. It is told to everybody, and opens nothing else.
EXAMPLE_PASSWORD = "throughline-example"  # noqa: S105 - as it says above.
_MOST_EXAMPLES = 40


def sign_in_html(visit: Visit) -> str:
    """Return the form, what became of the last attempt, and on an example record who may be tried."""
    return render("sign_in.html", visit.language, **_values(visit))


def read_sign_in(visit: Visit) -> Readable:
    """Return the page to sign in on."""
    title = word("page.sign_in.title", visit.language)
    description = word("page.sign_in.description", visit.language)
    body = render("signing_in.html", visit.language, title=title, description=description, **_values(visit))
    return Readable(title=title, description=description, language=visit.language, body_html=body)


def _values(visit: Visit) -> dict[str, Any]:
    accounts, names = _examples()
    return {
        "failed": "failed" in visit.query,
        "minutes": _minutes(visit.query.get("wait", "")),
        "destination": local_address(visit.query.get("next") or "/desk"),
        "accounts": accounts,
        "departments": names,
        "password": EXAMPLE_PASSWORD,
    }


def _examples() -> tuple[Sequence[AccountSummary], Mapping[str, DepartmentName]]:
    with reading() as session:
        if example_day(session) is None:
            return (), {}
        accounts = [account for account in list_accounts(session, size=_MOST_EXAMPLES).rows if account.is_active]
        return sorted(accounts, key=lambda account: (account.department_id or "", account.role)), departments(session)


def _minutes(seconds: str) -> int:
    """Return how many minutes to wait, rounded up; 0 where the address says nothing that can be understood."""
    return -(-int(seconds) // 60) if seconds.isdecimal() and len(seconds) < len("100000") else 0
