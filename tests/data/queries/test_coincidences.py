"""What shows only when projects are laid side by side, now and as of a past day."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from data.database import reading
from data.operations.documents import PublishDocument, publish_document
from data.operations.milestones import PlanMilestone, ReviseMilestone, plan_milestone, revise_milestone
from data.operations.money import ReportProgress, report_progress
from data.operations.projects import PublishProject, publish_project
from data.queries.beside_others import all_beside_others, beside_others
from data.queries.project_page import find_project_page
from data.queries.standings import all_standings
from data.writer import change
from models.clock import local_date
from models.decision import Language
from models.document import DocumentType
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


def report(project, month, words=WORDS, days=1):
    command = ReportProgress(
        project_id=project, period_start=date(2026, month, 1), period_end=date(2026, month, 20), body=words
    )
    change(report_progress, command, OFFICER, now=day_after(days))


def found(of, at=60, as_of=None):
    with reading() as session:
        pages = find_project_page(session, of, now=day_after(at), as_of=[] if as_of is None else [as_of])
    return pages[-1].contradictions


def kinds(of, **when):
    return [one.kind for one in found(of, **when)]


def picture(project, taken_on, color, days=1):
    drawn = BytesIO()
    Image.new("RGB", (4, 3), color).save(drawn, "PNG")
    command = PublishDocument(
        project_id=project,
        type=DocumentType.ILLUSTRATION,
        title="现场",
        alt="现场",
        file_name="site.png",
        content=drawn.getvalue(),
        taken_on=taken_on,
    )
    change(publish_document, command, OFFICER, now=day_after(days))


def test_words_of_another_project_are_told_of_the_later_report_with_both_sources(city):
    other = publish("泵站")
    report(city.project, 8)
    report(other, 9, WORDS.replace("，", ", "))

    (copied,) = found(other)

    assert copied.kind is Kind.REPORT_COPIED
    assert [(one.value, one.on) for one in copied.sources] == [
        (other, date(2026, 9, 20)),
        (city.project, date(2026, 8, 20)),
    ]
    assert kinds(city.project) == []


def test_words_that_come_later_are_told_as_soon_as_they_come_and_of_no_day_before(city):
    other = publish("泵站")
    report(city.project, 8)
    assert kinds(other, at=5) == []

    report(other, 9, days=10)

    assert kinds(other) == [Kind.REPORT_COPIED]
    assert kinds(other, as_of=local_date(day_after(9))) == []


def test_a_swapped_place_is_told(city):
    assert kinds(publish("泵站", (30.2, 85.0))) == [Kind.COORDINATES_SWAPPED]


def test_a_picture_of_another_project_is_told_of_the_later_one(city):
    other = publish("泵站")
    picture(city.project, date(2026, 8, 1), "teal")
    picture(other, date(2026, 9, 1), "teal", days=3)
    picture(other, date(2026, 9, 1), "navy")

    (reused,) = found(other)

    assert reused.kind is Kind.PHOTO_REUSED
    assert [one.value for one in reused.sources] == [other, city.project]
    assert kinds(city.project) == []
    assert kinds(other, as_of=local_date(day_after(2))) == []


def test_many_milestones_moved_on_one_day_are_told_of_each_project_that_was_moved(city):
    due = local_date(day_after(90))
    projects = [publish(f"泵站 {number}") for number in range(5)]
    milestones = []
    for project in projects:
        for place in range(3):
            command = PlanMilestone(project_id=project, title=f"节点 {place}", due_date=due)
            milestones.append(int(change(plan_milestone, command, OFFICER, now=day_after(1)).key))
    for milestone in milestones[:12]:
        command = ReviseMilestone(
            milestone_id=milestone,
            kind=RevisionKind.REFORECAST,
            due_date=due + timedelta(days=9),
            reason_code=ReasonCode.LAND,
            reason="征地",
        )
        change(revise_milestone, command, OFFICER, now=day_after(2))

    (burst,) = found(projects[0])

    assert (burst.kind, burst.project) == (Kind.BURST, projects[0])
    moved, usual = burst.sources
    assert (moved.id, moved.value, moved.on) == ("water", 12, local_date(day_after(2)))
    assert (usual.value, usual.on) == (0, None)
    assert kinds(projects[4]) == []
    assert kinds(projects[0], as_of=local_date(day_after(1))) == []


def test_all_at_once_are_told_the_same_as_each_alone(city):
    other = publish("泵站", (30.2, 85.0))
    report(city.project, 8)
    report(other, 9)
    picture(city.project, date(2026, 8, 1), "teal")
    picture(other, date(2026, 9, 1), "teal", days=3)

    with reading() as session:
        known = all_standings(session, day_after(60))
        together = all_beside_others(session, known)
        each = beside_others(session, known, dict(known))

    assert together == {name: told for name, told in each.items() if told}
    assert [one.kind for one in together[other]] == [Kind.PHOTO_REUSED, Kind.REPORT_COPIED, Kind.COORDINATES_SWAPPED]


def test_where_many_lie_outside_the_country_is_another_one_and_nothing_is_told(city):
    inside = [publish(f"站 {number}", (78.5, 20 + number / 10)) for number in range(6)]

    outside = [publish(f"边站 {number}", (70.5, 24 + number / 10)) for number in range(4)]

    assert [kinds(one) for one in (*inside, *outside)] == [[]] * 10
