"""
A whole docket in each procedure, told by the operations from the catalogue to the evaluation.

The Chinese one is of Yunjiang, in Chinese; the others are of guests, by whom other jurisdictions are shown.
"""

from datetime import timedelta

import pytest
from sqlmodel import select

from data.queries.decision_view import find_decision
from data.queries.decisions import DecisionFilter, list_decisions
from data.queries.duties import all_duties, docket_of, duties_at
from data.queries.proceedings import effects_of
from data.templates.reading import shelf
from models.catalogue import CatalogueRevision, CatalogueState
from models.clock import local_date
from models.decision import DecisionState, Language
from models.duty_item import ItemState
from models.stage import StageRevision, stages_of

A_WEEK = timedelta(days=7)


@pytest.fixture
def session(example):
    """A session that reads the example."""
    with example.kept_in.reading() as session:
        yield session


@pytest.fixture
def evaluated(session, example):
    """The evaluations of the dockets that were evaluated, by their procedures."""
    asked = DecisionFilter(state=DecisionState.EVALUATED)
    owed = all_duties(session, example.now)
    rows = list_decisions(session, asked, now=example.now, size=50).rows
    return {owed[row.id].template.id: owed[row.id].evaluation for row in rows}


def test_every_procedure_that_is_shipped_has_a_docket_that_was_run_well(evaluated):
    assert evaluated.keys() == shelf().templates.keys()
    for name, evaluation in evaluated.items():
        open_items = [(item.key, item.state, item.why) for item in evaluation.items if not item.is_settled]
        assert open_items == [], name
        assert evaluation.contradictions == (), name
        assert evaluation.completeness == 1, name
        assert evaluation.points == evaluation.points_answered > 0, name


def test_no_docket_was_at_fault_on_its_way(evaluated, session, example):
    for name, evaluation in evaluated.items():
        begun = docket_of(session, evaluation.decision_id).announced_at
        waited, instant = 0, begun + timedelta(hours=12)
        while instant < example.now:
            then = duties_at(session, evaluation.decision_id, instant).evaluation
            assert then.of_state(ItemState.MISSING, ItemState.OVERDUE) == (), (name, instant)
            waited += bool(then.of_state(ItemState.NOT_YET))
            instant += A_WEEK
        assert waited > 10, name


def test_every_docket_begins_in_the_catalogue(evaluated, session):
    started = {
        row.decision_id: row
        for row in session.exec(select(CatalogueRevision).where(CatalogueRevision.state == CatalogueState.STARTED))
    }

    for evaluation in evaluated.values():
        first = session.exec(
            select(CatalogueRevision).where(
                CatalogueRevision.entry_id == started[evaluation.decision_id].entry_id, CatalogueRevision.number == 1
            )
        ).one()
        assert first.recorded_at < docket_of(session, evaluation.decision_id).announced_at


def test_the_stages_of_every_docket_are_those_of_its_procedure_and_some_moved(evaluated, session, example):
    for name, evaluation in evaluated.items():
        said = set(
            session.exec(select(StageRevision.stage).where(StageRevision.decision_id == evaluation.decision_id))
        )
        view = find_decision(session, evaluation.decision_id, now=example.now)
        assert said <= set(stages_of(evaluation.template)), name
        assert len(said) >= 4, name
        assert all(view.stage_title(key) == evaluation.template.by_key[key].title for key in said), name


def test_the_chinese_docket_is_in_chinese_and_the_others_are_in_english(evaluated, session, example):
    languages = {
        name: find_decision(session, evaluation.decision_id, now=example.now).said.language
        for name, evaluation in evaluated.items()
    }

    assert languages.pop("cn-713") is Language.CHINESE
    assert set(languages.values()) == {Language.ENGLISH}


def test_windows_run_side_by_side_after_the_decision_and_in_rounds(evaluated, session):
    periods = {name: docket_of(session, one.decision_id).periods for name, one in evaluated.items()}
    call, consultation, feedback = periods["eu-better-regulation"]
    display, agencies, again = periods["de-baugb"]

    assert call.opens_at < consultation.opens_at < call.closes_at
    assert feedback.stage == "proposal_feedback"
    assert local_date(feedback.opens_at) > evaluated["eu-better-regulation"].item("stage:adoption").evidence.day
    assert display.opens_at < agencies.opens_at < display.closes_at
    assert (again.stage, again.round) == ("display", 2)
    assert [fact.round for fact in periods["uk-gunning"]] == [1, 2]


def test_what_was_promised_was_measured(evaluated, session):
    for name, evaluation in evaluated.items():
        effects = effects_of(session, evaluation.decision_id)
        assert any(effect.is_reached for effect in effects), name
        assert docket_of(session, evaluation.decision_id).evaluations[0].did_assessment is False
