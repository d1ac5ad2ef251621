import pytest
from sqlmodel import col

from data.operations.project_decisions import LinkProject, link_project
from data.operations.project_places import LocateProject, locate_project
from data.operations.projects import AmendProject, PublishProject, amend_project, publish_project
from data.writer import change
from models.actor import Actor, Role
from models.decision import Language
from models.exceptions import (
    ConflictError,
    InvalidValueError,
    NotAllowedError,
    NotFoundError,
    ReasonMissingError,
    TokenReusedError,
)
from models.ledger import EntryType
from models.project import (
    LocationRevision,
    Phase,
    Project,
    ProjectDecision,
    ProjectIdentifier,
    ProjectRevision,
    Sector,
)
from tests.conftest import NOW, OFFICER, PLANNER
from tests.data.operations.keeping import disclosures, do, ledger, refuse_others, refused, rows

LINE = {"type": "LineString", "coordinates": [[119.5, 30.2], [119.6, 30.3]]}


def new_project(**more):
    said = {
        "department_id": "water",
        "language": Language.CHINESE,
        "title": "东湖泵站",
        "description": "三台泵。",
        "phase": Phase.PREPARATION,
        "sector": Sector.WATER,
    }
    return PublishProject(**{**said, **more})


def amended(city, **more):
    said = {
        "project_id": city.project,
        "language": Language.CHINESE,
        "title": "第二水厂（扩建）",
        "phase": Phase.IMPLEMENTATION,
        "reason": "增加一条线。",
        "seen": 1,
    }
    return AmendProject(**{**said, **more})


def test_a_project_is_published_with_a_number_its_place_and_its_names(city):
    kept = do(publish_project, new_project(geometry=LINE, identifiers={"CN-GBT40058": "2603-330100-04-01-123453"}))

    assert kept.key == "P-1002"
    assert [one.title for one in rows(ProjectRevision, col(ProjectRevision.id))][-1] == "东湖泵站"
    assert [one.geometry for one in rows(LocationRevision)][-1] == LINE
    assert [(one.scheme, one.value, one.project_id) for one in rows(ProjectIdentifier)] == [
        ("CN-GBT40058", "2603-330100-04-01-123453", "P-1002")
    ]


def test_the_ledger_says_what_was_published_and_discloses_the_words(small_city):
    kept = do(publish_project, new_project())

    type_, subject, about, facts = ledger()
    assert (type_, subject, about) == (EntryType.PROJECT_PUBLISHED, f"prj/{kept.key}", f"project/{kept.key}/1")
    assert facts == {
        "department": "water",
        "title": "东湖泵站",
        "phase": "preparation",
        "sector": "waterAndWaste",
        "region": "",
        "reason": "",
    }
    assert disclosures() == 2


def test_publishing_twice_with_one_token_is_publishing_once(city):
    first = do(publish_project, new_project(), token="one form")
    again = do(publish_project, new_project(), token="one form")

    assert again == first
    assert len(rows(Project)) == 2
    with refused(TokenReusedError):
        do(publish_project, new_project(title="别的"), token="one form")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"title": ""}, InvalidValueError),
        ({"title": " \n "}, InvalidValueError),
        ({"title": "\u202e\u2066\x00"}, InvalidValueError),
        ({"title": "字" * 301}, InvalidValueError),
        ({"description": "字" * 20_001}, InvalidValueError),
        ({"region": "字" * 101}, InvalidValueError),
        ({"geometry": {"type": "Point", "coordinates": [30.2, 119.5]}}, InvalidValueError),
        ({"geometry": {"type": "Point", "coordinates": [float("nan"), 30.2]}}, InvalidValueError),
        ({"geometry": {"type": "GeometryCollection", "geometries": []}}, InvalidValueError),
        ({"geometry": {}}, InvalidValueError),
        ({"identifiers": {"": "1"}}, InvalidValueError),
        ({"identifiers": {"x": ""}}, InvalidValueError),
    ],
)
def test_what_is_no_project_is_refused_whole(small_city, said, error):
    with refused(error):
        do(publish_project, new_project(**said))


def test_a_number_in_another_list_belongs_to_one_project(small_city):
    do(publish_project, new_project(identifiers={"CN-GBT40058": "2603-330100-04-01-123453"}))

    with refused(InvalidValueError) as refusal:
        do(publish_project, new_project(identifiers={"CN-GBT40058": "2603-330100-04-01-123453"}))
    assert refusal.value.facts == ("identifier", "2603-330100-04-01-123453")


def test_only_an_officer_publishes_and_only_for_the_own_department(small_city):
    refuse_others(publish_project, new_project())
    with refused(NotAllowedError):
        do(publish_project, new_project(department_id="parks"))
    with refused(NotFoundError):
        nowhere = Actor(role=Role.OFFICER, department_id="nowhere")
        change(publish_project, new_project(department_id="nowhere"), nowhere, now=NOW)


def test_an_amendment_is_a_revision_with_a_reason_and_the_first_words_stay(city):
    kept = do(amend_project, amended(city))

    assert kept.number == 2
    said = [(one.number, one.title, one.reason) for one in rows(ProjectRevision, col(ProjectRevision.number))]
    assert said == [(1, "第二水厂", ""), (2, "第二水厂（扩建）", "增加一条线。")]
    type_, subject, about, facts = ledger()
    assert (type_, subject) == (EntryType.PROJECT_AMENDED, f"prj/{city.project}")
    assert (about, facts["reason"]) == (f"project/{city.project}/2", "增加一条线。")


def test_an_amendment_without_a_reason_by_others_or_of_nothing_is_refused(small_city):
    with refused(ReasonMissingError):
        do(amend_project, amended(small_city, reason=" \t"))
    with refused(NotFoundError):
        do(amend_project, amended(small_city, project_id="P-9999"))
    refuse_others(amend_project, amended(small_city))


def test_the_second_of_two_who_amend_is_told_what_the_first_said(city):
    do(amend_project, amended(city))

    with refused(ConflictError) as refusal:
        do(amend_project, amended(city, title="别的名字"))
    assert refusal.value.facts == ("project", 1, 2, "第二水厂（扩建）")


def test_a_place_moves_with_a_reason_and_the_ledger_holds_no_fractions(city):
    do(locate_project, LocateProject(project_id=city.project, geometry=LINE, reason="改线。", seen=1))

    assert [(one.number, one.geometry["type"]) for one in rows(LocationRevision, col(LocationRevision.number))] == [
        (1, "Point"),
        (2, "LineString"),
    ]
    type_, _, about, facts = ledger()
    assert (type_, about) == (EntryType.PROJECT_AMENDED, "location/2")
    assert all(isinstance(facts[name], int) for name in ("longitude_e6", "latitude_e6"))
    assert (facts["form"], facts["reason"]) == ("LineString", "改线。")


def test_a_place_is_refused_without_a_reason_or_after_somebody_else_or_off_the_earth(small_city):
    def locate(**more):
        said = {"project_id": small_city.project, "geometry": LINE, "reason": "改线。", "seen": 1}
        do(locate_project, LocateProject(**{**said, **more}))

    with refused(ReasonMissingError):
        locate(reason="")
    with refused(ConflictError):
        locate(seen=0)
    with refused(InvalidValueError):
        locate(geometry={"type": "Point", "coordinates": [119.5, 91]})
    refuse_others(locate_project, LocateProject(project_id=small_city.project, geometry=LINE, reason="改线。"))


def test_a_project_is_linked_to_a_decision_once_and_both_matters_have_an_entry(city):
    link = LinkProject(project_id=city.project, decision_id=city.decision)

    do(link_project, link)
    do(link_project, link)

    assert [(one.decision_id, one.project_id) for one in rows(ProjectDecision)] == [(city.decision, city.project)]
    assert ledger()[0] is EntryType.PROJECT_LINKED
    assert ledger()[3] == {"decision": city.decision, "project": city.project}


def test_either_department_may_link_and_a_third_may_not(small_city):
    link = LinkProject(project_id=small_city.project, decision_id=small_city.decision)
    for actor in (Actor(role=Role.OFFICER, department_id="parks"), Actor(role=Role.AUDITOR)):
        with refused(NotAllowedError):
            change(link_project, link, actor, now=NOW)
    for missing in (
        LinkProject(project_id="P-9999", decision_id=small_city.decision),
        LinkProject(project_id=small_city.project, decision_id="2026-9999"),
    ):
        with refused(NotFoundError):
            change(link_project, missing, OFFICER, now=NOW)

    change(link_project, link, PLANNER, now=NOW)

    assert len(rows(ProjectDecision)) == 1
