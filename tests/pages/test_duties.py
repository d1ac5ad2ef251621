"""What pages say of duties: the checklist, the rail, what follows, who is late."""

import re
from datetime import timedelta
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from models.duty_item import ItemState
from models.procedure_terms import Words
from pages.readable import Visit
from pages.readable.decision import read_decision
from pages.readable.decision_duties import duties_html, following, late, stage_parts
from pages.readable.decision_rail import StepState, rail
from pages.readable.duty_words import DutyWords
from tests.models.procedure.facts import (
    CN,
    EU,
    JP,
    UK,
    act,
    docket,
    document,
    draft,
    evaluated,
    flag,
    hearing,
    noon,
    notice,
    outcome,
    period,
    stage,
    tally,
    waiver,
)
from tests.models.procedure.test_whole_dockets import RUN_WELL
from tests.pages.office import ROOT
from tests.pages.promises import HOSTILE

LANGUAGES = ("zh", "en")


def written(evaluation, language="en", documents=()):
    visit = Visit(language=language, now=noon("2026-07-01"), id="2026-0001")
    return duties_html(
        evaluation, documents, departments={}, decision_id="2026-0001", content_language="zh", visit=visit
    )


def text_of(html):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)))


def opened(*facts, first="2026-03-02", last="2026-04-01", on="2026-03-10", overlays=(), **more):
    told = docket(
        draft("2026-03-01"), document("draft_explanation", "2026-03-01"), period(first, last, **more), *facts
    )
    return evaluated(CN, overlays, told, on)


def steps(evaluation):
    return {step.key: step for column in rail(evaluation, {}) for step in column}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("procedure", sorted(RUN_WELL))
def test_the_checklist_of_every_procedure_is_told_in_both_languages_with_its_articles(procedure, language):
    found = evaluated(procedure, (), docket(*RUN_WELL[procedure]), "2026-07-01")

    html = written(found, language)

    assert text_of(html).count(getattr(found.template.title, language)) >= 1
    assert all(DutyWords(found.template, language).cite(item.articles) in unescape(html) for item in found.items)
    assert "None" not in text_of(html)


def test_a_short_period_without_a_reason_is_missing_and_one_with_a_reason_is_waived_and_listed():
    without = text_of(written(opened(last="2026-03-09")))
    with_reason = text_of(written(opened(last="2026-03-09", reason="Floods")))

    assert "missing · comment period 23 days short of the minimum" in without
    assert "No such reason was published." in without
    assert "waived, with a published reason · comment period" in with_reason
    assert "Public participation · comment period: Floods" in with_reason


def test_the_arithmetic_is_printed_day_by_day_with_the_exact_instant():
    html = written(opened())

    assert '2026-04-01 Wed</th><td class="number">30</td><td>counted' in html
    assert '2026-03-02 Mon</th><td class="number">–</td><td>the first day is not counted' in html
    assert "At least until Wed 1 Apr 2026 23:59 (Beijing time, UTC+8)" in text_of(html)


def test_a_day_beyond_the_published_holidays_is_said_to_be_provisional():
    found = opened(first="2027-02-01", last="2027-04-01", on="2027-02-10", said="2026-12-01")

    assert "provisional" in text_of(written(found))


def test_where_no_law_sets_a_deadline_the_days_since_it_is_owed_are_told_and_no_date_is_invented():
    found = opened(tally(4, 1, "2026-04-02"), on="2026-05-01")

    text = text_of(written(found))

    assert "Publish what became of the comments: no legal deadline, 30 days since it is owed" in text
    assert found.item("obligation:adoption_published").due is None


def test_a_document_that_came_late_is_told_by_the_share_of_the_time_it_could_be_read():
    told = docket(draft("2026-03-01"), period("2026-03-02", "2026-04-01"), document("draft_explanation", "2026-03-17"))

    text = text_of(written(evaluated(CN, (), told, "2026-03-20")))

    assert re.search(r"explanation of the draft ?2026-03-17 12:00 \(Beijing time, UTC\+8\) ?! 5\d%", text)


def test_dates_that_contradict_stand_at_the_top():
    told = docket(draft("2026-03-01"), period("2026-03-02", "2026-04-01"), outcome("2026-03-20"))

    html = written(evaluated(CN, (), told, "2026-04-05"))

    assert html.index("Decided before the comment period was over.") < html.index('class="figures"')


def test_what_is_withheld_has_its_ground():
    found = opened(flag("stability_risk"), document("risk_assessment", "2026-03-05", withheld="Decree 711, Art. 16"))

    assert "withheld on a ground. Found" in text_of(written(found)) or "Decree 711, Art. 16" in text_of(written(found))


def test_the_rules_are_printed_at_the_foot_with_every_overlay_and_its_source():
    text = text_of(written(opened(overlays=("cn-quzhou", "cn-luan")), "zh"))

    foot = text[text.index("本清单依据的规则") :]
    assert all(words in foot for words in ("cn-713 2019-09-01", "cn-quzhou", "cn-luan", "首日不计入", "民法典第201条"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_words_are_text_wherever_they_stand(language):
    found = opened(
        waiver("publicity:participation:draft_notice", HOSTILE, "2026-03-05", ground=HOSTILE),
        waiver(f"document:{HOSTILE[:20]}:x", HOSTILE, "2026-03-06"),
        document("risk_assessment", "2026-03-05", withheld=HOSTILE),
        flag("stability_risk"),
        last="2026-03-09",
        reason=HOSTILE,
    )

    html = written(found, language)

    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") >= 4


def test_a_decision_without_a_procedure_is_said_to_have_none():
    assert "No procedure was stated" in written(None)


def test_stages_that_run_at_the_same_time_stand_in_one_column():
    found = opened(flag("technical"), flag("stability_risk"), flag("hearing_chosen"))

    columns = [[step.key for step in column] for column in rail(found, {})]

    assert ["participation", "hearing", "expert_review", "risk_assessment"] in columns
    assert ["drafting"] in columns


def test_the_rail_speaks_the_language_of_its_own_procedure():
    found = evaluated(EU, (), docket(*RUN_WELL[EU]), "2026-03-11")

    titles = [step.title for column in rail(found, {}) for step in column]

    assert Words(zh="监管审查委员会审查", en="Regulatory Scrutiny Board") in titles


def test_exactly_one_step_is_current_and_people_come_first():
    found = opened(flag("technical"), stage("expert_review", "started", "2026-03-05", "2026-03-05"))

    current = [step.key for step in steps(found).values() if step.is_current]

    assert current == ["participation"]


def test_a_step_that_moved_keeps_the_dates_it_had_first():
    found = opened(
        stage("legality_review", "baseline", "2026-04-05", "2026-04-10", said="2026-03-02"),
        stage("legality_review", "moved", "2026-04-15", "2026-04-20", said="2026-03-05", reason="Material"),
        on="2026-04-22",
    )

    step = steps(found)["legality_review"]

    assert (step.state, step.is_shifted) == (StepState.OVERDUE, True)
    assert f"{step.planned.first_ends_on}" == "2026-04-10"


def test_a_repeated_round_and_a_gate_that_was_passed_without_are_on_the_rail():
    told = docket(
        draft("2026-03-01"),
        period("2026-03-02", "2026-04-01"),
        period("2026-04-10", "2026-05-11", turn=2),
        outcome("2026-06-01"),
    )

    found = steps(evaluated(CN, (), told, "2026-06-02"))

    assert [item.key for item in found["participation"].rounds] == ["window:participation", "window:participation:2"]
    assert [item.key for item in found["collective_decision"].gates] == [
        "gate:collective_decision:document:legality_opinion"
    ]


def test_what_follows_is_dated_soonest_first_and_does_not_repeat_the_open_period():
    found = opened(
        stage("legality_review", "baseline", "2026-04-05", "2026-04-20", said="2026-03-02"),
        stage("participation", "baseline", "2026-03-02", "2026-04-01", said="2026-03-02"),
        hearing("held", "2026-03-30", said="2026-03-03"),
        flag("hearing_chosen"),
    )

    told = following(found)

    days = [day for day, _ in told if day]
    assert days == sorted(days)
    assert "stage:participation" not in [item.key for _, item in told]
    assert "obligation:hearing_materials" in [item.key for _, item in told]


def test_who_is_late_is_counted_once_though_gates_repeat_it():
    told = docket(draft("2026-03-01"), outcome("2026-06-01"))

    found = late(evaluated(CN, (), told, "2026-06-02"))

    assert found.count == len({item.key for item in (*found.overdue, *found.missing)})
    assert not any(item.key.startswith("gate:") for item in (*found.overdue, *found.missing))


def test_duties_stand_beside_the_stage_that_their_time_is_counted_from():
    found = evaluated(UK, (), docket(*RUN_WELL[UK]), "2026-07-01")

    parts = {part.title.en if part.title else "": [item.key for item in part.items] for part in stage_parts(found)}

    assert "obligation:response_published" in parts["Consultation"]
    assert "obligation:responses_read" in parts["Decision"]


def test_nothing_is_said_twice_and_nothing_is_left_out_of_the_checklist():
    found = evaluated(JP, (), docket(*RUN_WELL[JP]), "2026-07-01")

    shown = [item.key for part in stage_parts(found) for item in part.items]

    assert sorted(shown) == sorted(item.key for item in found.items)


def test_an_act_and_a_display_are_evidence_with_their_day():
    found = opened(
        flag("affects_specific_group"), act("groups_heard", "2026-03-09"), notice("participation", "2026-03-02")
    )

    text = text_of(written(found))

    assert "Shown by act on record 2026-03-09" in text
    assert "Shown by evidence of display 2026-03-02" in text


def test_a_past_day_is_told_as_it_was():
    before = opened(reason="Floods", last="2026-03-09", said="2026-03-02", on=noon("2026-03-02") - timedelta(days=1))

    assert before.item("window:participation").state is ItemState.NOT_YET
    assert "Floods" not in written(before)


def test_the_page_of_a_decision_has_the_checklist_as_a_part_in_both_ways_of_reading(small_city, stopped_clock):
    visit = Visit(language="zh", now=small_city.now, id=small_city.decision, query={"tab": "duties"})
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.run()
    app.switch_page("pages/decision.py")
    app.query_params["id"], app.query_params["tab"] = small_city.decision, "duties"
    app.run()

    drawn = " ".join(element.proto.body for element in app.get("html"))
    html = read_decision(visit).body_html

    assert not app.exception
    for page in (drawn, html):
        assert "本清单依据的规则" in page
        assert "谁逾期了" in page
        assert page.count('aria-current="step"') == 1


def test_who_is_late_and_until_when_stand_above_everything_else(small_city):
    html = read_decision(Visit(language="en", now=small_city.now, id=small_city.decision)).body_html

    box = text_of(html[html.index('class="next"') : html.index("</section>")])
    for words in ("What comments can still change", "Until when you can comment", "Who is late", "water bureau: "):
        assert words in box
