from datetime import date, timedelta

import pytest
from sqlmodel import col

from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from models.exceptions import (
    ConflictError,
    FutureEventError,
    InvalidValueError,
    NotFoundError,
    ReasonMissingError,
    RuleError,
)
from models.ledger import EntryType
from models.milestone import Milestone, MilestoneRevision, Precision, ReasonCode, RevisionKind
from models.present import ProjectPresent
from tests.conftest import NOW
from tests.data.operations.keeping import do, ledger, refuse_others, refused, rows

TODAY = date(2026, 11, 24)


def plan(city, **more):
    said = {"project_id": city.project, "title": "管网贯通", "due_date": date(2027, 3, 31)}
    return PlanMilestone(**{**said, **more})


def move(city, **more):
    said = {
        "milestone_id": city.milestone,
        "kind": RevisionKind.REFORECAST,
        "due_date": city.promised + timedelta(days=30),
        "reason_code": ReasonCode.LAND,
        "reason": "征地未完成。",
        "seen": 1,
    }
    if more.get("kind") is RevisionKind.PAUSED:
        said |= {"next_steps": "协调征地。", "resume_on": TODAY + timedelta(days=60)}
    return ReviseMilestone(**{**said, **more})


def statements():
    return [(one.number, one.kind, one.due_date) for one in rows(MilestoneRevision, col(MilestoneRevision.number))]


def test_a_promise_is_a_baseline_and_the_ledger_says_so(city):
    kept = do(plan_milestone, plan(city, precision=Precision.MONTH))

    latest = rows(MilestoneRevision, col(MilestoneRevision.id))[-1]
    assert (latest.number, latest.kind, latest.precision) == (1, RevisionKind.BASELINE, Precision.MONTH)
    type_, subject, about, facts = ledger()
    assert (type_, subject, about) == (
        EntryType.MILESTONE_PLANNED,
        f"prj/{city.project}",
        f"milestone/{kept.key}/1",
    )
    assert facts == {"title": "管网贯通", "type": "delivery", "due_date": "2027-03-31", "precision": "month"}


@pytest.mark.parametrize("title", ["", " \n", "\x00\u202e", "字" * 301])
def test_a_promise_of_nothing_is_refused(small_city, title):
    with refused(InvalidValueError):
        do(plan_milestone, plan(small_city, title=title))


def test_only_the_own_department_promises_and_only_for_a_project_that_there_is(small_city):
    refuse_others(plan_milestone, plan(small_city))
    with refused(NotFoundError):
        do(plan_milestone, plan(small_city, project_id="P-9999"))


def test_a_moved_date_stands_beside_the_old_promise_with_its_reason(city):
    kept = do(revise_milestone, move(city))

    assert kept.number == 2
    assert statements() == [
        (1, RevisionKind.BASELINE, city.promised),
        (2, RevisionKind.REFORECAST, city.promised + timedelta(days=30)),
    ]
    type_, subject, about, facts = ledger()
    assert (type_, subject, about) == (
        EntryType.MILESTONE_CHANGED,
        f"prj/{city.project}",
        f"milestone/{city.milestone}/2",
    )
    assert (facts["before"], facts["due_date"]) == (str(city.promised), str(city.promised + timedelta(days=30)))
    assert (facts["reason_code"], facts["reason"]) == ("land", "征地未完成。")


def test_lists_show_the_promise_and_what_is_said_now(city):
    do(revise_milestone, move(city))

    present = rows(ProjectPresent)[0]
    assert (present.promised_on, present.expected_on) == (city.promised, city.promised + timedelta(days=30))
    assert present.moves == 1


@pytest.mark.parametrize(
    "kind", [RevisionKind.REFORECAST, RevisionKind.PAUSED, RevisionKind.CANCELLED, RevisionKind.CORRECTION]
)
def test_what_moves_needs_a_reason_and_its_code(small_city, kind):
    with refused(ReasonMissingError):
        do(revise_milestone, move(small_city, kind=kind, reason=" \n "))
    with refused(InvalidValueError) as refusal:
        do(revise_milestone, move(small_city, kind=kind, reason_code=None))
    assert refusal.value.facts == ("reason_code", "missing")


def test_the_code_other_needs_twenty_characters(small_city):
    with refused(InvalidValueError):
        do(revise_milestone, move(small_city, reason_code=ReasonCode.OTHER, reason="字" * 19))

    assert do(revise_milestone, move(small_city, reason_code=ReasonCode.OTHER, reason="字" * 20)).number == 2


def test_a_second_baseline_is_refused(small_city):
    with refused(InvalidValueError):
        do(revise_milestone, move(small_city, kind=RevisionKind.BASELINE))


def test_it_is_reached_today_or_before_and_not_tomorrow(city):
    with refused(FutureEventError):
        do(revise_milestone, move(city, kind=RevisionKind.ACHIEVED, due_date=TODAY + timedelta(days=1)))

    do(revise_milestone, move(city, kind=RevisionKind.ACHIEVED, due_date=TODAY))

    assert ledger()[0] is EntryType.MILESTONE_REACHED
    assert rows(ProjectPresent)[0].reached_on == TODAY


@pytest.mark.parametrize("end", [RevisionKind.ACHIEVED, RevisionKind.CANCELLED])
def test_after_its_end_only_a_correction_follows_and_opens_it_again(small_city, end):
    do(revise_milestone, move(small_city, kind=end, due_date=TODAY))
    for kind in set(RevisionKind) - {RevisionKind.CORRECTION, RevisionKind.BASELINE}:
        with refused(RuleError):
            do(revise_milestone, move(small_city, kind=kind, due_date=TODAY, seen=2))

    do(revise_milestone, move(small_city, kind=RevisionKind.CORRECTION, seen=2))
    do(revise_milestone, move(small_city, due_date=small_city.promised + timedelta(days=60), seen=3))

    assert [kind for _, kind, _ in statements()][1:] == [end, RevisionKind.CORRECTION, RevisionKind.REFORECAST]


def test_it_is_paused_and_goes_on_without_losing_its_date(small_city):
    do(revise_milestone, move(small_city, kind=RevisionKind.PAUSED, due_date=small_city.promised))
    assert rows(ProjectPresent)[0].is_paused

    do(revise_milestone, move(small_city, kind=RevisionKind.RESUMED, reason="", reason_code=None, seen=2))
    assert not rows(ProjectPresent)[0].is_paused


@pytest.mark.parametrize(("name", "nothing"), [("next_steps", " \n"), ("resume_on", None)])
def test_a_pause_that_does_not_say_how_it_goes_on_is_refused(small_city, name, nothing):
    with refused(InvalidValueError) as refusal:
        do(revise_milestone, move(small_city, kind=RevisionKind.PAUSED, **{name: nothing}))

    assert refusal.value.facts == (name, "missing")


def test_the_second_of_two_who_revise_is_told_what_the_first_said_and_can_send_again(city):
    do(revise_milestone, move(city))
    late = move(city, due_date=city.promised + timedelta(days=60))

    with refused(ConflictError) as refusal:
        do(revise_milestone, late)
    what, seen, now, says = refusal.value.facts
    assert (what, seen, now) == ("milestone", 1, 2)
    assert str(city.promised + timedelta(days=30)) in says

    again = move(city, due_date=city.promised + timedelta(days=60), seen=2)
    assert do(revise_milestone, again).number == 3


def test_a_double_click_moves_a_date_once(city):
    first = do(revise_milestone, move(city), token="a form")
    second = do(revise_milestone, move(city), token="a form", now=NOW + timedelta(seconds=1))

    assert second == first
    assert len(statements()) == 2


def test_nobody_else_moves_a_date_and_no_milestone_is_not_found(small_city):
    refuse_others(revise_milestone, move(small_city))
    with refused(NotFoundError):
        do(revise_milestone, move(small_city, milestone_id=999_999))


def test_the_longest_reason_is_kept_whole(small_city):
    do(revise_milestone, move(small_city, reason="字" * 5000))

    assert rows(MilestoneRevision, col(MilestoneRevision.number))[-1].reason == "字" * 5000


@pytest.mark.parametrize("reason", ["字" * 5001, "🚧" * 5000])
def test_a_reason_that_is_too_long_is_refused_and_harms_nobody_else(small_city, reason):
    with refused(InvalidValueError):
        do(revise_milestone, move(small_city, reason=reason))
    assert len(rows(Milestone)) == 1
