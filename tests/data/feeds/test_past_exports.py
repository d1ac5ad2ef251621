"""What is taken away as of a past day is what was taken away when that day ended, whatever was said since."""

import json
from datetime import date, timedelta

import pytest

from data.database import reading
from data.feeds.exports import EXPORTS
from data.feeds.parts import Source
from data.operations.milestones import ReviseMilestone, revise_milestone
from data.operations.money import ReportProgress, report_progress
from data.queries.past_session import reading_as_of
from data.writer import change
from models.clock import local_date
from models.milestone import Milestone, ReasonCode, RevisionKind
from tests.conftest import NOW, OFFICER
from tests.data.exchange import full_project
from tests.data.feeds.conftest import SITE

THEN = local_date(NOW)
SOON = NOW + timedelta(hours=1)
LATER = full_project.LATER
PAST = [name for name, export in EXPORTS.items() if export.shows_past]


@pytest.fixture
def said(city):
    """Say a little of the project of the city on the first day."""
    move = ReviseMilestone(
        milestone_id=city.milestone,
        kind=RevisionKind.REFORECAST,
        due_date=city.promised + timedelta(days=30),
        reason_code=ReasonCode.LAND,
        reason="征地未完成。",
    )
    change(revise_milestone, move, OFFICER, now=SOON)
    report = ReportProgress(
        project_id=city.project, period_start=date(2026, 9, 1), period_end=date(2026, 9, 30), physical=4, body="开工。"
    )
    change(report_progress, report, OFFICER, now=SOON)
    return city


def taken(name, *, now, as_of=None):
    source = Source(reading=reading, site=SITE, now=now, as_of=as_of)
    return b"".join(part.content for part in EXPORTS[name].write(source))


def alike(name, content):
    """Return what was taken, but for what it says of itself, and for names in other lists: they have no day."""
    if name != "oc4ids":
        return content.decode()
    package = {**json.loads(content), "uri": "", "publishedDate": ""}
    for project in package["projects"]:
        project.pop("identifiers", None)
    return json.dumps(package, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("name", PAST)
def test_as_of_a_day_is_taken_what_was_taken_then(said, comment, name):
    then = taken(name, now=SOON)

    full_project.fill(said, comment)

    assert alike(name, taken(name, now=LATER)) != alike(name, then)
    assert alike(name, taken(name, now=LATER, as_of=THEN)) == alike(name, then)


def test_a_package_says_of_which_day_it_is(said):
    package = json.loads(taken("oc4ids", now=LATER, as_of=THEN))

    assert package["uri"] == f"{SITE}/open/oc4ids.json?as_of={THEN}"
    assert len(package["projects"]) == 1


def test_before_anything_was_said_there_is_nothing(said):
    assert json.loads(taken("geojson", now=LATER, as_of=THEN - timedelta(days=1)))["features"] == []


def test_relations_know_no_more_than_the_session(said):
    with reading_as_of(reading, THEN) as session:
        then = len(session.get_one(Milestone, said.milestone).revisions)

    move = ReviseMilestone(
        milestone_id=said.milestone,
        kind=RevisionKind.ACHIEVED,
        due_date=THEN + timedelta(days=2),
    )
    change(revise_milestone, move, OFFICER, now=NOW + timedelta(days=2))

    with reading_as_of(reading, THEN) as session, reading() as everything:
        assert len(session.get_one(Milestone, said.milestone).revisions) == then
        assert len(everything.get_one(Milestone, said.milestone).revisions) == then + 1


@pytest.mark.parametrize(("path", "status"), [("/open/milestones.csv", 200), ("/open/comments.csv", 400)])
def test_what_cannot_be_shown_as_of_a_day_is_refused(machine, said, path, status):
    assert machine.get(f"{path}?as_of={THEN - timedelta(days=1)}").status == status
