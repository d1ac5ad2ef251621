"""The command that explains a likelihood, and keeps what was said."""

from datetime import timedelta

import pytest
from sqlmodel import select

from data.__main__ import main
from data.database import reading
from data.feeds import forecasting
from data.feeds.forecasting import publish
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.writer import change
from models.clock import local_date
from models.likelihood import RULE_VERSION
from models.milestone import RevisionKind
from models.published_forecast import PublishedForecast
from tests.conftest import NOW, OFFICER
from tests.data.queries.projects import day_after


@pytest.fixture
def city_of_twelve(city):
    """The project, and twelve milestones of which nine were reached, one after the other."""
    due = local_date(day_after(0)) + timedelta(days=20)
    command = PlanMilestone(project_id=city.project, title="节点", due_date=due)
    milestones = [int(change(plan_milestone, command, OFFICER, now=day_after(0)).key) for _ in range(12)]
    for place, milestone in enumerate(milestones[:9]):
        reached = ReviseMilestone(
            milestone_id=milestone, kind=RevisionKind.ACHIEVED, due_date=due + timedelta(days=place * 5)
        )
        change(revise_milestone, reached, OFFICER, now=day_after(20 + place * 5))
    return city


def say(monkeypatch, capsys, now, *arguments):
    monkeypatch.setattr(forecasting, "utc_now", lambda: now)
    code = main(["forecast", *arguments])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_likelihood_is_explained_with_its_class_its_n_and_its_range(city_of_twelve, monkeypatch, capsys):
    code, told = say(monkeypatch, capsys, day_after(70), city_of_twelve.project)

    assert code == 0
    assert "of every kind, since too few are more alike" in told
    assert "12 others whose first date has passed: 1 reached by it, 11 not." in told
    assert "Rung of evidence: median." in told
    assert "no promise of the department" in told
    assert f"Official date {city_of_twelve.promised}" in told
    for line in told.splitlines():
        assert "%" not in line or "n " in line


def test_what_cannot_be_said_is_said_with_the_reason(small_city, monkeypatch, capsys):
    _, told = say(monkeypatch, capsys, day_after(1), small_city.project)

    assert "%" not in told
    assert "Cannot say more: there is no other promise like it whose first date has passed." in told


def test_as_of_a_past_day_it_rests_on_what_was_known_then(city_of_twelve, monkeypatch, capsys):
    day = local_date(day_after(1))

    _, told = say(monkeypatch, capsys, day_after(70), city_of_twelve.project, "--as-of", day.isoformat())

    assert f"as of {day}" in told
    assert "0 others whose first date has passed" in told


@pytest.mark.parametrize(
    "arguments", [["P-9999"], [], ["P-1001", "--as-of", "2999-01-01"], ["P-1001", "--as-of", "2020-01-01"]]
)
def test_what_is_not_there_is_refused(small_city, monkeypatch, capsys, arguments):
    code, told = say(monkeypatch, capsys, NOW, *arguments)

    assert code == 1
    assert told.startswith("Refused: ")


def test_forecasts_are_kept_once_a_month(city_of_twelve, monkeypatch, capsys):
    at = day_after(70)
    code, first = say(monkeypatch, capsys, at, "--publish")
    _, again = say(monkeypatch, capsys, at + timedelta(hours=1), "--publish")
    next_month = publish((at.replace(day=1) + timedelta(days=35)).replace(day=2))

    with reading() as session:
        kept = session.exec(select(PublishedForecast).order_by(PublishedForecast.id)).all()
    assert code == 0
    assert first.startswith(f"1 forecasts are kept, by rule {RULE_VERSION}.")
    assert again.startswith("Nothing is published: the forecasts of this month were kept on")
    assert next_month.startswith("1 forecasts are kept")
    assert [one.target_on for one in kept] == [city_of_twelve.promised] * 2
    assert {one.rung for one in kept} == {"median"}
    assert all(one.cases == 12 and one.class_key == "all" and not one.is_synthetic for one in kept)


def test_without_a_chance_nothing_is_kept(small_city):
    assert publish(day_after(1)) == "Nothing is published: of no project that goes on can a chance be stated."
