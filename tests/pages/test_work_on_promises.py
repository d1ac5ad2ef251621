"""Statements beside dates: plans that were approved, pauses, corrections, disclosure, contracts, what is held back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.database import reading
from data.operations.disclosure_items import StateDisclosure, state_disclosure
from data.operations.documents import PublishDocument, publish_document
from data.operations.milestone_amendments import AmendMilestone, amend_milestone
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.project_decisions import LinkProject, link_project
from data.operations.projects import PublishProject, publish_project
from data.operations.verdicts import GiveVerdict, give_verdict
from data.queries.disclosures import disclosures_of
from data.queries.officer_desk import officer_desk
from data.queries.project_record import contracts_of, packages_of, predecessors_of, withheld_of
from data.queries.tokens import api_tokens
from data.tokens import who_holds
from data.writer import change
from models.actor import Role
from models.clock import local_date, utc_now
from models.decision import Language
from models.disclosure_item import DisclosureKind, DisclosureState
from models.document import DocumentType
from models.milestone import MilestoneCode, ReasonCode, RevisionKind
from models.project import Phase, Sector
from models.verdict import VerdictCode
from models.withheld_item import WithheldField
from pages.formats import format_day
from pages.readable import Visit
from pages.readable.project import read_project
from tests.conftest import OFFICER, PLANNER
from tests.pages.officer import messages, open_page, press, project_of, said, shown, signed_in

TODAY = local_date(utc_now())
LATER = date(2099, 5, 20)


@pytest.fixture
def token(small_city):
    return signed_in()


def tab(city, token, name, **more):
    return open_page("work_on_project", token, id=city.project, tab=name, **more)


def field(page, name):
    """Return the field of that name, whatever form and turn it is of."""
    boxes = (
        *page.text_input,
        *page.text_area,
        *page.date_input,
        *page.selectbox,
        *page.radio,
        *page.checkbox,
        *page.number_input,
    )
    return next(box for box in boxes if (box.key or "").endswith(f"_{name}"))


def publish_file(city, title="批复"):
    command = PublishDocument(
        project_id=city.project,
        type=DocumentType.PROJECT_PLAN,
        title=title,
        file_name="a.txt",
        content="同意调整。".encode(),
    )
    return int(change(publish_document, command, OFFICER).key)


def milestone_of(city):
    return project_of(city).milestones[0]


def speak(city, token, kind):
    page = open_page("work_on_project", token, id=city.project, milestone=city.milestone)
    field(page, "act").set_value(kind).run()
    return page


def test_another_plan_needs_the_document_by_which_it_was_approved(small_city, token):
    document = publish_file(small_city)
    page = speak(small_city, token, RevisionKind.REBASELINE)
    field(page, "date").set_value(LATER)
    field(page, "code_rebaseline").set_value(ReasonCode.SCOPE)
    field(page, "reason").set_value("规模调整。")

    press(page, "work_project.publish")
    refused = messages(page)
    field(page, "document").set_value(document)
    press(page, "work_project.publish")

    latest = milestone_of(small_city).latest
    assert refused == ([said("errors.invalid.document_id.missing")], [])
    assert (latest.kind, latest.due_date, latest.document_id) == (RevisionKind.REBASELINE, LATER, document)


def test_a_pause_says_what_is_done_meanwhile_and_when_it_goes_on(small_city, token):
    page = speak(small_city, token, RevisionKind.PAUSED)
    field(page, "next_steps").set_value("协调征地。")
    field(page, "resume_on").set_value(TODAY + timedelta(days=30))
    field(page, "code_paused").set_value(ReasonCode.LAND)
    field(page, "reason").set_value("征地未完成。")

    press(page, "work_project.publish")

    latest = milestone_of(small_city).latest
    assert (latest.kind, latest.next_steps, latest.resume_on) == (
        RevisionKind.PAUSED,
        "协调征地。",
        TODAY + timedelta(days=30),
    )


@pytest.mark.parametrize("missing", ["next_steps", "resume_on"])
def test_a_pause_without_a_way_out_is_explained_and_what_was_typed_stays(small_city, token, missing):
    page = speak(small_city, token, RevisionKind.PAUSED)
    filled = {"next_steps": "协调征地。", "resume_on": TODAY + timedelta(days=30), "reason": "征地未完成。"}
    for name, value in filled.items():
        if name != missing:
            field(page, name).set_value(value)
    field(page, "code_paused").set_value(ReasonCode.LAND)

    press(page, "work_project.publish")

    assert messages(page) == ([said(f"errors.invalid.{missing}.missing")], [])
    assert field(page, "reason").value == "征地未完成。"
    assert len(milestone_of(small_city).revisions) == 1


def test_a_pause_that_is_spoken_of_again_has_what_was_said_of_it(small_city, token):
    resume = TODAY + timedelta(days=30)
    command = ReviseMilestone(
        milestone_id=small_city.milestone,
        kind=RevisionKind.PAUSED,
        due_date=small_city.promised,
        reason_code=ReasonCode.LAND,
        reason="征地未完成。",
        next_steps="协调征地。",
        resume_on=resume,
    )
    change(revise_milestone, command, OFFICER)

    page = speak(small_city, token, RevisionKind.PAUSED)

    assert (field(page, "next_steps").value, field(page, "resume_on").value) == ("协调征地。", resume)


def test_a_correction_names_the_statement_and_how_it_stands_after_all(small_city, token):
    page = speak(small_city, token, RevisionKind.CORRECTION)
    field(page, "corrects").set_value(1)
    field(page, "stands_as").set_value(RevisionKind.CANCELLED).run()
    field(page, "reason").set_value("录入有误。")

    press(page, "work_project.publish")

    correction, after = milestone_of(small_city).revisions[1:]
    assert (correction.kind, correction.corrects) == (RevisionKind.CORRECTION, 1)
    assert after.kind is RevisionKind.CANCELLED


def test_public_input_asks_for_the_adopted_point(small_city, token):
    page = speak(small_city, token, RevisionKind.REFORECAST)
    field(page, "code_reforecast").set_value(ReasonCode.PUBLIC_INPUT).run()
    offered = field(page, "point_reforecast")
    field(page, "date").set_value(LATER)
    field(page, "reason").set_value("采纳居民意见，增设隔声屏。")

    press(page, "work_project.publish")

    assert offered.options == []
    assert said("work_project.no_points") in [caption.value for caption in page.caption]
    assert messages(page) == ([said("errors.invalid.point_id.missing")], [])


def adopt(point):
    change(give_verdict, GiveVerdict(point_id=point, code=VerdictCode.ADOPTED, reason="增设。"), PLANNER)


def test_the_adopted_point_is_chosen_by_its_words_as_soon_as_public_input_is_the_reason(small_city, token, comment):
    link = LinkProject(project_id=small_city.project, decision_id=small_city.decision)
    change(link_project, link, OFFICER)
    point = comment(small_city, "请增设隔声屏，" + "夜间施工太吵。" * 20).number
    adopt(point)
    page = speak(small_city, token, RevisionKind.REFORECAST)

    field(page, "code_reforecast").set_value(ReasonCode.PUBLIC_INPUT).run()
    (words,) = field(page, "point_reforecast").options
    field(page, "point_reforecast").set_value(point).run()
    field(page, "date").set_value(LATER)
    field(page, "reason").set_value("采纳居民意见，增设隔声屏。")
    press(page, "work_project.publish")

    assert "请增设隔声屏" in words
    assert "节约用水办法" in words
    assert len(words) < 100
    assert milestone_of(small_city).latest.point_id == point


def test_many_adopted_points_are_searched_by_their_words(small_city, token, comment, monkeypatch):
    monkeypatch.setattr("data.queries.adopted_points.MOST", 2)
    change(link_project, LinkProject(project_id=small_city.project, decision_id=small_city.decision), OFFICER)
    for body in ("增设隔声屏", "缩短夜间施工", "保留两棵香樟", "100% 低噪声泵"):
        adopt(comment(small_city, body, token=body).number)
    page = speak(small_city, token, RevisionKind.REFORECAST)
    field(page, "code_reforecast").set_value(ReasonCode.PUBLIC_INPUT).run()
    newest = field(page, "point_reforecast").options

    field(page, "point_words_reforecast").set_value("隔声").run()
    (found,) = field(page, "point_reforecast").options
    field(page, "point_words_reforecast").set_value("5%").run()

    assert [len(newest), "增设隔声屏" in found] == [2, True]
    assert field(page, "point_reforecast").options == []
    assert said("work_project.point_not_found") in [caption.value for caption in page.caption]


def test_a_date_is_moved_by_days_with_one_touch(small_city, token):
    page = speak(small_city, token, RevisionKind.REFORECAST)
    days = next(one for one in page.pills if one.key.endswith("_later"))

    days.set_value(60).run()
    shown_day = field(page, "date_60").value
    field(page, "code_reforecast").set_value(ReasonCode.LAND).run()
    field(page, "reason").set_value("征地未完成。")
    press(page, "work_project.publish")

    assert shown_day == small_city.promised + timedelta(days=60)
    assert milestone_of(small_city).latest.due_date == shown_day


def test_what_a_milestone_is_said_to_be_is_corrected_with_a_reason(small_city, token):
    page = open_page("work_on_project", token, id=small_city.project, milestone=small_city.milestone)
    form = f"amend_milestone_{small_city.milestone}_0"
    page.text_input(key=f"draft_{form}_title").set_value("达产供水")
    page.selectbox(key=f"field_{form}_code").set_value(MilestoneCode.HANDOVER)
    page.checkbox(key=f"field_{form}_critical").check()
    page.text_area(key=f"draft_{form}_reason").set_value("名称写错。")

    label = said("work_project.publish")
    next(button for button in page.button if button.label == label and "amend_milestone" in button.key).click().run()

    now = milestone_of(small_city)
    assert messages(page) == ([], [said("work_project.done.amended")])
    assert (now.title, now.code, now.is_critical) == ("达产供水", MilestoneCode.HANDOVER, True)
    assert "“通水”改为“达产供水”" in shown(page)


def test_the_correction_stands_in_the_public_history_of_the_milestone(small_city, token):
    command = AmendMilestone(
        milestone_id=small_city.milestone, title="达产供水", code=None, is_critical=False, reason="名称写错。"
    )
    change(amend_milestone, command, OFFICER)

    html = read_project(Visit(language="zh", now=utc_now(), id=small_city.project)).body_html

    assert html.count("“通水”改为“达产供水”") == 2
    assert "名称写错。" in html


def test_the_history_of_a_milestone_shows_the_day_on_which_another_record_said_what_it_is(small_city):
    told = date(2025, 3, 4)
    command = AmendMilestone(
        milestone_id=small_city.milestone,
        title="达产供水",
        code=None,
        is_critical=False,
        reason="名称写错。",
        data_date=told,
    )
    change(amend_milestone, command, OFFICER)

    html = read_project(Visit(language="zh", now=utc_now(), id=small_city.project)).body_html

    assert f'<span class="date">{format_day(told)}</span> ◈' in html


@pytest.mark.parametrize(
    ("which", "values", "kept"),
    [
        ("national", {"value": "2103-440300-04-01-123451"}, ("CN-GBT40058", "2103-440300-04-01-123451")),
        ("other", {"scheme": "部委清单", "value": "A-17"}, ("部委清单", "A-17")),
    ],
)
def test_a_project_is_given_its_number_in_another_list(small_city, token, which, values, kept):
    page = tab(small_city, token, "text")
    field(page, "which").set_value(which).run()
    for name, value in values.items():
        field(page, name).set_value(value)

    label = said("work_project.publish")
    [button for button in page.button if button.label == label][-1].click().run()

    assert messages(page) == ([], [said("work_project.done.identified")])
    assert [(one.scheme, one.value) for one in project_of(small_city).identifiers] == [kept]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", "work_project.identifier_half"),
        ("2103-440300-04-01-12345", "errors.invalid.national_code.other"),
    ],
)
def test_what_is_no_number_of_that_list_is_explained_and_stays_typed(small_city, token, value, words):
    page = tab(small_city, token, "text")
    field(page, "value").set_value(value)

    label = said("work_project.publish")
    [button for button in page.button if button.label == label][-1].click().run()

    assert messages(page)[0] == [said(words, value=value)]
    assert field(page, "value").value == value


def test_a_milestone_waits_for_another_one(small_city, token):
    plan = PlanMilestone(project_id=small_city.project, title="开工", due_date=TODAY + timedelta(days=9))
    before = int(change(plan_milestone, plan, OFFICER).key)
    page = open_page("work_on_project", token, id=small_city.project, milestone=small_city.milestone)
    field(page, "other").set_value(before)

    label = said("work_project.publish")
    [button for button in page.button if button.label == label][1].click().run()

    assert messages(page)[1] == [said("work_project.done.waits")]
    with reading() as session:
        assert predecessors_of(session, small_city.project) == {small_city.milestone: [before]}


def state_formed(city, days_ago):
    command = StateDisclosure(
        project_id=city.project,
        rule="contracts",
        kind=DisclosureKind.FORMED,
        formed_on=TODAY - timedelta(days=days_ago),
    )
    change(state_disclosure, command, OFFICER)


def test_what_exists_and_is_not_published_is_on_the_desk_and_leads_to_its_form(small_city, token):
    state_formed(small_city, 60)

    html = shown(open_page("desk", token))

    with reading() as session:
        desk = officer_desk(session, "water", now=utc_now())
    assert (desk.disclosures, desk.disclosures_overdue) == (1, 1)
    assert f'href="/work_on_project?id={small_city.project}&amp;tab=disclosure&amp;item=contracts"' in html


def test_an_item_is_published_with_the_place_where_it_can_be_read(small_city, token):
    state_formed(small_city, 5)
    page = tab(small_city, token, "disclosure", item="contracts")

    press(page, "work_project.publish")
    refused = messages(page)
    field(page, "link").set_value("https://water.example/contracts")
    press(page, "work_project.publish")

    with reading() as session:
        items = disclosures_of(session, small_city.project, today=TODAY).items
    assert refused == ([said("work_project.disclosure.where_missing")], [])
    assert [one.state for one in items if one.rule.key == "contracts"] == [DisclosureState.PUBLISHED]


def test_a_contract_and_its_change_are_published(small_city, token):
    page = tab(small_city, token, "contracts")
    field(page, "title").set_value("施工总承包")
    field(page, "supplier").set_value("甲公司")
    field(page, "amount").set_value("1,200 万")
    press(page, "work_project.publish")
    field(page, "description").set_value("增加一座泵站。")
    field(page, "rationale").set_value("采纳意见。")
    press(page, "work_project.publish")

    with reading() as session:
        contract = contracts_of(session, small_city.project)[0]
    assert (contract.signed.title, contract.amount, contract.currency) == ("施工总承包", 1_200_000_000, "CNY")
    assert [one.rationale for one in contract.modifications] == ["采纳意见。"]


def test_what_is_held_back_has_its_ground_and_its_end(small_city, token):
    page = tab(small_city, token, "withheld")
    field(page, "ground").set_value("政府信息公开条例第十五条")
    field(page, "until").set_value(TODAY + timedelta(days=90))

    press(page, "work_project.publish")

    with reading() as session:
        held = withheld_of(session, small_city.project)
    assert [(one.holds, one.until) for one in held[WithheldField.BUDGET]] == [(True, TODAY + timedelta(days=90))]


def test_a_project_is_said_to_be_a_part_of_another(small_city, token):
    command = PublishProject(
        department_id="water",
        language=Language.CHINESE,
        title="供水工程",
        phase=Phase.IMPLEMENTATION,
        sector=Sector.WATER,
    )
    larger = change(publish_project, command, OFFICER).key
    page = tab(small_city, token, "decisions")
    field(page, "parent").set_value(larger)
    field(page, "reason").set_value("分期实施。")

    press(page, "work_project.publish")

    with reading() as session:
        assert packages_of(session, larger) == [small_city.project]
    visit = Visit(language="zh", now=utc_now(), id=small_city.project)
    assert f'属于 <a href="/projects/{larger}">供水工程</a>' in read_project(visit).body_html
    assert "包括" in read_project(replace(visit, id=larger)).body_html


def test_a_report_says_how_far_it_was_to_be_and_what_was_done_of_the_year(small_city, token):
    page = tab(small_city, token, "progress")
    field(page, "physical").set_value(40.0)
    field(page, "planned").set_value(55.0)
    field(page, "annual").set_value(107.56)

    press(page, "work_project.publish")

    report = project_of(small_city).reports[-1]
    assert (report.physical, report.planned_physical, report.annual_share) == (4_000, 5_500, 10_756)


def test_an_amount_names_the_document_by_which_it_was_approved(small_city, token):
    document = publish_file(small_city)
    page = tab(small_city, token, "money")
    field(page, "amount").set_value("12")
    field(page, "document").set_value(document)
    field(page, "document_number").set_value("云发改〔2026〕12号")

    press(page, "work_project.publish")

    budget = project_of(small_city).budgets[-1]
    assert (budget.document_id, budget.document_number) == (document, "云发改〔2026〕12号")


def test_a_token_is_shown_once_and_revoked_with_a_reason(small_city):
    page = open_page("administration", signed_in(Role.ADMINISTRATOR, None), tab="tokens")
    field(page, "name").set_value("项目管理系统")
    press(page, "tokens.issue")
    issued = page.code[0].value
    actor = who_holds(issued, utc_now())
    press(page, "tokens.put_away")
    is_gone = not page.code

    field(page, "reason").set_value("系统停用。")
    press(page, "tokens.revoke_now")

    with reading() as session:
        tokens = api_tokens(session, now=utc_now())
    assert is_gone
    assert actor is not None
    assert who_holds(issued, utc_now()) is None
    assert [(one.is_active, one.reason) for one in tokens] == [(False, "系统停用。")]
