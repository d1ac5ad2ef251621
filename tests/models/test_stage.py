"""Stages of a decision: moved only with a reason, finished only when they are."""

from datetime import UTC, date, datetime

import pytest

from models.exceptions import FutureEventError, OrderError, ReasonMissingError
from models.stage import Stage, StageKind, StageState, next_stage_revision, stage_state

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def said(before=(), *, kind=StageKind.BASELINE, starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30), reason=""):
    revision = next_stage_revision(
        before,
        decision_id="2026-0001",
        stage=Stage.PARTICIPATION,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        at=NOW,
    )
    return [*before, revision]


def test_the_first_statement_is_the_baseline_whatever_it_says():
    assert said(kind=StageKind.MOVED)[0].kind is StageKind.BASELINE


def test_dates_move_with_a_reason_and_the_first_ones_stay():
    moved = said(said(), ends_on=date(2026, 12, 10), reason="听证会延期")

    assert [one.number for one in moved] == [1, 2]
    assert moved[0].ends_on == date(2026, 11, 30)
    assert moved[1].kind is StageKind.MOVED


@pytest.mark.parametrize("kind", [StageKind.BASELINE, StageKind.MOVED, StageKind.SKIPPED])
def test_dates_do_not_move_and_no_stage_is_left_out_without_a_reason(kind):
    with pytest.raises(ReasonMissingError):
        said(said(), kind=kind)


def test_a_stage_does_not_end_before_it_starts():
    with pytest.raises(OrderError):
        said(starts_on=date(2026, 12, 1), ends_on=date(2026, 11, 30))


def test_a_stage_is_not_begun_or_finished_on_a_day_to_come():
    with pytest.raises(FutureEventError):
        said(said(), kind=StageKind.STARTED, starts_on=date(2026, 11, 25))
    with pytest.raises(FutureEventError):
        said(said(), kind=StageKind.FINISHED)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 10, 31), StageState.TO_COME),
        (date(2026, 11, 1), StageState.NOW),
        (date(2026, 11, 30), StageState.NOW),
        (date(2026, 12, 1), StageState.OVERDUE),
    ],
)
def test_where_a_stage_stands_follows_from_the_calendar(today, state):
    assert stage_state(said(), today) is state


def test_what_is_finished_is_done_and_what_is_left_out_is_never_overdue():
    finished = said(said(), kind=StageKind.FINISHED, ends_on=date(2026, 11, 20))
    skipped = said(said(), kind=StageKind.SKIPPED, reason="不涉及专业技术问题")

    assert stage_state(finished, date(2027, 1, 1)) is StageState.DONE
    assert stage_state(skipped, date(2027, 1, 1)) is StageState.SKIPPED
