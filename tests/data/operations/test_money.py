from datetime import date, timedelta

import pytest
from sqlmodel import col

from data.operations.documents import PublishDocument, publish_document
from data.operations.money import (
    ConfirmUnchanged,
    PublishBudget,
    ReportProgress,
    confirm_unchanged,
    publish_budget,
    report_progress,
)
from data.writer import change, writer
from models.document import DisclosureClass, DocumentType
from models.exceptions import (
    ConflictError,
    FutureEventError,
    InvalidValueError,
    NotFoundError,
    OrderError,
    ReasonMissingError,
    RecordError,
)
from models.ledger import EntryType
from models.money import BudgetKind, BudgetVersion, ProgressReport
from models.present import ProjectPresent
from tests.conftest import NOW, OFFICER, PLANNER
from tests.data.operations.keeping import disclosures, do, ledger, refuse_others, refused, rows

TODAY = date(2026, 11, 24)
#: Whole numbers are exact in JSON up to here (RFC 8785, 3.2.2.3).
LARGEST = 2**53 - 1


def budget(city, **more):
    said = {
        "project_id": city.project,
        "kind": BudgetKind.APPROVED_ESTIMATE,
        "amount": 123_456_789_00,
        "currency": "CNY",
        "approved_on": TODAY,
    }
    return PublishBudget(**{**said, **more})


def report(city, **more):
    said = {
        "project_id": city.project,
        "period_start": TODAY - timedelta(days=30),
        "period_end": TODAY,
        "physical": 4_000,
        "spent": 500_000_00,
        "currency": "CNY",
        "body": "主体完成四成。",
    }
    return ReportProgress(**{**said, **more})


def test_an_amount_is_published_in_whole_fen_and_the_ledger_says_so(city):
    kept = do(publish_budget, budget(city))

    assert kept.number == 1
    assert [(one.amount, one.currency) for one in rows(BudgetVersion)] == [(123_456_789_00, "CNY")]
    assert rows(ProjectPresent)[0].budget == 123_456_789_00
    type_, subject, about, facts = ledger()
    assert (type_, subject, about) == (EntryType.BUDGET_PUBLISHED, f"prj/{city.project}", "budget/1")
    assert facts == {
        "kind": "approved_estimate",
        "amount": 123_456_789_00,
        "currency": "CNY",
        "approved_on": "2026-11-24",
        "reason": "",
    }


def test_zero_is_an_amount_and_so_is_the_largest_that_the_ledger_can_say(city):
    do(publish_budget, budget(city, amount=0))
    do(publish_budget, budget(city, amount=LARGEST, reason="换算。"))

    assert [one.amount for one in rows(BudgetVersion, col(BudgetVersion.number))] == [0, LARGEST]


#: Changes that are refused late: by the database, or because the ledger cannot say them.
LATE = {
    "money without a currency": lambda city: (report_progress, report(city, currency=None)),
    "more than the ledger can say": lambda city: (publish_budget, budget(city, amount=LARGEST + 1)),
}


@pytest.mark.parametrize("late", LATE)
def test_a_change_that_is_refused_late_takes_no_other_change_of_its_batch_with_it(city, late):
    operation, command = LATE[late](city)
    confirm = (confirm_unchanged, ConfirmUnchanged(project_id=city.project))

    answers = [writer().submit(*sent, OFFICER, now=NOW) for sent in (confirm, (operation, command), confirm)]

    assert [type(answer.exception(60)) for answer in (answers[0], answers[2])] == [type(None), type(None)]
    assert answers[1].exception(60) is not None
    assert len(rows(ProgressReport)) == 2


def test_another_amount_needs_a_reason_and_the_first_stays(city):
    do(publish_budget, budget(city))

    with refused(ReasonMissingError):
        do(publish_budget, budget(city, amount=200, reason=" "))
    do(publish_budget, budget(city, amount=200, reason="材料涨价。", seen=1))

    assert [(one.number, one.amount) for one in rows(BudgetVersion, col(BudgetVersion.number))] == [
        (1, 123_456_789_00),
        (2, 200),
    ]


def test_the_second_of_two_who_publish_an_amount_is_told_the_first(city):
    do(publish_budget, budget(city))

    with refused(ConflictError) as refusal:
        do(publish_budget, budget(city, amount=5, reason="另一个。", seen=0))
    assert refusal.value.facts == ("budget", 0, 1, "12345678900 CNY")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"amount": -1}, InvalidValueError),
        ({"currency": "元"}, InvalidValueError),
        ({"currency": "cny"}, InvalidValueError),
        ({"currency": ""}, InvalidValueError),
        ({"approved_on": TODAY + timedelta(days=1)}, FutureEventError),
        ({"project_id": "P-9999"}, NotFoundError),
    ],
)
def test_what_is_no_amount_is_refused(small_city, said, error):
    with refused(error):
        do(publish_budget, budget(small_city, **said))


def test_nobody_else_speaks_of_money_or_progress(small_city):
    refuse_others(publish_budget, budget(small_city))
    refuse_others(report_progress, report(small_city))
    refuse_others(confirm_unchanged, ConfirmUnchanged(project_id=small_city.project))


def test_a_report_is_kept_and_its_words_are_disclosed_apart(city):
    do(report_progress, report(city))

    assert [(one.number, one.physical, one.spent, one.unchanged) for one in rows(ProgressReport)] == [
        (1, 4_000, 500_000_00, False)
    ]
    type_, _, about, facts = ledger()
    assert (type_, about) == (EntryType.PROGRESS_REPORTED, "progress/1")
    assert (facts["physical_bp"], facts["spent"], facts["unchanged"]) == (4_000, 500_000_00, False)
    assert "主体完成四成。" not in str(facts)
    assert disclosures() == 1


def test_not_stated_is_not_zero(city):
    do(report_progress, report(city, physical=None, spent=None, currency=None))
    do(report_progress, report(city, physical=0, spent=0, currency="CNY"))

    said = [(one.physical, one.spent) for one in rows(ProgressReport, col(ProgressReport.number))]
    assert said == [(None, None), (0, 0)]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"period_start": TODAY, "period_end": TODAY - timedelta(days=1)}, OrderError),
        ({"period_end": TODAY + timedelta(days=1)}, FutureEventError),
        ({"physical": 10_001}, InvalidValueError),
        ({"physical": -1}, InvalidValueError),
        ({"spent": -1}, InvalidValueError),
        ({"currency": None}, RecordError),
        ({"spent": None}, RecordError),
        ({"body": "字" * 20_001}, InvalidValueError),
        ({"project_id": "P-9999"}, NotFoundError),
    ],
)
def test_what_is_no_report_is_refused(small_city, said, error):
    with refused(error):
        do(report_progress, report(small_city, **said))


@pytest.mark.parametrize("less", [{"physical": 3_999}, {"spent": 499_999_99}])
def test_what_was_reached_falls_only_by_a_correction_with_a_reason(city, less):
    do(report_progress, report(city))
    do(report_progress, report(city, physical=None, spent=None, currency=None))

    with refused(ReasonMissingError):
        do(report_progress, report(city, **less, reason="上次多报了。"))
    with refused(ReasonMissingError):
        do(report_progress, report(city, **less, is_correction=True, reason=" "))
    do(report_progress, report(city, **less, is_correction=True, reason="上次多报了。"))

    latest = rows(ProgressReport, col(ProgressReport.number))[-1]
    assert (latest.number, latest.is_correction, latest.reason) == (3, True, "上次多报了。")
    facts = ledger()[3]
    assert (facts["correction"], facts["reason"]) == (True, "上次多报了。")


def test_the_share_of_a_years_plan_may_be_less_than_nothing_or_more_than_all(city):
    do(report_progress, report(city, annual_share=-10_000, planned_physical=4_500, planned_spent=600_000_00))
    do(report_progress, report(city, annual_share=10_756))

    said = rows(ProgressReport, col(ProgressReport.number))
    assert [one.annual_share for one in said] == [-10_000, 10_756]
    assert (said[0].planned_physical, said[0].planned_spent) == (4_500, 600_000_00)
    assert ledger()[3]["annual_bp"] == 10_756


def test_what_was_to_be_spent_can_be_stated_where_nothing_says_what_was_spent(city):
    do(report_progress, report(city, spent=None, currency="CNY", planned_spent=600_000_00))

    do(confirm_unchanged, ConfirmUnchanged(project_id=city.project))
    said, still = rows(ProgressReport, col(ProgressReport.number))
    assert (said.spent, said.planned_spent, said.currency) == (None, 600_000_00, "CNY")
    assert (still.spent, still.planned_spent, still.currency) == (None, None, None)


@pytest.mark.parametrize(
    "said",
    [
        {"planned_physical": 10_001},
        {"planned_spent": -1},
        {"annual_share": 1_000_001},
        {"spent": None, "currency": None, "planned_spent": 1},
    ],
)
def test_what_was_planned_is_measured_as_what_is_done(small_city, said):
    with refused(RecordError):
        do(report_progress, report(small_city, **said))


def test_a_budget_names_the_document_by_which_it_was_approved_and_none_of_another_project(city):
    withheld = {"disclosure": DisclosureClass.WITHHELD, "ground": "第十五条", "review_on": TODAY}
    approval = {"type": DocumentType.BUDGET_APPROVAL, "title": "概算批复", **withheld}
    own = int(do(publish_document, PublishDocument(project_id=city.project, **approval)).key)
    foreign = int(
        change(publish_document, PublishDocument(decision_id=city.decision, **approval), PLANNER, now=NOW).key
    )

    for document, error in ((foreign, InvalidValueError), (999_999, NotFoundError)):
        with refused(error):
            do(publish_budget, budget(city, document_id=document))
    do(publish_budget, budget(city, document_id=own, document_number="发改投资〔2026〕17号"))

    only = rows(BudgetVersion)[0]
    assert (only.document_id, only.document_number) == (own, "发改投资〔2026〕17号")
    assert ledger()[3]["document_number"] == "发改投资〔2026〕17号"


def test_confirming_says_the_same_figures_for_today(city):
    do(report_progress, report(city, period_end=TODAY - timedelta(days=10)))

    kept = do(confirm_unchanged, ConfirmUnchanged(project_id=city.project))

    latest = rows(ProgressReport, col(ProgressReport.number))[-1]
    assert kept.number == 2
    assert (latest.unchanged, latest.physical, latest.spent, latest.currency) == (True, 4_000, 500_000_00, "CNY")
    assert (latest.period_start, latest.period_end) == (TODAY - timedelta(days=10), TODAY)
    assert ledger()[3]["unchanged"] is True


def test_confirming_what_was_never_reported_states_no_figure(city):
    do(confirm_unchanged, ConfirmUnchanged(project_id=city.project))

    only = rows(ProgressReport)[0]
    assert (only.physical, only.spent, only.currency, only.unchanged) == (None, None, None, True)


def test_a_double_click_confirms_once(city):
    for seconds in (0, 1):
        command = ConfirmUnchanged(project_id=city.project)
        do(confirm_unchanged, command, token="a click", now=NOW + timedelta(seconds=seconds))

    assert len(rows(ProgressReport)) == 1
