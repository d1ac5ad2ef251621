"""Packages, names that stay through every change of title, what is disclosed, ratings, and photographs in pairs."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from data.database import reading
from data.operations.disclosure_items import StateDisclosure, state_disclosure
from data.operations.disclosure_rules import AmendDisclosureRule, amend_disclosure_rule
from data.operations.documents import PublishDocument, publish_document
from data.operations.identifiers import IdentifyProject, identify_project
from data.operations.packages import PackageProject, package_project
from data.operations.projects import AmendProject, PublishProject, amend_project, publish_project
from data.operations.ratings import PublishRating, publish_rating
from data.queries.disclosures import disclosure_rules, disclosures_of
from data.queries.documents import documents_of, photo_pairs
from data.queries.project_record import packages_of, parent_of
from data.queries.search import search
from data.search import Kind, Query
from data.writer import change
from models.actor import OPERATOR
from models.clock import local_date
from models.decision import Language
from models.disclosure_item import DisclosureKind, DisclosureState
from models.document import DisclosureClass, DocumentType
from models.exceptions import (
    ConflictError,
    FutureEventError,
    InvalidValueError,
    NotAllowedError,
    NotFoundError,
    OrderError,
    ReasonMissingError,
)
from models.former_title import former_titles
from models.ledger import EntryType
from models.project import ApprovalRoute, Cadence, Phase, ProjectIdentifier, ProjectRevision, Sector
from models.rating import IndependentRating, RatingLetter
from tests.conftest import NOW, OFFICER
from tests.data.operations.keeping import do, ledger, refuse_others, refused, rows

TODAY = local_date(NOW)
TEXT = {"language": Language.CHINESE, "phase": Phase.IMPLEMENTATION, "sector": Sector.WATER}


def project(title):
    return do(publish_project, PublishProject(department_id="water", title=title, **TEXT)).key


def package(child, parent, **more):
    return PackageProject(**{"project_id": child, "parent_id": parent, "reason": "按标段分开报告。", **more})


def test_a_project_is_a_part_of_another_until_it_stands_by_itself_again(city):
    first, second = project("输水管一标"), project("输水管二标")

    do(package_project, package(first, city.project))
    do(package_project, package(second, city.project))
    do(package_project, package(first, None, reason="并入另一项目。", seen=1))

    with reading() as session:
        assert packages_of(session, city.project) == [second]
        assert [one.parent_id for one in parent_of(session, first)] == [city.project, None]
    type_, subject, about, facts = ledger()
    assert type_ is EntryType.PROJECT_PACKAGED
    assert (subject, about) == (f"prj/{city.project}", f"package/{first}/2")
    assert facts == {"project": first, "parent": None, "reason": "并入另一项目。"}


def test_no_project_is_a_part_of_itself_near_or_far(small_city):
    child, grandchild = project("甲"), project("乙")
    do(package_project, package(child, small_city.project))
    do(package_project, package(grandchild, child))

    for command, error in (
        (package(small_city.project, grandchild), InvalidValueError),
        (package(small_city.project, small_city.project), InvalidValueError),
        (package(grandchild, child), InvalidValueError),
        (package(small_city.project, None), InvalidValueError),
        (package(grandchild, "P-9999"), NotFoundError),
        (package(grandchild, None, reason=" "), ReasonMissingError),
        (package(grandchild, None, seen=0), ConflictError),
    ):
        with refused(error):
            do(package_project, command)
    refuse_others(package_project, package(grandchild, None))


def test_a_project_is_found_by_a_name_that_it_no_longer_has(city):
    for title in ("城北净水厂", "城北净水厂", "北苑净水厂"):
        amended = AmendProject(project_id=city.project, title=title, reason="更名。", **TEXT)
        do(amend_project, amended, now=NOW + timedelta(days=1))

    with reading() as session:
        found = {
            words: [hit.project_id for hit in search(session, Query(words), kind=Kind.PROJECT).rows]
            for words in ("第二水厂", "城北净水厂", "北苑净水厂")
        }
    former = former_titles(rows(ProjectRevision, ProjectRevision.number))
    assert [one.title for one in former] == ["第二水厂", "城北净水厂"]
    assert former[0].until == former[1].since == local_date(NOW) + timedelta(days=1)
    assert found == {words: [city.project] for words in found}


def test_how_a_project_is_approved_and_reported_stays_where_an_amendment_is_silent(city):
    amended = {"project_id": city.project, "title": "第二水厂", "reason": "补充。", **TEXT}
    do(amend_project, AmendProject(**amended, approval_route=ApprovalRoute.APPROVAL, cadence=Cadence.MONTHLY))
    do(amend_project, AmendProject(**amended))

    said = rows(ProjectRevision, ProjectRevision.number)
    assert [(one.approval_route, one.cadence) for one in said[1:]] == [(ApprovalRoute.APPROVAL, Cadence.MONTHLY)] * 2


def test_a_national_code_is_kept_in_one_form_and_belongs_to_one_project(city):
    command = IdentifyProject(project_id=city.project, scheme="CN-GBT40058", value="２６０３-330100–04-01-123453")
    do(identify_project, command)

    assert [(one.scheme, one.value) for one in rows(ProjectIdentifier)] == [
        ("CN-GBT40058", "2603-330100-04-01-123453")
    ]
    assert ledger()[0] is EntryType.PROJECT_IDENTIFIED
    for scheme, value in (("CN-GBT40058", "2603-330100-04-01-123453"), ("CN-GBT40058", "1"), ("", "1"), ("x", "")):
        with refused(InvalidValueError):
            do(identify_project, IdentifyProject(project_id=city.project, scheme=scheme, value=value))
    refuse_others(identify_project, IdentifyProject(project_id=city.project, scheme="x", value="1"))


def state(city, kind, **more):
    return StateDisclosure(**{"project_id": city.project, "rule": "contracts", "kind": kind, **more})


def stands(city, today=TODAY, rule="contracts"):
    with reading() as session:
        found = disclosures_of(session, city.project, today=today)
    return next(one for one in found.items if one.rule.key == rule), found.completeness


def test_an_item_is_due_then_overdue_then_published_and_everything_said_stays(city):
    do(state_disclosure, state(city, DisclosureKind.FORMED, formed_on=TODAY - timedelta(days=40)))
    overdue, before = stands(city)
    published = {"formed_on": TODAY - timedelta(days=40), "published_on": TODAY, "link": "https://city.example/17"}

    do(state_disclosure, state(city, DisclosureKind.PUBLISHED, **published, seen=1))

    late, after = stands(city)
    assert (overdue.state, late.state) == (DisclosureState.OVERDUE, DisclosureState.PUBLISHED)
    assert overdue.days_late == late.days_late > 0
    assert before.counts[DisclosureState.PUBLISHED] == 0
    assert (after.counts[DisclosureState.PUBLISHED], after.share) == (1, 10_000 // after.applicable)
    type_, _, about, facts = ledger()
    assert (type_, about) == (EntryType.DISCLOSURE_STATED, "disclosure/contracts/2")
    assert (facts["kind"], facts["link"]) == ("published", "https://city.example/17")


def test_what_was_said_later_does_not_show_as_of_an_earlier_day(city):
    do(state_disclosure, state(city, DisclosureKind.NOT_APPLICABLE, reason="无合同。"), now=NOW + timedelta(days=2))

    with reading() as session:
        then = disclosures_of(session, city.project, today=TODAY, known_at=NOW)

    assert then.completeness.counts[DisclosureState.NOT_STATED] == len(then.items)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"kind": DisclosureKind.FORMED}, InvalidValueError),
        ({"kind": DisclosureKind.FORMED, "formed_on": TODAY + timedelta(days=1)}, FutureEventError),
        ({"kind": DisclosureKind.NOT_APPLICABLE, "reason": " "}, InvalidValueError),
        ({"kind": DisclosureKind.WITHHELD, "ground": "第十五条"}, InvalidValueError),
        (
            {"kind": DisclosureKind.WITHHELD, "ground": "第十五条", "review_on": TODAY - timedelta(days=1)},
            OrderError,
        ),
        ({"kind": DisclosureKind.FORMED, "formed_on": TODAY, "rule": "nothing"}, NotFoundError),
        (
            {
                "kind": DisclosureKind.PUBLISHED,
                "formed_on": TODAY,
                "published_on": TODAY - timedelta(days=1),
                "link": "https://city.example",
            },
            OrderError,
        ),
        (
            {"kind": DisclosureKind.PUBLISHED, "formed_on": TODAY, "published_on": TODAY, "document_id": 99},
            NotFoundError,
        ),
    ],
)
def test_what_says_nothing_of_an_item_is_refused(small_city, more, error):
    with refused(error):
        do(state_disclosure, state(small_city, **more))


def test_what_settled_an_item_is_taken_back_with_a_reason_only(small_city):
    do(state_disclosure, state(small_city, DisclosureKind.NOT_APPLICABLE, reason="无合同。"))

    with refused(ReasonMissingError):
        do(state_disclosure, state(small_city, DisclosureKind.FORMED, formed_on=TODAY))
    with refused(ConflictError):
        do(state_disclosure, state(small_city, DisclosureKind.FORMED, formed_on=TODAY, reason="有了。", seen=0))
    refuse_others(state_disclosure, state(small_city, DisclosureKind.FORMED, formed_on=TODAY, reason="有了。"))


def test_an_administrator_amends_the_catalogue_with_a_reason_and_it_holds_from_then_on(city):
    amended = {"key": "contracts", "class_number": 3, "title_zh": "合同", "title_en": "Contracts", "days": 7}

    with refused(ReasonMissingError):
        change(amend_disclosure_rule, AmendDisclosureRule(**amended, reason=" "), OPERATOR, now=NOW)
    with refused(NotAllowedError):
        change(amend_disclosure_rule, AmendDisclosureRule(**amended, reason="省里规定。"), OFFICER, now=NOW)
    change(amend_disclosure_rule, AmendDisclosureRule(**amended, reason="省里规定。", seen=1), OPERATOR, now=NOW)
    with refused(ConflictError):
        change(amend_disclosure_rule, AmendDisclosureRule(**amended, reason="再改。", seen=1), OPERATOR, now=NOW)
    new = {**amended, "key": "bonds", "title_zh": "专项债", "title_en": "Bonds"}
    assert change(amend_disclosure_rule, AmendDisclosureRule(**new, reason="新增。"), OPERATOR, now=NOW).number == 1
    for wrong in ({"class_number": 9}, {"days": 0}, {"key": "No key"}):
        with refused(InvalidValueError):
            command = AmendDisclosureRule(**{**new, "key": "more"} | wrong, reason="改。")
            change(amend_disclosure_rule, command, OPERATOR, now=NOW)

    with reading() as session:
        rules, before = disclosure_rules(session), disclosure_rules(session, known_at=NOW - timedelta(days=1))
    assert (rules["contracts"].days, rules["contracts"].number) == (7, 2)
    assert (before["contracts"].days, "bonds" in before, "bonds" in rules) == (20, False, True)
    assert ledger()[0] is EntryType.DISCLOSURE_RULE_AMENDED


def test_an_item_that_is_retired_is_asked_for_no_more_but_what_was_said_of_it_stays(city):
    do(state_disclosure, state(city, DisclosureKind.NOT_APPLICABLE, reason="无合同。"))
    shipped = {"key": "contracts", "class_number": 3, "title_zh": "合同", "title_en": "Contracts", "days": 20}
    retired = AmendDisclosureRule(**shipped, is_retired=True, reason="并入他项。")
    change(amend_disclosure_rule, retired, OPERATOR, now=NOW)

    assert stands(city)[0].state is DisclosureState.NOT_APPLICABLE
    with refused(NotFoundError):
        do(state_disclosure, state(city, DisclosureKind.FORMED, formed_on=TODAY, reason="有了。"))


def rating(city, **more):
    said = {"project_id": city.project, "body": "市审计局", "letter": RatingLetter.YELLOW, "rated_on": TODAY}
    return PublishRating(**{**said, "link": "https://audit.example/17", **more})


def test_an_independent_rating_stands_beside_the_others_and_can_be_read(city):
    change(publish_rating, rating(city), OPERATOR, now=NOW)
    change(publish_rating, rating(city, letter=RatingLetter.RED, statement="进度落后。"), OPERATOR, now=NOW)

    assert [one.letter for one in rows(IndependentRating, IndependentRating.number)] == ["Y", "R"]
    assert ledger()[0] is EntryType.RATING_PUBLISHED
    for more, error in (
        ({"link": " "}, InvalidValueError),
        ({"link": "javascript:alert(1)"}, InvalidValueError),
        ({"rated_on": TODAY + timedelta(days=1)}, FutureEventError),
        ({"body": ""}, InvalidValueError),
    ):
        with refused(error):
            change(publish_rating, rating(city, **more), OPERATOR, now=NOW)


def test_no_department_rates_its_own_project(small_city):
    with refused(NotAllowedError):
        do(publish_rating, rating(small_city))


def test_photographs_of_one_view_stand_side_by_side_in_the_order_of_their_days(small_city):
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    shown = {
        "project_id": small_city.project,
        "type": DocumentType.ILLUSTRATION,
        "disclosure": DisclosureClass.PUBLIC,
        "file_name": "a.png",
        "content": picture.getvalue(),
    }
    for title, days, pair in (("完工", 0, "south"), ("开工", 100, "south"), ("独照", 5, "north")):
        photograph = PublishDocument(
            **shown, title=title, taken_on=TODAY - timedelta(days=days), place="南门", pair_key=pair
        )
        do(publish_document, photograph)

    with reading() as session:
        pairs = photo_pairs(documents_of(session, project_id=small_city.project))
    assert {key: [one.title for one in row] for key, row in pairs.items()} == {"south": ["开工", "完工"]}
    with refused(FutureEventError):
        do(publish_document, PublishDocument(**shown, title="明天", taken_on=TODAY + timedelta(days=1)))
    with refused(InvalidValueError):
        do(publish_document, PublishDocument(**shown, title="何时", pair_key="south"))
