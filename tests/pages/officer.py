"""An officer at the pages on which projects are kept true, for their tests."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.accounts import open_session
from data.database import reading
from data.operations.accounts import CreateAccount, create_account
from data.queries.project_view import find_project
from data.writer import change
from models.actor import OPERATOR, Role
from models.clock import local_date, utc_now
from pages.words import word

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a password for tests"


def signed_in(role=Role.OFFICER, department="water"):
    """Return the token of somebody in that role."""
    email = f"{role}@{department or 'city'}.example"
    command = CreateAccount(email=email, name="测试员", role=role, department_id=department, password=PASSWORD)
    change(create_account, command, OPERATOR)
    return open_session(email, PASSWORD, "203.0.113.7")


def open_page(page, token=None, **query):
    """Return a page as whoever has that token sees it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if token:
        app.session_state["throughline_session"] = token
    app.run()
    app.switch_page(f"pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = str(value)
    app.run()
    assert not app.exception
    return app


def press(app, key):
    """Press the button that says so."""
    label = said(key)
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app


def said(key, **values):
    """Return the words that somebody without a choice of language reads."""
    return word(key, "zh", **values)


def messages(app):
    """Return what the page says went wrong, and what it says was done."""
    return [one.value.replace("\\", "") for one in app.error], [one.value for one in app.success]


def shown(app):
    """Return all HTML of a page."""
    return "\n".join(one.proto.body for one in app.get("html"))


def project_of(city):
    """Return what is said of the project now."""
    with reading() as session:
        return find_project(session, city.project, today=local_date(utc_now()))
