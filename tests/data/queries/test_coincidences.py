"""What shows only when projects are laid side by side."""

from datetime import date, timedelta

from data.database import reading
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.money import ReportProgress, report_progress
from data.operations.projects import PublishProject, publish_project
from data.queries.coincidences import coincidences, coincidences_of
from data.writer import change
from models.clock import local_date
from models.decision import Language
from models.milestone import ReasonCode, RevisionKind
from models.project import Phase
from models.project_contradiction import ProjectContradictionKind as Kind
from tests.conftest import OFFICER
from tests.data.queries.projects import day_after

WORDS = "本月完成桩基施工一百二十根，承台浇筑三十座，现场文明施工情况良好，未发生安全事故。"


def publish(title, place=(119.5, 30.1)):
    geometry = {"type": "Point", "coordinates": list(place)}
    said = {"language": Language.CHINESE, "title": title, "phase": Phase.IMPLEMENTATION, "geometry": geometry}
    return change(publish_project, PublishProject(department_id="water", **said), OFFICER, now=day_after(0)).key


def report(project, month):
    command = ReportProgress(
        project_id=project, period_start=date(2026, month, 1), period_end=date(2026, month, 20), body=WORDS
    )
    change(report_progress, command, OFFICER, now=day_after(1))


def found(of=None, at=60):
    with reading() as session:
        now = day_after(at)
        return coincidences(session, now=now) if of is None else coincidences_of(session, of, now=now)


def test_words_of_another_project_and_a_swapped_place_are_told_of_each(city):
    swapped = publish("泵站", (30.2, 85.0))
    report(city.project, 8)
    report(swapped, 9)

    kinds = {(one.kind, one.project) for one in found()}

    assert (Kind.REPORT_COPIED, swapped) in kinds
    assert {one.kind for one in found(swapped)} == {Kind.REPORT_COPIED, Kind.COORDINATES_SWAPPED}
    assert found(city.project) == ()


def test_many_milestones_moved_on_one_day_are_told_of_their_department(city):
    due = local_date(day_after(90))
    milestones = []
    for number in range(4):
        project = publish(f"泵站 {number}")
        for place in range(3):
            command = PlanMilestone(project_id=project, title=f"节点 {place}", due_date=due)
            milestones.append(int(change(plan_milestone, command, OFFICER, now=day_after(1)).key))
    assert found() == ()
    for milestone in milestones:
        command = ReviseMilestone(
            milestone_id=milestone,
            kind=RevisionKind.REFORECAST,
            due_date=due + timedelta(days=9),
            reason_code=ReasonCode.LAND,
            reason="征地",
        )
        change(revise_milestone, command, OFFICER, now=day_after(2))

    (burst,) = found()

    assert (burst.kind, burst.project) == (Kind.BURST, "")
    assert (burst.sources[0].id, burst.sources[0].value, burst.sources[0].on) == (
        "water",
        12,
        local_date(day_after(2)),
    )
