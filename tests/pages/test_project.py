"""One project: four sentences, a timeline with its table, money, reports, documents, and every change."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.database import reading
from data.operations.documents import PublishDocument, publish_document
from data.operations.money import ConfirmUnchanged, confirm_unchanged
from data.operations.project_decisions import LinkProject, link_project
from data.operations.projects import AmendProject, amend_project
from data.queries.standings import all_standings
from data.writer import change
from models.decision import Language
from models.document import DisclosureClass, DocumentType
from models.milestone import Precision, ReasonCode, RevisionKind
from models.project import Phase, Sector
from pages.components.timeline import timeline
from pages.readable.project import read_project
from pages.readable.project_sentences import SILENT_AFTER, sentences
from pages.readable.project_timeline import chart_alt, chart_rows, chart_words
from pages.words import word
from tests.conftest import NOW, OFFICER
from tests.pages.promises import HOSTILE, TODAY, cost, day, move, page_of, plan, report, say_of, statements, visit_to

ROOT = Path(__file__).resolve().parents[2]


def said_of(project, *, today=TODAY, language="en"):
    return sentences(page_of(project, today), language)


def bare(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def chart_of(project, *, today=TODAY, language="zh"):
    rows = chart_rows(page_of(project, today), language)
    figure = timeline(rows, today=today, words=chart_words(today=today, language=language), theme="light")
    return rows, figure


def test_the_first_sentence_sets_what_is_said_now_against_what_was_promised_first(small_city):
    move(small_city.milestone, small_city.promised + timedelta(days=20))
    move(small_city.milestone, small_city.promised + timedelta(days=50), after=timedelta(hours=2))

    promised = said_of(small_city.project)[0]

    assert promised.tone == "late"
    assert f"first promised for {small_city.promised} (said 2026-11-24)" in promised.text
    assert f"{small_city.promised + timedelta(days=50)} is said: 50 days later than first promised" in promised.text


def test_a_promise_that_holds_is_neither_late_nor_shown_as_reached(small_city):
    promised = said_of(small_city.project)[0]

    assert promised.tone == ""
    assert "2027-03-04: the date first promised" in promised.text


def test_a_date_that_has_passed_grows_later_every_day(small_city):
    today = small_city.promised + timedelta(days=9)

    promised = said_of(small_city.project, today=today)[0]

    assert promised.tone == "late"
    assert "9 days later than first promised by today" in promised.text


@pytest.mark.parametrize(
    ("kind", "says", "tone"),
    [
        (RevisionKind.PAUSED, "has been paused since 2026-11-24: 管线比图纸多。", "waiting"),
        (RevisionKind.CANCELLED, "was cancelled on 2026-11-24: 管线比图纸多。", "waiting"),
        (RevisionKind.ACHIEVED, "was reached on 2026-11-24: 100 days earlier", "reached"),
    ],
)
def test_the_first_sentence_says_when_the_work_stopped_or_was_done(small_city, kind, says, tone):
    say_of(small_city.milestone, kind, TODAY)

    promised = said_of(small_city.project)[0]

    assert says in promised.text
    assert promised.tone == tone


def test_the_second_sentence_counts_moves_and_gives_the_last_reason(small_city):
    move(small_city.milestone, day(120))
    move(small_city.milestone, day(150), after=timedelta(days=2), reason="征地未完成。", code=ReasonCode.LAND)

    moved = said_of(small_city.project)[1]

    assert "The date of “通水” was moved 2 times: 50 days later in all." in moved.text
    assert "The last time was 2026-11-26, because of land: 征地未完成。" in moved.text


def test_reaching_a_milestone_on_another_day_is_not_a_move(small_city):
    say_of(small_city.milestone, RevisionKind.ACHIEVED, day(0))

    assert "No date has been moved" in said_of(small_city.project)[1].text


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (day(99), "due 2027-03-04, in 1 day"),
        (day(100), "due today"),
        (day(101), "was due 2027-03-04, 1 day ago, and nothing has been said since"),
    ],
)
def test_the_third_sentence_says_what_is_next_and_whether_it_is_overdue(small_city, today, says):
    assert says in said_of(small_city.project, today=today)[2].text


def test_a_report_after_the_date_makes_it_overdue_but_not_unreported(small_city):
    report(small_city.project, after=timedelta(days=110), physical=9900)

    following = said_of(small_city.project, today=day(112))[2]

    assert "is not reported as reached" in following.text
    assert following.tone == "late"


def test_what_is_paused_is_not_next(small_city):
    say_of(small_city.milestone, RevisionKind.PAUSED, day(100))

    following = said_of(small_city.project)[2]

    assert "has been paused since 2026-11-24" in following.text
    assert following.tone == "waiting"


def test_the_fourth_sentence_never_takes_what_is_missing_for_zero(small_city):
    report(small_city.project)

    done = said_of(small_city.project)[3]

    assert "How much is built is not stated. How much was spent is not stated." in done.text
    assert "0" not in done.text.replace("2026-11-24", "")


def test_the_fourth_sentence_says_spending_against_the_budget(small_city):
    cost(small_city.project, 20_000_000_00)
    report(small_city.project, physical=4250, spent=5_000_000_00, currency="CNY")

    done = said_of(small_city.project)[3]

    assert "42.5% was built by 2026-11-24. CNY 5 million of CNY 20 million was spent (25%)." in done.text


def test_amounts_in_two_currencies_are_not_compared(small_city):
    cost(small_city.project, 20_000_000_00, "EUR")
    report(small_city.project, spent=5_000_000_00, currency="CNY")

    done = said_of(small_city.project)[3]

    assert "CNY 5 million was spent; the budget is EUR 20 million." in done.text
    assert "%" not in done.text


def test_confirming_that_nothing_changed_ends_the_silence(small_city):
    report(small_city.project, physical=4000)
    later = SILENT_AFTER + timedelta(days=1)
    silent = said_of(small_city.project, today=TODAY + later)[3]
    change(confirm_unchanged, ConfirmUnchanged(project_id=small_city.project), OFFICER, now=NOW + later)

    heard = said_of(small_city.project, today=TODAY + later)[3]

    assert (silent.tone, heard.tone) == ("late", "")
    assert f"Nothing has been reported for {later.days} days" in silent.text


@pytest.mark.parametrize("days", [0, 138, 2000])
def test_nothing_is_shown_as_good_that_is_stale_or_missing(small_city, days):
    tones = {sentence.tone for sentence in said_of(small_city.project, today=TODAY + timedelta(days=days))}

    assert "reached" not in tones


def test_dates_are_shown_no_more_exactly_than_they_were_said(small_city):
    plan(small_city.project, "试运行", date(2027, 8, 15), precision=Precision.MONTH)
    quarterly = plan(small_city.project, "评估", date(2027, 11, 15), precision=Precision.QUARTER)
    move(quarterly, date(2028, 6, 1), precision=Precision.YEAR)

    text = bare(read_project(visit_to(small_city.project)).body_html)

    assert "2027-08" in text
    assert "2027年第4季度" in text
    assert "2027-08-15" not in text
    assert "2027-11-15" not in text
    assert "2028-06" not in text
    assert "约比首次承诺晚" in text


def test_the_chart_and_the_table_beneath_it_say_the_same(small_city):
    move(small_city.milestone, day(140))
    reached = plan(small_city.project, "开工", day(-20))
    say_of(reached, RevisionKind.ACHIEVED, day(-5))
    html = bare(read_project(visit_to(small_city.project)).body_html)

    rows, figure = chart_of(small_city.project)
    marks = {trace["name"]: trace["x"] for trace in figure["data"] if trace["mode"] == "markers"}

    assert marks == {
        "首次承诺": [str(day(-20)), str(day(100))],
        "目前预计": [str(day(140))],
        "达成": [str(day(-5))],
    }
    assert all(one in html for dates in marks.values() for one in dates)
    assert all(row.words in chart_alt(rows, today=TODAY, language="zh") for row in rows)


def test_marks_of_different_meaning_have_different_shapes(small_city):
    for number, kind in enumerate((RevisionKind.ACHIEVED, RevisionKind.PAUSED, RevisionKind.CANCELLED)):
        say_of(plan(small_city.project, f"节点{number}", day(-1)), kind, day(-1))
    plan(small_city.project, "逾期", day(-3))

    _, figure = chart_of(small_city.project)
    symbols = {trace["name"]: trace["marker"]["symbol"] for trace in figure["data"] if trace["mode"] == "markers"}

    assert set(symbols) == {"首次承诺", "目前预计", "逾期", "达成", "暂停", "取消"}
    assert len(set(symbols.values()) - {symbols["目前预计"]}) == 4


def test_titles_are_wrapped_and_never_cut(small_city):
    long = "越江隧道与两岸接线道路主体结构工程" * 12
    plan(small_city.project, long, day(50))

    _, figure = chart_of(small_city.project)
    shown = [note["text"].split("<br>") for note in figure["layout"]["annotations"]]

    assert long in ["".join(lines) for lines in shown]
    assert max(len(line) for lines in shown for line in lines) <= 22


@pytest.mark.parametrize("hostile", [HOSTILE, "<b>bold</b><br>", "a" * 300, "$\\alpha$"])
def test_titles_of_milestones_stay_text_in_the_chart(small_city, hostile):
    plan(small_city.project, hostile, day(5))

    _, figure = chart_of(small_city.project)
    drawn = json.dumps(figure, ensure_ascii=False)

    assert not re.search(r"<(?!br>)", drawn)
    assert "$" not in drawn


def test_what_people_wrote_stays_text_on_the_page(small_city):
    text = AmendProject(
        project_id=small_city.project,
        language=Language.CHINESE,
        title=HOSTILE,
        description=HOSTILE,
        purpose=HOSTILE,
        phase=Phase.IMPLEMENTATION,
        sector=Sector.WATER,
        region=HOSTILE[:100],
        reason=HOSTILE,
    )
    change(amend_project, text, OFFICER, now=NOW)
    move(plan(small_city.project, HOSTILE, day(5)), day(8), reason=HOSTILE)
    cost(small_city.project, 100)
    cost(small_city.project, 200, reason=HOSTILE, seen=1)
    report(small_city.project, body=HOSTILE)

    readable = read_project(visit_to(small_city.project, language="en"))

    assert readable.title.startswith("<img")
    assert not re.search(r"<(script|/script|img(?! class=\"(wide|narrow)\" src=\"data:image/svg))", readable.body_html)
    assert "&lt;img src=x" in readable.body_html


def test_every_statement_stands_in_the_history_with_its_reason(small_city):
    move(small_city.milestone, day(140), reason="管线比图纸多四条。")
    cost(small_city.project, 10_000_00)
    cost(small_city.project, 12_000_00, reason="材料涨价。", seen=1)

    text = bare(read_project(visit_to(small_city.project)).body_html)

    assert f"{day(100)} 改为 {day(140)}" in text
    for said in ("管线比图纸多四条。", "材料涨价。", "首次公布：“第二水厂”", "位置：点"):
        assert said in text


def test_documents_that_are_withheld_say_on_which_ground(small_city):
    command = PublishDocument(
        project_id=small_city.project,
        type=DocumentType.BUDGET_APPROVAL,
        title="概算批复",
        disclosure=DisclosureClass.WITHHELD,
        ground="《政府信息公开条例》第十五条",
        review_on=day(90),
    )
    change(publish_document, command, OFFICER, now=NOW)

    text = bare(read_project(visit_to(small_city.project)).body_html)

    assert f"不予公开：《政府信息公开条例》第十五条；{day(90)} 重新审查" in text


def test_the_decision_it_carries_out_is_linked(small_city):
    link = LinkProject(project_id=small_city.project, decision_id=small_city.decision)
    change(link_project, link, OFFICER, now=NOW)

    html = read_project(visit_to(small_city.project)).body_html

    assert f'<a href="/decisions/{small_city.decision}" lang="zh-CN">节约用水办法</a>' in html


def test_a_project_of_which_nothing_is_stated_says_so(small_city):
    text = bare(read_project(visit_to(small_city.project, language="en")).body_html)

    assert "No budget is published. That is not the same as 0." in text
    assert "No progress has been reported" in text
    assert "No photos are published." in text


@pytest.mark.parametrize("unknown", ["P-9999", "P-1", "x", "../etc", None, "P-1001'--"])
def test_an_address_without_a_project_is_answered_in_words(small_city, unknown):
    readable = read_project(visit_to(unknown))

    assert readable.status == 404
    assert word("site.not_found", "zh") in readable.body_html


def test_a_page_takes_at_most_twelve_statements_beside_the_look_at_the_head(city):
    move(city.milestone, day(140))
    for number in range(15):
        plan(city.project, f"节点{number}", day(number))
    # Projects are evaluated where they changed, whichever page asks first.
    with reading() as session:
        all_standings(session, visit_to().now)

    with statements() as made:
        read_project(visit_to(city.project))

    assert 0 < len(made) <= 13


@pytest.fixture
def open_project(small_city):
    def run(project=None, **query):
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
        page.run()
        page.switch_page("pages/project.py")
        page.query_params["id"] = project or small_city.project
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return run


def charts(page):
    return page.get("plotly_chart")


def test_the_page_opens_with_its_timeline(small_city, open_project):
    page = open_project()

    assert not page.exception
    assert len(charts(page)) == 1


def test_a_chart_is_loaded_on_the_timeline_alone(small_city, open_project):
    page = open_project(tab="money")

    assert not page.exception
    assert not charts(page)
    assert "未公布预算" in "".join(element.proto.body for element in page.get("html"))


def test_the_map_is_a_page_of_its_own_in_a_frame(small_city, open_project):
    page = open_project(tab="map")

    assert [element.proto.src for element in page.get("iframe")] == [f"/map/project/{small_city.project}"]


def test_an_unknown_project_is_answered_on_the_page_too(open_project):
    page = open_project("P-9999")

    assert not page.exception
    assert not charts(page)
