"""The board: what is counted of each department, the cases behind it, the table, and what it costs."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.database import reading
from data.operations.outcomes import PublishOutcome, publish_outcome
from data.operations.periods import OpenPeriod, open_period
from data.operations.procedures import PublishWaiver, publish_waiver
from data.operations.projects import PublishProject, publish_project
from data.queries.board import Figure, board, quarter_start
from data.queries.board_cases import cases
from data.queries.projects import count_late
from data.queries.unreported import count_stale
from data.writer import change
from models.clock import end_of_day, local_date
from models.decision import Language
from models.outcome import OutcomeCode
from models.project import Phase, Sector
from pages.readable import Visit
from pages.readable.accountability import read_accountability
from tests.conftest import OFFICER, PLANNER
from tests.data.feeds.conftest import Machine
from tests.pages.office import ROOT, Office, quick_passwords
from tests.pages.promises import HOSTILE, statements

SAID = {"code": OutcomeCode.ADOPTED, "reason": "综合意见", "decided_by": "市政府"}


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


def found(now):
    with reading() as session:
        rows = {row.department_id: row for row in board(session, now=now).rows}
    return rows["water"]


def counted(figure, now, department="water"):
    with reading() as session:
        return [
            case.decision_id or case.project_id for case in cases(session, figure, department_id=department, now=now)
        ]


def shortened(office, reason):
    decision = office.announce("排水办法")
    period = OpenPeriod(decision_id=decision, last_day=office.today - timedelta(days=1), reason=reason)
    change(open_period, period, PLANNER, now=office.now - timedelta(days=8))
    return decision


def after_closing(office, days):
    return end_of_day(office.last_day) + timedelta(days=days - 1, hours=1)


def page(now, **query):
    return read_accountability(Visit(language="zh", now=now, query=query)).body_html


def test_the_days_of_silence_are_counted_from_the_closing_until_something_is_decided(office):
    now = after_closing(office, 9)
    before = found(now).values[Figure.SILENCE]
    decided = PublishOutcome(decision_id=office.decision, decided_on=local_date(now), **SAID)
    change(publish_outcome, decided, PLANNER, now=now)

    assert (before, found(now).values[Figure.SILENCE]) == (9, None)


def test_a_comment_without_an_answer_is_counted_once_the_period_is_over(office):
    office.comment()

    open_now, closed = found(office.now), found(after_closing(office, 3))

    assert (open_now.values[Figure.UNANSWERED], closed.values[Figure.UNANSWERED]) == (0, 1)
    assert counted(Figure.UNANSWERED, after_closing(office, 3)) == [office.decision]


def test_a_decision_without_what_became_of_the_comments_has_no_published_reasons(office):
    office.comment()
    now = after_closing(office, 3)
    decided = PublishOutcome(decision_id=office.decision, decided_on=local_date(now), **SAID)
    change(publish_outcome, decided, PLANNER, now=now)

    assert counted(Figure.WITHOUT_REASONS, now) == [office.decision]


def test_a_period_that_was_shortened_is_counted_with_its_reason(office):
    decision = shortened(office, "防汛需要")

    assert counted(Figure.SHORT_WITH_REASON, office.now) == [decision]
    assert counted(Figure.SHORT_WITHOUT_REASON, office.now) == []
    assert "防汛需要" in page(office.now, figure="short_with_reason")


def test_every_figure_is_the_number_of_its_cases(office):
    office.comment()
    shortened(office, "防汛需要")
    now = after_closing(office, 5)

    row = found(now)

    for figure in set(Figure) - {Figure.SILENCE, Figure.COMPLETENESS}:
        assert row.values[figure] == len(counted(figure, now)), figure


def test_every_figure_is_a_link_to_its_cases_and_its_rule_is_printed(office):
    office.comment()

    html = page(after_closing(office, 5), department="water", figure="silence")

    assert 'href="/accountability?department=water&amp;figure=silence#cases"' in html
    assert f'href="/decisions/{office.decision}?tab=duties"' in html
    assert "征求意见截止后尚未作出决定的最长天数" in html


def test_what_was_waived_is_not_met(office):
    now = after_closing(office, 5)
    before = found(now).values[Figure.COMPLETENESS]
    waiver = PublishWaiver(decision_id=office.decision, of="publicity:participation:draft_notice", reason="已张贴")
    change(publish_waiver, waiver, PLANNER, now=now)

    assert found(now).values[Figure.COMPLETENESS] == before


def test_a_project_that_nobody_reported_on_is_stale(office):
    command = PublishProject(
        department_id="water",
        language=Language.CHINESE,
        title="水厂",
        phase=Phase.IMPLEMENTATION,
        sector=Sector.WATER,
    )
    project = change(publish_project, command, OFFICER, now=office.now - timedelta(days=40)).key

    assert found(office.now).values[Figure.STALE_PROJECTS] == 1
    assert counted(Figure.STALE_PROJECTS, office.now) == [project]


def test_projects_with_contradictions_are_counted_in_their_record_and_beside_others(office):
    def publish(title, geometry=None):
        command = PublishProject(
            department_id="water",
            language=Language.CHINESE,
            title=title,
            phase=Phase.IMPLEMENTATION,
            sector=Sector.WATER,
            geometry=geometry,
        )
        return change(publish_project, command, OFFICER, now=office.now).key

    publish("水厂")
    swapped = publish("泵站", {"type": "Point", "coordinates": [30.2, 85.0]})

    html = page(office.now, figure="contradictory_projects")

    assert found(office.now).values[Figure.CONTRADICTORY_PROJECTS] == 1
    assert counted(Figure.CONTRADICTORY_PROJECTS, office.now) == [swapped]
    assert counted(Figure.CONTRADICTORY_PROJECTS, office.now, "parks") == []
    assert f'href="/projects/{swapped}?tab=checks"' in html
    assert "记录中有 1 处前后对不上" in html


def test_projects_are_counted_for_all_departments_at_once(office):
    with reading() as session, statements() as late:
        count_late(session, today=office.today)
    with reading() as session, statements() as stale:
        count_stale(session, now=office.now)

    # Each: the version of the record, and the count.
    assert (len(late), len(stale)) == (2, 2)


def test_what_is_compared_is_what_the_record_held_when_the_quarter_began(office):
    decision = office.announce("旧事项", days_ago=200)
    period = OpenPeriod(decision_id=decision, last_day=office.today - timedelta(days=130))
    change(open_period, period, PLANNER, now=office.now - timedelta(days=190))
    began = quarter_start(office.today)

    row = found(office.now)

    assert row.before[Figure.SILENCE] == (began - (office.today - timedelta(days=130))).days
    assert row.values[Figure.SILENCE] == 130


def test_what_an_address_asks_for_and_nobody_understands_is_not_asked_for(office):
    for query in ({"figure": "nonsense"}, {"department": "x' OR 1=1", "figure": "late"}, {"figure": HOSTILE}):
        html = page(office.now, **query)
        assert "<script" not in html
        assert "履责看板" in html


def test_an_empty_record_has_an_empty_board(sqlite_record):
    from models.clock import utc_now  # noqa: PLC0415 - only this test needs no office.

    assert "全部" in page(utc_now()) or "尚未公布" in page(utc_now())


def test_hostile_titles_and_reasons_are_text_and_no_formula(office):
    decision = office.announce(f"=1+1 {HOSTILE}"[:190])
    period = OpenPeriod(decision_id=decision, last_day=office.today - timedelta(days=1), reason=HOSTILE)
    change(open_period, period, PLANNER, now=office.now - timedelta(days=8))
    client = Machine(office.now)

    html = page(office.now, figure="short_with_reason")
    table = client.get("/accountability.csv?figure=short_with_reason")

    assert "<script" not in html
    assert "'=1+1" in table.text
    assert table.headers["Content-Disposition"].count("accountability.csv")


def test_the_table_holds_the_figures_of_the_page(office):
    office.comment()
    now = after_closing(office, 9)
    client = Machine(now)

    lines = [line.split(",") for line in client.get("/accountability.csv").text.lstrip("\ufeff").splitlines()]
    rows = {line[0]: dict(zip(lines[0], line, strict=True)) for line in lines[1:]}

    assert (rows["water"]["silence"], rows["water"]["unanswered"]) == ("9", "1")
    assert rows["parks"]["silence"] == ""
    assert client.get("/accountability.csv?figure=x").status == 400
    assert client.get("/accountability.csv?department=nobody").status == 404


def test_the_board_takes_a_fixed_number_of_statements_and_few_when_nothing_changed(office):
    for number in range(5):
        office.announce(f"事项{number}")
    found(office.now)

    with statements() as again:
        found(office.now)

    assert len(again) <= 4


def test_streamlit_draws_the_board(office):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.run()
    app.switch_page("pages/accountability.py")
    app.run()

    assert not app.exception
    assert "履责看板" in " ".join(element.proto.body for element in app.get("html"))
