"""The page about one decision: what it says, in which order, and what it costs."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from data.database import database, reading
from data.operations.documents import PublishDocument, publish_document
from data.operations.drafts import PublishDraft, publish_draft
from data.operations.outcomes import PublishOutcome, publish_outcome
from data.operations.verdicts import GiveVerdict, give_verdict
from data.writer import change
from models.actor import Actor, Role
from models.clock import end_of_day, local_date
from models.decision import Language
from models.document import DisclosureClass, DocumentType
from models.outcome import OutcomeCode
from models.verdict import VerdictCode
from pages.readable import Visit
from pages.readable.decision import read_decision
from pages.readable.decision_head import decision_head
from pages.readable.decision_parts import part_html, part_labels
from pages.readable.redline import redline

ROOT = Path(__file__).resolve().parents[2]
PLANNER = Actor(role=Role.PLANNER, department_id="water")
NEXT = "第一条 为了节约用水，制定本办法。\n第二条 本办法适用于全市。\n第四条 医院除外。"


def read(city, *, language="zh", at=None, **query):
    return read_decision(Visit(language=language, now=at or city.now, id=city.decision, query=query))


def text_of(html):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)))


def with_second_version(city):
    command = PublishDraft(decision_id=city.decision, language=Language.CHINESE, text=NEXT, reason="缩小范围")
    change(publish_draft, command, PLANNER, now=city.now)


def decide(city):
    at = end_of_day(city.last_day) + timedelta(days=10)
    command = PublishOutcome(
        decision_id=city.decision,
        code=OutcomeCode.ADOPTED,
        reason="多数赞成",
        decided_by="市政府",
        decided_on=local_date(at),
    )
    change(publish_outcome, command, PLANNER, now=at)
    return at


@pytest.fixture
def statements():
    """Count the statements that are run while reading."""
    counted = []

    def note(connection, cursor, statement, *rest):
        counted.append(statement)

    engine = database().reading_engine
    event.listen(engine, "before_cursor_execute", note)
    yield counted
    event.remove(engine, "before_cursor_execute", note)


def test_an_open_decision_says_until_when_and_offers_one_action(small_city):
    html = read(small_city).body_html

    assert "2026年12月24日（周四） 23:59" in html
    assert html.count(f'href="/comment?decision={small_city.decision}"') == 1
    assert "还剩 30 天" in text_of(html)


def test_the_last_two_days_are_counted_in_hours(small_city):
    html = read(small_city, at=end_of_day(small_city.last_day) - timedelta(hours=25, minutes=10)).body_html

    assert "还剩 25 小时" in text_of(html)


def test_from_its_closing_instant_on_nothing_is_offered_and_the_days_without_an_answer_are_counted(small_city):
    html = read(small_city, at=end_of_day(small_city.last_day) + timedelta(days=3)).body_html

    assert "/comment?" not in html
    assert "截止已 3 天，尚未公布结果" in text_of(html)


def test_a_decision_that_does_not_exist_is_said_not_to(small_city):
    for identifier in ("2026-9999", "nonsense", "", "' OR 1=1 --"):
        assert read_decision(Visit(language="en", now=small_city.now, id=identifier)).status == 404


@pytest.mark.parametrize(
    "query",
    [
        {"tab": "nonsense"},
        {"version": "99"},
        {"version": "-1"},
        {"tab": "comments", "clause": "none", "stance": "angry", "state": "?", "after": "x" * 50},
        {"tab": "record", "before": "9" * 40},
        {"tab": "draft", "clause": "../../etc"},
        {"tab": "comments", "after": "9" * 40},
        {"tab": "comments", "after": "²"},
    ],
)
def test_what_an_address_asks_for_and_nobody_understands_is_not_asked_for(small_city, query):
    assert read(small_city, **query).status == 200


def test_a_clause_that_changed_shows_what_was_added_and_removed(small_city):
    with_second_version(small_city)

    html = read(small_city).body_html

    assert re.search(r"<del>.*?本.*?</del><ins>.*?全.*?</ins>", html)
    assert "本版新增" in html
    assert "上一版中有 1 条已删去" in html
    assert "缩小范围" in html


def test_an_earlier_version_can_be_read_and_takes_no_comments(small_city):
    with_second_version(small_city)

    html = read(small_city, version="1").body_html

    assert "夜间不得超过八小时供水" in html
    assert "对本条提意见" not in html


def test_comments_are_filtered_by_clause_and_by_answer(small_city, comment):
    comment(small_city, "整体很好", token="a")
    first = comment(small_city, "水压太低", token="b")
    verdict = GiveVerdict(point_id=first.number, code=VerdictCode.NOTED, reason="已转告水厂")
    change(give_verdict, verdict, PLANNER, now=small_city.now + timedelta(hours=2))

    unanswered = read(small_city, tab="comments", state="none").body_html
    answered = read(small_city, tab="comments", state="noted").body_html

    assert "整体很好" in unanswered
    assert "水压太低" not in unanswered
    assert text_of(answered).index("解释说明 2026-11-24") < text_of(answered).index("已转告水厂")


def test_a_second_page_of_comments_follows_from_the_last_one_seen(small_city, comment):
    for number in range(25):
        comment(small_city, f"意见之{number}号", token=str(number))

    first = read(small_city, tab="comments").body_html
    after = re.search(r'after=(\d+)" rel="next"', first)[1]
    second = read(small_city, tab="comments", after=after).body_html

    assert "意见之24号" in first
    assert "意见之4号" not in first
    assert "意见之4号" in second
    assert "意见之0号" in second


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> [link](javascript:alert(3)) **bold** =HYPERLINK(1) $x^2$ "
    "{{ 7*7 }} ${8*8}"
)


def test_hostile_words_of_people_are_text(small_city, comment):
    comment(small_city, HOSTILE, name="<b>Eve</b>")

    html = read(small_city, tab="comments").body_html

    assert "<script>alert(1)" not in html
    assert "<img" not in html
    assert "javascript:alert" not in re.findall(r'href="([^"]*)"', html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }} ${8*8}" in html


def test_a_name_is_masked_and_a_contact_is_nowhere(small_city, comment):
    comment(small_city, name="朱自清", contact="13812345678")

    html = read(small_city, tab="comments").body_html

    assert "朱**" in html
    assert "朱自清" not in html
    assert "13812345678" not in html


def test_a_document_that_is_withheld_has_its_ground_and_its_review(small_city):
    command = PublishDocument(
        decision_id=small_city.decision,
        type=DocumentType.RISK_ASSESSMENT,
        title="企业数据",
        disclosure=DisclosureClass.WITHHELD,
        ground="第十五条：商业秘密",
        review_on=small_city.last_day,
    )
    change(publish_document, command, PLANNER, now=small_city.now)

    html = read(small_city).body_html

    assert "第十五条：商业秘密" in html
    assert "2026-12-24 重新审查" in html
    assert "/files/" not in html


def test_a_result_has_its_reasons(small_city):
    at = decide(small_city)

    html = read(small_city, at=at).body_html

    assert "多数赞成" in html
    assert "/comment?" not in html


def test_every_part_reads_in_both_languages(small_city, comment):
    comment(small_city)
    with_second_version(small_city)
    at = decide(small_city)
    for language in ("zh", "en"):
        assert read(small_city, language=language, at=at, tab="record").status == 200


def test_a_page_that_shows_one_part_takes_twelve_statements_at_most(small_city, comment, statements):
    point = comment(small_city).number
    verdict = GiveVerdict(point_id=point, code=VerdictCode.NOTED, reason="已知")
    change(give_verdict, verdict, PLANNER, now=small_city.now + timedelta(hours=2))
    with_second_version(small_city)
    at = decide(small_city)

    for part in part_labels(_head(small_city, at), "zh"):
        statements.clear()
        visit = Visit(language="zh", now=at, id=small_city.decision, query={"tab": part})
        with database().reading() as session:
            part_html(part, session, decision_head(session, visit), visit, on_tab=True)

        assert len(statements) <= 12, part


def test_the_page_with_all_parts_takes_fourteen_statements_after_a_change_and_none_after_none(
    small_city, comment, statements
):
    comment(small_city)
    with_second_version(small_city)
    at = decide(small_city)
    statements.clear()

    read(small_city, at=at)
    after_a_change = len(statements)
    statements.clear()
    read(small_city, at=at)

    assert after_a_change <= 14
    assert len(statements) == 0


def _head(city, at):
    with database().reading() as session:
        return decision_head(session, Visit(language="zh", now=at, id=city.decision))


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_differences_between_two_texts_rebuild_both(before, after):
    pieces = redline(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_long_texts_are_compared_by_sentences():
    before = "一二三四五六七八九十。" * 500

    pieces = redline(before, before.replace("五", "伍", 1))

    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == before.replace("五", "伍", 1)
    assert len(pieces) < 5


@pytest.fixture
def app(small_city):
    """The page of the small city's decision, in Streamlit."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    test.run()
    test.switch_page("pages/decision.py")
    test.query_params["id"] = small_city.decision
    return test


def test_streamlit_draws_the_head_and_only_the_open_part(app, comment, small_city):
    comment(small_city)
    app.query_params["tab"] = "comments"

    app.run()

    drawn = " ".join(block.proto.body for block in app.get("html"))
    assert not app.exception
    assert "节约用水办法" in drawn
    assert "噪音太大了" in drawn
    assert "尚未公布专家意见" not in drawn


def test_a_comment_that_arrives_meanwhile_leaves_the_open_part_open(app, comment, small_city):
    comment(small_city, token="a")
    app.query_params["tab"] = "comments"
    app.run()

    comment(small_city, "又一条意见", token="b")
    app.run()

    drawn = " ".join(block.proto.body for block in app.get("html"))
    assert "又一条意见" in drawn


def test_streamlit_says_so_where_there_is_no_such_decision(app):
    app.query_params["id"] = "2026-9999"

    app.run()

    assert not app.exception
    assert "此地址下没有公开的内容" in " ".join(block.proto.body for block in app.get("html"))


def test_the_duties_of_a_past_day_are_told_by_what_was_known_then(small_city):
    later = small_city.now + timedelta(days=60)
    explained = PublishDocument(
        decision_id=small_city.decision,
        type=DocumentType.DRAFT_EXPLANATION,
        title="草案说明",
        disclosure=DisclosureClass.WITHHELD,
        ground="第十四条",
        review_on=local_date(later) + timedelta(days=90),
    )
    change(publish_document, explained, PLANNER, now=small_city.now + timedelta(days=30))

    day = local_date(small_city.now)

    def duties_as_of(asked):
        visit = Visit(language="zh", now=later, id=small_city.decision, query={"as_of": f"{asked}"})
        with reading() as session:
            return text_of(part_html("duties", session, decision_head(session, visit), visit, on_tab=True))

    then, before = duties_as_of(day + timedelta(days=1)), duties_as_of(day - timedelta(days=9))
    now = duties_as_of("")

    assert f"以下是 {day + timedelta(days=1)} 结束时的状态" in then
    assert "第十四条" not in then
    assert "第十四条" in now
    assert "当时该决策尚未预告。" in before


@pytest.mark.parametrize("day", ["2999-01-01", "31/02/2024", "2026-02-30", "<script>"])
def test_what_is_no_past_day_is_said_to_be_none_and_the_present_is_shown(small_city, day):
    html = read(small_city, tab="duties", as_of=day).body_html

    assert "以下是现在的状态" in html
    assert "<script" not in html
