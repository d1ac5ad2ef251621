"""Signing in and out: an ordinary form, sessions that the server keeps, and patience asked of those who guess."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.cookies import SimpleCookie
from types import SimpleNamespace

import pytest
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import update
from sqlmodel import select

import data.accounts
import data.passwords
import pages.readable.sign_in
from data.accounts import IDLE, MOST_FAILURES, OLDEST, close_session, open_session, who_is
from data.database import database, reading
from data.operations.accounts import ChangeAccount, change_account
from data.queries.accounts import list_accounts
from data.samples.steps import read_steps
from data.writer import change
from models.account import AccountSession
from models.actor import OPERATOR, Role
from models.clock import utc_now
from models.exceptions import TooManyAttemptsError
from pages.readable import Visit
from pages.readable.sign_in import EXAMPLE_PASSWORD, read_sign_in
from tests.pages.form_sender import FormSender
from tests.pages.office import PASSWORD, Office, quick_passwords

HOME = "203.0.113.7"
ELSEWHERE = "198.51.100.9"


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


@pytest.fixture
def browser():
    return FormSender()


def form(email, password=PASSWORD, **more):
    return {"email": email, "password": password, **more}


def cookie_of(response):
    return SimpleCookie(response.headers["set-cookie"])["throughline_session"]


def age(token, **values):
    """Make a session older than it is."""
    with database().writing_engine.begin() as connection:
        connection.execute(
            update(AccountSession)
            .where(AccountSession.token_digest == data.accounts._digest(token))
            .values(**{name: utc_now() - by for name, by in values.items()})
        )


def account_id(email):
    with reading() as session:
        return next(account.id for account in list_accounts(session).rows if account.email == email)


def test_the_right_password_opens_a_session_in_a_cookie_that_no_script_and_no_other_site_can_use(office, browser):
    email = office.account(Role.PLANNER)

    response = browser.post("/session/sign-in", **form(f" {email.upper()} ", next="/desk"))

    cookie = cookie_of(response)
    assert (response.status_code, response.headers["location"]) == (303, "/desk")
    assert (cookie["httponly"], cookie["samesite"].lower(), cookie["secure"], cookie["path"]) == (
        True,
        "lax",
        True,
        "/",
    )
    assert cookie["max-age"] == cookie["expires"] == ""
    assert response.headers["cache-control"] == "no-store"
    assert who_is(cookie.value).email == email


def test_without_https_the_cookie_still_works_on_this_machine(office):
    plain = FormSender(scheme="http")

    response = plain.post("/session/sign-in", **form(office.account(Role.PLANNER)))

    assert not cookie_of(response)["secure"]


def test_a_wrong_password_an_unknown_address_and_a_switched_off_account_are_answered_alike(office, browser):
    email, off = office.account(Role.PLANNER), office.account(Role.OFFICER)
    change(change_account, ChangeAccount(account_id=account_id(off), role=Role.AUDITOR, is_active=False), OPERATOR)

    answers = [
        browser.post("/session/sign-in", **form(*attempt, next="/desk"))
        for attempt in ((email, "wrong"), ("nobody@water.example", PASSWORD), (off, PASSWORD))
    ]

    assert {answer.headers["location"] for answer in answers} == {"/sign_in?failed=1&next=%2Fdesk"}
    assert not any("set-cookie" in answer.headers for answer in answers)


def fail():
    raise VerifyMismatchError


def test_an_unknown_address_takes_as_much_work_as_a_wrong_password(office, monkeypatch):
    email = office.account(Role.PLANNER)
    verified = []
    hasher = SimpleNamespace(verify=lambda kept, _: verified.append(kept) or fail())
    nobody = data.passwords._nobodys()
    monkeypatch.setattr(data.passwords, "_HASHER", hasher)

    assert open_session(email, "wrong", HOME) is open_session("nobody@water.example", "wrong", HOME) is None

    assert len(verified) == 2
    assert verified[1] == nobody
    # The same parameters, so the same time.
    assert verified[0].rsplit("$", 2)[0] == nobody.rsplit("$", 2)[0]


@pytest.mark.parametrize(
    "destination", ["//evil.example", "https://evil.example", "/\\evil.example", "", "javascript:1"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(office, browser, destination):
    response = browser.post("/session/sign-in", **form(office.account(Role.PLANNER), next=destination))

    assert response.headers["location"] == "/"


def test_input_too_long_to_be_a_password_is_not_hashed(office, browser, monkeypatch):
    monkeypatch.setattr(data.accounts, "fits", lambda *_: pytest.fail("it was hashed"))

    response = browser.post("/session/sign-in", **form("a@water.example", "x" * 501))

    assert response.headers["location"].startswith("/sign_in?failed=1")


def test_signing_in_again_ends_the_session_that_this_browser_had(office, browser):
    email = office.account(Role.PLANNER)
    first = cookie_of(browser.post("/session/sign-in", **form(email))).value

    second = cookie_of(browser.post("/session/sign-in", **form(email))).value

    assert who_is(first) is None
    assert who_is(second) is not None
    assert first != second


def test_signing_out_ends_this_session_and_signing_out_everywhere_ends_all(office, browser):
    email = office.account(Role.PLANNER)
    here, there, third = (open_session(email, PASSWORD, HOME) for _ in range(3))

    browser.cookies["throughline_session"] = here
    response = browser.post("/session/sign-out")
    after_one = [who_is(token) is not None for token in (here, there, third)]
    close_session(there, everywhere=True)

    assert cookie_of(response).value == ""
    assert after_one == [False, True, True]
    assert who_is(there) is who_is(third) is None


@pytest.mark.parametrize(
    ("aged", "is_open"),
    [
        ({"last_seen_at": IDLE - timedelta(minutes=1)}, True),
        ({"last_seen_at": IDLE + timedelta(seconds=1)}, False),
        ({"created_at": OLDEST - timedelta(minutes=1)}, True),
        ({"created_at": OLDEST + timedelta(seconds=1)}, False),
    ],
)
def test_a_session_ends_when_it_was_not_used_and_when_it_is_old(office, aged, is_open):
    token = open_session(office.account(Role.PLANNER), PASSWORD, HOME)

    age(token, **aged)

    assert (who_is(token) is not None) is is_open


def test_the_table_of_sessions_is_of_no_use_to_a_thief(office):
    token = open_session(office.account(Role.PLANNER), PASSWORD, HOME)

    with reading() as session:
        kept = session.exec(select(AccountSession)).one()

    assert token not in repr(kept)
    assert who_is(kept.token_digest) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"role": Role.OFFICER},
        {"role": Role.PLANNER, "is_active": False},
        {"role": Role.PLANNER, "password": "another one 12"},
    ],
)
def test_whoever_loses_or_changes_rights_is_signed_out_everywhere(office, changed):
    email = office.account(Role.PLANNER)
    token = open_session(email, PASSWORD, HOME)

    command = ChangeAccount(account_id=account_id(email), department_id="water", **changed)
    change(change_account, command, OPERATOR)

    assert who_is(token) is None


def test_guessing_one_account_from_one_address_has_to_wait_and_nobody_else_does(office, browser):
    email = office.account(Role.PLANNER)
    for _ in range(MOST_FAILURES["account_from_address"]):
        assert open_session(email, "wrong", HOME) is None

    with pytest.raises(TooManyAttemptsError) as refusal:
        open_session(email, PASSWORD, HOME)

    assert 0 < refusal.value.facts[0] <= 15 * 60
    assert open_session(email, PASSWORD, ELSEWHERE) is not None
    assert open_session(office.account(Role.OFFICER), PASSWORD, HOME) is not None


def test_guessing_many_accounts_from_one_address_has_to_wait_whether_they_exist_or_not(office):
    for number in range(MOST_FAILURES["address"]):
        assert open_session(f"{number}@water.example", "wrong", HOME) is None

    with pytest.raises(TooManyAttemptsError):
        open_session(office.account(Role.PLANNER), PASSWORD, HOME)


def test_many_attempts_at_once_are_no_more_than_one_after_the_other(office):
    email = office.account(Role.PLANNER)

    def guess(_):
        try:
            return open_session(email, "wrong", HOME)
        except TooManyAttemptsError:
            return "wait"

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(guess, range(12)))

    assert answers.count(None) == MOST_FAILURES["account_from_address"]


def test_signing_in_often_is_no_failure(office):
    email = office.account(Role.PLANNER)

    tokens = [open_session(email, PASSWORD, HOME) for _ in range(MOST_FAILURES["account_from_address"] + 2)]

    assert all(who_is(token) for token in tokens)


def test_who_has_to_wait_is_told_how_long(office, browser):
    email = office.account(Role.PLANNER)
    for _ in range(MOST_FAILURES["account_from_address"]):
        browser.post("/session/sign-in", **form(email, "wrong"))

    response = browser.post("/session/sign-in", **form(email))
    visit = Visit(
        language="en", now=utc_now(), query={"wait": response.headers["location"].split("wait=")[1].split("&")[0]}
    )

    assert "Please wait 15 minutes" in read_sign_in(visit).body_html


def test_the_page_that_the_server_sends_is_a_form_that_needs_no_javascript(office):
    visit = Visit(language="zh", now=utc_now(), query={"next": "/desk?a=1&b=2", "failed": "1"})

    page = read_sign_in(visit).body_html

    assert 'method="post" action="/session/sign-in"' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'name="next" value="/desk?a=1&amp;b=2"' in page
    assert "邮箱与口令不符" in page
    assert EXAMPLE_PASSWORD not in page


@pytest.mark.parametrize("wait", ["", "x", "-1", "9" * 500, "<b>", "²"])
def test_a_wait_that_cannot_be_understood_is_not_shown(office, wait):
    page = read_sign_in(Visit(language="en", now=utc_now(), query={"wait": wait})).body_html

    assert "alert" not in page


def test_on_an_example_record_the_accounts_to_try_are_told_with_the_password_that_fits(
    use_record, tmp_path, monkeypatch
):
    use_record(f"sqlite:///{tmp_path}/example.db")
    office = Office()
    email = office.account(Role.PLANNER)
    monkeypatch.setattr(pages.readable.sign_in, "example_day", lambda _: office.today)

    page = read_sign_in(Visit(language="en", now=office.now)).body_html

    passwords = {step.values["password"] for step in read_steps(office.today) if step.operation == "create_account"}
    assert passwords == {EXAMPLE_PASSWORD}
    assert f'name="email" value="{email}"' in page
    assert EXAMPLE_PASSWORD in page


def test_signed_in_the_page_says_who_and_offers_to_sign_out(office):
    page = office.open("sign_in", role=Role.PLANNER)

    html = " ".join(element.proto.body for element in page.get("html"))
    assert "planner@water.example" in html
    assert html.count('action="/session/sign-out"') == 2
    assert "water 局" in html


def test_the_session_of_an_open_page_that_was_ended_elsewhere_ends_there_too(office):
    token = office.token(Role.PLANNER)
    page = office.open("desk", token=token)
    close_session(token, everywhere=True)

    page.run()

    assert [title.value for title in page.title] == ["本页供办理人员使用"]
