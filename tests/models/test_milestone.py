"""What must hold of a milestone, whatever its department says about it and in whatever order."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.clock import local_date
from models.exceptions import (
    FutureEventError,
    InvalidValueError,
    OrderError,
    ReasonMissingError,
    RecordError,
    RuleError,
)
from models.milestone import (
    Milestone,
    Particulars,
    Precision,
    ReasonCode,
    RevisionKind,
    is_ended,
)
from models.milestone_moves import moves, slippage
from models.milestone_revision import update_due

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = local_date(NOW)

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))
statements = st.lists(
    st.tuples(
        st.sampled_from(RevisionKind),
        days,
        st.one_of(st.none(), st.sampled_from(ReasonCode)),
        st.sampled_from(["", " ", "征地未完成。", "管线迁改比图纸所示多出三处，需要另行协调施工。"]),
    ),
    max_size=12,
)


def promised(day=TODAY):
    return Milestone.promise(project_id="P-1001", title="通水", due_date=day, at=NOW)


#: What a pause needs besides its reason.
WAY_OUT = {"next_steps": "等待批复。", "resume_on": TODAY + timedelta(days=200)}


def moved(milestone, day, kind=RevisionKind.REFORECAST, **more):
    why = {"reason_code": ReasonCode.LAND, "reason": "征地未完成。"}
    return milestone.revise(kind=kind, due_date=day, at=NOW, **why, more=Particulars(**more))


def after(first, said):
    """Return a milestone of which all was said that its rules let pass."""
    milestone = promised(first)
    for kind, day, code, reason in said:
        try:
            more = Particulars(**WAY_OUT if kind is RevisionKind.PAUSED else {})
            milestone.revise(kind=kind, due_date=day, at=NOW, reason_code=code, reason=reason, more=more)
        except RecordError:
            continue
    return milestone


@given(first=days, said=statements)
@settings(deadline=None)
def test_the_baseline_never_moves(first, said):
    milestone = after(first, said)

    assert milestone.baseline.due_date == first
    assert [one.number for one in milestone.revisions if one.kind is RevisionKind.BASELINE] == [1]


@given(first=days, said=statements)
@settings(deadline=None)
def test_statements_are_numbered_from_one_without_gaps(first, said):
    numbers = [one.number for one in after(first, said).revisions]

    assert numbers == list(range(1, len(numbers) + 1))


@given(first=days, said=statements, today=days)
@settings(deadline=None)
def test_what_is_not_ended_slips_at_least_until_today(first, said, today):
    milestone = after(first, said)

    slip = slippage(milestone.revisions, today)

    if is_ended(milestone.latest):
        assert slip == milestone.latest.due_date - first
    else:
        assert slip >= today - first
        assert slip >= milestone.latest.due_date - first


@given(first=days, said=statements)
@settings(deadline=None)
def test_whatever_moved_or_stopped_has_a_reason_and_its_code(first, said):
    for one in after(first, said).revisions:
        if one.kind.moves:
            assert one.reason.strip()
            assert one.reason_code is not None


@given(first=days, said=statements)
@settings(deadline=None)
def test_after_its_end_only_a_correction_follows(first, said):
    revisions = after(first, said).revisions

    for before, one in pairwise(revisions):
        assert not is_ended(before) or one.kind is RevisionKind.CORRECTION


@given(first=days, said=statements)
@settings(deadline=None)
def test_a_refusal_leaves_what_was_said(first, said):
    milestone = promised(first)
    for kind, day, code, reason in said:
        before = list(milestone.revisions)
        try:
            milestone.revise(kind=kind, due_date=day, at=NOW, reason_code=code, reason=reason)
        except RecordError:
            assert milestone.revisions == before
        else:
            assert milestone.revisions[:-1] == before


@given(first=days, said=statements)
@settings(deadline=None)
def test_there_are_fewer_moves_than_statements(first, said):
    revisions = after(first, said).revisions

    assert 0 <= moves(revisions) < len(revisions)


def test_a_date_that_is_said_again_is_no_move():
    milestone = promised()
    moved(milestone, TODAY, RevisionKind.PAUSED, **WAY_OUT)
    moved(milestone, TODAY + timedelta(days=9))
    milestone.revise(kind=RevisionKind.ACHIEVED, due_date=TODAY, at=NOW)

    assert moves(milestone.revisions) == 1


def test_a_move_to_the_same_date_is_none_unless_it_is_said_more_exactly():
    milestone = promised()

    with pytest.raises(InvalidValueError, match="unchanged"):
        moved(milestone, TODAY)
    assert len(milestone.revisions) == 1
    rough = {"precision": Precision.MONTH, "reason_code": ReasonCode.LAND, "reason": "征地未完成。"}
    milestone.revise(kind=RevisionKind.REFORECAST, due_date=TODAY, at=NOW, **rough)
    ranged = Particulars(date_low=TODAY, date_high=TODAY + timedelta(days=9))
    milestone.revise(kind=RevisionKind.REFORECAST, due_date=TODAY, at=NOW, **rough, more=ranged)
    assert len(milestone.revisions) == 3


def test_another_plan_needs_the_document_that_approved_it_and_leaves_the_first_baseline():
    milestone = promised()
    why = {"reason_code": ReasonCode.SCOPE, "reason": "增加一条管线。"}
    later = TODAY + timedelta(days=90)

    with pytest.raises(InvalidValueError, match="document_id"):
        milestone.revise(kind=RevisionKind.REBASELINE, due_date=later, at=NOW, **why)
    milestone.revise(kind=RevisionKind.REBASELINE, due_date=later, at=NOW, **why, more=Particulars(document_id=1))

    assert (milestone.baseline.due_date, milestone.latest.due_date) == (TODAY, later)
    assert slippage(milestone.revisions, TODAY) == timedelta(days=90)


def test_public_input_names_its_point_and_no_other_reason_does():
    milestone = promised()
    later = TODAY + timedelta(days=9)

    with pytest.raises(InvalidValueError, match="point_id"):
        milestone.revise(
            kind=RevisionKind.REFORECAST, due_date=later, at=NOW, reason_code=ReasonCode.PUBLIC_INPUT, reason="采纳。"
        )
    with pytest.raises(InvalidValueError, match="point_id"):
        milestone.revise(
            kind=RevisionKind.REFORECAST,
            due_date=later,
            at=NOW,
            reason_code=ReasonCode.LAND,
            reason="征地。",
            more=Particulars(point_id=1),
        )


def test_a_correction_says_what_it_corrects_or_it_is_the_last_statement():
    milestone = promised()
    moved(milestone, TODAY + timedelta(days=9))

    moved(milestone, TODAY, RevisionKind.CORRECTION)
    first = moved(milestone, TODAY + timedelta(days=1), RevisionKind.CORRECTION, corrects=1)

    assert [one.corrects for one in milestone.revisions] == [None, None, 2, 1]
    assert first.number == 4
    for nothing in (0, 5):
        with pytest.raises(InvalidValueError, match="corrects"):
            moved(milestone, TODAY, RevisionKind.CORRECTION, corrects=nothing)
    with pytest.raises(InvalidValueError, match="corrects"):
        moved(milestone, TODAY, corrects=1)


def test_a_date_lies_within_its_range():
    earlier, later = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

    for range_ in ({"date_low": later}, {"date_high": earlier}):
        with pytest.raises(OrderError):
            Milestone.promise(project_id="P-1001", title="通水", due_date=TODAY, at=NOW, more=Particulars(**range_))
        with pytest.raises(OrderError):
            moved(promised(later), TODAY, **range_)
    assert moved(promised(later), TODAY, date_low=TODAY, date_high=TODAY).date_low == TODAY


def test_what_is_told_of_is_never_older_than_what_was_told_of_before_nor_of_a_day_to_come():
    milestone = promised()
    moved(milestone, TODAY + timedelta(days=1), data_date=TODAY)

    with pytest.raises(OrderError):
        moved(milestone, TODAY + timedelta(days=2), data_date=TODAY - timedelta(days=1))
    with pytest.raises(FutureEventError):
        moved(milestone, TODAY + timedelta(days=2), data_date=TODAY + timedelta(days=1))
    moved(milestone, TODAY, RevisionKind.CORRECTION, data_date=TODAY - timedelta(days=1))


def test_a_pause_says_what_is_done_and_is_spoken_of_again_within_ninety_days():
    milestone = promised()
    for word in ({"next_steps": "等待批复。"}, {"resume_on": TODAY}):
        with pytest.raises(InvalidValueError, match="next_steps"):
            moved(milestone, TODAY + timedelta(days=1), **word)
    with pytest.raises(OrderError):
        moved(milestone, TODAY, RevisionKind.PAUSED, **WAY_OUT | {"resume_on": TODAY - timedelta(days=1)})

    paused = moved(milestone, TODAY, RevisionKind.PAUSED, **WAY_OUT)
    soon = moved(milestone, TODAY, RevisionKind.PAUSED, **WAY_OUT | {"resume_on": TODAY + timedelta(days=20)})

    assert update_due(paused) == TODAY + timedelta(days=90)
    assert update_due(paused, NOW + timedelta(days=30)) == TODAY + timedelta(days=120)
    assert update_due(soon) == TODAY + timedelta(days=20)
    assert update_due(milestone.baseline) is None


@pytest.mark.parametrize("missing", ["next_steps", "resume_on"])
def test_a_pause_without_a_way_out_is_refused_unless_it_repeats_a_file_from_elsewhere(missing):
    milestone = promised()
    unsaid = {name: word for name, word in WAY_OUT.items() if name != missing}
    why = {"reason_code": ReasonCode.LAND, "reason": "征地未完成。"}

    with pytest.raises(InvalidValueError) as refusal:
        moved(milestone, TODAY, RevisionKind.PAUSED, **unsaid)
    told = milestone.revise(
        kind=RevisionKind.PAUSED, due_date=TODAY, at=NOW, **why, more=Particulars(**unsaid), is_as_told=True
    )

    assert refusal.value.facts == (missing, "missing")
    assert getattr(told, missing) in ("", None)


def test_it_is_early_where_it_was_reached_before_its_first_promise():
    milestone = promised(TODAY + timedelta(days=5))
    milestone.revise(kind=RevisionKind.ACHIEVED, due_date=TODAY, at=NOW)

    assert slippage(milestone.revisions, TODAY + timedelta(days=100)) == timedelta(days=-5)


@pytest.mark.parametrize("hours", [-1, 0, 1])
def test_today_is_the_day_of_the_jurisdiction(hours):
    midnight_in_beijing = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    milestone = promised()
    at = midnight_in_beijing + timedelta(hours=hours)

    if hours < 0:
        with pytest.raises(FutureEventError):
            milestone.revise(kind=RevisionKind.ACHIEVED, due_date=date(2026, 11, 25), at=at)
    else:
        assert milestone.revise(kind=RevisionKind.ACHIEVED, due_date=date(2026, 11, 25), at=at).number == 2


def test_the_reasons_are_demanded_in_words():
    milestone = promised()
    with pytest.raises(ReasonMissingError):
        milestone.revise(kind=RevisionKind.REFORECAST, due_date=TODAY, at=NOW, reason_code=ReasonCode.LAND)
    with pytest.raises(InvalidValueError, match="reason_code"):
        milestone.revise(kind=RevisionKind.PAUSED, due_date=TODAY, at=NOW, reason="停工。")
    with pytest.raises(InvalidValueError, match="baseline"):
        milestone.revise(kind=RevisionKind.BASELINE, due_date=TODAY, at=NOW)
    moved(milestone, TODAY, RevisionKind.CANCELLED)
    with pytest.raises(RuleError):
        moved(milestone, TODAY)
