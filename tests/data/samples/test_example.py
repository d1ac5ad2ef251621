"""The example: what a visitor of a new installation must find in it."""

import json
from collections import Counter
from datetime import timedelta
from importlib.resources import files

import pytest
from shapely.geometry import shape
from sqlalchemy import func
from sqlmodel import select

from data.ledger.verify import verify
from data.queries.comments import find_receipt
from data.queries.decision_view import draft_versions, find_decision, opinions_on
from data.queries.decisions import DecisionFilter, list_decisions
from data.queries.departments import departments
from data.queries.forecast_records import forecast_scores
from data.queries.project_states import ProjectState
from data.queries.projects import ProjectFilter, list_projects
from data.queries.proposals import proposals
from data.queries.record import example_day
from data.queries.standings import all_standings
from data.samples.steps import read_steps
from models.account import Account
from models.base import Record
from models.clock import days_between, local_date
from models.comment import Channel, Comment, Stance, receipt_code
from models.decision import DecisionState, Language
from models.document import DisclosureClass, DocumentRevision, DocumentType, StoredFile
from models.forecast_score import SCORED_FROM
from models.ledger import LedgerEntry
from models.milestone import Milestone, MilestoneRevision, Precision, ReasonCode, RevisionKind
from models.money import BudgetVersion, ProgressReport
from models.opinion import OpinionStance
from models.project import LocationRevision, ProjectDecision
from models.project_contradiction import ProjectContradictionKind
from models.proposal import ProposalState
from models.published_forecast import PublishedForecast
from models.stage import Stage, StageKind, StageRevision
from models.verdict import Verdict, VerdictCode

#: As the file of the decision on the low-emission zone gives it, and README uses it.
RECEIPT_TOKEN = "throughline-example-receipt"
#: The districts, the river and the lake of the city, as GeoJSON: what a map of the example is drawn on.
OUTLINE = files("data.samples") / "example" / "outline.geojson"
#: How the codes of the departments begin that are not of Yunjiang.
GUEST = "guest-"


@pytest.fixture
def session(example):
    """A session that reads the example."""
    with example.kept_in.reading() as session:
        yield session


def decisions(session, example):
    """Return the decisions of Yunjiang: the guests show other procedures."""
    rows = list_decisions(session, DecisionFilter(), now=example.now, size=50).rows
    return [row for row in rows if not row.department_id.startswith(GUEST)]


def departments_of_the_city(session):
    return {code for code in departments(session) if not code.startswith(GUEST)}


def projects(session, example):
    return list_projects(session, ProjectFilter(), today=example.today, size=100).rows


def values(session, column):
    return Counter(session.exec(select(column)).all())


def rows_of_all_tables(example):
    with example.kept_in.reading() as session:
        return {
            table.name: session.exec(select(func.count()).select_from(table)).one()
            for table in Record.metadata.sorted_tables
        }


def test_its_ledger_holds(session, example):
    found = verify(session)

    assert found.faults == []
    assert found.entries > 1300


def test_it_says_of_which_day_it_is(session, example):
    assert example_day(session) == example.today


def test_every_step_is_told_while_it_is_made(example):
    total = len(read_steps(example.today))

    assert example.told == [(done, total) for done in range(1, total + 1)]


def test_its_forecasts_are_marked_as_invented_and_enough_of_them_are_resolved_to_show_a_score(session, example):
    found = forecast_scores(session, now=example.now)

    assert found.is_example
    assert found.all.synthetic == found.all.n + found.all.open
    assert found.all.n >= SCORED_FROM
    assert found.all.brier is not None
    assert len(found.all.bins) > 1


def test_a_forecast_rests_on_nothing_that_was_said_after_it(session):
    published = session.exec(select(PublishedForecast)).all()
    told = dict(
        session.exec(
            select(MilestoneRevision.milestone_id, func.min(MilestoneRevision.recorded_at)).group_by(
                MilestoneRevision.milestone_id
            )
        ).all()
    )

    assert len({one.made_at for one in published}) == 10
    assert all(told[one.milestone_id] < one.made_at for one in published)


def test_one_project_contradicts_itself_on_purpose_about_its_acceptance(session, example):
    standings = all_standings(session, example.now)
    found = [
        one.said.title
        for one in standings.values()
        if any(each.kind is ProjectContradictionKind.DONE_WITHOUT_ACCEPTANCE for each in one.contradictions)
    ]

    assert found == ["路内泊位收费和停车诱导系统"]


def test_every_pause_says_how_it_goes_on(session):
    paused = session.exec(select(MilestoneRevision).where(MilestoneRevision.kind == RevisionKind.PAUSED)).all()

    assert paused
    assert all(one.next_steps and one.resume_on for one in paused)


def test_it_has_at_least_six_departments(session, example):
    assert len(departments_of_the_city(session)) >= 6
    assert {row.department_id for row in projects(session, example)} == departments_of_the_city(session)


def test_it_has_twelve_decisions_that_stand_everywhere(session, example):
    found = decisions(session, example)

    assert len(found) == 12
    assert {row.state for row in found} == set(DecisionState)


def test_guests_say_that_they_are_fictional_and_come_after_the_city(session, example):
    rows = list_decisions(session, DecisionFilter(), now=example.now, size=50).rows
    guests = [row for row in rows if row.department_id.startswith(GUEST)]
    names = departments(session)

    assert rows[-len(guests) :] == guests
    assert len(guests) == 5
    assert all("fictional" in names[row.department_id].name_en for row in guests)
    assert all("虚构" in names[row.department_id].name_zh for row in guests)


def test_one_decision_closes_within_two_days(session, example):
    soon = [
        row
        for row in decisions(session, example)
        if row.state is DecisionState.OPEN and row.closes_at - example.now < timedelta(days=2)
    ]

    assert [row.title for row in soon] == ["云江市机动车低排放控制区管理规定（草案）"]


def test_one_decision_is_open_for_a_shortened_period_that_is_explained(session, example):
    short = [row for row in decisions(session, example) if row.is_short]

    assert len(short) == 1
    assert days_between(short[0].opens_at, short[0].closes_at) < 30
    assert find_decision(session, short[0].id, now=example.now).period[0].reason


def test_one_decision_is_dropped_after_comments_and_every_comment_is_answered(session, example):
    dropped = [row for row in decisions(session, example) if row.state is DecisionState.DROPPED]

    assert [row.title for row in dropped] == ["云顶山观光索道建设方案"]
    tally = find_decision(session, dropped[0].id, now=example.now).tally
    assert tally.points == tally.answered > 20


def test_one_decision_is_evaluated_against_what_was_expected(session, example):
    evaluated = [row for row in decisions(session, example) if row.state is DecisionState.EVALUATED]

    assert len(evaluated) == 1
    evaluation = find_decision(session, evaluated[0].id, now=example.now).evaluation
    assert evaluation.expected
    assert evaluation.measured


def test_a_decision_changed_its_draft_and_its_outcome_says_why(session, example):
    changed = [row for row in decisions(session, example) if len(draft_versions(session, row.id)) > 1]

    assert len(changed) >= 3
    assert all(find_decision(session, row.id, now=example.now).outcome.reason for row in changed)


def test_experts_disagree_about_one_decision(session, example):
    stances = [{opinion.stance for opinion in opinions_on(session, row.id)} for row in decisions(session, example)]

    assert sum({OpinionStance.FOR, OpinionStance.AGAINST} <= said for said in stances) >= 3


def test_it_has_hundreds_of_comments_in_both_languages_that_came_in_many_ways(session, example):
    languages = values(session, Comment.language)

    assert languages[Language.CHINESE] > 300
    assert languages[Language.ENGLISH] > 30
    assert set(values(session, Comment.stance)) == set(Stance)
    assert {Channel.WEB, Channel.PAPER, Channel.PHONE, Channel.HEARING} <= set(values(session, Comment.channel))
    assert set(values(session, Verdict.code)) == set(VerdictCode)


def test_every_stage_and_every_kind_of_statement_about_one_occurs(session, example):
    assert set(values(session, StageRevision.stage)) >= set(Stage)
    assert set(values(session, StageRevision.kind)) == set(StageKind)


def test_it_has_forty_projects_that_stand_everywhere(session, example):
    found = projects(session, example)

    assert len(found) == 40
    assert {row.state for row in found} == set(ProjectState) - {ProjectState.UNKNOWN}
    assert Counter(row.language for row in found)[Language.ENGLISH] == 9
    assert sum(row.next_due is not None and row.next_due < example.today for row in found) >= 5


def test_its_projects_are_points_lines_and_areas_of_the_city(session, example):
    located = session.exec(select(LocationRevision)).all()

    assert {location.geometry["type"] for location in located} >= {"Point", "LineString", "Polygon"}
    assert all(119.2 <= row.longitude <= 119.9 and 29.9 <= row.latitude <= 30.41 for row in located)
    assert max(location.number for location in located) == 2


def test_every_kind_of_slip_occurs_with_every_reason(session, example):
    assert set(values(session, MilestoneRevision.reason_code)) == {None, *ReasonCode}
    assert set(values(session, MilestoneRevision.kind)) == set(RevisionKind)
    assert {Precision.DAY, Precision.MONTH, Precision.QUARTER} <= set(values(session, MilestoneRevision.precision))


def test_projects_have_several_milestones_and_one_that_completes_them(session, example):
    milestones = session.exec(select(Milestone)).all()

    assert min(Counter(row.project_id for row in milestones).values()) >= 2
    assert Counter(row.project_id for row in milestones if row.completes) == dict.fromkeys(
        {row.project_id for row in milestones}, 1
    )


def test_budgets_change_with_a_reason(session, example):
    changed = session.exec(select(BudgetVersion).where(BudgetVersion.number > 1)).all()

    assert len(changed) > 20
    assert all(budget.reason for budget in changed)


def test_progress_is_reported_confirmed_and_shown_in_pictures(session, example):
    assert values(session, ProgressReport.unchanged)[False] > 40
    assert values(session, ProgressReport.unchanged)[True] > 5
    pictures = session.exec(
        select(StoredFile.media_type, DocumentRevision.alt)
        .join(DocumentRevision)
        .where(DocumentRevision.type == DocumentType.ILLUSTRATION)
    ).all()
    assert len(pictures) >= 8
    assert all(media_type == "image/png" and alt for media_type, alt in pictures)


def test_documents_are_public_withheld_on_a_ground_or_not_yet_due(session, example):
    assert set(values(session, DocumentRevision.disclosure)) == set(DisclosureClass)


def test_projects_carry_decisions_out(session, example):
    linked = {row.decision_id for row in session.exec(select(ProjectDecision))}

    assert linked == {row.id for row in decisions(session, example)}


def test_nothing_lies_in_the_future_but_promises(session, example):
    assert max(row.recorded_at for row in session.exec(select(MilestoneRevision))) <= example.now
    assert max(row.received_at for row in session.exec(select(Comment))) <= example.now
    last = session.exec(select(LedgerEntry.body).order_by(LedgerEntry.idx.desc()).limit(1)).one()
    assert json.loads(last)["time"] <= example.now.isoformat().replace("+00:00", "Z")


def test_it_is_alive_something_happened_in_the_last_two_days(session, example):
    said = session.exec(select(func.max(MilestoneRevision.recorded_at))).one()
    came = session.exec(select(func.max(Comment.received_at))).one()

    assert (example.today - local_date(said)).days <= 2
    assert (example.today - local_date(came)).days <= 1


def test_a_comment_with_a_known_receipt_can_be_looked_up(session, example):
    receipt = find_receipt(session, receipt_code(RECEIPT_TOKEN))

    assert receipt.comment.body.startswith("住在文昌巷口")
    assert receipt.comment.name == "朱**"


def test_everybody_has_an_account(session, example):
    found = {(account.role, account.department_id) for account in session.exec(select(Account))}

    assert found >= {(role, code) for role in ("planner", "officer") for code in departments_of_the_city(session)}
    assert {role for role, _ in found} >= {"administrator", "auditor"}


def test_another_day_has_the_same_example_in_the_other_database(sqlite_example, postgresql_example):
    years = {"counter"}  # Decisions are counted by year, and the days lie differently in it.

    here, there = rows_of_all_tables(sqlite_example), rows_of_all_tables(postgresql_example)

    assert {name for name in here if here[name] != there[name]} <= years


def test_the_outline_of_the_city_is_sound(example):
    features = json.loads(OUTLINE.read_text("utf-8"))["features"]

    assert Counter(feature["properties"]["kind"] for feature in features) == {"district": 5, "river": 1, "lake": 1}
    assert all(shape(feature["geometry"]).is_valid for feature in features)
    assert all(feature["properties"]["name_zh"] and feature["properties"]["name_en"] for feature in features)


def test_every_project_lies_in_the_district_that_it_names(session, example):
    features = json.loads(OUTLINE.read_text("utf-8"))["features"]
    districts = {
        feature["properties"]["name_zh"]: shape(feature["geometry"])
        for feature in features
        if feature["properties"]["kind"] == "district"
    }
    where = {row.project_id: shape(row.geometry) for row in session.exec(select(LocationRevision))}

    elsewhere = [
        row.title
        for row in projects(session, example)
        if row.region in districts and not districts[row.region].intersects(where[row.id])
    ]

    assert elsewhere == []


def test_one_department_needs_a_second_person_and_has_a_change_that_waits_and_one_that_is_scheduled(session, example):
    named = departments(session)
    (strict,) = [code for code, one in named.items() if one.needs_second_person]

    waiting, scheduled = (
        proposals(session, strict, state, now=example.now).rows
        for state in (ProposalState.WAITING, ProposalState.SCHEDULED)
    )

    assert [len(one.statements) for one in (*waiting, *scheduled)] == [1, 1]
    assert all(one.proposed_by for one in (*waiting, *scheduled))
    assert scheduled[0].publish_at > example.now
    assert not any(one.is_overtaken for one in (*waiting, *scheduled))
