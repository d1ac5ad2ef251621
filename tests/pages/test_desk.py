"""The desk: what a department has to do, soonest first, and each with the way to settle it."""

from datetime import timedelta

import pytest

from data.database import reading
from data.operations.decisions import ReviseStage, revise_stage
from data.operations.documents import PublishDocument, publish_document
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.money import ConfirmUnchanged, confirm_unchanged
from data.operations.outcomes import PublishOutcome, publish_outcome
from data.operations.periods import OpenPeriod, open_period
from data.operations.projects import PublishProject, publish_project
from data.operations.verdicts import GiveVerdict, give_verdict
from data.queries.department_duties import department_duties
from data.queries.desk import DutyKind, decision_duties
from data.queries.open_milestones import due_milestones
from data.queries.project_view import find_project
from data.queries.unreported import stale_projects
from data.writer import change
from models.actor import Actor, Role
from models.decision import Language
from models.document import DisclosureClass, DocumentType
from models.milestone import ReasonCode, RevisionKind
from models.outcome import OutcomeCode
from models.project import Phase, Sector
from models.stage import Stage, StageKind
from models.verdict import VerdictCode
from pages.forms.duty_tabs import tab_of
from tests.conftest import OFFICER, PLANNER
from tests.models.procedure.facts import docket, evaluated
from tests.models.procedure.test_whole_dockets import RUN_WELL
from tests.pages.office import ROOT, Office, quick_passwords
from tests.pages.promises import statements

PARKS = Actor(role=Role.PLANNER, department_id="parks")


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


def duties(office, department="water", *, days=0):
    with reading() as session:
        return decision_duties(session, department, now=office.now + timedelta(days=days))


def kinds(found):
    return [duty.kind for duty in found]


def answer(point, now):
    command = GiveVerdict(point_id=point, code=VerdictCode.NOTED, reason="知道了。", seen=0)
    change(give_verdict, command, PLANNER, now=now)


def project(office, title="第二水厂", *, days_ago=40, actor=OFFICER, phase=Phase.IMPLEMENTATION):
    command = PublishProject(
        department_id=actor.department_id, language=Language.CHINESE, title=title, phase=phase, sector=Sector.WATER
    )
    return change(publish_project, command, actor, now=office.now - timedelta(days=days_ago)).key


def promise(office, of_project, days, *, title="通水"):
    command = PlanMilestone(project_id=of_project, title=title, due_date=office.today + timedelta(days=days))
    return int(change(plan_milestone, command, OFFICER, now=office.now - timedelta(days=40)).key)


def html_of(page):
    return " ".join(element.proto.body for element in page.get("html"))


def test_a_period_is_on_the_desk_from_seven_days_before_it_closes(office):
    office.comment()

    before, within = duties(office, days=13), duties(office, days=14)

    assert kinds(before) == []
    assert [(duty.kind, duty.due_on, duty.count) for duty in within] == [(DutyKind.CLOSING, office.last_day, 1)]


def test_after_the_closing_points_wait_for_answers_and_then_the_result(office):
    first, second = office.comment(), office.comment("再想想")
    late = office.now + timedelta(days=22)

    waiting = duties(office, days=22)
    answer(first, late)
    one_left = duties(office, days=22)
    answer(second, late)
    all_answered = duties(office, days=22)

    assert [(duty.kind, duty.count) for duty in waiting] == [(DutyKind.UNANSWERED, 2)]
    assert [(duty.kind, duty.count) for duty in one_left] == [(DutyKind.UNANSWERED, 1)]
    assert kinds(all_answered) == [DutyKind.RESULT_MISSING]


def test_what_is_decided_waits_for_nothing(office):
    late = office.now + timedelta(days=22)
    outcome = PublishOutcome(
        decision_id=office.decision,
        code=OutcomeCode.NOT_ADOPTED,
        reason="不办了。",
        decided_by="常务会议",
        decided_on=office.today,
    )
    plan = {
        "decision_id": office.decision,
        "stage": Stage.DRAFTING,
        "starts_on": office.today,
        "ends_on": office.today,
    }
    change(revise_stage, ReviseStage(**plan), PLANNER)

    change(publish_outcome, outcome, PLANNER, now=late)

    assert duties(office, days=22) == []


def test_a_stage_is_overdue_the_day_after_its_last_until_it_is_finished_or_left_out(office):
    plan = {
        "decision_id": office.decision,
        "stage": Stage.DRAFTING,
        "starts_on": office.today,
        "ends_on": office.today,
    }
    change(revise_stage, ReviseStage(**plan), PLANNER)

    on_the_day, after = duties(office), duties(office, days=1)
    change(revise_stage, ReviseStage(**plan, kind=StageKind.FINISHED, seen=1), PLANNER)

    assert kinds(on_the_day) == []
    assert [(duty.kind, duty.stage) for duty in after] == [(DutyKind.STAGE_OVERDUE, Stage.DRAFTING)]
    assert duties(office, days=1) == []


def test_a_withheld_document_comes_back_on_the_day_of_its_review(office):
    command = PublishDocument(
        decision_id=office.decision,
        type=DocumentType.RISK_ASSESSMENT,
        title="风险评估",
        disclosure=DisclosureClass.WITHHELD,
        ground="第十五条",
        review_on=office.today + timedelta(days=3),
    )
    change(publish_document, command, PLANNER)

    assert kinds(duties(office, days=2)) == []
    assert [(duty.kind, duty.document) for duty in duties(office, days=3)] == [(DutyKind.DOCUMENT_REVIEW, "风险评估")]


def test_duties_are_of_the_own_department_soonest_first_in_a_fixed_number_of_statements(office):
    for number in range(3):
        other = office.announce(f"事项{number}", actor=PARKS)
        last_day = office.today - timedelta(days=1)
        period = OpenPeriod(decision_id=other, last_day=last_day, reason="紧急")
        change(open_period, period, PARKS, now=office.now - timedelta(days=10 + number))

    with statements() as made:
        of_parks = duties(office, "parks")

    assert len(of_parks) == 3
    assert [duty.due_on for duty in of_parks] == sorted(duty.due_on for duty in of_parks)
    assert len(made) == 4
    assert duties(office) == []


def test_milestones_are_on_the_desk_for_sixty_days_and_when_overdue_until_they_are_reported(office):
    bridge = project(office)
    late, near, far = (promise(office, bridge, days, title=f"{days}") for days in (-5, 60, 61))
    reached = promise(office, bridge, -1)
    said = ReviseMilestone(milestone_id=reached, kind=RevisionKind.ACHIEVED, due_date=office.today, seen=1)
    change(revise_milestone, said, OFFICER)

    with reading() as session, statements() as made:
        found = due_milestones(session, "water", now=office.now, size=50)
        elsewhere = due_milestones(session, "parks", now=office.now, size=50)

    assert [duty.milestone_id for duty in found.rows] == [late, near]
    assert far not in {duty.milestone_id for duty in found.rows}
    assert elsewhere.rows == []
    assert len(made) == 2


def test_a_milestone_that_was_moved_is_due_on_its_new_day_beside_the_first_promise(office):
    moved = promise(office, project(office), -5)
    said = ReviseMilestone(
        milestone_id=moved,
        kind=RevisionKind.REFORECAST,
        due_date=office.today + timedelta(days=10),
        reason_code=ReasonCode.WEATHER,
        reason="连续降雨。",
        seen=1,
    )
    change(revise_milestone, said, OFFICER)

    with reading() as session:
        found = due_milestones(session, "water", now=office.now, size=50).rows

    assert [(duty.promised_on, duty.due_date) for duty in found] == [
        (office.today - timedelta(days=5), office.today + timedelta(days=10))
    ]


def test_a_project_is_stale_when_nothing_was_reported_for_thirty_days(office):
    stale, told, new = project(office), project(office, "乙"), project(office, "丙", days_ago=29)
    project(office, "丁", phase=Phase.COMPLETION)
    change(confirm_unchanged, ConfirmUnchanged(project_id=told), OFFICER, now=office.now - timedelta(days=29))

    with reading() as session:
        found = [one.id for one in stale_projects(session, "water", now=office.now).rows]
        later = [one.id for one in stale_projects(session, "water", now=office.now + timedelta(days=2)).rows]

    assert found == [stale]
    assert later == [stale, new, told]


def test_the_planner_sees_each_duty_with_one_link_to_the_form_that_settles_it(office):
    other = office.announce("绿地办法", actor=PARKS)
    late = office.announce("排水办法")
    period = OpenPeriod(decision_id=late, last_day=office.today - timedelta(days=1), reason="紧急")
    change(open_period, period, PLANNER, now=office.now - timedelta(days=10))
    office.comment(decision=late, days_ago=5)

    page = office.open("desk", role=Role.PLANNER)

    html = html_of(page)
    assert not page.exception
    assert f'href="/work_on_decision?tab=comments&amp;answer=unanswered&amp;id={late}"' in html
    assert "1 条要点未答复" in html
    assert other not in html


def test_the_officer_confirms_in_one_click_that_nothing_has_changed(office):
    bridge = project(office)
    milestone = promise(office, bridge, 10)
    page = office.open("desk", role=Role.OFFICER)
    link = f'href="/work_on_project?id={bridge}&amp;milestone={milestone}"'

    next(button for button in page.button if bridge in button.label).click().run()

    with reading() as session:
        reports = find_project(session, bridge, today=office.today).reports
    assert link in html_of(page)
    assert [report.unchanged for report in reports] == [True]
    assert [box.value for box in page.success] == ["已公布：截至今天无变化。"]
    assert not [button for button in page.button if bridge in button.label]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EXPERT, Role.APPROVER, Role.ADMINISTRATOR])
def test_everybody_who_signs_in_has_a_desk(office, role):
    page = office.open("desk", role=role)

    assert not page.exception
    assert [title.value for title in page.title] == ["工作台"]


def test_without_an_account_there_is_no_desk(office):
    page = office.open("desk")

    assert not page.exception
    assert "工作台" not in [title.value for title in page.title]


def by_procedure(office, department="water", *, days=0):
    with reading() as session:
        return department_duties(session, department, now=office.now + timedelta(days=days))


def test_what_the_procedure_asks_for_is_overdue_first_and_then_soonest_first(office):
    plan = {"decision_id": office.decision, "starts_on": office.today}
    for stage, days in ((Stage.LEGALITY_REVIEW, 3), (Stage.COLLECTIVE_DECISION, 9), (Stage.RISK_ASSESSMENT, 1)):
        step = ReviseStage(stage=stage, ends_on=office.today + timedelta(days=days), **plan)
        change(revise_stage, step, PLANNER, now=office.now)

    states = [duty.item.state for duty in by_procedure(office, days=5).duties]
    dated = [
        duty.due_on for duty in by_procedure(office, days=5).duties if duty.item.state == "not_yet" and duty.due_on
    ]

    assert states == sorted(states, key=["overdue", "missing", "not_yet"].index)
    assert states[0] == "overdue"
    assert dated == sorted(dated)


def test_what_the_next_gate_still_needs_is_told(office):
    gates = by_procedure(office).gates

    assert [gate.stage.key for gate in gates] == ["collective_decision"]
    assert "gate:collective_decision:document:legality_opinion" in [item.key for item in gates[0].items]


def test_the_procedure_asks_the_own_department_alone_and_in_few_statements(office):
    by_procedure(office)

    with statements() as made:
        found = by_procedure(office, "parks")

    assert (found.duties, found.gates) == ((), ())
    assert len(made) <= 3


def test_the_desk_leads_from_each_duty_to_the_form_that_settles_it(office):
    page = office.open("desk", role=Role.PLANNER)

    html = html_of(page)
    assert not page.exception
    assert "下一关口还需要什么" in html
    assert f'href="/work_on_decision?tab=documents&amp;type=draft_explanation&amp;id={office.decision}"' in html


@pytest.mark.parametrize("procedure", sorted(RUN_WELL))
def test_every_duty_of_every_procedure_has_a_form(procedure):
    found = evaluated(procedure, (), docket(*RUN_WELL[procedure]), "2026-07-01")
    app = (ROOT / "pages" / "work_on_decision.py").read_text("utf-8")

    tabs = {tab_of(item, found.template)["tab"] for item in found.items}

    assert {tab for tab in tabs if f'"{tab}":' not in app} == set()


def test_a_decision_without_any_date_is_led_to_its_draft(office):
    begun = office.announce("夜间噪声管理办法", days_ago=1)

    found = [duty for duty in by_procedure(office).duties if duty.decision_id == begun]

    assert [(duty.item.key, duty.is_next, duty.due_on) for duty in found] == [("stage:drafting", True, None)]
    assert "现在可以办理" in html_of(office.open("desk", role=Role.PLANNER))
