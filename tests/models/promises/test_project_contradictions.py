"""What cannot all be true of one project."""

from dataclasses import replace

import pytest

from models.milestone_codes import MilestoneCode, Precision
from models.money import BudgetKind
from models.project_contradiction import SourceKind
from models.project_contradictions import ProjectFacts, project_contradictions
from models.project_facts import Amount
from models.promise_history import PromiseHistory
from tests.models.promises.said import budget, day, milestone, report

EARLY = ("2024-01-01 baseline 2024-06-01", "2024-06-02 achieved 2024-06-01")
LATE = ("2024-01-01 baseline 2024-09-01", "2024-09-02 achieved 2024-09-01")
OPEN = ("2024-01-01 baseline 2027-09-01",)


def kinds(**facts):
    return [one.kind for one in project_contradictions(ProjectFacts(project="P-1001", **facts))]


def in_order(*reports):
    return tuple(replace(one, id=number) for number, one in enumerate(reports, 1))


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"reports": (report(physical=3000, spent=50),), "budgets": (budget(100),)}, []),
        ({"reports": (report(physical=2999, spent=50),), "budgets": (budget(100),)}, ["spend_ahead"]),
        ({"reports": (report(physical=2999, spent=50),), "budgets": (budget(100, currency="USD"),)}, []),
        ({"reports": (report(physical=2999),), "budgets": (budget(100),)}, []),
        # The budget was not known yet when the report was made.
        ({"reports": (report(physical=0, spent=50, said_on="2023-01-01"),), "budgets": (budget(100),)}, []),
        ({"reports": in_order(report(physical=5000), report(physical=4999))}, ["value_falls"]),
        ({"reports": in_order(report(physical=5000), report(), report(physical=4999))}, ["value_falls"]),
        ({"reports": in_order(report(physical=5000), report(physical=4999, is_correction=True))}, []),
        ({"reports": in_order(report(spent=50), report(spent=49))}, ["value_falls"]),
        ({"reports": in_order(report(spent=50), replace(report(), spent=Amount(7, "USD")))}, []),
        (
            {"milestones": (milestone(*LATE, id=1), milestone(*EARLY, id=2, depends_on=(1,)))},
            ["achieved_before_predecessor"],
        ),
        (
            {"milestones": (milestone(*OPEN, id=1), milestone(*EARLY, id=2, depends_on=(1,)))},
            ["achieved_before_predecessor"],
        ),
        ({"milestones": (milestone(*EARLY, id=1), milestone(*LATE, id=2, depends_on=(1, 77)))}, []),
        (
            {
                "milestones": (
                    milestone(*LATE, id=1, code=MilestoneCode.CONSTRUCTION_PERMIT),
                    milestone(*EARLY, id=2, code=MilestoneCode.START),
                )
            },
            ["stage_order"],
        ),
        (
            {
                "milestones": (
                    milestone(*OPEN, id=1, code=MilestoneCode.ACCEPTANCE),
                    milestone(*EARLY, id=2, code=MilestoneCode.HANDOVER),
                )
            },
            ["stage_order"],
        ),
        # Said to depend on each other: told once.
        (
            {
                "milestones": (
                    milestone(*LATE, id=1, code=MilestoneCode.CONSTRUCTION_PERMIT),
                    milestone(*EARLY, id=2, code=MilestoneCode.START, depends_on=(1,)),
                )
            },
            ["achieved_before_predecessor"],
        ),
        ({"reports": (report(physical=10_000),)}, ["done_without_acceptance"]),
        ({"reports": (report(physical=9_999),)}, []),
        (
            {"reports": (report(physical=10_000),), "milestones": (milestone(*EARLY, code=MilestoneCode.ACCEPTANCE),)},
            [],
        ),
        (
            {"reports": (report(physical=10_000),), "milestones": (milestone(*OPEN, code=MilestoneCode.ACCEPTANCE),)},
            ["done_without_acceptance"],
        ),
        ({"budgets": (budget(100), budget(101, BudgetKind.CONTRACT, id=2))}, ["over_estimate"]),
        ({"budgets": (budget(100), budget(130, BudgetKind.ADJUSTMENT, id=2))}, ["over_estimate"]),
        ({"budgets": (budget(100), budget(130, BudgetKind.ADJUSTMENT, id=2, has_document=True))}, []),
        ({"budgets": (budget(100),), "reports": in_order(report(spent=101), report(spent=102))}, ["over_estimate"]),
        ({"budgets": (budget(90, BudgetKind.ESTIMATE),), "reports": (report(spent=101),)}, []),
        (
            {"milestones": (milestone("2024-05-01 baseline 2026-01-01", "2024-04-30 reforecast 2026-02-01"),)},
            ["dated_before_predecessor"],
        ),
    ],
)
def test_what_contradicts_itself_is_told_and_nothing_else(facts, found):
    assert kinds(**facts) == found


def test_each_is_told_with_its_sources():
    found = project_contradictions(
        ProjectFacts(project="P-1001", reports=(report(physical=2000, spent=50),), budgets=(budget(100),))
    )[0]

    assert found.project == "P-1001"
    assert [(each.kind, each.value) for each in found.sources] == [
        (SourceKind.REPORT, Amount(50, "CNY")),
        (SourceKind.BUDGET, Amount(100, "CNY")),
        (SourceKind.REPORT, 2000),
    ]
    assert all(each.id and each.on for each in found.sources)


def test_an_imprecise_day_gets_the_benefit_of_the_doubt():
    late = milestone(*LATE, id=1)
    in_quarter = replace(late.history.said[-1], precision=Precision.QUARTER, due_date=day("2024-09-01"))
    predecessor = replace(late, history=PromiseHistory((late.history.first, in_quarter)))
    after = milestone("2024-01-01 baseline 2024-07-02", "2024-07-03 achieved 2024-07-02", id=2, depends_on=(1,))

    assert kinds(milestones=(predecessor, after)) == []


def test_what_was_given_up_is_not_waited_for():
    given_up = milestone("2024-01-01 baseline 2024-06-01", "2024-03-01 cancelled 2024-06-01", id=1)

    assert kinds(milestones=(given_up, milestone(*LATE, id=2, depends_on=(1,)))) == []
