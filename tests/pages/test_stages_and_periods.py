"""The forms for stages and comment periods speak of the procedure that was chosen."""

from datetime import timedelta

import pytest

from data.database import reading
from data.operations.periods import OpenPeriod, open_period
from data.operations.procedures import ChooseProcedure, choose_procedure
from data.queries.decision_view import find_decision, periods_of
from data.writer import change
from models.actor import Role
from models.clock import utc_now
from models.comment_period import PeriodKind
from models.stage import StageKind
from tests.conftest import PLANNER
from tests.pages.office import Office, quick_passwords


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


@pytest.fixture
def planner(office):
    return office.token(Role.PLANNER)


def field(page, name):
    boxes = (*page.text_input, *page.text_area, *page.checkbox, *page.selectbox, *page.date_input)
    return next(box for box in boxes if box.key.endswith(f"_{name}"))


def press(page, label):
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def announced(office, template, *flags):
    decision = office.announce("港口办法")
    chosen = ChooseProcedure(decision_id=decision, template=template, flags=flags)
    change(choose_procedure, chosen, PLANNER)
    return decision


def open_for(office, decision, days, stage):
    command = OpenPeriod(decision_id=decision, last_day=office.today + timedelta(days=days), stage=stage)
    change(open_period, command, PLANNER)


def captions(page):
    return " ".join(caption.value for caption in page.caption)


def test_the_stages_of_the_procedure_are_chosen_by_its_words_and_planned(office, planner):
    decision = announced(office, "us-apa")
    page = office.open("work_on_decision", token=planner, id=decision, tab="stages", stage="consideration")
    options = next(box for box in page.selectbox if box.key == "choice_stage").options
    field(page, "starts").set_value(office.today)
    field(page, "ends").set_value(office.today + timedelta(days=5))

    press(page, "公布")

    with reading() as session:
        said = find_decision(session, decision, now=utc_now()).stages["consideration"]
    assert "考虑意见" in options
    assert "集体讨论决定" not in options
    assert [one.kind for one in said] == [StageKind.BASELINE]


def test_the_form_names_the_minimum_its_last_day_its_article_and_what_follows_if_it_is_undercut(office, planner):
    decision = announced(office, "jp-apa")

    page = office.open("work_on_decision", token=planner, id=decision, tab="period")

    said = captions(page)
    assert "第39条" in said
    assert "至少应征求意见至" in said
    assert "公开清单" in said
    assert field(page, "reason").label.startswith("如果早于")


def test_no_reason_is_asked_for_where_the_procedure_sets_no_minimum(office, planner):
    decision = announced(office, "uk-gunning")

    page = office.open("work_on_decision", token=planner, id=decision, tab="period")

    assert "该程序没有规定天数" in captions(page)
    assert not [box for box in page.text_area if box.key.endswith("_reason")]


def test_a_window_beside_one_that_runs_is_opened_and_each_is_closed_for_itself(office, planner):
    decision = announced(office, "eu-better-regulation", "green_paper")
    open_for(office, decision, 40, "call_for_evidence")
    page = office.open("work_on_decision", token=planner, id=decision, tab="period")
    offered = list(field(page, "stage").options)
    # The first field of that name is that of the extension of the period that runs.
    boxes = [box for box in page.date_input if box.key.endswith("_last_day")]
    boxes[-1].set_value(office.today + timedelta(days=120))
    press(page, "开始")

    page = office.open("work_on_decision", token=planner, id=decision, tab="period")
    reasons = [box for box in page.text_area if box.key.endswith("_closing_reason")]
    sure = [box for box in page.checkbox if box.key.endswith("_sure")]
    reasons[-1].set_value("撤回。")
    sure[-1].check()
    [button for button in page.button if button.label == "提前结束"][-1].click().run()

    with reading() as session:
        said = [(period.stage, one.kind) for period, one in periods_of(session, decision)]
    assert offered == ["公众咨询"]
    assert len(reasons) == 2
    assert said == [
        ("call_for_evidence", PeriodKind.OPENED),
        ("public_consultation", PeriodKind.OPENED),
        ("public_consultation", PeriodKind.CLOSED_EARLY),
    ]
