"""Administration: accounts and departments, kept by administrators alone."""

import pytest
from sqlmodel import select

from data.accounts import open_session
from data.database import reading
from data.operations.accounts import CreateAccount, create_account
from data.operations.departments import AmendDepartment, amend_department
from data.queries.accounts import list_accounts
from data.queries.departments import departments
from data.writer import change
from models.actor import OPERATOR, Role
from models.ledger import EntryType, LedgerEntry
from tests.pages.office import PASSWORD, Office, quick_passwords


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


def accounts():
    with reading() as session:
        return {account.email: account for account in list_accounts(session, size=100).rows}


def field(page, name):
    """Return the field of that name, whatever form and turn it is of."""
    return next(box for box in (*page.text_input, *page.text_area, *page.checkbox) if box.key.endswith(f"_{name}"))


def choice(page, name):
    return next(box for box in page.selectbox if box.key.endswith(f"_{name}"))


def test_an_administrator_creates_an_account_that_can_sign_in(office):
    page = office.open("administration", role=Role.ADMINISTRATOR)
    choice(page, "role").set_value(Role.PLANNER).run()
    choice(page, "department").set_value("parks")
    field(page, "email").set_value("New@Parks.example")
    field(page, "name").set_value("新同事")
    field(page, "password").set_value(PASSWORD)

    page.button[0].click().run()

    assert [box.value for box in page.success] == ["账户已新建。"]
    assert accounts()["new@parks.example"].role is Role.PLANNER
    assert accounts()["new@parks.example"].department_id == "parks"
    assert open_session("new@parks.example", PASSWORD, "") is not None
    assert field(page, "email").value == field(page, "password").value == ""


def test_what_is_refused_stays_typed_and_is_explained(office):
    page = office.open("administration", role=Role.ADMINISTRATOR)
    field(page, "email").set_value("new@parks.example")
    field(page, "name").set_value("新同事")
    field(page, "password").set_value("short")

    page.button[0].click().run()

    assert [box.value for box in page.error] == ["口令至少 12 个字符。"]
    assert field(page, "email").value == "new@parks.example"
    assert "new@parks.example" not in accounts()


def test_an_account_is_given_another_role_switched_off_and_asked_to_sign_in_again(office):
    email = office.account(Role.PLANNER)
    page = office.open("administration", role=Role.ADMINISTRATOR, account=accounts()[email].id)
    choice(page, "role").set_value(Role.OFFICER).run()
    field(page, "active").set_value(False)

    page.button[0].click().run()

    assert [box.value for box in page.success] == ["账户已修改。"]
    assert (accounts()[email].role, accounts()[email].is_active) == (Role.OFFICER, False)
    assert open_session(email, PASSWORD, "") is None


def test_the_last_administrator_cannot_be_removed(office):
    token = office.token(Role.ADMINISTRATOR)
    only = accounts()["administrator@city.example"]
    page = office.open("administration", token=token, account=only.id)
    field(page, "active").set_value(False)

    page.button[0].click().run()

    assert [box.value for box in page.error] == ["不能取消最后一位管理员。"]
    assert accounts()[only.email].is_active


def test_every_right_that_is_given_is_in_the_ledger_without_name_and_address(office):
    office.account(Role.PLANNER, email="somebody@water.example")

    with reading() as session:
        entries = session.exec(select(LedgerEntry).where(LedgerEntry.type == EntryType.ACCESS_GRANTED)).all()

    assert len(entries) == 1
    assert "planner" in entries[0].body
    assert "somebody" not in entries[0].body


def test_no_password_can_be_guessed_from_what_is_kept_with_a_client_token(office):
    first, second = (
        CreateAccount(email="a@b.example", name="甲", role=Role.AUDITOR, password=password)
        for password in ("first password", "other password")
    )
    kept = change(create_account, first, OPERATOR, token="one")

    # What is kept with the token is the same for every password, so it tells nothing of one.
    again = change(create_account, second, OPERATOR, token="one")

    assert again == kept
    assert open_session("a@b.example", "first password", "") is not None


def test_accounts_are_listed_page_by_page(office):
    for number in range(25):
        office.account(Role.AUDITOR, None, email=f"auditor{number:02}@city.example")

    page = office.open("administration", role=Role.ADMINISTRATOR)

    html = " ".join(element.proto.body for element in page.get("html"))
    assert html.count("/administration?account=") == 20
    assert "/administration?after=auditor18%40city.example" in html


def test_a_department_is_published_and_amended_with_a_reason(office):
    page = office.open("administration", role=Role.ADMINISTRATOR, tab="departments")
    field(page, "id").set_value("roads")
    field(page, "name_zh").set_value("路政局")
    field(page, "name_en").set_value("Roads")
    page.button[0].click().run()
    token = page.session_state["throughline_session"]

    page = office.open("administration", token=token, tab="departments", department="roads")
    field(page, "name_zh").set_value("道路局")
    page.button[0].click().run()
    refused = [box.value for box in page.error]
    field(page, "reason").set_value("机构改革。")
    page.button[0].click().run()

    assert refused == ["请填写理由：理由将与变动一同公开。"]
    with reading() as session:
        said = departments(session)["roads"]
    assert (said.name_zh, said.number) == ("道路局", 2)


def test_who_amends_what_somebody_else_amended_first_sees_both_and_loses_nothing(office):
    page = office.open("administration", role=Role.ADMINISTRATOR, tab="departments", department="water")
    field(page, "name_zh").set_value("我的写法")
    field(page, "reason").set_value("我的理由。")
    other = AmendDepartment(department_id="water", name_zh="别人的写法", name_en="theirs", reason="先到。", seen=1)
    change(amend_department, other, OPERATOR)

    submit = next(button for button in page.button if button.label == "公布修改")
    submit.click().run()
    html = " ".join(element.proto.body for element in page.get("html"))
    submit = next(button for button in page.button if button.label == "公布修改")
    submit.click().run()

    assert "别人的写法" in html
    assert "我的写法" in html
    assert "water 局" in html
    with reading() as session:
        assert (departments(session)["water"].name_zh, departments(session)["water"].number) == ("我的写法", 3)


@pytest.mark.parametrize("role", [None, *(role for role in Role if role not in (Role.ADMINISTRATOR, Role.CITIZEN))])
def test_nobody_else_opens_the_page_by_its_address(office, role):
    page = office.open("administration", role=role)

    assert not page.exception
    assert [title.value for title in page.title if title.value == "管理"] == []
    assert not page.button
