"""Commenting: written, checked, sent once, and never lost."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlmodel import Session, func, select
from streamlit.testing.v1 import AppTest

from data.database import database
from data.operations.decisions import PublishDecision, publish_decision
from data.operations.departments import PublishDepartment, publish_department
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.periods import ClosePeriod, OpenPeriod, close_period, open_period
from data.queries.decision_view import clauses_of_version, draft_versions
from data.writer import change
from models.actor import OPERATOR, Actor, Role
from models.clock import local_date, utc_now
from models.comment import Comment, CommentText, Stance, receipt_code
from models.decision import Language
from pages.readable import Visit
from pages.readable.comment import read_comment

ROOT = Path(__file__).resolve().parents[2]
PLANNER = Actor(role=Role.PLANNER, department_id="water")
DRAFT = "第一条 为了节约用水，制定本办法。\n第二条 夜间不得超过八小时供水。"


@pytest.fixture
def city(sqlite_record):
    """A decision that is open for comments at this moment, whenever that is."""
    now = utc_now() - timedelta(days=1)
    department = PublishDepartment(id="water", name_zh="水务局", name_en="Water bureau", contact="12345")
    change(publish_department, department, OPERATOR, now=now)
    published = PublishDecision(department_id="water", language=Language.CHINESE, title="节约用水办法")
    decision = change(publish_decision, published, PLANNER, now=now).key
    draft = PublishDraft(decision_id=decision, language=Language.CHINESE, text=DRAFT)
    change(publish_draft, draft, PLANNER, now=now)
    period = OpenPeriod(decision_id=decision, last_day=local_date(now) + timedelta(days=40))
    change(open_period, period, PLANNER, now=now)
    with database().reading() as session:
        clauses = clauses_of_version(session, draft_versions(session, decision)[-1].id)
    return SimpleNamespace(decision=decision, clauses=clauses)


def open_page(city, **query):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.run()
    app.switch_page("pages/comment.py")
    app.query_params["decision"] = city.decision
    for key, value in query.items():
        app.query_params[key] = str(value)
    return app.run()


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def write(app, body, *, stance=Stance.OBJECT, name="", contact=""):
    if stance:
        app.radio(key="draft_stance").set_value(stance)
    app.text_area(key="draft_body").set_value(body)
    app.text_input(key="draft_name").set_value(name)
    app.text_input(key="draft_contact").set_value(contact)
    press(app, "提交前核对")


def drawn(app):
    return " ".join(block.proto.body for block in app.get("html"))


def kept():
    with Session(database().reading_engine) as session:
        return session.exec(select(CommentText)).all()


def close(city):
    change(close_period, ClosePeriod(decision_id=city.decision, reason="突发情况"), PLANNER)


def test_a_comment_on_a_clause_is_written_checked_sent_and_receipted(city):
    app = open_page(city, clause=city.clauses[1].id)
    assert "夜间不得超过八小时供水" in drawn(app)

    write(app, "  夜班工人怎么办？\r\n", name="朱自清", contact="zhu@example.org")
    assert "朱**" in drawn(app)
    assert "朱自清" not in drawn(app)
    token = app.text_input(key="draft_token_0").value
    press(app, "提交")

    assert receipt_code(token) in drawn(app)
    assert 'data-draft-clear="draft_"' in drawn(app)
    assert [text.body for text in kept()] == ["夜班工人怎么办？"]
    with Session(database().reading_engine) as session:
        assert session.exec(select(Comment)).one().clause_key == city.clauses[1].key


@pytest.mark.parametrize("body", ["", "   \n ", "\x00\x01\u202e\ufeff"])
def test_a_comment_without_words_is_asked_for_some(city, body):
    app = open_page(city)

    write(app, body)

    assert [error.value for error in app.error] == ["请填写意见。"]
    assert kept() == []


def test_a_comment_without_a_stance_is_asked_for_one(city):
    app = open_page(city)

    write(app, "水压太低", stance=None)

    assert [error.value for error in app.error] == ["请选择您的态度。"]
    assert app.text_area(key="draft_body").value == "水压太低"


@pytest.mark.parametrize(("length", "is_taken"), [(100_000, True), (100_001, False), (1_048_576, False)])
def test_a_comment_has_at_most_a_hundred_thousand_characters(city, length, is_taken):
    app = open_page(city)

    write(app, "水" * length)
    if is_taken:
        press(app, "提交")
        assert [len(text.body) for text in kept()] == [length]
    else:
        assert f"{length}" in app.error[0].value
        assert len(app.text_area(key="draft_body").value) == length


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> [link](javascript:alert(3)) **bold** =HYPERLINK(1) $x^2$ "
    ":red[x] {{ 7*7 }}"
)


def test_hostile_words_are_shown_and_kept_as_text(city):
    app = open_page(city)

    write(app, HOSTILE + "\u202e倒\x07", name="<b>E</b>", contact="<i>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in drawn(app)
    assert "\u202e" not in drawn(app)
    press(app, "提交")

    assert [text.body for text in kept()] == [HOSTILE + "倒"]
    assert "<script>" not in drawn(app)
    assert "<img src=x" not in drawn(app)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("我的号码 13812345678", "手机号码"),
        ("身份证 11010519491231002X", "居民身份证号码"),
        ("卡号 4111 1111 1111 1111", "银行卡号"),
        ("写信给 me@example.org", "电子邮箱地址"),
    ],
)
def test_personal_data_is_named_before_it_is_sent_and_can_be_taken_out(city, words, kind):
    app = open_page(city)

    write(app, words)
    assert f"{kind}：" in drawn(app)
    assert kept() == []
    press(app, "返回修改")

    assert app.text_area(key="draft_body").value == words
    assert app.radio(key="draft_stance").value == Stance.OBJECT


def test_personal_data_can_be_sent_anyway(city):
    app = open_page(city)

    write(app, "我的号码 13812345678")
    press(app, "仍然提交")

    assert len(kept()) == 1


def test_a_second_click_and_a_reload_after_sending_find_the_same_comment(city):
    app = open_page(city)
    write(app, "水压太低")
    token = app.text_input(key="draft_token_0").value
    app.button(key="send").click()
    app.run()
    app.run()

    again = open_page(city)
    again.text_input(key="draft_token_0").set_value(token)
    again.run()

    assert receipt_code(token) in drawn(again)
    assert len(kept()) == 1


def test_the_same_words_sent_again_after_a_reload_are_received_once(city):
    first, second = open_page(city), open_page(city)
    write(first, "水压太低")
    token = first.text_input(key="draft_token_0").value
    second.text_input(key="draft_token_0").set_value(token)
    write(second, "水压太低")
    press(first, "提交")

    press(second, "提交")

    assert receipt_code(token) in drawn(second)
    assert len(kept()) == 1


def test_other_words_under_the_same_token_are_another_comment_only_if_their_author_says_so(city):
    first, second = open_page(city), open_page(city)
    write(first, "水压太低")
    token = first.text_input(key="draft_token_0").value
    second.text_input(key="draft_token_0").set_value(token)
    write(second, "水太贵")
    press(first, "提交")

    press(second, "提交")
    assert len(kept()) == 1
    second.run()
    assert receipt_code(token) in second.warning[0].value
    press(second, "这是另一条意见")
    press(second, "提交")

    assert sorted(text.body for text in kept()) == ["水压太低", "水太贵"]


def test_another_comment_begins_with_an_empty_form_and_another_token(city):
    app = open_page(city)
    write(app, "水压太低")
    before = app.text_input(key="draft_token_0").value
    press(app, "提交")

    press(app, "再提一条意见")

    assert app.text_area(key="draft_body").value == ""
    assert app.text_input(key="draft_token_1").value != before


def test_a_period_that_ends_while_somebody_writes_leaves_the_words_in_the_form(city):
    app = open_page(city)
    close(city)

    write(app, "写了一整晚的意见")

    assert app.error
    assert app.text_area(key="comment_left").value == "写了一整晚的意见"
    assert kept() == []


def test_a_period_that_ends_while_somebody_checks_leaves_the_words_in_sight(city):
    app = open_page(city)
    write(app, "写了一整晚的意见")
    close(city)

    press(app, "提交")

    assert app.text_area(key="comment_left").value == "写了一整晚的意见"
    assert kept() == []


def test_outside_the_period_there_is_no_form_but_the_instants(city):
    close(city)

    app = open_page(city)

    assert not app.text_area
    assert "已经截止" in drawn(app)


@pytest.mark.parametrize(
    "query", [{"decision": "2026-9999"}, {"decision": "'"}, {"clause": "999999999999999999999"}, {"clause": "x"}]
)
def test_what_does_not_exist_cannot_be_commented_on(city, query):
    app = open_page(city, **query)

    assert "此地址下没有公开的内容" in drawn(app)
    assert not app.text_area
    visit = Visit(language="zh", now=utc_now(), query={"decision": city.decision} | query)
    assert read_comment(visit).status == 404


def test_without_scripts_the_page_says_what_it_is_about_and_how_else_to_comment(city):
    visit = Visit(language="en", now=utc_now(), query={"decision": city.decision})

    html = read_comment(visit).body_html

    assert "needs JavaScript" in html
    assert "12345" in html


def test_a_token_that_is_none_is_not_used(city):
    app = open_page(city)
    app.text_input(key="draft_token_0").set_value("guessable")
    app.run()

    write(app, "水压太低")
    press(app, "提交")

    assert receipt_code("guessable") not in drawn(app)
    with Session(database().reading_engine) as session:
        assert session.exec(select(func.count()).select_from(Comment)).one() == 1
