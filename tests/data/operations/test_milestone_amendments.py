"""What a milestone is, said anew: a correction that moves no date and loses nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col

from data.database import reading
from data.operations.milestone_amendments import AmendMilestone, amend_milestone
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.queries.milestones import find_milestone
from data.queries.search import search
from data.queries.standings import standings_at
from data.search import Query
from data.writer import change
from models.clock import local_date
from models.day_said import said_on
from models.exceptions import ConflictError, FutureEventError, InvalidValueError, NotFoundError, ReasonMissingError
from models.ledger import EntryType
from models.milestone import Milestone, MilestoneCode, MilestoneRevision, RevisionKind
from models.milestone_amendment import MilestoneAmendment
from models.present import ProjectPresent
from tests.conftest import NOW, OFFICER
from tests.data.operations.keeping import do, ledger, refuse_others, refused, rows
from tests.pages.promises import statements

TODAY = local_date(NOW)


def amend(city, **more):
    said = {
        "title": "达产供水",
        "code": MilestoneCode.HANDOVER,
        "is_critical": True,
        "reason": "名称写错。",
        "seen": 0,
    }
    return AmendMilestone(**{"milestone_id": city.milestone, **said, **more})


def milestone(city):
    with reading() as session:
        return find_milestone(session, city.milestone)


def test_it_is_called_otherwise_from_now_on_and_what_was_said_first_stays(city):
    kept = do(amend_milestone, amend(city))

    now = milestone(city)
    assert kept.number == 1
    assert (now.title, now.code, now.is_critical) == ("达产供水", MilestoneCode.HANDOVER, True)
    assert (now.first_title, now.first_code, now.first_is_critical) == ("通水", None, False)
    type_, subject, about, facts = ledger()
    assert (type_, subject) == (EntryType.MILESTONE_AMENDED, f"prj/{city.project}")
    assert about == f"milestone/{city.milestone}/amended/1"
    assert facts == {
        "title": "达产供水",
        "before": "通水",
        "code": "handover",
        "critical": True,
        "reason": "名称写错。",
    }


def test_it_moves_no_date_and_neither_ends_nor_opens_anything(city):
    reached = ReviseMilestone(milestone_id=city.milestone, kind=RevisionKind.ACHIEVED, due_date=TODAY)
    do(revise_milestone, reached)

    do(amend_milestone, amend(city))

    assert [one.kind for one in rows(MilestoneRevision, col(MilestoneRevision.number))] == ["baseline", "achieved"]
    assert rows(ProjectPresent)[0].reached_on == TODAY


def test_what_it_was_said_to_be_can_be_taken_back(city):
    do(amend_milestone, amend(city))

    do(amend_milestone, amend(city, title="通水", code=None, is_critical=False, seen=1))

    now = milestone(city)
    assert (now.title, now.code, now.is_critical) == ("通水", None, False)
    assert [one.number for one in rows(MilestoneAmendment, col(MilestoneAmendment.number))] == [1, 2]


def test_lists_and_the_search_know_it_by_its_new_name_and_find_it_by_the_old_one(city):
    do(amend_milestone, amend(city))

    assert rows(ProjectPresent)[0].next_title == "达产供水"
    with reading() as session:
        for words in ("达产供水", "通水"):
            assert "达产供水" in str(search(session, Query(words)).rows)


def test_a_past_day_knows_what_was_said_by_then(city):
    day = timedelta(days=2)
    change(amend_milestone, amend(city), OFFICER, now=NOW + day)

    with reading() as session:
        then = standings_at(session, [city.project], TODAY, now=NOW + day)[city.project]
        now = standings_at(session, [city.project], TODAY + day, now=NOW + day)[city.project]

    assert (then.completion.title, now.completion.title) == ("通水", "达产供水")


def test_what_the_keeper_brings_in_was_said_on_the_day_that_is_told_of_it(city):
    told = TODAY - timedelta(days=30)

    do(amend_milestone, amend(city, data_date=told))

    (said,) = rows(MilestoneAmendment, col(MilestoneAmendment.number))
    assert (said_on(said), local_date(said.recorded_at)) == (told, TODAY)
    assert ledger()[-1]["data_date"] == str(told)


def test_who_signs_in_cannot_say_today_that_it_was_said_earlier(city):
    command = amend(city, data_date=TODAY - timedelta(days=30))

    change(amend_milestone, command, replace(OFFICER, account_id=1), now=NOW)

    (said,) = rows(MilestoneAmendment, col(MilestoneAmendment.number))
    assert said_on(said) == TODAY


def test_nothing_is_told_of_a_day_to_come(small_city):
    with refused(FutureEventError):
        do(amend_milestone, amend(small_city, data_date=TODAY + timedelta(days=1)))


@pytest.mark.parametrize("reason", ["", " \n"])
def test_it_needs_a_reason(small_city, reason):
    with refused(ReasonMissingError):
        do(amend_milestone, amend(small_city, reason=reason))


@pytest.mark.parametrize(
    "said", [{"title": "通水", "code": None, "is_critical": False}, {"title": " "}, {"title": "字" * 301}]
)
def test_nothing_new_and_no_title_are_refused(small_city, said):
    with refused(InvalidValueError):
        do(amend_milestone, amend(small_city, **said))


def test_the_second_of_two_is_told_what_the_first_said(small_city):
    do(amend_milestone, amend(small_city))

    with refused(ConflictError) as refusal:
        do(amend_milestone, amend(small_city, title="并网"))

    assert refusal.value.facts == ("milestone", 0, 1, "达产供水")


def test_only_the_own_department_says_what_it_is(small_city):
    refuse_others(amend_milestone, amend(small_city))
    with refused(NotFoundError):
        do(amend_milestone, amend(small_city, milestone_id=999_999))


def test_what_it_is_comes_with_it_and_takes_no_statement_of_its_own(small_city):
    do(amend_milestone, amend(small_city))

    with reading() as session, statements() as made:
        found = session.get(Milestone, small_city.milestone)
        said = (found.title, found.code, found.is_critical)

    assert said == ("达产供水", MilestoneCode.HANDOVER, True)
    # The milestone with what it is, and its revisions.
    assert len(made) == 2
