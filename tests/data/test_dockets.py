"""
A whole docket in each procedure, told by the operations from the first notice to the evaluation.

The Chinese one is in the example; the others stand in ``tests/data/dockets``, one file for each procedure.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data.database import database, reading
from data.ledger.verify import verify
from data.queries.duties import all_duties, docket_of, duties_at
from data.queries.proceedings import effects_of
from data.samples import steps
from data.samples.example import replay_example
from data.writer import writer
from models.duty_item import ItemState

DOCKETS = Path(__file__).parent / "dockets"
PROCEDURES = {"de-baugb", "eu-better-regulation", "jp-apa", "uk-gunning", "us-apa"}
AFTER = datetime(2027, 6, 1, 4, tzinfo=UTC)
WHILE_OPEN = datetime(2026, 3, 21, 4, tzinfo=UTC)


@pytest.fixture
def owed(sqlite_record, monkeypatch):
    """What each docket owes in the end, by its procedure."""
    monkeypatch.setattr(steps, "_FILES", DOCKETS)
    replay_example(database(), writer(), today=date(2027, 6, 1), now=AFTER)
    with reading() as session:
        return {found.template.id: found.evaluation for found in all_duties(session, AFTER).values()}


def test_every_procedure_has_a_docket_that_was_run_well(owed):
    assert owed.keys() == PROCEDURES
    for name, evaluation in owed.items():
        open_items = [(item.key, item.state, item.why) for item in evaluation.items if not item.is_settled]
        assert open_items == [], name
        assert evaluation.contradictions == (), name
        assert evaluation.completeness == 1, name
        assert evaluation.points == evaluation.points_answered > 0, name
    with reading() as session:
        assert verify(session).faults == []


def test_no_docket_was_at_fault_on_its_way(owed):
    with reading() as session:
        for name, evaluation in owed.items():
            then = duties_at(session, evaluation.decision_id, WHILE_OPEN).evaluation
            assert then.of_state(ItemState.MISSING, ItemState.OVERDUE) == (), name
            assert then.of_state(ItemState.NOT_YET), name


def test_what_was_promised_was_measured(owed):
    with reading() as session:
        for evaluation in owed.values():
            (effect,) = effects_of(session, evaluation.decision_id)
            assert effect.is_reached
            assert docket_of(session, evaluation.decision_id).evaluations[0].did_assessment is False
