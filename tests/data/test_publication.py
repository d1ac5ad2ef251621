"""What was scheduled is published by the clock: in the server, from the command line, in several processes, once."""

import threading
from datetime import timedelta

import pytest

from data.__main__ import main
from data.database import database, reading
from data.operations.departments import AmendDepartment, amend_department
from data.operations.milestones import ReviseMilestone
from data.operations.proposal_steps import PublishProposal, publish_proposal
from data.operations.proposals import ProposeChange, propose_change
from data.publication import publish_due
from data.queries.milestones import find_milestone
from data.queries.proposals import find_proposal
from data.writer import Writer, change
from models.actor import OPERATOR
from models.clock import utc_now
from models.exceptions import ProposalStandsError
from models.milestone import ReasonCode, RevisionKind
from models.proposal import ProposalState
from pages.server.publishing import start_publishing, wait_for
from tests.conftest import OFFICER, forget

SOON = timedelta(hours=1)


def schedule(city, at, *, now=None, seen=1, days=1):
    """Propose to move the milestone of the city at an instant, and return the number of the proposal."""
    moved = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=days),
        reason_code=ReasonCode.LAND,
        reason="征地协议晚签。",
        seen=seen,
    )
    return int(change(propose_change, ProposeChange(commands=(moved,), publish_at=at), OFFICER, now=now).key)


def statements(city):
    with reading() as session:
        return len(find_milestone(session, city.milestone).revisions)


def test_the_server_publishes_what_came_due_while_nobody_ran_it(city):
    # It was proposed yesterday, and its instant came while the server was off.
    yesterday = utc_now() - timedelta(days=1)
    schedule(city, yesterday + SOON, now=yesterday)
    url = str(database().url.render_as_string(hide_password=False))
    forget()
    assert database().url.render_as_string(hide_password=False) == url

    stop = start_publishing()
    for _ in range(200):
        if statements(city) == 2:
            break
        threading.Event().wait(0.05)
    stop.set()

    assert statements(city) == 2
    with reading() as session:
        said = find_milestone(session, city.milestone).latest
    assert utc_now() - said.recorded_at < timedelta(minutes=1)


def outcome(answer):
    """Return what became of a change: its result, or the state in which it found the proposal."""
    try:
        return answer.result(30).key
    except ProposalStandsError as error:
        return error.facts[1]


def test_of_two_processes_one_publishes_it_and_the_other_finds_it_done(city):
    yesterday = utc_now() - timedelta(days=1)
    proposal = schedule(city, yesterday + SOON, now=yesterday)
    # Each process has a writer of its own, with a queue and connections.
    hands = [Writer(database()) for _ in range(2)]

    command = PublishProposal(proposal_id=proposal)
    answers = [hand.submit(publish_proposal, command, OPERATOR) for hand in hands]
    outcomes = [outcome(answer) for answer in answers]
    for hand in hands:
        hand.close()

    assert sorted(outcomes) == sorted([str(proposal), ProposalState.PUBLISHED])
    assert publish_due().published == ()
    assert statements(city) == 2


def test_the_command_line_publishes_what_is_due_and_says_what_comes_next(city, capsys):
    yesterday = utc_now() - timedelta(days=1)
    schedule(city, yesterday + SOON, now=yesterday)
    schedule(city, utc_now() + SOON)

    assert main(["publish-due"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("1 published, 0 refused. The next is due at ")
    assert main(["publish-due"]) == 0
    assert capsys.readouterr().out.startswith("0 published, 0 refused.")


def test_of_several_the_one_that_was_due_first_is_published_first(city):
    yesterday = utc_now() - timedelta(days=1)
    later = schedule(city, yesterday + 2 * SOON, now=yesterday, days=20)
    sooner = schedule(city, yesterday + SOON, now=yesterday, days=10)

    done = publish_due()

    assert (done.published, done.failed) == ((sooner,), (later,))


def test_what_the_record_refuses_is_told_by_the_command_line(city, capsys):
    yesterday = utc_now() - timedelta(days=1)
    schedule(city, yesterday + SOON, now=yesterday)
    command = AmendDepartment(
        department_id="water", name_zh="水务局", name_en="Water", needs_second_person=True, reason="内控"
    )
    change(amend_department, command, OPERATOR)

    assert main(["publish-due"]) == 0

    assert "Proposal 1 was refused" in capsys.readouterr().err
    with reading() as session:
        assert find_proposal(session, 1, now=utc_now()).state is ProposalState.FAILED


@pytest.mark.parametrize(
    ("left", "seconds"),
    [(None, 15), (timedelta(seconds=-3), 0.2), (timedelta(seconds=4), 4), (timedelta(days=2), 15)],
)
def test_the_server_waits_for_what_comes_next_and_never_long(left, seconds):
    now = utc_now()

    assert wait_for(None if left is None else now + left, now) == pytest.approx(seconds)
