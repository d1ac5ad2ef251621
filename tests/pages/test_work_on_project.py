"""Keeping a project true: what officers type is published once, or refused in words and still there."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.database import reading
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.queries.documents import documents_of
from data.writer import change
from models.actor import Role
from models.clock import local_date, utc_now
from models.document import DisclosureClass
from models.exceptions import InvalidValueError
from models.milestone import Precision, ReasonCode, RevisionKind
from models.project import Phase
from pages.components.plain_words import drawn_as_text
from pages.forms.project_amounts import AmountFault, smallest_units
from pages.forms.project_choices import distinct_names
from pages.forms.project_dates import last_day
from pages.forms.project_place import PlaceFault, geometry_of
from tests.conftest import OFFICER
from tests.pages.officer import messages, open_page, press, project_of, said, shown, signed_in

TODAY = local_date(utc_now())
LATER = date(2099, 5, 20)


@pytest.fixture
def token(small_city):
    return signed_in()


@pytest.fixture
def milestones(small_city, token):
    """The page of the milestone, as its officer has opened it."""
    return open_page("work_on_project", token, id=small_city.project, milestone=small_city.milestone)


def field(city, name, *, turn=0, prefix="field"):
    return f"{prefix}_milestone_{city.milestone}_{turn}_{name}"


def fill(app, city, *, day=LATER, code=ReasonCode.LAND, reason="征地协议晚签两个月。", kind=RevisionKind.REFORECAST):
    if day is not None:
        app.date_input(key=field(city, "date")).set_value(day)
    if code is not None:
        app.selectbox(key=field(city, f"code_{kind}")).set_value(code)
    app.text_area(key=field(city, "reason", prefix="draft")).set_value(reason)
    if kind is RevisionKind.PAUSED:
        app.text_area(key=field(city, "next_steps", prefix="draft")).set_value("协调征地。")
        app.date_input(key=field(city, "resume_on")).set_value(LATER)


def choose(app, city, kind):
    app.radio(key=field(city, "act")).set_value(kind).run()


def statements(city):
    return [(one.number, one.kind, one.due_date) for one in project_of(city).milestones[0].revisions]


def test_moving_a_date_without_a_reason_is_explained_and_what_was_typed_stays(milestones, small_city):
    fill(milestones, small_city, code=None, reason="")

    press(milestones, "work_project.publish")

    assert messages(milestones) == ([said("errors.reason_missing")], [])
    assert milestones.date_input(key=field(small_city, "date")).value == LATER
    assert len(statements(small_city)) == 1


def test_a_moved_date_is_published_once_and_the_old_promise_stands_beside_it(milestones, small_city):
    fill(milestones, small_city)

    press(milestones, "work_project.publish")

    assert messages(milestones) == ([], [said("work_project.done.reforecast")])
    assert statements(small_city) == [
        (1, RevisionKind.BASELINE, small_city.promised),
        (2, RevisionKind.REFORECAST, LATER),
    ]
    assert f"◇ {small_city.promised}" in shown(milestones)
    assert str(LATER) in shown(milestones)


def test_the_next_form_is_empty_and_follows_the_new_statement(milestones, small_city):
    fill(milestones, small_city)
    press(milestones, "work_project.publish")

    assert milestones.text_area(key=field(small_city, "reason", turn=1, prefix="draft")).value == ""
    assert milestones.date_input(key=field(small_city, "date", turn=1)).value == LATER


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (RevisionKind.PAUSED, None),
        (RevisionKind.CANCELLED, None),
        (RevisionKind.CORRECTION, LATER),
    ],
)
def test_it_is_paused_given_up_or_corrected_with_a_reason(milestones, small_city, kind, day):
    choose(milestones, small_city, kind)
    fill(milestones, small_city, day=day, kind=kind)

    press(milestones, "work_project.publish")

    assert messages(milestones) == ([], [said(f"work_project.done.{kind}")])
    assert statements(small_city)[-1] == (2, kind, day or small_city.promised)


def test_it_is_reached_today_without_a_reason(milestones, small_city):
    choose(milestones, small_city, RevisionKind.ACHIEVED)

    press(milestones, "work_project.publish")

    assert statements(small_city)[-1] == (2, RevisionKind.ACHIEVED, TODAY)
    assert milestones.radio[0].options == [said("work_project.act.correction")]


def test_it_cannot_be_reached_tomorrow(milestones, small_city):
    choose(milestones, small_city, RevisionKind.ACHIEVED)
    milestones.date_input(key=field(small_city, "reached")).set_value(TODAY + timedelta(days=1))

    press(milestones, "work_project.publish")

    assert messages(milestones)[0] == [said("errors.future_event", day=str(TODAY + timedelta(days=1)))]
    assert len(statements(small_city)) == 1


def test_the_second_of_two_officers_sees_both_versions_and_can_send_again(milestones, small_city):
    fill(milestones, small_city)
    first = ReviseMilestone(
        milestone_id=small_city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=date(2098, 1, 1),
        reason_code=ReasonCode.WEATHER,
        reason="连降暴雨。",
        seen=1,
    )
    change(revise_milestone, first, OFFICER)

    press(milestones, "work_project.publish")

    assert "2098-01-01" in messages(milestones)[0][0]
    assert all(
        text in shown(milestones) for text in (str(small_city.promised), "2098-01-01", str(LATER), "连降暴雨。")
    )
    assert milestones.text_area(key=field(small_city, "reason", prefix="draft")).value == "征地协议晚签两个月。"
    press(milestones, "work_project.publish")
    assert [day for _, _, day in statements(small_city)] == [small_city.promised, date(2098, 1, 1), LATER]


def test_another_date_is_promised_for_a_month_by_its_last_day(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project)
    plan = f"plan_{small_city.project}_0"
    app.text_input(key=f"draft_{plan}_title").set_value("管网贯通")
    app.date_input(key=f"field_{plan}_date").set_value(date(2098, 2, 3))
    app.selectbox(key=f"field_{plan}_precision").set_value(Precision.MONTH)

    press(app, "work_project.promise")

    new = project_of(small_city).milestones[-1]
    assert (new.title, new.baseline.due_date, new.baseline.precision) == (
        "管网贯通",
        date(2098, 2, 28),
        Precision.MONTH,
    )


def test_one_click_confirms_that_nothing_changed(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="progress")

    press(app, "work_project.progress.confirm")

    assert messages(app) == ([], [said("work_project.done.confirmed")])
    (report,) = project_of(small_city).reports
    assert (report.unchanged, report.period_end) == (True, TODAY)


def test_a_report_keeps_what_is_not_stated_apart_from_zero(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="progress")
    app.number_input(key=f"field_progress_{small_city.project}_0_physical").set_value(0.0)

    press(app, "work_project.publish")

    (report,) = project_of(small_city).reports
    assert (report.physical, report.spent, report.currency) == (0, None, None)


def test_a_report_that_says_nothing_is_refused(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="progress")

    press(app, "work_project.publish")

    assert messages(app)[0] == [said("work_project.progress.nothing")]
    assert not project_of(small_city).reports


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1,234.5", 123_450), ("12 万", 12_000_000), ("1.5亿", 15_000_000_000), ("0", 0), ("１２", None)],
)
def test_an_amount_is_kept_in_whole_fen_or_refused(small_city, token, typed, fen):
    app = open_page("work_on_project", token, id=small_city.project, tab="money")
    app.text_input(key=f"draft_money_{small_city.project}_0_amount").set_value(typed)

    press(app, "work_project.publish")

    assert [one.amount for one in project_of(small_city).budgets] == ([] if fen is None else [fen])


@pytest.mark.parametrize(
    ("typed", "currency", "reason"),
    [
        ("", "CNY", "empty"),
        ("  ", "CNY", "empty"),
        ("1.234,5", "CNY", "unclear"),
        ("1,23", "CNY", "unclear"),
        ("12,34,567", "CNY", "unclear"),
        ("1e9", "CNY", "unclear"),
        ("约 500 万", "CNY", "unclear"),
        ("=1+1", "CNY", "unclear"),
        ("NaN", "CNY", "unclear"),
        ("-5", "CNY", "negative"),
        ("1.005", "CNY", "too_fine"),
        ("1.5", "JPY", "too_fine"),
        ("90071992547409.92", "CNY", "too_large"),
        ("5", "元", "currency"),
        ("5", "", "currency"),
    ],
)
def test_what_could_be_read_in_two_ways_is_never_guessed(typed, currency, reason):
    with pytest.raises(AmountFault) as fault:
        smallest_units(typed, currency)
    assert fault.value.reason == reason
    assert said(f"work_project.money.fault.{reason}")


@given(fen=st.integers(0, 2**53 - 1))
def test_an_amount_that_is_written_out_is_read_back(fen):
    assert smallest_units(f"{Decimal(fen) / 100:,.2f}", "CNY") == fen


def test_a_refused_amount_stays_in_its_field(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="money")
    key = f"draft_money_{small_city.project}_0_amount"
    app.text_input(key=key).set_value("1.234,5")

    press(app, "work_project.publish")

    assert messages(app)[0] == [said("work_project.money.fault.unclear")]
    assert app.text_input(key=key).value == "1.234,5"


def test_a_place_is_published_as_geojson_with_a_reason(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="place")
    form = f"place_{small_city.project}_0"
    app.radio(key=f"field_{form}_place").set_value("geojson").run()
    feature = '{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[119.5, 30.2], [119.6, 30.3]]}}'
    app.text_area(key=f"draft_{form}_geojson").set_value(feature)
    press(app, "work_project.publish")
    assert messages(app)[0] == [said("errors.reason_missing")]

    app.text_area(key=f"draft_{form}_reason").set_value("改线。")
    press(app, "work_project.publish")

    assert [one.geometry["type"] for one in project_of(small_city).locations] == ["Point", "LineString"]


@pytest.mark.parametrize(
    ("how", "typed", "fault"),
    [
        ("point", ("119.5", "", b""), "half"),
        ("point", ("30.2", "119.5", b""), "swapped"),
        ("point", ("东经", "北纬", b""), "not_a_number"),
        ("point", ("nan", "inf", b""), "not_a_number"),
        ("geojson", ("{", "", b""), "not_json"),
        ("geojson", ("[" * 100_000, "", b""), "not_json"),
        ("geojson", ("", "", b"\xff\xfe"), "not_json"),
        ("geojson", ('{"type": "FeatureCollection", "features": []}', "", b""), "several"),
        ("geojson", ("", "", b" " * (2 * 1024 * 1024 + 1)), "too_large"),
    ],
)
def test_what_is_no_place_is_named(how, typed, fault):
    with pytest.raises(PlaceFault, match=fault):
        geometry_of(how, typed)
    assert said(f"work_project.place.fault.{fault}")


def test_a_place_off_the_earth_is_refused_by_the_record():
    with pytest.raises(InvalidValueError):
        geometry_of("geojson", ('{"type": "Point", "coordinates": [500, 30]}', "", b""))


def test_the_description_changes_with_a_reason_only_and_what_was_typed_stays(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="text")
    form = f"text_{small_city.project}_0"
    app.selectbox(key=f"field_{form}_phase").set_value(Phase.COMPLETION)
    app.text_input(key=f"draft_{form}_title").set_value("第二水厂（扩建）")
    press(app, "work_project.publish")
    assert messages(app)[0] == [said("errors.reason_missing")]
    assert app.text_input(key=f"draft_{form}_title").value == "第二水厂（扩建）"

    app.text_area(key=f"draft_{form}_reason").set_value("增加一条线。")
    press(app, "work_project.publish")

    revisions = project_of(small_city).revisions
    assert [(one.title, one.phase) for one in revisions] == [
        ("第二水厂", Phase.IMPLEMENTATION),
        ("第二水厂（扩建）", Phase.COMPLETION),
    ]


def documents(city):
    with reading() as session:
        return documents_of(session, project_id=city.project)


def test_a_document_is_uploaded(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="documents")
    form = f"document_{small_city.project}_0_0"
    app.text_input(key=f"draft_{form}_title").set_value("施工方案")
    app.file_uploader(key=f"field_{form}_file").upload("plan.pdf", b"%PDF-1.7 %%EOF", "application/pdf")

    press(app, "work_project.publish")

    assert [(one.title, one.media_type) for one in documents(small_city)] == [("施工方案", "application/pdf")]


def test_a_hostile_upload_ends_in_a_sentence_and_the_title_stays(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="documents")
    form = f"document_{small_city.project}_0_0"
    app.text_input(key=f"draft_{form}_title").set_value("施工方案")
    app.file_uploader(key=f"field_{form}_file").upload("plan.pdf", b"MZ\x90\x00", "application/pdf")

    press(app, "work_project.publish")

    assert "plan.pdf" in messages(app)[0][0].replace("\\", "")
    assert app.text_input(key=f"draft_{form}_title").value == "施工方案"
    assert documents(small_city) == []


def test_a_withheld_document_needs_its_ground_and_a_day_of_review(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="documents")
    form = f"document_{small_city.project}_0_0"
    app.radio(key=f"field_{form}_disclosure").set_value(DisclosureClass.WITHHELD).run()
    app.text_input(key=f"draft_{form}_title").set_value("地勘报告")
    press(app, "work_project.publish")
    assert messages(app)[0] == [said("work_project.documents.ground_missing")]
    app.text_area(key=f"draft_{form}_ground").set_value("涉及管网安全，第十四条。")
    press(app, "work_project.publish")
    assert messages(app)[0] == [said("work.form.day_missing")]

    app.date_input(key=f"field_{form}_review_on").set_value(LATER)
    press(app, "work_project.publish")

    (kept,) = documents(small_city)
    assert (kept.disclosure, kept.ground, kept.review_on) == (
        DisclosureClass.WITHHELD,
        "涉及管网安全，第十四条。",
        LATER,
    )


def test_a_project_is_linked_to_a_decision_of_its_department(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, tab="decisions")
    app.selectbox(key=f"field_decision_{small_city.project}_0_decision").set_value(small_city.decision)

    press(app, "work_project.decisions.link")

    assert [one.decision_id for one in project_of(small_city).decisions] == [small_city.decision]


def test_an_officer_of_another_department_is_told_whose_it_is_and_has_no_form(small_city):
    app = open_page(
        "work_on_project", signed_in(department="parks"), id=small_city.project, milestone=small_city.milestone
    )

    assert messages(app)[0] == [said("work_project.not_own", owner="水务局")]
    assert not app.button
    assert not app.text_area


@pytest.mark.parametrize("page", ["work_on_project", "publish_project", "import_projects"])
@pytest.mark.parametrize("role", [None, Role.PLANNER, Role.AUDITOR])
def test_whoever_is_no_officer_is_told_so_by_direct_address_and_has_no_form(small_city, role, page):
    token = signed_in(role, None if role is Role.AUDITOR else "water") if role else None

    app = open_page(page, token, id=small_city.project)

    assert app.title[0].value == said("site.not_yours")
    assert not app.button
    assert not app.file_uploader


@pytest.mark.parametrize("identifier", ["P-9999", "", "'; DROP TABLE project; --", "<b>x</b>", "![](http://x)"])
def test_an_unknown_project_is_said_to_be_unknown_as_text(small_city, token, identifier):
    app = open_page("work_on_project", token, id=identifier)

    shown_words = app.error[0].value
    assert "![](" not in shown_words
    assert said("work_project.unknown", id="")[:4] in shown_words.replace("\\", "")


def test_an_unknown_milestone_or_tab_in_the_address_opens_the_first(small_city, token):
    app = open_page("work_on_project", token, id=small_city.project, milestone="999", tab="nonsense")

    assert not app.error
    assert "通水" in shown(app)


def test_a_project_is_published_with_its_first_promise_and_its_number_elsewhere(small_city, token):
    app = open_page("publish_project", token)
    form = "publish_project_0"
    app.text_input(key=f"draft_{form}_title").set_value("东湖泵站")
    app.text_input(key=f"draft_{form}_latitude").set_value("30.2")
    app.text_input(key=f"draft_{form}_longitude").set_value("119.5")
    app.text_input(key=f"draft_{form}_title_0").set_value("通水")
    app.date_input(key=f"field_{form}_date_0").set_value(LATER)
    app.checkbox(key=f"field_{form}_completes_0").set_value(True)
    app.text_input(key=f"draft_{form}_scheme").set_value("CN-GBT40058")
    app.text_input(key=f"draft_{form}_value").set_value("2603-330100-04-01-123453")

    press(app, "work_project.publish_project")

    small_city.project = "P-1002"
    view = project_of(small_city)
    assert view.said.title == "东湖泵站"
    assert [(one.title, one.completes, one.baseline.due_date) for one in view.milestones] == [("通水", True, LATER)]
    assert [(one.scheme, one.value) for one in view.identifiers] == [("CN-GBT40058", "2603-330100-04-01-123453")]
    assert (view.summary.latitude, view.summary.longitude) == (30.2, 119.5)
    assert messages(app)[1] == [said("work_project.done.published", id="P-1002")]


@pytest.mark.parametrize(
    ("field_key", "typed", "words"),
    [
        ("draft_publish_project_0_latitude", "30.2", "work_project.place.fault.half"),
        ("draft_publish_project_0_value", "2026-0001", "work_project.identifier_half"),
        ("draft_publish_project_0_title_0", "通水", "work_project.date_missing"),
    ],
)
def test_a_project_that_is_half_filled_in_is_not_published_and_what_was_typed_stays(
    small_city, token, field_key, typed, words
):
    app = open_page("publish_project", token)
    app.text_input(key="draft_publish_project_0_title").set_value("东湖泵站")
    app.text_input(key=field_key).set_value(typed)

    press(app, "work_project.publish_project")

    assert messages(app)[0] == [said(words)]
    assert app.text_input(key=field_key).value == typed
    small_city.project = "P-1002"
    assert project_of(small_city) is None


@pytest.mark.parametrize(
    ("precision", "day"),
    [
        (Precision.DAY, date(2028, 2, 3)),
        (Precision.MONTH, date(2028, 2, 29)),
        (Precision.QUARTER, date(2028, 3, 31)),
        (Precision.YEAR, date(2028, 12, 31)),
    ],
)
def test_what_is_promised_for_a_time_is_promised_by_its_last_day(precision, day):
    assert last_day(date(2028, 2, 3), precision) == day


def test_two_things_of_one_name_are_told_apart():
    assert distinct_names({1: "照片", 2: "照片", 3: "图纸"}) == {1: "照片 (1)", 2: "照片 (2)", 3: "图纸"}


def test_words_of_people_are_no_markdown():
    assert drawn_as_text("![x](http://e)\n$a$ :red[b]") == r"\!\[x\]\(http\:\/\/e\) \$a\$ \:red\[b\]"
