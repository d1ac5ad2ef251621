"""The planner's way through a procedure: chosen, checked, waived with a reason, and shown by records."""

from datetime import timedelta

import pytest

from data.database import reading
from data.operations.periods import ClosePeriod, close_period
from data.operations.procedures import ChooseProcedure, choose_procedure
from data.queries.decision_view import find_decision, periods_of
from data.queries.documents import documents_of_decision
from data.queries.duties import duties_of
from data.queries.hearings import hearing_of
from data.queries.proceedings import acts_of, effects_of, notices_of, procedures_of, waivers_of
from data.writer import change
from models.actor import Role
from models.clock import utc_now
from models.document import DisclosureClass, DocumentType
from models.duty_item import ItemState
from models.hearing import HearingStepKind
from models.notice import NoticeChannel
from models.outcome import OutcomeCode
from models.procedure_act import Conclusion, GeneralAct
from tests.conftest import PLANNER
from tests.pages.office import Office, quick_passwords
from tests.pages.test_work_on_decision import done, errors, field, html_of, press


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


@pytest.fixture
def work(office):
    """Open a tab as the planner of the department."""
    token = office.token(Role.PLANNER)

    def open_tab(tab, **query):
        return office.open("work_on_decision", token=token, id=query.pop("id", office.decision), tab=tab, **query)

    return open_tab


def read(query, decision_id):
    with reading() as session:
        return query(session, decision_id)


def item_of(office, key):
    with reading() as session:
        return duties_of(session, office.decision, utc_now()).evaluation.item(key)


def choose(page, name, value):
    field(page, name).set_value(value)
    page.run()
    assert not page.exception


def test_a_procedure_is_chosen_with_its_overlays_and_flags(office, work):
    page = work("procedure")
    page.multiselect[0].set_value(["cn-quzhou"]).run()
    field(page, "cn-713_technical").check()

    press(page, "公布选择")

    said = read(procedures_of, office.decision)
    assert [(one.template, one.overlays, one.flags) for one in said] == [("cn-713", ["cn-quzhou"], ["technical"])]
    assert done(page) == ["程序已公布，以下清单据此得出。"]
    assert item_of(office, "stage:expert_review").state is not ItemState.NOT_APPLICABLE


def test_the_titles_of_procedures_and_flags_come_from_the_template_in_the_language_of_the_reader(office, work):
    page = work("procedure")
    labels = {box.label for box in page.checkbox}

    choose(page, "template", "jp-apa")

    assert "专业性、技术性较强" in labels
    assert "专业性、技术性较强" not in {box.label for box in page.checkbox}


def test_a_second_choice_of_procedure_needs_a_reason(office, work):
    change(choose_procedure, ChooseProcedure(decision_id=office.decision, template="cn-713"), PLANNER)
    page = work("procedure")
    field(page, "cn-713_urgent").check()

    press(page, "公布选择")
    refused = errors(page)
    field(page, "reason").set_value("汛期提前。")
    press(page, "公布选择")

    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert [one.flags for one in read(procedures_of, office.decision)] == [[], ["urgent"]]


def test_who_chooses_after_somebody_else_sees_both_choices(office, work):
    page = work("procedure")
    field(page, "cn-713_urgent").check()
    change(choose_procedure, ChooseProcedure(decision_id=office.decision, template="uk-gunning"), PLANNER)

    press(page, "公布选择")

    assert errors(page)[0].startswith("您填写期间，他人已作修改。")
    assert all(words in html_of(page) for words in ("英国公众咨询程序", "情况紧急"))


def test_the_planner_sees_what_is_open_with_its_article_and_a_way_to_settle_or_explain_it(office, work):
    html = html_of(work("procedure"))

    assert "公布决策草案及其说明" in html
    assert "第15条" in html
    assert "duty=publicity%3Aparticipation%3Adraft_notice" in html


def test_a_reason_is_published_for_the_duty_that_the_address_names(office, work):
    key = "publicity:participation:draft_notice"
    page = work("procedure", duty=key)
    field(page, "ground").set_value("第十五条第二款")
    press(page, "公布理由")
    refused = errors(page)
    field(page, f"{key}_0_reason").set_value("网站停机一周。")

    press(page, "公布理由")

    assert refused == ["请填写理由：理由将与变动一同公开。"]
    assert [(one.of, one.reason, one.ground) for one in read(waivers_of, office.decision)] == [
        (key, "网站停机一周。", "第十五条第二款")
    ]
    assert item_of(office, key).state is ItemState.WAIVED
    assert "网站停机一周。" in html_of(page)


def test_evidence_of_a_display_settles_the_duty_and_is_refused_without_anything_that_shows_it(office, work):
    page = work("steps", step="displays")
    field(page, "of").set_value("draft_notice")
    field(page, "channel").set_value(NoticeChannel.WEBSITE)
    field(page, "confirmed_by").set_value("张三")
    press(page, "公布凭证")
    refused = errors(page)
    field(page, "link").set_value("https://www.example.org/notice")

    press(page, "公布凭证")

    assert refused == ["请给出链接，或者说明其他凭证。"]
    assert [(one.of, one.channel, one.confirmed_by) for one in read(notices_of, office.decision)] == [
        ("draft_notice", NoticeChannel.WEBSITE, "张三")
    ]
    assert item_of(office, "publicity:participation:draft_notice").state is ItemState.MET


def test_a_review_is_recorded_with_when_it_was_asked_for_and_what_it_came_to(office, work):
    page = work("steps", step="acts")
    choose(page, "act", GeneralAct.LEGALITY_REVIEWED.value)
    field(page, "began_on").set_value(office.today - timedelta(days=12))
    field(page, "by_whom").set_value("司法局")
    press(page, "公布记录")
    refused = errors(page)
    field(page, "conclusion_legality_reviewed").set_value(Conclusion.PASSED)

    press(page, "公布记录")

    acts = read(acts_of, office.decision)
    assert refused == ["请先选择：不会默认公布任何一项。"]
    assert [(one.act, one.conclusion, one.by_whom) for one in acts] == [
        ("legality_reviewed", Conclusion.PASSED, "司法局")
    ]
    assert acts[0].began_on == office.today - timedelta(days=12)


def test_a_draw_is_committed_to_by_its_hash_alone_and_only_when_the_seed_was_noted(office, work):
    page = work("steps", step="hearing")
    choose(page, "0_step", HearingStepKind.SELECTION)
    seed = field(page, "seed").value
    next(box for box in page.number_input if box.key.endswith("_places")).set_value(3)
    press(page, "公布该环节")
    refused = errors(page)
    field(page, "noted").check()

    press(page, "公布该环节")

    steps = read(hearing_of, office.decision).steps
    assert refused == ["请先记下种子并确认：遗失后无人能够找回。"]
    assert [(one.step, one.places, len(one.seed_digest), one.seed) for one in steps] == [
        (HearingStepKind.SELECTION, 3, 64, "")
    ]
    assert seed not in html_of(page)


def test_an_effect_is_promised_with_its_target(office, work):
    page = work("steps", step="effects")
    field(page, "indicator").set_value("人均日用水量")
    field(page, "unit").set_value("升")
    field(page, "baseline").set_value("140")
    field(page, "target").set_value("约120")
    field(page, "by_on").set_value(office.today + timedelta(days=400))
    press(page, "公布预期")
    refused = errors(page)
    field(page, "target").set_value("120")

    press(page, "公布预期")

    assert len(refused) == 1
    assert [one.effect.target for one in read(effects_of, office.decision)] == ["120"]


def warnings(page):
    return [box.value for box in page.warning]


def view(decision_id):
    with reading() as session:
        return find_decision(session, decision_id, now=utc_now())


def test_a_period_shorter_than_the_procedure_asks_is_told_by_how_much_and_opens_with_a_public_reason(office, work):
    other = office.announce("排水办法")
    page = work("period", id=other)
    field(page, "last_day").set_value(office.today + timedelta(days=7))
    press(page, "开始")
    warned, opened = warnings(page), view(other).period
    field(page, "reason").set_value("汛期紧急。")

    press(page, "开始")

    with reading() as session:
        window = duties_of(session, other, utc_now()).evaluation.item("window:participation")
    assert "第15条" in warned[0]
    assert "公开说明时间较短的理由" in warned[0]
    assert not opened
    assert window.waiver.reason == "汛期紧急。"


def test_a_rule_without_exception_says_so_before_a_short_period_is_opened(office, work):
    other = office.announce("城市总体规划")
    chosen = ChooseProcedure(decision_id=other, template="cn-713", overlays=("cn-city-planning",))
    change(choose_procedure, chosen, PLANNER)
    page = work("period", id=other)
    field(page, "last_day").set_value(office.today + timedelta(days=7))

    press(page, "开始")

    assert not view(other).period
    assert "该规定不允许例外" in warnings(page)[0]


def test_a_period_names_its_stage_where_the_procedure_takes_comments_in_several(office, work):
    other = office.announce("建设规划")
    change(choose_procedure, ChooseProcedure(decision_id=other, template="eu-better-regulation"), PLANNER)
    page = work("period", id=other)
    box = field(page, "stage")
    second = box.options[1]
    box.select_index(1)
    field(page, "last_day").set_value(office.today + timedelta(days=120))

    press(page, "开始")

    with reading() as session:
        ((period, _),) = periods_of(session, other)
        template = duties_of(session, other, utc_now()).template
    assert template.by_key[period.stage].title.zh == second


def test_whoever_closes_early_is_told_what_the_procedure_asks_for(office, work):
    page = work("period")

    assert any("第15条" in words and "现在结束则时间不足" in words for words in warnings(page))


@pytest.fixture
def closed(office):
    close = ClosePeriod(decision_id=office.decision, reason="紧急。", seen=1)
    change(close_period, close, PLANNER)
    return office


def test_a_result_before_its_gates_are_met_is_published_only_with_a_reason_for_each_of_them(closed, work):
    page = work("outcome")
    html = html_of(page)
    field(page, "code").set_value(OutcomeCode.ADOPTED)
    field(page, "decided_by").set_value("常务会议")
    field(page, "reason").set_value("多数赞成。")
    press(page, "公布结果")
    warned, early = warnings(page), view(closed.decision).outcome
    field(page, "why").set_value("汛期提前。")

    press(page, "公布结果")

    waivers = read(waivers_of, closed.decision)
    assert "合法性意见" in html or "合法性审查" in html
    assert warned[-1].startswith("尚未公布")
    assert early is None
    assert view(closed.decision).outcome.code is OutcomeCode.ADOPTED
    assert {one.reason for one in waivers} == {"汛期提前。"}
    assert "gate:collective_decision:document:legality_opinion" in {one.of for one in waivers}


def test_reasons_are_not_published_when_the_result_is_refused(closed, work):
    page = work("outcome")
    field(page, "code").set_value(OutcomeCode.ADOPTED)
    field(page, "decided_by").set_value("常务会议")
    field(page, "why").set_value("汛期提前。")

    press(page, "公布结果")

    assert errors(page) == ["请填写理由：理由将与变动一同公开。"]
    assert not read(waivers_of, closed.decision)
    assert field(page, "why").value == "汛期提前。"


def test_a_matter_that_does_not_go_ahead_needs_no_reason_for_what_was_not_done(closed, work):
    page = work("outcome")
    field(page, "code").set_value(OutcomeCode.WITHDRAWN)
    field(page, "decided_by").set_value("常务会议")
    field(page, "reason").set_value("不再推进。")

    press(page, "公布结果")

    assert view(closed.decision).outcome.code is OutcomeCode.WITHDRAWN
    assert not read(waivers_of, closed.decision)


@pytest.mark.parametrize("step", ["displays", "acts", "hearing", "experts", "effects"])
def test_every_part_of_the_steps_is_drawn_before_anything_is_on_record(office, work, step):
    page = work("steps", step=step)

    assert not page.exception
    assert "尚无记录。" in html_of(page)


def test_above_all_tabs_stands_the_step_that_comes_next(office, work):
    first = html_of(work("draft"))
    change(choose_procedure, ChooseProcedure(decision_id=office.decision, template="cn-713"), PLANNER)
    then = html_of(work("draft"))

    assert "下一步：适用哪种程序？" in first
    assert "下一步： <strong>草案说明</strong>" in then
    assert f'href="/work_on_decision?tab=documents&amp;type=draft_explanation&amp;id={office.decision}"' in then


def led_to(page, duty):
    page.query_params["of"] = duty
    return page.run()


def test_who_is_led_to_a_document_finds_its_type_chosen_and_settles_the_very_demand(office, work):
    change(choose_procedure, ChooseProcedure(decision_id=office.decision, template="cn-713"), PLANNER)
    page = led_to(work("documents", type="adoption_statement"), "public_opinions")
    choose(page, "disclosure", DisclosureClass.WITHHELD)
    field(page, "title").set_value("公众意见采纳情况")
    field(page, "ground").set_value("第十四条")
    field(page, "review_on").set_value(office.today + timedelta(days=30))

    press(page, "公布")

    assert errors(page) == []
    assert "对应程序要求" in " ".join(one.value for one in page.caption)
    with reading() as session:
        (document,) = documents_of_decision(session, office.decision)
    assert (document.type, document.key) == (DocumentType.ADOPTION_STATEMENT, "public_opinions")


def test_who_is_led_to_a_display_finds_it_chosen(office, work):
    change(choose_procedure, ChooseProcedure(decision_id=office.decision, template="cn-713"), PLANNER)

    page = led_to(work("steps", step="displays"), "draft_notice")

    assert field(page, "of_draft_notice").value == "draft_notice"
