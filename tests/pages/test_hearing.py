"""Registering for a hearing and asking an expert: checked, sent once, never lost, and looked up by a code."""

import hashlib
import subprocess
from datetime import timedelta

import pytest

from data.database import reading
from data.feeds.proceedings_json import as_proceedings
from data.operations.hearings import RecordHearingStep, RegisterForHearing, record_hearing_step, register_for_hearing
from data.operations.opinions import PublishOpinion, publish_opinion
from data.operations.procedures import ChooseProcedure, choose_procedure
from data.operations.questions import AskExpert, ask_expert
from data.queries.questions import questions_on
from data.writer import change
from models.actor import CITIZEN, Role
from models.comment import receipt_code
from models.decision import Language
from models.draw import commitment
from models.hearing import HearingRegistration, HearingSide, HearingStepKind
from models.opinion import OpinionStance, SelectionMethod
from pages.readable import Visit
from pages.readable.decision import read_decision
from pages.readable.hearing import read_hearing
from pages.readable.question import read_question
from pages.readable.receipt_proceedings import proceedings_receipt_html
from tests.conftest import PLANNER
from tests.data.operations.keeping import rows
from tests.pages.office import Office, quick_passwords
from tests.pages.promises import HOSTILE, statements

SEED = "it's a seed that nobody guesses, 4815162342"


@pytest.fixture
def office(sqlite_record, monkeypatch):
    """A decision with a hearing that takes registrations at this moment, and an opinion of an expert."""
    quick_passwords(monkeypatch)
    office = Office()
    step(office, HearingStepKind.NOTICE, -9, statement="周六上午，少年宫。")
    step(office, HearingStepKind.SELECTION, -9, places=2, seed_digest=commitment(SEED), statement="公开抽签。")
    step(office, HearingStepKind.REGISTRATION, -9, ends_on=office.today + timedelta(days=3))
    opinion = PublishOpinion(
        decision_id=office.decision,
        name="沈括",
        affiliation="水利学会",
        selection=SelectionMethod.DRAWN,
        conflict_statement="无",
        stance=OpinionStance.FOR,
        body="水压足够。",
        language=Language.CHINESE,
        signed_on=office.today,
    )
    change(publish_opinion, opinion, PLANNER)
    return office


def step(office, kind, days, **more):
    now = office.now + timedelta(days=days)
    command = RecordHearingStep(
        decision_id=office.decision, step=kind, held_on=office.today + timedelta(days=days), **more
    )
    change(record_hearing_step, command, PLANNER, now=now)


def register(office, name, side=HearingSide.PUBLIC, *, token=""):
    command = RegisterForHearing(decision_id=office.decision, side=side, name=name, contact="12345")
    change(register_for_hearing, command, CITIZEN, token=token)


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def drawn(app):
    return " ".join(block.proto.body for block in app.get("html"))


def fill(app, *, side=HearingSide.INTERESTED, name="朱自清", contact="zhu@example.org"):
    if side:
        app.radio(key="draft_side").set_value(side)
    app.text_input(key="draft_name").set_value(name)
    app.text_input(key="draft_contact").set_value(contact)
    press(app, "提交前核对")


def page(office, read=read_decision, *, language="zh", days=0, **query):
    visit = Visit(language=language, now=office.now + timedelta(days=days), id=office.decision, query=query)
    return read(visit)


def test_somebody_registers_without_an_account_and_has_a_receipt(office):
    app = office.open("hearing", decision=office.decision)
    assert "公开抽签" in drawn(app)

    fill(app)
    assert "朱**" in drawn(app)
    token = app.text_input(key="draft_token_0").value
    press(app, "提交")

    assert receipt_code(token) in drawn(app)
    assert 'data-draft-clear="draft_"' in drawn(app)
    (kept,) = rows(HearingRegistration)
    assert (kept.number, kept.name, kept.side, kept.contact) == (
        1,
        "朱自清",
        HearingSide.INTERESTED,
        "zhu@example.org",
    )


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"side": None}, "请选择您的身份。"),
        ({"name": " "}, "请填写姓名。"),
        ({"contact": ""}, "请填写如何通知您。"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_filled_in_stays(office, missing, words):
    app = office.open("hearing", decision=office.decision)

    fill(app, **missing)

    assert [error.value for error in app.error] == [words]
    for field in {"name", "contact"} - set(missing):
        assert app.text_input(key=f"draft_{field}").value


def test_going_back_keeps_everything_and_sending_twice_registers_once(office):
    app = office.open("hearing", decision=office.decision)
    fill(app)
    press(app, "返回修改")
    assert app.text_input(key="draft_name").value == "朱自清"

    press(app, "提交前核对")
    token = app.text_input(key="draft_token_0").value
    command = RegisterForHearing(
        decision_id=office.decision, side=HearingSide.INTERESTED, name="朱自清", contact="zhu@example.org"
    )
    change(register_for_hearing, command, CITIZEN, token=token)
    app.run()

    assert receipt_code(token) in drawn(app)
    assert len(rows(HearingRegistration)) == 1


def test_when_registration_ends_meanwhile_what_was_filled_in_is_still_there(office):
    app = office.open("hearing", decision=office.decision)
    fill(app)

    step(office, HearingStepKind.REGISTRATION, -1, ends_on=office.today - timedelta(days=1))
    app.run()

    assert app.error
    assert "朱自清" in app.text_area(key="left").value
    assert rows(HearingRegistration) == []


def test_there_is_nothing_to_register_for_where_no_hearing_was_announced(office):
    office.decision = office.announce("另一件事")

    assert page(office, read_hearing, decision=office.decision).status == 404
    assert page(office, read_hearing, decision="2026-9999").status == 404


def test_the_head_says_until_when_one_can_register_and_no_longer_when_it_is_over(office):
    assert "/hearing?decision=" in page(office).body_html
    assert "/hearing?decision=" not in page(office, days=4).body_html


def test_the_public_sees_masked_names_and_no_contact(office):
    register(office, "王安石", HearingSide.INTERESTED)

    for html in (
        page(office, tab="proceedings").body_html,
        page(office, read_hearing, decision=office.decision).body_html,
    ):
        assert "王安石" not in html
        assert "12345" not in html
    assert "王**" in page(office, tab="proceedings").body_html


def test_the_command_on_the_page_repeats_the_draw(office):
    for name in ("王安石", "苏轼", "曾巩"):
        register(office, name)
    step(office, HearingStepKind.REGISTRATION, -8, ends_on=office.today - timedelta(days=2))
    step(office, HearingStepKind.LIST, -1, seed=SEED, participants=2)
    html = page(office, tab="proceedings").body_html
    command = html.partition('<pre class="words">')[2].partition("</pre>")[0]
    plain = command.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")

    repeated = subprocess.run(["/bin/bash", "-c", plain], capture_output=True, text=True, check=True).stdout

    numbers = [int(line.split(" ")[1]) for line in repeated.splitlines()]
    ranked = sorted((1, 2, 3), key=lambda number: hashlib.sha256(f"{SEED}\n{number}".encode()).hexdigest())
    assert numbers == ranked[:2]
    assert html.count("◆ 第") == 2


def test_a_receipt_tells_whether_somebody_was_drawn(office):
    register(office, "王安石", token="first")
    code = receipt_code("first")
    visit = Visit(language="zh", now=office.now)
    with reading() as session:
        before = proceedings_receipt_html(session, code, visit)
    step(office, HearingStepKind.REGISTRATION, -8, ends_on=office.today - timedelta(days=2))
    step(office, HearingStepKind.LIST, -1, seed=SEED, participants=1, statement="名单见附件。")

    with reading() as session, statements() as made:
        after = proceedings_receipt_html(session, code, visit)

    assert "尚未抽签" in before
    assert "第 1 位" in after
    assert "名单见附件。" in after
    assert "王安石" not in after
    assert len(made) <= 7
    with reading() as session:
        assert proceedings_receipt_html(session, "NONE", visit) is None


def test_a_question_is_asked_checked_sent_and_waits_in_public(office):
    app = office.open("question", decision=office.decision, opinion=1)
    app.text_area(key="draft_question").set_value("水压是怎么测的？\r\n")
    press(app, "提交前核对")
    token = app.text_input(key="draft_token_0").value
    press(app, "提交")

    assert receipt_code(token) in drawn(app)
    html = page(office, tab="opinions", days=3).body_html
    assert "水压是怎么测的？" in html
    assert "尚未答复，已提问 3 天" in html
    visit = Visit(language="en", now=office.now)
    with reading() as session:
        assert "水压是怎么测的？" in proceedings_receipt_html(session, receipt_code(token), visit)


@pytest.mark.parametrize(("body", "words"), [("", "请填写问题。"), ("问" * 5001, "问题共 5001 字，最多 5,000 字。")])
def test_a_question_without_words_or_with_too_many_is_told_so_and_stays(office, body, words):
    app = office.open("question", decision=office.decision, opinion=1)
    app.text_area(key="draft_question").set_value(body)
    press(app, "提交前核对")

    assert [error.value.replace("\\", "") for error in app.error] == [words]
    assert app.text_area(key="draft_question").value == body


def test_an_expert_who_does_not_exist_cannot_be_asked(office):
    for opinion in ("2", "x", ""):
        assert page(office, read_question, decision=office.decision, opinion=opinion).status == 404


def test_a_planner_publishes_the_signed_answer_from_the_desk(office):
    app = office.open("question", decision=office.decision, opinion=1)
    app.text_area(key="draft_question").set_value("水压是怎么测的？")
    press(app, "提交前核对")
    press(app, "提交")
    token = office.token(Role.PLANNER)
    assert "tab=steps&amp;step=questions" in drawn(office.open("desk", token=token))

    work = office.open(
        "work_on_decision", token=token, id=office.decision, tab="steps", step="questions", question="1-1"
    )
    next(field for field in work.text_area if field.label == "答复内容（专家原话）").set_value("测了一年。")
    press(work, "公布署名答复")

    with reading() as session:
        (asked,) = questions_on(session, office.decision)[1]
    assert (asked.answer.body, asked.answer.signed_by) == ("测了一年。", "沈括")
    assert "step=questions" not in drawn(office.open("desk", token=token))


def test_hostile_words_are_text_wherever_they_are_shown(office):
    register(office, HOSTILE, token="hostile")
    step(office, HearingStepKind.NOTICE, -1, statement=HOSTILE)
    app = office.open("question", decision=office.decision, opinion=1)
    app.text_area(key="draft_question").set_value(HOSTILE)
    app.text_input(key="draft_name").set_value(HOSTILE)
    press(app, "提交前核对")
    press(app, "仍然提交" if any(button.label == "仍然提交" for button in app.button) else "提交")
    shown = [
        drawn(app),
        page(office, tab="proceedings").body_html,
        page(office, tab="opinions").body_html,
        page(office, read_hearing, decision=office.decision).body_html,
        page(office, read_question, decision=office.decision, opinion="1").body_html,
    ]

    for html in shown:
        assert "<img src=x" not in html
        assert "<script>alert" not in html
    assert "&lt;img" in shown[1]


def test_what_local_rules_demand_of_experts_and_hearings_stands_beside_them_with_its_article(office):
    command = ChooseProcedure(
        decision_id=office.decision,
        template="cn-713",
        overlays=("cn-quzhou", "cn-yunnan-hearing"),
        flags=("technical", "hearing_chosen"),
    )
    change(choose_procedure, command, PLANNER)

    experts, hearing = (page(office, tab=tab, language="en", days=1).body_html for tab in ("opinions", "proceedings"))

    assert "An odd number of experts, five at least" in experts.partition('id="opinion-1"')[0]
    assert "Fifteen participants at least" in hearing


def test_a_file_for_machines_holds_the_questions_and_the_answers(office):
    ask = AskExpert(
        decision_id=office.decision, opinion=1, body="为什么？", language=Language.CHINESE, name="王安石", contact="1"
    )
    change(ask_expert, ask, CITIZEN, token="a token")

    with reading() as session:
        (found,) = as_proceedings(session, office.decision)["questions"]

    assert (found["text"], found["name"], found["answers"]) == ("为什么？", "王**", [])
    assert set(found) == {"opinion", "number", "language", "name", "text", "asked_at", "answers"}


def test_the_pages_take_few_statements(office):
    for reader, asked in ((read_hearing, {}), (read_question, {"opinion": "1"})):
        with statements() as made:
            page(office, reader, decision=office.decision, **asked)
        assert len(made) <= 12
