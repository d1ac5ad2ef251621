"""What is to be done next: what is late first, then what nothing else has to come before."""

import pytest

from models.duty_item import ItemState
from models.next_step import next_steps
from tests.models.procedure.facts import docket, document, draft, evaluated, period
from tests.models.procedure.test_whole_dockets import RUN_WELL


def steps(procedure, facts, day):
    return [item.key for item in next_steps(evaluated(procedure, (), docket(*facts), day))]


def test_after_the_announcement_the_draft_is_next():
    assert steps("cn-713", (), "2026-01-06") == ["stage:drafting"]


def test_after_the_draft_its_explanation_comes_before_the_period_it_explains():
    found = steps("cn-713", (draft("2026-01-10"),), "2026-01-11")

    assert found[0] == "document:participation:draft_explanation"
    assert found.index("document:participation:draft_explanation") < found.index("window:participation")


def test_a_period_that_runs_asks_for_nothing():
    facts = (draft("2026-01-10"), document("draft_explanation", "2026-01-10"), period("2026-01-12", "2026-02-20"))

    assert "window:participation" not in steps("cn-713", facts, "2026-01-20")


def test_what_is_late_comes_first():
    facts = (draft("2026-01-10"), period("2026-01-12", "2026-02-20"))

    found = evaluated("cn-713", (), docket(*facts), "2026-01-20")

    assert next_steps(found)[0].key == "document:participation:draft_explanation"
    assert next_steps(found)[0].state is ItemState.MISSING


@pytest.mark.parametrize("procedure", sorted(RUN_WELL))
def test_a_step_is_never_what_is_settled_and_none_comes_twice(procedure):
    for day in ("2026-01-10", "2026-03-11", "2026-07-01", "2027-06-01"):
        found = next_steps(evaluated(procedure, (), docket(*RUN_WELL[procedure]), day))

        assert not [item.key for item in found if item.is_settled]
        assert len(found) == len({item.key for item in found})
